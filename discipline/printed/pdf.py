"""Papers of a case as PDF and as .docx, and ballots by the sheet."""

from config.lib.documents import style_on
from config.lib.paper_word import papers_docx
from config.lib.pdf import render_pdf
from discipline.printed.papers import papers_of

TEMPLATE, BALLOTS = "discipline/pdf/papers.html", "discipline/pdf/ballots.html"
A_SHEET = 4  # ballots


def paper_pdf(kind, rows):
    """The papers of a kind for one case; equal rows on one day give equal bytes."""
    papers = papers_of(kind, rows)
    context = {"papers": papers, "sheet": range(A_SHEET)}
    return render_pdf(BALLOTS if kind.ballot else TEMPLATE, context, dated=rows.on, css=style_on(rows.on).css())


def paper_docx(kind, rows):
    """The same for Word, of those that people complete."""
    return papers_docx(papers_of(kind, rows), rows.on)
