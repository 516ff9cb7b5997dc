"""Levels of a body over the years, each year in its own scale; levels of two scales are never joined."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from cells.models import Organisation, RuleSet
from cells.tree_history import read_history
from cells.unchanged import kept_until_next_act
from config.lib.charts import Part, Series
from config.lib.rulesets import restore
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, NUMBER, PERCENT, FigureTable, Heading, Row
from evaluations.enums import SheetState
from evaluations.models import RatingSheet
from evaluations.rules import number_text, share
from members.models import AnnualGrade
from members.rules import Scale, scale_from

FIRST_YEAR = 2011
NOT_RATED = ""  # the level of who has none
BASE_NOTE = "Tỷ lệ % tính trên số đảng viên được xếp loại của từng năm."
BOUNDARY = "Từ năm {year} xếp loại theo thang khác: không nối, không so sánh từng mức"


@dataclass(frozen=True)
class TrendYear:
    """Members of one year by level, and those not rated; nobody at all where nothing is known of the year."""

    year: int
    levels: dict[str, int] = field(default_factory=dict)
    not_rated: int = 0

    @property
    def rated(self):
        return sum(self.levels.values())

    def number(self, level):
        return self.levels.get(level, 0)

    def percent(self, level):
        """Share of those rated; None when nobody is."""
        return share(self.number(level), self.rated)

    @property
    def is_known(self):
        return bool(self.rated or self.not_rated)


@dataclass(frozen=True)
class TrendPart:
    """The years of one scale, in order, those without results in between too."""

    scale: Scale
    title: str  # what the rule set calls the scale
    years: tuple[TrendYear, ...]

    @property
    def name(self):
        first, last = self.years[0].year, self.years[-1].year
        span = f"năm {first}" if first == last else f"năm {first}–{last}"
        return f"{self.title}, {span}"

    @property
    def rated(self):
        return [each for each in self.years if each.rated]


@dataclass(frozen=True)
class Trend:
    """The ratings of a body over the years in the tree of each year; `open_years` await the decision of some cells."""

    organisation: Organisation
    parts: tuple[TrendPart, ...]
    open_years: tuple[tuple[int, int], ...]  # (year, cells without a decision)

    @property
    def boundary(self):
        """What stands on the line between two scales."""
        return BOUNDARY.format(year=self.parts[-1].years[0].year) if len(self.parts) > 1 else ""

    @property
    def chart(self):
        """Shares of every year with somebody rated, as the picture shows them."""
        return [
            Part(
                part.name,
                [str(each.year) for each in part.rated],
                [Series(level.short, [year.percent(level.code) for year in part.rated]) for level in part.scale.levels],
            )
            for part in self.parts
            if part.rated
        ]

    @property
    def notes(self):
        """Years whose figures will still change."""
        return [
            f"Năm {year} còn {number_text(cells)} chi bộ chưa có quyết định; số liệu của năm này chưa đủ."
            for year, cells in self.open_years
        ]


@kept_until_next_act
def read_trend(organisation, *, until):
    """The trend of a body up to the year `until`, from the results that stand."""
    branches = _branches(read_history(), organisation, range(FIRST_YEAR, until + 1))
    found = _counts(branches)
    scales = _scales()
    parts = [
        TrendPart(*scales[code], tuple(_without_holes(years)))
        for code, years in found.items()
        if code in scales
    ]  # fmt: skip
    parts.sort(key=lambda part: part.years[0].year)
    return Trend(organisation, tuple(parts), tuple(_open_years(branches)))


def _branches(history, organisation, years):
    """{ids of the branch at the end of the year, None for the whole tree: the years in which it was that}."""
    found = defaultdict(list)
    for year in years:
        branch = frozenset(history.below(organisation.pk, date(year, 12, 31)))
        found[branch if len(branch) < len(history.stands) else None].append(year)
    return found


def _of_branches(branches, prefix=""):
    tests = (
        Q(**{f"{prefix}year__in": years}) & (Q() if branch is None else Q(organisation__in=branch))
        for branch, years in branches.items()
    )  # fmt: skip
    return reduce(or_, tests, Q(pk__in=[]))


def _counts(branches):
    """{scale: {year: TrendYear}}; grouped in the order of the index, which alone is read for the whole tree."""
    rows = AnnualGrade.objects.standing().filter(_of_branches(branches))
    found = defaultdict(lambda: defaultdict(Counter))
    for row in rows.values("year", "level", "organisation", "scale").annotate(n=Count("pk")):
        found[row["scale"]][row["year"]][row["level"]] += row["n"]
    return {
        scale: {year: TrendYear(year, _levels(counts), counts[NOT_RATED]) for year, counts in years.items()}
        for scale, years in found.items()
    }


def _levels(counts):
    return {level: n for level, n in counts.items() if level != NOT_RATED}


def _without_holes(years):
    return (years.get(year) or TrendYear(year) for year in range(min(years), max(years) + 1))


def _scales():
    """(scale, what its rule set calls it) by code."""
    sets = RuleSet.objects.latest_versions().filter(topic="scale")
    return {each.code: (scale_from(each.code, restore(each.values)), each.title) for each in sets}


def _open_years(branches):
    rows = RatingSheet.objects.filter(_of_branches(branches, "season__")).exclude(state=SheetState.DECIDED)
    return (
        rows.values_list("season__year").annotate(cells=Count("organisation", distinct=True)).order_by("season__year")
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def tables(trend):
    """One table for each scale: a line a year."""
    return [_table(part) for part in trend.parts]


def _table(part):
    levels = part.scale.levels
    shown = (pair for level in levels for pair in (Heading(level.short, NUMBER, 8), Heading("%", PERCENT, 8)))
    names = "; ".join(f"{level.short}: {level.name.lower()}" for level in levels)
    return FigureTable(
        name=f"{part.years[0].year}–{part.years[-1].year}",
        title=part.name,
        headings=(
            Heading("Năm", CENTRE, 8), Heading("Đã xếp loại", NUMBER, 10), *shown,
            Heading("Không xếp loại", NUMBER, 10),
        ),
        rows=tuple(_row(each, levels) for each in part.years),
        note=f"{BASE_NOTE} {names}.",
        wide=True,
    )  # fmt: skip


def _row(year, levels):
    figures = (value for level in levels for value in (year.number(level.code), year.percent(level.code)))
    values = (year.rated, *figures, year.not_rated) if year.is_known else (None,) * (2 + 2 * len(levels))
    return Row((str(year.year), *values))


def render_xlsx(trend):
    """The tables as a workbook, one sheet for each scale."""
    found = tables(trend) or [FigureTable("Xu hướng", "Xu hướng", (Heading("Năm"),), ())]
    return write_rows([table.as_sheet() for table in found])
