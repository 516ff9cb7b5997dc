"""Short letters, one page each: the result of a year to each member, and reminders to cells that are late."""

from dataclasses import dataclass

from cells.enums import DocumentType
from cells.frames import Letterhead, letterhead, proposed_signer
from config.lib.documents import number_and_symbol, place_and_date, style_on
from config.lib.pdf import render_pdf
from evaluations.decision_printing import level_words
from evaluations.reratings import latest_by_review
from evaluations.season_rules import rule_book

TEMPLATE = "evaluations/pdf/letters.html"
LETTERS_AT_ONCE = 150  # printed within a few seconds


@dataclass(frozen=True)
class Letter:
    """One page: heading, number to be filled in, what it is, to whom, its sentences, who signs."""

    head: Letterhead
    number: str
    dated: str
    kind: str  # a công văn has none
    abstract: str
    addressee: str
    paragraphs: tuple[str, ...]
    position: str
    signer: str


def result_letters(sheet, on):
    """To each member of a decided sheet his result, from the body that decided (366-QĐ/TW, 15.2)."""
    decision, year = sheet.decision, sheet.season.year
    names = {level.code: level.name for level in rule_book(sheet.season).scale.levels}
    cited = f"Quyết định số {decision.number}" if decision.number else "Quyết định"
    source = f"{cited} ngày {decision.decided_on:%d/%m/%Y} của {sheet.decider}"
    reviews = sheet.reviews.select_related("member").order_by("member__sort_key", "id")
    later = latest_by_review(sheet)
    frame = _sender(sheet.decider, DocumentType.NOTICE, on)
    return [
        Letter(
            **frame,
            kind="THÔNG BÁO",
            abstract=f"kết quả xếp loại chất lượng đảng viên năm {year}",
            addressee=f"Đồng chí {review.member}, {sheet.organisation}",
            paragraphs=(
                f"Theo {later.get(review.pk, source)}, kết quả xếp loại chất lượng năm {year} của đồng chí: "
                f"{level_words(review, names)}.",
                "Xin thông báo để đồng chí biết.",
            ),
        )
        for review in reviews
        if review.is_due
    ]


def reminder_letters(season, cells, sender, on):
    """To each of the cells that are late: by when the sheet was due, and what to do."""
    frame = _sender(sender, DocumentType.LETTER, on)
    return [
        Letter(
            **frame,
            kind="",
            abstract=f"về việc gửi kết quả đánh giá, xếp loại chất lượng đảng viên năm {season.year}",
            addressee=cell.name,
            paragraphs=(
                f"Hạn chi bộ gửi kết quả đánh giá, xếp loại chất lượng đảng viên năm {season.year} là ngày "
                f"{season.cell_due_on:%d/%m/%Y}. Đến ngày {on:%d/%m/%Y}, {sender} chưa nhận được kết quả của chi bộ.",
                "Đề nghị đồng chí bí thư chi bộ hoàn thành, gửi kết quả; có khó khăn, vướng mắc thì báo ngay.",
            ),
        )
        for cell in cells
    ]


def _sender(body, kind, on):
    head, signer = letterhead(body, on), proposed_signer(body, on)
    dated = place_and_date(head.place, None, year=on.year)
    number = number_and_symbol(kind, head.symbol)
    return {"head": head, "number": number, "dated": dated, "position": signer.position, "signer": signer.name}


def letters_pdf(letters, on):
    """The letters as one file, each on its own page."""
    return render_pdf(TEMPLATE, {"letters": letters}, dated=on, css=style_on(on).css())
