"""The decision that recognises the results of a year, with the list of members annexed (classification.md, 10.3)."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from cells.enums import DocumentType
from cells.frames import letterhead, proposed_signer
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.enums import NotRated, Outcome
from evaluations.models import Review
from evaluations.reratings import as_first_decided
from evaluations.season_rules import rule_book
from members.forms.dates import PartialDate

TEMPLATE = "evaluations/pdf/decision.html"
BIRTH_DATE, CV_NUMBER = "birth_date", "cv_number"
COLUMNS = {BIRTH_DATE: ("Ngày sinh", 14), CV_NUMBER: ("Số lý lịch", 14)}  # what tells people of one name apart
NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True)
class DecisionPaper:
    """One decision: its bases, counts by level in the words of the scale, and a line for each member."""

    decision: object
    year: int
    bases: tuple[str, ...]
    proposers: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, str, str, str], ...]
    column: str = BIRTH_DATE  # a key of COLUMNS

    @property
    def rated(self):
        return sum(number for _, number in self.counts)


def decision_paper(decision):
    """What the decision prints, as it was decided then: all of its cells who were to be rated, by cell and name."""
    book = rule_book(decision.season)
    names = {level.code: level.name for level in book.scale.levels}
    rows = (
        Review.objects.filter(sheet__decision=decision, outcome=Outcome.RATE)
        .exclude(decided_level="", not_rated_reason="")
        .select_related("member", "sheet__organisation")
        .order_by("sheet__organisation__path", "member__sort_key", "id")
    )
    reviews = as_first_decided(rows, decision)
    column = book.rules.procedure.decision_list_column or BIRTH_DATE
    counted = Counter(review.decided_level for review in reviews)
    cells = {review.sheet.organisation_id: review.sheet.organisation.name for review in reviews}
    return DecisionPaper(
        decision=decision,
        year=decision.season.year,
        bases=book.citations,
        proposers=next(iter(cells.values())) if len(cells) == 1 else f"{len(cells)} chi bộ",
        counts=tuple((name, counted[code]) for code, name in names.items()),
        rows=tuple(_line(review, names, column) for review in reviews),
        column=column,
    )


def _line(review, names, column):
    member = review.member
    told_apart = member.cv_number or "" if column == CV_NUMBER else _born(member)
    return (member.full_name, told_apart, review.sheet.organisation.name, level_words(review, names))


def level_words(review, names):
    """The decided level in words, or why there is none; `names` by code."""
    return names.get(review.decided_level) or f"Chưa xếp loại ({_reason(review)})"


def _born(member):
    return str(PartialDate(member.born_on, member.born_precision)) if member.born_on else ""


def _reason(review):
    known = review.not_rated_reason in NotRated.values
    return NotRated(review.not_rated_reason).label.lower() if known else review.reason


def list_table(paper):
    """The annexed list."""
    name, width = COLUMNS[paper.column]
    headings = (
        Heading("TT", CENTRE, 6), Heading("Họ và tên", width=24), Heading(name, CENTRE, width),
        Heading("Chi bộ", width=24), Heading("Xếp loại", width=32),
    )  # fmt: skip
    rows = tuple(Row((number, *row)) for number, row in enumerate(paper.rows, start=1))
    title = f"xếp loại chất lượng đảng viên năm {paper.year}"
    return FigureTable("Danh sách", title=title, headings=headings, rows=rows)


def decision_pdf(paper, organisation):
    """The decision in the frame of the body, under its number where that begins with digits."""
    decision = paper.decision
    day = decision.decided_on
    abstract = f"công nhận kết quả xếp loại chất lượng đảng viên năm {paper.year}"
    frame = decision_frame(organisation, decision.number, day, abstract)
    bases = frame.basis_lines([*(f"Căn cứ {basis}" for basis in paper.bases), f"Xét đề nghị của {paper.proposers}"])
    context = {"paper": paper, "bases": bases, "issuer": issuer_line(frame), "table": list_table(paper)}
    return render_document(frame, context, dated=day, template=TEMPLATE)


def decision_frame(organisation, number, day, abstract):
    """The frame of a decision of a body that was taken on a day, under its number where that begins with digits."""
    head, signer = letterhead(organisation, day), proposed_signer(organisation, day)
    found = NUMBER.match(number)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.DECISION,
        symbol=head.symbol,
        style=style_on(day),
        number=int(found[0]) if found else None,
        place=head.place,
        dated=day,
        year=day.year,
        type_name=DocumentType.DECISION.label.upper(),
        abstract=abstract,
        authority=head.authority,
        position=signer.position,
        signer=signer.name,
        recipients=("Như Điều 2", *head.recipients.splitlines()),
    )


def issuer_line(frame):
    """Who decides, as it stands above QUYẾT ĐỊNH: the committee on whose behalf the head signs."""
    return frame.authority.removeprefix("T/M ") or frame.issuing_line


def decision_xlsx(paper):
    """The annexed list as a workbook."""
    return write_rows([replace(list_table(paper), name=f"Năm {paper.year}").as_sheet()])
