"""The report on the ratings of a year: one dataclass behind the page, the PDF and the workbook."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef

from cells.models import RuleSet
from cells.trees import Node, base_types, tree_with
from config.lib.rulesets import restore, typed
from evaluations.enums import NotRated, SheetState
from evaluations.models import Review
from evaluations.rules import share
from evaluations.rules.topics import RegulationRules
from evaluations.season_rules import citations_of
from members.models import AnnualGrade
from members.rules import Scale, scale_from

EXEMPT = "exempt"
UNDECIDED = "undecided"
REASONS = {**dict(NotRated.choices), UNDECIDED: "Chưa có quyết định của cấp có thẩm quyền", "": "Chưa ghi lý do"}


@dataclass(frozen=True)
class Counts:
    """Members counted in one place: present = exempt + not yet + rated (statistics, Biểu 6)."""

    exempt: int = 0
    not_yet: int = 0
    levels: dict[str, int] = field(default_factory=dict)

    @property
    def rated(self):
        return sum(self.levels.values())

    @property
    def present(self):
        return self.exempt + self.not_yet + self.rated

    def number(self, level):
        return self.levels.get(level, 0)

    def percent(self, level) -> Decimal | None:
        """Share of those rated, two decimals; None when nobody is rated."""
        return share(self.number(level), self.rated)

    def __add__(self, other):
        levels = {level: self.number(level) + other.number(level) for level in self.levels | other.levels}
        return Counts(self.exempt + other.exempt, self.not_yet + other.not_yet, levels)


@dataclass(frozen=True)
class Line:
    """One line of a table: an organisation or a type of organisation with its counts."""

    label: str
    depth: int
    counts: Counts
    is_cell: bool = False


@dataclass(frozen=True)
class Person:
    """A name on one of the lists of the report; no identifiers."""

    name: str
    cell: str
    base: str
    reason: str = ""


@dataclass(frozen=True)
class RatingsReport:
    """Everything that the report of one organisation and year prints; percentages are of those rated."""

    organisation: Node
    superior: Node | None
    year: int
    on: date
    scale: Scale
    regulation: str
    total: Counts
    previous: Counts | None
    previous_scale: Scale
    by_type: tuple[Line, ...]
    by_unit: tuple[Line, ...]
    excellent: tuple[Person, ...]
    failed: tuple[Person, ...]
    not_rated: tuple[Person, ...]
    not_rated_reasons: tuple[tuple[str, int], ...]
    undecided_cells: tuple[str, ...]

    @property
    def same_scale(self):
        """Levels of two scales are printed beside each other but never compared."""
        return self.scale.code == self.previous_scale.code


def ratings_report(organisation, *, year, on=None):
    """Count the decided results of `year` in `organisation`, in the tree of `on` (default: 31 December of the year)."""
    on = on or date(year, 12, 31)
    tree = tree_with(organisation, on)
    nodes = tree.below(organisation.pk)
    ids = [node.id for node in nodes]
    counts, undecided = counts_by_cell(ids, year)
    total = sum(counts[year].values(), Counts())
    previous = sum(counts[year - 1].values(), Counts())
    scales = _scales([year, year - 1])
    scale, regulation = scales[year]
    people = _people(ids, year, scale, tree)
    above = tree.above(organisation.pk)
    return RatingsReport(
        organisation=tree[organisation.pk],
        superior=above[1] if len(above) > 1 else None,
        year=year,
        on=on,
        scale=scale,
        regulation=regulation,
        total=total,
        previous=previous if previous.present else None,
        previous_scale=scales[year - 1][0],
        by_type=_by_type(tree, counts[year]),
        by_unit=_by_unit(tree, organisation.pk, counts[year]),
        undecided_cells=tuple(node.name for node in nodes if node.id in undecided),
        **people,
    )


def _scales(years):
    """(scale, citation of the regulation) by year; a year before all rule sets takes the first."""
    stored = RuleSet.objects.latest_versions().filter(topic__in=["ruleset", "scale"])
    keys = {(row.topic, row.code): (row.first_season_year, restore(row.values)) for row in stored}
    regulations = [found for (topic, _), found in keys.items() if topic == "ruleset"]
    regulations.sort(key=lambda found: found[0])
    return {year: _scale_of(year, regulations, keys) for year in years}


def _scale_of(year, regulations, keys):
    in_force = [values for first, values in regulations if first <= year] or [regulations[0][1]]
    code = in_force[-1]["scale"].value
    cited = citations_of(typed(RegulationRules, in_force[-1]))
    return scale_from(code, keys["scale", code][1]), ", ".join(cited)


def counts_by_cell(ids, year):
    """Counts by cell for the year and the one before; and the cells of the year that nobody decided yet."""
    years = [year, year - 1]
    found = {each: defaultdict(lambda: {"exempt": 0, "not_yet": 0, "levels": Counter()}) for each in years}
    for row in _decided(ids, years):
        place = found[row["year"]][row["organisation_id"]]
        if row["level"]:
            place["levels"][row["level"]] += row["n"]
        else:
            place["exempt" if row["not_rated_reason"] == EXEMPT else "not_yet"] += row["n"]
    undecided = set()
    for row in _open_rows(ids, years):
        place = found[row["sheet__season__year"]][row["sheet__organisation_id"]]
        place["exempt" if row["outcome_reason"] == EXEMPT else "not_yet"] += row["n"]
        if row["sheet__season__year"] == year:
            undecided.add(row["sheet__organisation_id"])
    return {each: {cell: _as_counts(place) for cell, place in found[each].items()} for each in years}, undecided


def _as_counts(place):
    return Counts(place["exempt"], place["not_yet"], dict(place["levels"]))


def _decided(ids, years):
    rows = AnnualGrade.objects.standing().filter(year__in=years, organisation__in=ids)
    return rows.values("year", "organisation_id", "level", "not_rated_reason").annotate(n=Count("id"))


def _open_rows(ids, years):
    rows = _undecided(ids, years).values("sheet__season__year", "sheet__organisation_id", "outcome_reason")
    return rows.annotate(n=Count("id"))


def _undecided(ids, years):
    """Members of sheets not yet decided who have no result from elsewhere."""
    graded = AnnualGrade.objects.standing().filter(member=OuterRef("member"), year=OuterRef("sheet__season__year"))
    rows = Review.objects.filter(sheet__season__year__in=years, sheet__organisation__in=ids)
    return rows.exclude(sheet__state=SheetState.DECIDED).exclude(Exists(graded))


def _by_type(tree, counts):
    """One line for each type of base organisation that occurs, in the order of Biểu 5."""
    found = defaultdict(Counts)
    for cell, numbers in counts.items():
        found[tree.base_type(cell)] += numbers
    return tuple(Line(label, 0, found[code]) for code, label in base_types().items() if code in found)


def _by_unit(tree, organisation_id, counts, depth=0):
    """The organisation and what is below it, each with its sum; branches without anybody are left out."""
    node = tree[organisation_id]
    below = [line for child in tree.children[node.id] for line in _by_unit(tree, child.id, counts, depth + 1)]
    own = counts.get(node.id, Counts())
    total = sum((line.counts for line in below if line.depth == depth + 1), own)
    return (Line(node.name, depth, total, node.is_cell), *below) if total.present else ()


def _people(ids, year, scale, tree):
    """The lists of names: best level, lowest level, not rated with reasons – in Vietnamese order of names."""
    best, worst = scale.levels[0].code, scale.levels[-1].code
    rows = AnnualGrade.objects.of_year(year).filter(organisation__in=ids, level__in=["", best, worst])
    columns = ("level", "not_rated_reason", "reason_text", "member__full_name", "organisation_id")
    lists = {best: [], worst: [], "": []}
    reasons = Counter()
    for row in rows.order_by("member__sort_key", "member_id").values(*columns):
        reason = REASONS.get(row["not_rated_reason"], row["not_rated_reason"]) if not row["level"] else ""
        lists[row["level"]].append(_person(tree, row["member__full_name"], row["organisation_id"], reason))
        reasons[reason] += not row["level"]
    for row in (
        _undecided(ids, [year])
        .order_by("member__sort_key", "member_id")
        .values("member__full_name", "sheet__organisation_id", "outcome_reason")
    ):
        reason = REASONS[row["outcome_reason"] or UNDECIDED]
        lists[""].append(_person(tree, row["member__full_name"], row["sheet__organisation_id"], reason))
        reasons[reason] += 1
    return {
        "excellent": tuple(lists[best]),
        "failed": tuple(lists[worst]),
        "not_rated": tuple(lists[""]),
        "not_rated_reasons": tuple((reason, n) for reason, n in reasons.most_common() if n),
    }


def _person(tree, name, cell_id, reason):
    above = tree.above(cell_id)
    return Person(name, above[0].name, above[1].name if len(above) > 1 else "", reason)
