"""Form 03, "Quyết định đánh giá, xếp loại lại", as a party document (43-HD/BTCTW; its layout is not known).

It says what was entered and nothing more: whom, the result and decision before, the result now, the reason.
"""

from cells.enums import DocumentType
from cells.frames import letterhead, proposed_signer
from config.lib.documents import DocumentFrame, render_document, style_on
from evaluations.decision_printing import NUMBER, issuer_line
from evaluations.reratings import result_words
from evaluations.season_rules import rule_book

TEMPLATE = "evaluations/pdf/rerating.html"


def rerating_pdf(row):
    """The decision of the body that gave the result anew, under its number where that begins with digits."""
    book = rule_book(row.review.sheet.season)
    day = row.decided_on
    head, signer = letterhead(row.organisation, day), proposed_signer(row.organisation, day)
    number = NUMBER.match(row.number)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.DECISION,
        symbol=head.symbol,
        style=style_on(day),
        number=int(number[0]) if number else None,
        place=head.place,
        dated=day,
        year=day.year,
        type_name=DocumentType.DECISION.label.upper(),
        abstract=f"đánh giá, xếp loại lại chất lượng đảng viên năm {row.review.sheet.season.year}",
        authority=head.authority,
        position=signer.position,
        signer=signer.name,
        recipients=("Như Điều 2", *head.recipients.splitlines()),
    )
    context = {
        "row": row,
        "review": row.review,
        "year": row.review.sheet.season.year,
        "before": result_words(book.scale, row.before_level, row.before_not_rated),
        "after": result_words(book.scale, row.after_level, row.after_not_rated),
        "bases": frame.basis_lines([f"Căn cứ {basis}" for basis in book.citations]),
        "issuer": issuer_line(head),
    }
    return render_document(frame, context, dated=day, template=TEMPLATE)
