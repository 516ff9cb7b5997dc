"""Forms as PDF: of one candidate, and one form for all persons of one meeting."""

from admissions.printed.papers import papers_of
from config.lib.documents import style_on
from config.lib.pdf import render_pdf

TEMPLATE = "admissions/pdf/form.html"
AT_ONCE = 30  # papers printed within a few seconds


def form_pdf(form, rows):
    """The papers of a form for one candidate; equal rows on one day give equal bytes."""
    return _render(papers_of(form, rows), rows.on)


def meeting_pdf(form, candidates, on):
    """One form for each of several candidates, in one file; `candidates` are their rows."""
    return _render([paper for rows in candidates for paper in papers_of(form, rows)], on)


def _render(papers, on):
    return render_pdf(TEMPLATE, {"papers": papers}, dated=on, css=style_on(on).css())
