"""The tree as a person sees it on a day."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from cells.models import Organisation, OrganisationVersion
from cells.permissions import Permission
from config.lib.vietnamese import fold

SHOWN_AT_ONCE = 300
OPEN_UP_TO = 40


@dataclass(frozen=True)
class Figure:
    """What an upper app counts for every organisation; registered with `register_figure`.

    `counts(day)` answers numbers by organisation id, in one query; `url(organisation_id)` leads to the list behind
    them, for people who hold `permission`.
    """

    noun: str
    permission: str
    counts: Callable[[date], dict[int, int]]
    url: Callable[[int], str]


_figures: list[Figure] = []


def register_figure(figure):
    """Called by the top floor when the project is ready."""
    _figures.append(figure)


def figures_of():
    """What is counted, in the order of registration."""
    return list(_figures)


@dataclass
class Branch:
    """One line of the tree; `closes` lists end with it, `more` nodes below are not shown on this page."""

    id: int
    name: str
    depth: int
    figures: list = field(default_factory=list)
    has_children: bool = False
    is_open: bool = False
    closes: range = range(0)
    more: int = 0


@dataclass(frozen=True)
class Count:
    """A figure with its noun: "38 đảng viên"."""

    number: int
    noun: str


def tree_lines(user, day, *, root_id=None):
    """The lines of the tree of `day` that `user` may see today, parents before children; below `root_id` if given."""
    children, names = tree_of(user, day)
    tops = [root_id] if root_id in names else children[None]
    totals = [(figure.noun, rolled_up(figure.counts(day), children, tops)) for figure in _figures]
    deepest = _depth_that_fits(children, tops)
    lines = []

    def walk(node, depth):
        below = children[node]
        figures = [Count(total.get(node, 0), noun) for noun, total in totals]
        line = Branch(node, names[node], depth, figures)
        lines.append(line)
        if below and depth >= deepest:
            line.more = len(below)
        elif below:
            line.has_children = True
            for child in below:
                walk(child, depth + 1)

    for top in tops:
        walk(top, 0)
    return _with_brackets(lines)


def tree_of(user, day):
    """(children by parent id, names by id); a node whose parent is out of sight stands at the top."""
    visible = Organisation.objects.visible_to(user).values("id")
    rows = OrganisationVersion.objects.on(day).filter(organisation__in=visible).select_related(None)
    order = rows.order_by("organisation__position", "organisation_id")
    known = {row[0]: row for row in order.values_list("organisation_id", "parent_id", "name")}
    children = defaultdict(list)
    for node, parent, _ in known.values():
        children[parent if parent in known else None].append(node)
    return children, {node: name for node, _, name in known.values()}


def rolled_up(counts, children, tops):
    """Counts by organisation, everything below it included; `children` are ids by the id of their parent."""
    totals = {}

    def add_up(node):
        totals[node] = counts.get(node, 0) + sum(map(add_up, children.get(node, ())))
        return totals[node]

    for top in tops:
        add_up(top)
    return totals


def _depth_that_fits(children, tops):
    """The deepest level that keeps the page below SHOWN_AT_ONCE lines; at least two levels are shown."""
    level, shown, depth = list(tops), len(tops), 0
    while level:
        level = [child for node in level for child in children[node]]
        if shown + len(level) > SHOWN_AT_ONCE and depth >= 1:
            return depth
        shown += len(level)
        depth += 1
    return depth


def _with_brackets(lines):
    """Say which lists a line closes, so that the template nests without recursion."""
    few = len(lines) <= OPEN_UP_TO
    for line, following in itertools.zip_longest(lines, lines[1:]):
        line.is_open = line.has_children and (few or line.depth == 0)
        line.closes = range(max(0, line.depth - (following.depth if following else 0)))
    return lines


def organisations_matching(user, text, permission=Permission.ORGANISATIONS_VIEW):
    """Organisations found by name or code within the scope of `permission`, with their parents."""
    return Organisation.objects.visible_to(user, permission).named_like(text).select_related("parent")


@dataclass(frozen=True)
class Found:
    """An organisation that a search found as it was on a day."""

    pk: int
    name: str
    parent: str
    code: str
    is_open: bool = True


def organisations_matching_on(user, text, day):
    """Organisations whose name or code of `day` holds every word, among those that one may see today."""
    visible = Organisation.objects.visible_to(user).values("id")
    rows = OrganisationVersion.objects.on(day).filter(organisation__in=visible).select_related("parent")
    words = fold(text).split()
    return [
        Found(row.organisation_id, row.name, row.parent.name if row.parent else "", row.code)
        for row in rows.order_by("organisation__position", "organisation_id")
        if all(word in fold(row.name) or row.code.startswith(word) for word in words)
    ]
