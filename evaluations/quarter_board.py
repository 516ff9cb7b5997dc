"""How far the cells of a body are with each quarter, and whom two failed quarters in a row bring to be considered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from cells.models import Organisation
from cells.trees import tree_on
from evaluations.quarter_books import QuarterBooks
from evaluations.quarter_facts import QuarterFacts
from evaluations.quarters import advice_of
from evaluations.rules.quarterly import Quarter
from members.models import Member


@dataclass(frozen=True)
class QuarterCount:
    """Members of one cell in one quarter; who is neither decided nor excused is missing."""

    followed: int = 0
    entered: int = 0
    decided: int = 0
    not_rated: int = 0

    @property
    def missing(self):
        return self.followed - self.decided - self.not_rated

    @property
    def missing_words(self):
        return f"còn thiếu {self.missing}"

    def __add__(self, other):
        return QuarterCount(
            self.followed + other.followed,
            self.entered + other.entered,
            self.decided + other.decided,
            self.not_rated + other.not_rated,
        )


@dataclass(frozen=True)
class QuarterLine:
    """One cell; a count is None where that quarter is not followed there, or has not begun."""

    cell: int
    path_ids: tuple[int, ...]
    name: str
    above: str
    counts: tuple[QuarterCount | None, ...]


@dataclass(frozen=True)
class Considered:
    """Somebody who failed several quarters in a row, with the reason in words."""

    member_id: Any
    name: str
    cell: str
    reason: str


@dataclass(frozen=True)
class QuarterBoard:
    """The cells of a body in which quarters of the year are followed, as of a day."""

    organisation: Organisation
    body: str
    year: int
    on: date
    quarters: tuple[Quarter, ...]
    lines: tuple[QuarterLine, ...]
    considered: tuple[Considered, ...]
    rule: str
    regulation: str
    report_words: str

    @property
    def totals(self):
        """The sum of each quarter over all cells."""
        sums = []
        for place in range(len(self.quarters)):
            counts = [line.counts[place] for line in self.lines if line.counts[place]]
            sums.append(sum(counts, QuarterCount()) if counts else None)
        return tuple(sums)

    @property
    def current(self):
        """(quarter, count) of the last quarter that has begun, or None."""
        begun = [pair for pair in zip(self.quarters, self.totals, strict=True) if pair[1]]
        return begun[-1] if begun else None


def read_board(organisation, *, year, on=None):
    """The board of a body for a year, by the tree of the day; without lines where nothing is followed."""
    day = min(on or date(year, 12, 31), date(year, 12, 31))
    books, tree = QuarterBooks(year), tree_on(day)
    above = {
        node.id: tuple(each.id for each in reversed(tree.above(node.id)))
        for node in tree.below(organisation.pk)
        if node.is_cell
    }
    followed = {cell: quarters for cell, ids in above.items() if (quarters := books.quarters(ids))}
    numbers = sorted({quarter.number for quarters in followed.values() for quarter in quarters})
    quarters = tuple(Quarter(year, number) for number in numbers)
    facts = QuarterFacts(organisation.path, year, followed) if followed else None
    counts = {q: _counts(facts, books, q, above, followed) for q in quarters if q.start <= day}
    lines = [
        QuarterLine(
            cell=cell,
            path_ids=above[cell],
            name=tree[cell].name,
            above=tree[tree[cell].parent_id].name if tree[cell].parent_id else "",
            counts=tuple(counts.get(quarter, {}).get(cell) for quarter in quarters),
        )
        for cell in above
        if cell in followed
    ]
    rules = books.rules(organisation.ancestor_ids(), quarters[-1].number) if quarters else None
    return QuarterBoard(
        organisation=organisation,
        body=tree[organisation.pk].name if organisation.pk in tree.nodes else organisation.name,
        year=year,
        on=day,
        quarters=quarters,
        lines=tuple(lines),
        considered=tuple(_considered(facts, books, tree, above, quarters)) if facts else (),
        rule=rules.cite("quarterly_khtnv_replacement_run") if rules else "",
        regulation=rules.cite("quarterly_enabled", "quarterly_scope") if rules else "",
        report_words=_report_words(rules) if rules else "",
    )


def _report_words(rules):
    """When the highest cadres report; nobody else has such a day."""
    day = rules.quarterly_report_before_day
    if day is None:
        return ""
    article = rules.cite("quarterly_report_before_day")
    return f"Cán bộ cấp cao nhất: báo cáo trước ngày {day} của tháng cuối quý ({article})."


def _counts(facts, books, quarter, above, followed):
    """The counts of one quarter by cell."""
    rules_of = {cell: books.rules(above[cell], quarter.number) for cell in followed if quarter in followed[cell]}
    written = facts.ratings_of(quarter.number)
    people = facts.followed(quarter, rules_of)
    return {cell: _count(facts, quarter, rules, written, people[cell]) for cell, rules in rules_of.items()}


def _count(facts, quarter, rules, written, members):
    entered = decided = not_rated = 0
    for member in members:
        row = written.get(member)
        entered += bool(row and (row.own_level or row.points or row.is_final))
        decided += bool(row and row.decided_level)
        excused = row is None or not row.is_final
        not_rated += bool((row and row.not_rated_reason) or (excused and facts.skip(member, quarter, rules)))
    return QuarterCount(len(members), entered, decided, not_rated)


def _considered(facts, books, tree, above, quarters):
    """Members of the cells whom the rules put on the list, in order of cell and name."""
    levels, cells = defaultdict(dict), {}
    numbers = {quarter.number for quarter in quarters}
    for row in facts.ratings:
        if row.member_id and row.decided_level and row.organisation_id in above and row.quarter in numbers:
            levels[row.member_id][row.quarter] = row.decided_level
            cells[row.member_id] = max(cells.get(row.member_id, (0, 0)), (row.quarter, row.organisation_id))
    found = {}
    for member, results in levels.items():
        cell = cells[member][1]
        rules = books.rules(above[cell], max(results))
        if reason := advice_of(rules, books.scale, results).replacement:
            found[member] = (tree[cell].name, reason)
    people = Member.objects.filter(pk__in=list(found)).order_by("sort_key", "pk") if found else ()
    return [Considered(member.pk, str(member), *found[member.pk]) for member in people]
