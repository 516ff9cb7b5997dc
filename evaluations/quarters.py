"""One quarter of one cell as its page reads it: who is followed and why, what is written, what the rules say."""

from dataclasses import dataclass, field
from typing import Any

from evaluations.enums import QuarterNotRated
from evaluations.models import QuarterRating
from evaluations.quarter_books import QuarterBooks
from evaluations.quarter_facts import QuarterFacts
from evaluations.quarter_fields import LABELS, OF_DECIDERS, POINT, points_of, rating_values, seen_mark, shown_texts
from evaluations.rules import number_text
from evaluations.rules.quarterly import (
    NUMERALS,
    Quarter,
    QuarterlyRules,
    Skip,
    index_of,
    is_above_collective,
    own_total,
    point_columns,
    year_advice,
)
from members.enums import PostTitle
from members.models import Member
from members.rules import Scale

COLLECTIVE = "tt"  # the key of the row of the collective


@dataclass
class QuarterRow:
    """One member, or the collective, in one quarter; `shown` are the texts of the controls."""

    key: str
    name: str
    member: Any = None
    posts: tuple[str, ...] = ()
    rating: QuarterRating | None = None
    skip: Skip | None = None
    others: tuple[tuple[str, str], ...] = ()
    advice: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    index: str = ""
    total: str = ""
    values: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)
    seen: str = ""
    errors: dict = field(default_factory=dict)
    theirs: str = ""
    controls: list = field(default_factory=list)  # (name, label, text, wrong) of the numbers that a person may write
    kept_controls: list = field(default_factory=list)  # (name, text) of those that are left as they are
    own_short: str = ""
    decided: Any = None

    @property
    def is_collective(self):
        return self.member is None

    @property
    def version(self):
        return self.rating.version if self.rating else 0

    @property
    def is_missing(self):
        """Whether nobody has decided on him, and neither the record nor a person says why."""
        return not self.is_collective and not self.skip and not (self.rating and self.rating.is_final)

    @property
    def not_rated_words(self):
        """Why there is no level: as a person chose, else as the record says."""
        if self.rating and self.rating.not_rated_reason:
            note = f": {self.rating.note}" if self.rating.note else ""
            return f"{self.rating.get_not_rated_reason_display()}{note}"
        return self.skip.words if self.skip and not (self.rating and self.rating.decided_level) else ""

    @property
    def error_words(self):
        return " ".join(dict.fromkeys(self.errors.values()))


@dataclass
class QuarterUnit:
    """One quarter of one cell."""

    organisation: Any
    quarter: Quarter
    rules: QuarterlyRules
    scale: Scale
    columns: tuple
    step: Any
    quarters: list
    rows: list
    rest: list  # members of the cell who are not followed: somebody may be added

    @property
    def people(self):
        return [row for row in self.rows if not row.is_collective]

    @property
    def missing(self):
        return sum(row.is_missing for row in self.rows)

    @property
    def decided(self):
        return sum(bool(row.rating and row.rating.decided_level) for row in self.people)

    @property
    def basis(self):
        """The articles behind the page."""
        return self.rules.cite("quarterly_enabled", "quarterly_scope", "quarterly_leading_posts", "quarterly_index")

    def lay_out(self, *, decides):
        """The controls of every row, as its texts stand now; the decided numbers only for who decides."""
        for row in self.rows:
            row.controls, row.kept_controls = [], []
            for column in self.columns:
                name = f"{POINT}{column.key}"
                text = row.shown.get(name, "")
                if not decides and name in OF_DECIDERS:
                    row.kept_controls.append((name, text))
                else:
                    row.controls.append((name, _with_most(column), text, name in row.errors))

    @property
    def follows_everybody(self):
        return self.rules.quarterly_scope == "all_members"

    def row(self, key):
        return next((row for row in self.rows if row.key == key), None)

    def column(self, name):
        return next((column for column in self.columns if f"{POINT}{column.key}" == name), None)

    def label(self, name):
        """A field in words."""
        column = self.column(name)
        return column.label if column else LABELS[name]


def read_unit(organisation, year, number):
    """The page of one quarter of a cell; None where that quarter is not followed there."""
    books = QuarterBooks(year)
    above = organisation.ancestor_ids()
    if not organisation.is_cell or not books.is_on(above, number):
        return None
    facts = QuarterFacts(organisation.path, year, [organisation.pk])
    rules, quarter = books.rules(above, number), Quarter(year, number)
    unit = QuarterUnit(
        organisation=organisation,
        quarter=quarter,
        rules=rules,
        scale=books.scale,
        columns=point_columns(rules, books.roots),
        step=books.frame.score_step,
        quarters=books.quarters(above),
        rows=[],
        rest=[],
    )
    _fill(unit, facts)
    return unit


def _fill(unit, facts):
    cell, quarter = unit.organisation.pk, unit.quarter
    followed = facts.followed(quarter, {cell: unit.rules})[cell]
    listed = [*followed, *facts.on_roll(cell, quarter.last_day)]
    members = Member.objects.filter(pk__in=listed).order_by("sort_key", "pk")
    written, known = facts.ratings_of(quarter.number), set(followed)
    rows = []
    for member in members.only("full_name", "sort_key", "born_on", "born_precision", "home"):
        if member.pk in known:
            rows.append(_row(unit, facts, member, written.get(member.pk)))
        elif member.pk not in written:  # else another cell wrote of him before he moved
            unit.rest.append(member)
    leaders_first = sorted(rows, key=lambda row: not row.posts)
    unit.rows = [_collective(unit, facts), *leaders_first]
    _warn_of_heads(unit, facts)


def _row(unit, facts, member, rating):
    record = facts.record(member.pk)
    levels = {row.quarter: row for row in facts.ratings if row.member_id == member.pk}
    return _read(
        unit,
        QuarterRow(
            key=f"m{member.pk.hex[:12]}",
            name=str(member),
            member=member,
            posts=tuple(post.words for post in record.leads(unit.rules, unit.quarter.last_day)),
            rating=rating,
            skip=facts.skip(member.pk, unit.quarter, unit.rules),
            others=tuple(_other(unit, row) for number, row in sorted(levels.items()) if number != unit.quarter.number),
            advice=advice_of(unit.rules, unit.scale, {n: row.decided_level for n, row in levels.items()}).words,
        ),
    )


def _other(unit, row):
    return NUMERALS[row.quarter], level_words(unit.scale, row.decided_level, row.not_rated_reason)


def level_words(scale, level, not_rated):
    """A result of a quarter in few words."""
    found = next((each for each in scale.levels if each.code == level), None)
    if found:
        return found.short
    known = not_rated in QuarterNotRated.values
    return f"không đánh giá ({QuarterNotRated(not_rated).label.lower()})" if known else "chưa quyết định"


def _with_most(column):
    return column.label if column.maximum is None else f"{column.label} (/{number_text(column.maximum)})"


def advice_of(rules, scale, levels):
    """What the decided quarters say beside the year."""
    return year_advice(rules, levels, scale.levels[-1].code, (scale.levels[-1].name, scale.levels[0].name))


def _collective(unit, facts):
    rating = facts.collective(unit.organisation.pk, unit.quarter.number)
    return _read(unit, QuarterRow(key=COLLECTIVE, name="Tập thể lãnh đạo chi bộ", rating=rating))


def _read(unit, row):
    row.values = rating_values(row.rating, unit.columns)
    row.shown, row.seen = shown_texts(row.values), seen_mark(row.version, row.values)
    points = points_of(row.rating)
    index, total = index_of(unit.rules, points), own_total(points)
    row.index = "" if index is None else number_text(index)
    row.total = "" if total is None else number_text(total)
    levels = {level.code: level for level in unit.scale.levels}
    if row.rating:
        row.decided = levels.get(row.rating.decided_level)
        own = levels.get(row.rating.own_level)
        row.own_short = own.short if own else ""
    return row


def _warn_of_heads(unit, facts):
    """The secretary of the cell stands higher than its collective, where both have a decided level."""
    collective = unit.rows[0].rating
    order = [level.code for level in unit.scale.levels]
    for row in unit.people:
        posts = facts.record(row.member.pk).leads(unit.rules, unit.quarter.last_day)
        heads = any(post.title == PostTitle.SECRETARY and post.place == unit.organisation.pk for post in posts)
        levels = [each.decided_level if each else "" for each in (row.rating, collective)]
        if heads and is_above_collective(unit.rules, order, *levels):
            article = unit.rules.cite("quarterly_head_not_above_collective")
            row.warnings = (f"Người đứng đầu xếp cao hơn tập thể ({article}).",)
