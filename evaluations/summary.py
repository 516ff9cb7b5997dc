"""The summary table to the level above (Biểu tổng hợp): 1 = 2 + 3 + 4, KHTNV by reason, columns by type of base."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from cells.trees import Node, base_types, tree_with
from config.lib.tables import NUMBER, FigureTable, Heading, Row
from evaluations.models import Review
from evaluations.reports import Counts, counts_by_cell
from evaluations.rules import door_name, doors_of, number_text, targets_under
from evaluations.season_rules import book_of_year
from members.models import AnnualGrade, Membership
from members.rules import Scale

UNDER, TARGETS_UNDER, OTHER = "score_under", "targets_under", "other"
OTHER_WORDS = "lý do khác, hoặc không ghi lý do"


@dataclass(frozen=True)
class SummaryColumn:
    """One type of base organisation, or the whole; `on_roll` is None where the books of the day are not known."""

    label: str
    counts: Counts
    failed: Counter = field(default_factory=Counter)
    on_roll: int | None = None

    @property
    def missing(self):
        """By how many the books of the day exceed rows 2 + 3 + 4; 0 where they agree or are not known."""
        return 0 if self.on_roll is None else self.on_roll - self.counts.present


@dataclass(frozen=True)
class Summary:
    """Everything that the table prints for one body and year; `reasons` are (code, words) in the order of the rules."""

    organisation: Node
    superior: Node | None
    year: int
    on: date
    scale: Scale
    regulation: str
    columns: tuple[SummaryColumn, ...]
    reasons: tuple[tuple[str, str], ...]

    @property
    def knows_roll(self):
        return self.columns[0].on_roll is not None

    @property
    def broken(self):
        """The columns in which the identity with the books of the day does not hold, in words."""
        return [
            f"Cột “{column.label}”: sổ đảng viên ngày {self.on:%d/%m/%Y} có {number_text(column.on_roll)} đồng chí, "
            f"các dòng 2 + 3 + 4 cộng được {number_text(column.counts.present)} "
            f"({'thiếu' if column.missing > 0 else 'thừa'} {number_text(abs(column.missing))})."
            for column in self.columns
            if column.missing
        ]


def read_summary(organisation, *, year, on=None):
    """The table of `year` in the tree of `on` (default: 31 December of the year)."""
    on = on or date(year, 12, 31)
    tree = tree_with(organisation, on)
    ids = [node.id for node in tree.below(organisation.pk)]
    book = book_of_year(year)
    counts = counts_by_cell(ids, year)[0][year]
    failed = _failed(ids, year, book)
    roll = dict(Membership.objects.on(on).official().filter(organisation__in=ids).order_by()
                .values_list("organisation").annotate(Count("member")))  # fmt: skip
    above = tree.above(organisation.pk)
    return Summary(
        organisation=tree[organisation.pk],
        superior=above[1] if len(above) > 1 else None,
        year=year,
        on=on,
        scale=book.scale,
        regulation=", ".join(book.citations),
        columns=tuple(_columns(tree, counts, failed, roll)),
        reasons=_reasons(book.rules.conditions),
    )


def _columns(tree, counts, failed, roll):
    """The whole first, then one column for each type of base organisation that occurs, in the order of Biểu 5."""
    places = {*counts, *roll}
    yield _column("Tổng số", places, counts, failed, roll)
    by_type = defaultdict(list)
    for place in places:
        by_type[tree.base_type(place)].append(place)
    for code, label in base_types().items():
        if code in by_type:
            yield _column(label, by_type[code], counts, failed, roll)


def _column(label, places, counts, failed, roll):
    total = sum((counts[place] for place in places if place in counts), Counts())
    reasons = sum((failed[place] for place in places if place in failed), Counter())
    return SummaryColumn(label, total, reasons, sum(roll.get(place, 0) for place in places) if roll else None)


def _failed(ids, year, book):
    """By cell the members at the lowest level by reason; of several doors the first of the rules counts."""
    worst, rules = book.scale.levels[-1].code, book.rules.conditions
    grades = AnnualGrade.objects.of_year(year).filter(organisation__in=ids, level=worst).order_by()
    grades = dict(grades.values_list("member", "organisation"))
    rows = Review.objects.filter(sheet__season__year=year, sheet__organisation__in=ids, decided_level=worst)
    columns = ("member", "doors", "lenient", "points", "targets_done", "key_targets_missed")
    known = {row[0]: row[1:] for row in rows.order_by().values_list(*columns)}
    order = [code for code, _ in _reasons(rules)]
    found = defaultdict(Counter)
    for member, place in grades.items():
        found[place][_reason(known.get(member), rules, order)] += 1
    return found


def _reason(review, rules, order):
    if review is None:
        return OTHER
    doors, lenient, points, *targets = review
    if not lenient and (known := [code for code in order if code in doors]):
        return known[0]
    if targets_under(rules, *targets):
        return TARGETS_UNDER
    least = rules.score_min_htnv
    return UNDER if least is not None and points is not None and points < least else OTHER


def _reasons(rules):
    """Reasons by which somebody has the lowest level: the doors of the rule set, too few points, anything else."""
    doors = dict.fromkeys([*doors_of(rules, False), *doors_of(rules, True)])
    words = [(code, door_name(code)) for code in doors]
    if rules.score_min_htnv is not None:
        words.append((UNDER, f"dưới {number_text(rules.score_min_htnv)} điểm"))
    return (*words, (OTHER, OTHER_WORDS))


# --- the table -------------------------------------------------------------------------------------------------------


def summary_table(summary):
    """Rows 1–4, levels, reasons of the lowest level; the books of the day in a last line where they are known."""
    columns = [column.counts for column in summary.columns]
    width = max(7, 60 // len(columns))
    rows = [
        Row(("1. Số đảng viên có mặt đến thời điểm xếp loại (1 = 2 + 3 + 4)", *(c.present for c in columns)), "total"),
        Row(("2. Số đảng viên được miễn", *(c.exempt for c in columns))),
        Row(("3. Số đảng viên chưa được kiểm điểm, xếp loại", *(c.not_yet for c in columns))),
        Row(("4. Số đảng viên đã kiểm điểm, xếp loại", *(c.rated for c in columns)), "total"),
        *(Row((f"– {level.name}", *(c.number(level.code) for c in columns))) for level in summary.scale.levels),
        *(_reason_row(summary, code, words) for code, words in summary.reasons if _occurs(summary, code)),
    ]
    if summary.knows_roll:
        day = f"{summary.on:%d/%m/%Y}"
        rows.append(Row((f"Đối chiếu: sổ đảng viên ngày {day}", *(column.on_roll for column in summary.columns))))
    headings = (Heading("Nội dung", width=40), *(Heading(each.label, NUMBER, width) for each in summary.columns))
    return FigureTable(
        name="Biểu tổng hợp",
        title=f"Biểu tổng hợp kết quả kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {summary.year}",
        headings=headings,
        rows=tuple(rows),
        note=" ".join(notes(summary)),
        wide=True,
    )


def _occurs(summary, code):
    return summary.columns[0].failed[code]


def _reason_row(summary, code, words):
    return Row((f"   + vì: {words}", *(column.failed[code] for column in summary.columns)))


def notes(summary):
    """How the table counts, and where it does not agree with the books."""
    yield (
        "Người bị đình chỉ sinh hoạt, mới kết nạp tính ở dòng 3. Người có nhiều lý do tính một lần, theo lý do đứng "
        "trước trong quy định. Cột theo loại hình tổ chức cơ sở đảng đã ghi trong cây tổ chức."
    )
    if not summary.knows_roll:
        yield "Phần mềm không có sổ đảng viên của ngày này nên chưa đối chiếu được dòng 1."
    elif summary.broken:
        yield "Không khớp sổ đảng viên: " + " ".join(summary.broken)
    else:
        yield "Dòng 1 khớp sổ đảng viên ở mọi cột."
