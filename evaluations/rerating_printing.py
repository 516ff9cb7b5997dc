"""Form 03, "Quyết định đánh giá, xếp loại lại", as a party document (43-HD/BTCTW; its layout is not known).

It says what was entered and nothing more: whom, the result and decision before, the result now, the reason.
"""

from config.lib.documents import render_document
from evaluations.decision_printing import decision_frame, issuer_line
from evaluations.reratings import result_words
from evaluations.season_rules import rule_book

TEMPLATE = "evaluations/pdf/rerating.html"


def rerating_pdf(row):
    """The decision of the body that gave the result anew, under its number where that begins with digits."""
    season = row.review.sheet.season
    book = rule_book(season)
    abstract = f"đánh giá, xếp loại lại chất lượng đảng viên năm {season.year}"
    frame = decision_frame(row.organisation, row.number, row.decided_on, abstract)
    context = {
        "row": row,
        "review": row.review,
        "year": season.year,
        "before": result_words(book.scale, row.before_level, row.before_not_rated),
        "after": result_words(book.scale, row.after_level, row.after_not_rated),
        "bases": frame.basis_lines([f"Căn cứ {basis}" for basis in book.citations]),
        "issuer": issuer_line(frame),
    }
    return render_document(frame, context, dated=row.decided_on, template=TEMPLATE)
