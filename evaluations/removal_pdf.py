"""The papers of a matter of leaving as PDF: one, or all that the matter has by now; equal papers give equal bytes."""

from config.lib.documents import style_on
from config.lib.pdf import render_pdf
from evaluations.removal_papers import PAPERS, available, lacks

TEMPLATE = "evaluations/pdf/removal_papers.html"


def paper_pdf(paper, facts, on):
    """One paper; equal rows on one day give equal bytes."""
    return _render(paper.name, paper.write(facts, on), on)


def dossier_pdf(facts, on):
    """Every paper that lacks nothing, in the order of the dossier; the proposal always, the minutes of every vote.

    Minutes without the tellers' names leave room for them.
    """
    known = [paper for paper in PAPERS.values() if available(paper, facts.removal)]
    always = {"de-nghi", *(["kiem-phieu"] if facts.votes else [])}
    shown = [paper for paper in known if paper.slug in always or not lacks(paper, facts)]
    return _render("Hồ sơ", [text for paper in shown for text in paper.write(facts, on)], on)


def _render(name, texts, on):
    return render_pdf(TEMPLATE, {"name": name, "papers": texts}, dated=on, css=style_on(on).css())
