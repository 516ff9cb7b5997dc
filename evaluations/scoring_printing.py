"""The scoring sheet on paper: blank for a frame, or filled in for a member (Mẫu 05 of a local set ◇, §10.3)."""

from dataclasses import dataclass

from cells.enums import DocumentType
from cells.frames import letterhead
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.enums import Appendix, PointSet
from evaluations.rules import number_text
from evaluations.rules.score_frame import Line, sums_of, total_of
from evaluations.scores import given

TEMPLATE = "evaluations/pdf/scoring.html"
DOTS = "………………………………"


@dataclass(frozen=True)
class ScoringPaper:
    """What the sheet says; `columns` are (title, texts by key, text of the total) of each who gives points."""

    title: str
    year: str
    whose: str
    head: tuple[tuple[str, str], ...]
    signer: str
    issued: str
    lines: tuple[Line, ...]
    columns: tuple
    levels: tuple


PERSON = {"whose": "cá nhân", "signer": "NGƯỜI TỰ CHẤM ĐIỂM"}
COLLECTIVE = {"whose": "tập thể", "signer": "T/M TẬP THỂ TỰ CHẤM ĐIỂM"}


def blank_paper(page):
    """The sheet of a frame with room for the points."""
    frame = page.frame
    of_collective = frame.appendix == Appendix.PL1
    return ScoringPaper(
        title=_title(frame, page.pattern),
        year="……",
        head=(("Tập thể", DOTS),) if of_collective else (("Họ và tên", DOTS), ("Chi bộ", DOTS)),
        issued=_issued(frame),
        lines=tuple(page.lines),
        columns=_blank_columns((PointSet.OWN, PointSet.APPRAISED)),
        levels=(),
        **(COLLECTIVE if of_collective else PERSON),
    )


def _blank_columns(kinds):
    return tuple((PointSet(kind).label, {}, "") for kind in kinds)


def filled_paper(scored, person):
    """The sheet of one member with the points that were given."""
    frame, season = person.tree.frame, scored.sheet.season
    pattern = scored.book.patterns.get(person.row.appendix)
    own = person.review.own_level
    return ScoringPaper(
        title=_title(frame, pattern),
        year=str(season.year),
        head=(("Họ và tên", person.name), ("Chi bộ", scored.sheet.organisation.name)),
        issued=_issued(frame),
        lines=tuple(person.tree.lines),
        columns=tuple(_column(person, kind) for kind in scored.kinds),
        levels=tuple((level.name, level.code == own) for level in scored.book.scale.levels),
        **PERSON,
    )


def collective_paper(scored, *, blank):
    """The sheet of one collective: with the points that were given, or with room for them."""
    one, book = scored.one, scored.book
    own = "" if blank else one.review.own_level
    return ScoringPaper(
        title=_title(one.tree.frame, book.patterns.get(Appendix.PL1)),
        year=str(one.review.season.year),
        head=(("Tập thể", one.name),),
        issued=_issued(one.tree.frame),
        lines=tuple(one.tree.lines),
        columns=_blank_columns(scored.kinds) if blank else tuple(_column(one, kind) for kind in scored.kinds),
        levels=tuple((level.name, level.code == own) for level in book.organisation_scale.levels),
        **COLLECTIVE,
    )


def _title(frame, pattern):
    words = f" ({frame.get_appendix_display()})" if frame else ""
    return f"{pattern.owner}{words}" if pattern and frame else ""


def _issued(frame):
    if frame is None:
        return "Hai nhóm tiêu chí theo Điều 10 Quy định 366-QĐ/TW; chưa có khung điểm chi tiết được ban hành."
    if not frame.document:
        return f"Bản soạn, chưa ban hành: {frame}."
    return f"Khung điểm của {frame.organisation} (◇ cách chia của địa phương), văn bản số {frame.document}."


def _column(person, kind):
    points = given(person.row, kind)
    sums = sums_of(person.tree.lines, points) if points else {}
    texts = {key: number_text(found.total) for key, found in sums.items() if found.total is not None}
    total = total_of(person.tree.lines, points).total if points else None
    return PointSet(kind).label, texts, "" if total is None else number_text(total)


def scoring_table(paper):
    """The tree with its maxima and a column for each who gives points."""
    width = {2: 14, 3: 12}.get(len(paper.columns), 14)
    headings = (
        Heading("TT", CENTRE, 8), Heading("Nội dung", width=100 - 8 - 12 - width * len(paper.columns)),
        Heading("Điểm tối đa", CENTRE, 12), *(Heading(title, CENTRE, width) for title, _, _ in paper.columns),
    )  # fmt: skip
    rows = [_row(line, paper) for line in paper.lines]
    most = sum(line.node.maximum or 0 for line in paper.lines if line.depth == 0)
    totals = [total for _, _, total in paper.columns]
    rows.append(Row(("", "Tổng cộng", number_text(most), *totals), "total"))
    return FigureTable("Chấm điểm", title="", headings=headings, rows=tuple(rows))


def _row(line, paper):
    points = [texts.get(line.key, "") for _, texts, _ in paper.columns]
    return Row((line.number, line.node.name, line.node.most, *points), "" if line.is_leaf else "group")


def scoring_pdf(paper, organisation, day):
    """The sheet as a page of the body that uses it."""
    head = letterhead(organisation, day)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.MINUTES,
        symbol=head.symbol,
        style=style_on(day),
        type_name="BẢNG CHẤM ĐIỂM",
        abstract=f"tự đánh giá, xếp loại của {paper.whose} năm {paper.year}",
        is_numbered=False,
    )
    return render_document(frame, {"paper": paper, "table": scoring_table(paper)}, dated=day, template=TEMPLATE)
