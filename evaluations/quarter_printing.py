"""Form 05 on paper, blank or filled in, of a quarter or of a year (classification.md, 10.3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cells.enums import DocumentType
from cells.frames import Letterhead, letterhead
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import place_and_date, style_on
from config.lib.pdf import render_pdf
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.enums import Appendix
from evaluations.frames import patterns
from evaluations.models import QuarterRating
from evaluations.quarter_books import QuarterBooks
from evaluations.quarter_facts import QuarterFacts
from evaluations.quarter_fields import points_of
from evaluations.quarters import level_words
from evaluations.rules import number_text
from evaluations.rules.quarterly import (
    DECIDED,
    GENERAL,
    LAST,
    NUMERALS,
    RESULTS,
    Quarter,
    axis_name,
    index_of,
)
from members.forms.dates import PartialDate

TEMPLATE = "evaluations/pdf/form_05.html"
BLANK_ROWS = 3
FORMS_AT_ONCE = 20  # pages printed within two seconds


@dataclass(frozen=True)
class Filled:
    """What one form is filled from; nothing of it: a blank form."""

    name: str = ""
    born: str = ""
    posts: str = ""
    cell: str = ""
    points: tuple[tuple[str, Any], ...] = ()
    own_level: str = ""
    decided_level: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Form05:
    """One form on paper."""

    form: str
    title: str
    period: str
    letterhead: Letterhead
    dated: str
    particulars: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, FigureTable], ...]
    own_total: str
    besides: str
    levels: tuple[tuple[str, bool], ...]
    decided_points: str
    decided_level: str
    decision: str
    signer: str


class FormPress:
    """Makes the forms of one cell and year; rules, letterhead and criteria are read once."""

    def __init__(self, organisation, year, on):
        self.organisation, self.year, self.on = organisation, year, on
        self.books = QuarterBooks(year)
        self.rules = self.books.rules(organisation.ancestor_ids(), LAST)
        self.letterhead = letterhead(organisation, on)
        pattern = patterns(self.books.rule_code).get(Appendix.PL3)
        self.groups = pattern.groups if pattern else {}

    @property
    def knows_form(self):
        """Whether the rule set of the year has this form."""
        return bool(self.rules.quarterly_form)

    def paper(self, filled, period):
        """One form; `period` is "Quý III năm 2026" or "Năm 2026"."""
        points = dict(filled.points)
        names = {level.code: level.name for level in self.books.scale.levels}
        general, results = points.get(GENERAL), points.get(RESULTS)
        return Form05(
            form=f"Mẫu {self.rules.quarterly_form}",
            title=self.rules.quarterly_form_title or "",
            period=period,
            letterhead=self.letterhead,
            dated=place_and_date(self.letterhead.place, None, year=self.on.year),
            particulars=(
                ("Họ và tên", filled.name), ("Ngày sinh", filled.born), ("Chức vụ", filled.posts),
                ("Chi bộ", filled.cell),
            ),
            tables=tuple(self._table(*part, points, bool(filled.posts)) for part in self._parts()),
            own_total="" if general is None or results is None else number_text(general + results),
            besides=self._besides(points),
            levels=tuple((name, code == filled.own_level) for code, name in names.items()),
            decided_points=_number(points.get(DECIDED)),
            decided_level=names.get(filled.decided_level, ""),
            decision=filled.decision,
            signer=filled.name,
        )  # fmt: skip

    def _parts(self):
        general, results = self.books.roots
        return (
            ("A. Nhóm tiêu chí chung", GENERAL, general),
            ("B. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ", RESULTS, results),
        )

    def _table(self, title, root, most, points, is_leader):
        """A table of the form: the groups of the appendix for leaders, for others lines to be written on."""
        headings = (
            Heading("TT", CENTRE, 6), Heading("Nội dung", width=45), Heading("Đảm bảo", CENTRE, 12),
            Heading("Không đảm bảo", CENTRE, 12), Heading("Điểm tối đa", CENTRE, 12), Heading("Tự chấm", CENTRE, 12),
        )  # fmt: skip
        groups = self.groups.get(root, ()) if is_leader else ()
        names = [group.name for group in groups] or [""] * BLANK_ROWS
        rows = [Row((number, name, "", "", "", "")) for number, name in enumerate(names, start=1)]
        total = Row(("", "Cộng", "", "", _number(most), _number(points.get(root))), "total")
        return title, FigureTable(title[:1], title=title, headings=headings, rows=(*rows, total))

    def _besides(self, points):
        """The numbers that the form has no line for: axes, and the index with its parts."""
        axes = range(1, (self.rules.quarterly_result_axes or 0) + 1)
        said = [
            f"{axis_name(self.rules, number)}: {number_text(points[f'axis_{number}'])}"
            for number in axes
            if f"axis_{number}" in points
        ]
        index = index_of(self.rules, points)
        if index is not None:
            said.append(f"chỉ số (A + B + C + D)/4 = {number_text(index)}")
        return "; ".join(said)


def _number(value):
    return "" if value is None else number_text(value)


def period_words(number, year):
    """The period that stands below the title; a blank form of a whole unit leaves the quarter open."""
    return f"Quý {NUMERALS[number]} năm {year}" if number else f"Năm {year}"


def filled_from(rating, member, posts, cell):
    """What is known of a member in a quarter; `rating` None: his name alone."""
    return Filled(
        name=str(member),
        born=_born(member),
        posts="; ".join(posts),
        cell=cell,
        points=tuple(points_of(rating).items()),
        own_level=rating.own_level if rating else "",
        decided_level=rating.decided_level if rating else "",
        decision=_decision(rating) if rating and rating.decided_level else "",
    )


def _decision(rating):
    return f"{rating.body}, số {rating.decision}"


def _born(member):
    return str(PartialDate(member.born_on, member.born_precision)) if member.born_on else ""


# --- papers ----------------------------------------------------------------------------------------------------------


def blank_form_05(press, number):
    """The blank form for one quarter of a cell."""
    return render_forms([press.paper(Filled(cell=press.organisation.name), period_words(number, press.year))], press.on)


def unit_forms_05(press, unit):
    """The forms of everybody who is followed, filled in as far as it is written."""
    period, cell = period_words(unit.quarter.number, press.year), unit.organisation.name
    filled = [filled_from(row.rating, row.member, row.posts, cell) for row in unit.people]
    return render_forms([press.paper(each, period) for each in filled], press.on)


def rating_form_05(press, rating):
    """The form of one member for one quarter."""
    quarter = Quarter(rating.year, rating.quarter)
    posts = _posts(press, rating.member, quarter.last_day)
    filled = filled_from(rating, rating.member, posts, rating.organisation.name)
    return render_forms([press.paper(filled, period_words(rating.quarter, rating.year))], press.on)


def year_form_05(press, review, written):
    """The form of one member for the year, from his review and what he wrote; `written` may be None."""
    points = {GENERAL: written and written.own_general, RESULTS: written and written.own_results}
    known = {key: value for key, value in points.items() if value is not None}
    if review.points is not None:
        known[DECIDED] = review.points
    filled = Filled(
        name=str(review.member),
        born=_born(review.member),
        posts="; ".join(_posts(press, review.member, review.sheet.season.reference_date)),
        cell=review.sheet.organisation.name,
        points=tuple(known.items()),
        own_level=review.own_level,
        decided_level=review.decided_level,
    )
    return render_forms([press.paper(filled, period_words(None, press.year))], press.on)


def _posts(press, member, day):
    facts = QuarterFacts(press.organisation.path, press.year, [press.organisation.pk])
    return [post.words for post in facts.record(member.pk).leads(press.rules, day)]


def render_forms(papers, on):
    return render_pdf(TEMPLATE, {"papers": papers}, dated=on, css=style_on(on).css())


# --- registered ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forms05:
    """The forms of a body and a year: of every quarter that is written of, by quarter, cell and name."""

    organisation: Any
    year: int
    on: date
    papers: tuple[Form05, ...]
    rows: tuple[tuple[str, ...], ...]


def read_forms(organisation, *, year, on=None):
    """Filled forms of all members of whom a quarter is written; without any, the blank form."""
    day = on or date(year, 12, 31)
    rows = QuarterRating.objects.of_year(year).below(organisation).filter(member__isnull=False).with_people()
    rows = list(rows.order_by("quarter", "organisation__path", "member__sort_key", "pk"))
    press = FormPress(organisation, year, day)
    facts = QuarterFacts(organisation.path, year, {row.organisation_id for row in rows})
    papers, lines = [], []
    for row in rows:
        held = facts.record(row.member_id).leads(press.rules, Quarter(year, row.quarter).last_day)
        filled = filled_from(row, row.member, [post.words for post in held], row.organisation.name)
        papers.append(press.paper(filled, period_words(row.quarter, year)))
        result = level_words(press.books.scale, row.decided_level, row.not_rated_reason)
        lines.append((row.quarter_name, str(row.member), row.organisation.name, row.own_level, result))
    if not papers and press.knows_form:
        papers = [press.paper(Filled(), f"Quý …… năm {year}")]
    return Forms05(organisation, year, day, tuple(papers), tuple(lines))


def _forms_table(forms):
    headings = (
        Heading("Quý", CENTRE, 10), Heading("Họ và tên", width=30), Heading("Chi bộ", width=30),
        Heading("Tự nhận", CENTRE, 14), Heading("Mức quyết định", width=16),
    )  # fmt: skip
    return FigureTable("Mẫu 05", title="", headings=headings, rows=tuple(Row(line) for line in forms.rows))


FORMS_05 = Printable(
    name="form_05",
    title="Mẫu 05 – Bản tự đánh giá, xếp loại của cá nhân (quý, năm)",
    type=DocumentType.REPORT,
    permission=Permission.RATINGS_VIEW,
    collect=kept_until_next_act(read_forms),
    render_pdf=lambda forms, frame, text: render_forms(forms.papers, forms.on),
    render_xlsx=lambda forms: write_rows([_forms_table(forms).as_sheet()]),
    abstract=lambda forms: f"bản tự đánh giá, xếp loại của cá nhân năm {forms.year}",
    sections=lambda forms: {},
    data=lambda forms: {"year": forms.year, "on": forms.on.isoformat(), "rows": [list(line) for line in forms.rows]},
    is_long=lambda forms: len(forms.papers) > FORMS_AT_ONCE,
)
