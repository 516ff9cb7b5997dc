"""The papers of the rating evening: blank ballots, minutes of counting and meeting (classification.md, 10.3).

Votes are counted and never named; blanks stand as dots, so that the papers serve before the meeting and after it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from cells.enums import DocumentType
from cells.frames import letterhead
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from config.lib.ui import NO_BREAK_SPACE
from evaluations.row_fields import NOT_RATED_BOX
from evaluations.rules import percent_text, share
from evaluations.sheet_page import COUNTS

FOLDER = "evaluations/pdf"
BLANK = "……"
NOT_RATED = "Chưa xếp loại"
TELLERS = re.compile(r"[,;]")  # what stands between their names
SERIAL, NAME, BOX = 6, 30, 12
MARKS, LEVEL = 8, 14


@dataclass(frozen=True)
class EveningPaper:
    """What the three papers of one cell and year say; `people` are those to be rated, in the order of the list."""

    cell: str
    above: str
    year: int
    day: date
    is_held: bool
    levels: tuple
    is_secret: bool
    has_not_rated_box: bool
    people: tuple
    total: int
    base: int
    counts: dict
    decides_itself: bool
    tellers: tuple[str, ...]  # the head first; empty: to be written by hand


def evening_paper(page, *, on):
    """The papers of a sheet as `read_sheet` reads it; `on` stands for the day of a meeting that is not recorded."""
    sheet, procedure = page.sheet, page.book.rules.procedure
    head = {name: getattr(sheet, name) for name in COUNTS}
    return EveningPaper(
        cell=sheet.organisation.name,
        above=sheet.decider.name,
        year=sheet.season.year,
        day=sheet.held_on or on,
        is_held=sheet.held_on is not None,
        levels=page.book.scale.levels,
        is_secret=bool(procedure.ballot_secret),
        has_not_rated_box=bool(procedure.ballot_not_rated_box),
        people=tuple(row for row in page.rows if row.review.is_due),
        total=len(page.rows),
        base=page.vote.base,
        counts={name: BLANK if value is None else value for name, value in head.items()},
        decides_itself=sheet.decides_itself,
        tellers=tuple(name for each in TELLERS.split(sheet.tellers) if (name := each.strip())),
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def ballot_table(paper):
    """A line for each person and an empty box for each level."""
    titles = _boxes(paper)
    boxes = [Heading(title, CENTRE, BOX) for title in titles]
    headings = (Heading("TT", CENTRE, SERIAL), Heading("Họ và tên", width=NAME), *boxes)
    rows = tuple(Row((n, str(row.review.member), *("" for _ in titles))) for n, row in enumerate(paper.people, start=1))
    return FigureTable("Phiếu", title="", headings=headings, rows=rows)


def _boxes(paper):
    """What a ballot may be ticked for, in words."""
    return [level.name for level in paper.levels] + ([NOT_RATED] if paper.has_not_rated_box else [])


def count_table(paper):
    """Votes for each box with their share of the base, blanks, and the level that the cell proposes."""
    headings = (
        Heading("TT", CENTRE, SERIAL), Heading("Họ và tên", width=24),
        *(Heading(title, CENTRE, BOX) for title in _boxes(paper)),
        Heading("Phiếu trắng", CENTRE, MARKS), Heading("Mức chi bộ đề nghị", width=LEVEL),
    )  # fmt: skip
    rows = tuple(Row((n, *_counted(row, paper))) for n, row in enumerate(paper.people, start=1))
    note = f"Trong ngoặc: tỷ lệ trên {paper.base} đảng viên được tính khi biểu quyết."
    return FigureTable("Kiểm phiếu", title="", headings=headings, rows=rows, note=note)


def _counted(row, paper):
    review = row.review
    codes = [level.code for level in paper.levels] + ([NOT_RATED_BOX] if paper.has_not_rated_box else [])
    votes = [_votes(review.votes.get(code), paper.base) for code in codes]
    blanks = "" if review.blanks is None else review.blanks
    return (str(review.member), *votes, blanks, row.proposed.name if row.proposed else row.not_rated_word)


def _votes(number, base):
    if number is None:
        return ""
    found = share(number, base)
    return str(number) if found is None else f"{number} ({percent_text(found).replace(' ', NO_BREAK_SPACE)})"


def remarks_table(paper):
    """Room for what was said about each person, the level he claims and the one that the cell proposes."""
    headings = (
        Heading("TT", CENTRE, SERIAL), Heading("Họ và tên", width=26), Heading("Ý kiến nhận xét", width=38),
        Heading("Tự nhận", width=14), Heading("Chi bộ đề nghị", width=16),
    )  # fmt: skip
    rows = tuple(
        Row((n, str(row.review.member), "", row.own.name if row.own else "", _proposal(row)))
        for n, row in enumerate(paper.people, start=1)
    )
    return FigureTable("Nhận xét", title="", headings=headings, rows=rows)


def _proposal(row):
    return row.proposed.name if row.proposed else row.not_rated_word


# --- papers ----------------------------------------------------------------------------------------------------------


def ballot_pdf(paper, organisation):
    """One blank ballot; as many copies as there are voters are made of it."""
    frame = replace(_frame(organisation, paper.day), type_name="PHIẾU", is_numbered=False)
    frame = replace(frame, abstract=f"đánh giá, xếp loại chất lượng đảng viên năm {paper.year}", place="", number=None)
    return _render("ballot", frame, paper, ballot_table(paper))


def count_pdf(paper, organisation):
    """Minutes of the counting, signed by the head teller and the secretary of the meeting."""
    abstract = f"kiểm phiếu đánh giá, xếp loại chất lượng đảng viên năm {paper.year}"
    frame = replace(
        _frame(organisation, paper.day), abstract=abstract, left_position="THƯ KÝ", position="TỔ TRƯỞNG TỔ KIỂM PHIẾU"
    )
    return _render("count", frame, paper, count_table(paper))


def minutes_pdf(paper, organisation):
    """Minutes of the meeting, with room for what was said."""
    abstract = f"hội nghị kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {paper.year}"
    frame = replace(_frame(organisation, paper.day), abstract=abstract, left_position="THƯ KÝ", position="CHỦ TRÌ")
    return _render("minutes", frame, paper, remarks_table(paper))


def _frame(organisation, day):
    head = letterhead(organisation, day)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.MINUTES,
        symbol=head.symbol,
        style=style_on(day),
        place=head.place,
        year=day.year,
        type_name=DocumentType.MINUTES.label.upper(),
    )


def _render(name, frame, paper, table):
    return render_document(frame, {"paper": paper, "table": table}, dated=paper.day, template=f"{FOLDER}/{name}.html")
