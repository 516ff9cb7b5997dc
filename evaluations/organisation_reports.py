"""The report on the ratings of organisations of a year: one dataclass behind the page, the PDF and the workbook."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cells.models import RuleSet
from cells.trees import Node, tree_with
from evaluations.enums import OrganisationGroup, OrganisationState
from evaluations.models import OrganisationGrade, OrganisationReview
from evaluations.organisation_results import level_words
from evaluations.rules import LevelCounts, share
from evaluations.season_rules import book_of_year
from members.rules import Scale

UNDECIDED = "Chưa có quyết định của cấp có thẩm quyền"


@dataclass(frozen=True)
class GroupFigures:
    """Organisations of one group: by level, how many of the best level are exemplary, and the year before.

    `previous` is None where nothing is known of it; the percentages are of those rated.
    """

    group: str
    label: str
    counts: LevelCounts
    exemplary: int = 0
    previous: LevelCounts | None = None

    def exemplary_percent(self, best: str) -> Decimal | None:
        """Share of the exemplary ones within the best level."""
        return share(self.exemplary, self.counts.number(best))

    def separated(self, best: str) -> tuple[int, int]:
        """(exemplary, the rest of the best level), for reports that print them as two lines of the total."""
        return self.exemplary, self.counts.number(best) - self.exemplary


@dataclass(frozen=True)
class Unit:
    """One organisation on a list of the report."""

    name: str
    above: str
    group: str
    result: str


@dataclass(frozen=True)
class BodyLine:
    """One đảng bộ with its own result and the levels of the cells below it."""

    name: str
    depth: int
    result: str
    cells: LevelCounts


@dataclass(frozen=True)
class OrganisationsReport:
    """Everything that the report of one body and year prints about organisations at and below it.

    `separates_exemplary` says how "tiêu biểu" is printed: inside the best level, or as a line of the total.
    """

    organisation: Node
    superior: Node | None
    year: int
    on: date
    scale: Scale
    regulation: str
    previous_scale: Scale | None
    groups: tuple[GroupFigures, ...]
    bodies: tuple[BodyLine, ...]
    best: tuple[Unit, ...]
    worst: tuple[Unit, ...]
    not_rated: tuple[Unit, ...]
    undecided: int
    separates_exemplary: bool = False

    @property
    def same_scale(self):
        """Levels of two scales are never compared."""
        return self.previous_scale is not None and self.scale.code == self.previous_scale.code

    def separated(self):
        """The same report with "tiêu biểu" as a line of its own."""
        return replace(self, separates_exemplary=True)


@dataclass(frozen=True)
class _Result:
    place: int
    group: str
    level: str
    not_rated: str
    is_exemplary: bool
    is_open: bool = False


def organisations_report(organisation, *, year, on=None):
    """Count the decided results of organisations of `year` in the tree of `on` (default: 31 December of the year)."""
    on = on or date(year, 12, 31)
    tree = tree_with(organisation, on)
    nodes = tree.below(organisation.pk)
    ids = [node.id for node in nodes]
    results = _results(ids, year)
    now, before = results[year], results[year - 1]
    book, previous = book_of_year(year), _book_before(year)
    above = tree.above(organisation.pk)
    return OrganisationsReport(
        organisation=tree[organisation.pk],
        superior=above[1] if len(above) > 1 else None,
        year=year,
        on=on,
        scale=book.organisation_scale,
        regulation=", ".join(book.citations),
        previous_scale=previous.organisation_scale if previous else None,
        groups=tuple(_groups(now, before)),
        bodies=tuple(_bodies(tree, organisation.pk, now, book.organisation_scale)),
        undecided=sum(each.is_open for each in now.values()),
        **_lists(tree, ids, now, book.organisation_scale),
    )


def _book_before(year):
    try:
        return book_of_year(year - 1)
    except RuleSet.DoesNotExist:
        return None


def _results(ids, year):
    """{year: {organisation: result}} of the year and the one before; of the year also what nobody decided yet."""
    columns = ("year", "organisation", "group", "level", "not_rated_reason", "is_exemplary")
    rows = OrganisationGrade.objects.standing().filter(year__in=[year, year - 1], organisation__in=ids).order_by()
    found = defaultdict(dict)
    for each, place, *rest in rows.values_list(*columns):
        found[each][place] = _Result(place, *rest)
    waiting = OrganisationReview.objects.filter(season__year=year, organisation__in=ids).order_by()
    waiting = waiting.exclude(state=OrganisationState.DECIDED)
    for place, group in waiting.values_list("organisation", "group"):
        found[year].setdefault(place, _Result(place, group, "", "", False, True))
    return found


def _groups(now, before):
    for group in OrganisationGroup:
        mine = [each for each in now.values() if each.group == group]
        last = [each for each in before.values() if each.group == group]
        if mine or last:
            exemplary = sum(each.is_exemplary for each in mine)
            yield GroupFigures(group.value, group.label, _counts(mine), exemplary, _counts(last) if last else None)


def _counts(results):
    levels = Counter(each.level for each in results)
    not_rated = levels.pop("", 0)
    return LevelCounts(dict(levels), not_rated)


def _bodies(tree, organisation_id, now, scale, depth=0):
    """Every đảng bộ with the cells below it; a body below which nothing is rated is left out."""
    node = tree[organisation_id]
    if node.is_cell:
        return
    cells = [now[each.id] for each in tree.below(node.id) if each.is_cell and each.id in now]
    own = now.get(node.id)
    if cells or own:
        yield BodyLine(node.name, depth, _words(own, scale), _counts(cells))
    for child in tree.children[node.id]:
        yield from _bodies(tree, child.id, now, scale, depth + 1)


def _words(result, scale):
    if result is None:
        return ""
    if result.is_open:
        return UNDECIDED
    return level_words(scale, result.level, result.not_rated, result.is_exemplary)


def _lists(tree, ids, now, scale):
    """Organisations of the best and the lowest level, and those not rated, in list order."""
    best, worst = scale.levels[0].code, scale.levels[-1].code
    found = {best: [], worst: [], "": []}
    for place in ids:
        result = now.get(place)
        if result and result.level in found:
            above = tree.above(place)
            group = OrganisationGroup(result.group).label
            name = above[1].name if len(above) > 1 else ""
            found[result.level].append(Unit(above[0].name, name, group, _words(result, scale)))
    return {"best": tuple(found[best]), "worst": tuple(found[worst]), "not_rated": tuple(found[""])}
