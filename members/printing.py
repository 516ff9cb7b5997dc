"""The papers of a move on paper: slips and notices."""

from config.lib.documents import style_on
from config.lib.pdf import render_pdf
from members.reports.slips import notices, slip


def slip_pdf(transfer, form=""):
    """The slip with its boxes."""
    return render_pdf(
        "members/pdf/slip.html",
        {"slip": slip(transfer, form)},
        dated=transfer.issued_on,
        css=style_on(transfer.issued_on).css(),
    )


def notices_pdf(transfer):
    """Both notices, a page each."""
    return render_pdf(
        "members/pdf/notices.html",
        {"notices": notices(transfer)},
        dated=transfer.issued_on,
        css=style_on(transfer.issued_on).css(),
    )
