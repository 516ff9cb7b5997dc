"""Forms as .docx, for those that people complete."""

from admissions.printed.papers import papers_of
from config.lib.paper_word import papers_docx


def form_docx(form, rows):
    """The papers of a form for one candidate as one Word file."""
    return papers_docx(papers_of(form, rows), rows.on)
