"""The sheet and the supplement slip as PDF."""

from functools import lru_cache

from config.lib.documents import style_on
from config.lib.pdf import render_pdf
from members.reports.sheet_paper import blank_sheet
from members.reports.supplement import blank_supplement


def sheet_pdf(paper, on):
    """Mẫu 2-HSĐV, filled in or blank."""
    return render_pdf("members/pdf/sheet.html", {"paper": paper}, dated=on, css=style_on(on).css())


@lru_cache(maxsize=2)
def blank_sheet_pdf(on):
    """The blank form; the same bytes all day long."""
    return sheet_pdf(blank_sheet(), on)


@lru_cache(maxsize=2)
def blank_supplement_pdf(on):
    """Likewise the blank slip."""
    return supplement_pdf(blank_supplement(on), on)


def supplement_pdf(paper, on):
    """Mẫu 3-HSĐV: taken over, prefilled for the member, or blank."""
    return render_pdf("members/pdf/supplement.html", {"paper": paper}, dated=on, css=style_on(on).css())
