"""Form 04, "Danh mục hồ sơ kiểm điểm, đánh giá, xếp loại": the items of 366-QĐ/TW, Điều 17 with what is there."""

from cells.frames import letterhead
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.models import Complaint
from evaluations.residence import comment_words

TEMPLATE = "evaluations/pdf/file_list.html"
ITEMS = {
    "written": "Bản kiểm điểm (báo cáo) và tự đánh giá, xếp loại",
    "residence": "Nhận xét của cấp ủy nơi cư trú",
    "minutes": "Biên bản hội nghị",
    "appraisal": "Tổng hợp thẩm định",
    "conclusion": "Kết luận và mức xếp loại",
    "points": "Gợi ý kiểm điểm (nếu có)",
    "comments": "Nhận xét của tổ chức, cá nhân khác (nếu có)",
    "complaints": "Đơn khiếu nại, kiến nghị và giải quyết (nếu có)",
    "others": "Tài liệu khác",
}


def has_file_list(book):
    """Whether the rule set knows the list."""
    return bool(book.rules.review_forms.file_items)


def file_list_table(page, *, with_complaints):
    """The items in the order of the rule set; complaints are named only to who decides on them."""
    known = _known(page, with_complaints)
    headings = (Heading("TT", CENTRE, 6), Heading("Tài liệu", width=45), Heading("Có trong hồ sơ", width=49))
    items = page.book.rules.review_forms.file_items or ()
    rows = tuple(Row((n, ITEMS.get(code, code), known.get(code, ""))) for n, code in enumerate(items, start=1))
    note = "Cột “Có trong hồ sơ” ghi theo phần mềm; chỗ trống thì ghi tay theo hồ sơ giấy."
    return FigureTable("Danh mục", title="", headings=headings, rows=rows, note=note)


def _known(page, with_complaints):
    review, sheet, written = page.review, page.sheet, page.written
    names = {level.code: level.name for level in page.book.scale.levels}
    answered = sum(point.answered_at is not None for point in page.raised)
    return {
        "written": f"{page.form_words}, ngày {written.written_on:%d/%m/%Y}" if written.is_handed_in else "chưa nộp",
        "residence": comment_words(page.comment),
        "minutes": f"họp ngày {sheet.held_on:%d/%m/%Y}" if sheet.held_on else "chưa họp",
        "appraisal": names.get(review.appraised_level, ""),
        "conclusion": _conclusion(review, sheet, names),
        "comments": "; ".join(page.other_words),
        "points": f"{len(page.raised)} gợi ý, đã giải trình {answered}" if page.raised else "không có",
        "complaints": _complaints(review) if with_complaints else "",
    }


def _conclusion(review, sheet, names):
    if not sheet.decision_id or review.decided_level not in names:
        return "chưa có"
    return f"{names[review.decided_level]} (quyết định {sheet.decision})"


def _complaints(review):
    number = Complaint.objects.standing().filter(review=review).count()
    return f"{number} đơn" if number else "không có"


def file_list_pdf(page, *, with_complaints, on):
    """The list of one member's file."""
    sheet, review = page.sheet, page.review
    head = letterhead(sheet.organisation, on)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code="",
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name=(page.book.rules.review_forms.file_title or "").upper(),
        abstract=f"Năm {sheet.season.year} – đồng chí {review.member}",
        authority=head.authority,
        position="BÍ THƯ",
        is_numbered=False,
    )
    context = {"table": file_list_table(page, with_complaints=with_complaints)}
    return render_document(frame, context, dated=on, template=TEMPLATE)
