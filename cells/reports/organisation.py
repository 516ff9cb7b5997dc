"""One organisation on a day: what it is, what stands above and below it, its history and what it came from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cells.loading import kind_entries
from cells.models import Organisation, OrganisationVersion
from cells.permissions import Permission
from cells.reports.events import EventLine, lines_of
from cells.reports.tree import figures_of, tree_of


@dataclass(frozen=True)
class Place:
    """An organisation above or below, under its name of the day."""

    pk: int
    name: str


@dataclass(frozen=True)
class Link:
    """A figure that opens its list; without `url` the person may see the number alone."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation: what it is on the day, where it stood, its terms, what is below it, how it changed."""

    organisation: Organisation
    version: OrganisationVersion | None
    name: str
    kind: str
    above: list[Place]
    versions: list[OrganisationVersion]
    terms: list
    children: list[Place]
    links: list[Link]
    events: list[EventLine]


def organisation_page(organisation, user, day, *, today: date):
    """All that the page of one organisation shows; ancestors and children only as far as `user` may see them."""
    versions = list(organisation.versions.standing().select_related("parent").order_by("-started_on"))
    kinds = {code: kind["name"] for code, kind in kind_entries().items()}
    for version in versions:
        version.kind_name = kinds.get(version.kind, version.kind)
    current = next((version for version in versions if version.holds_on(day)), None)
    above, children, below = _around(organisation, user) if day == today else _around_on(organisation, user, day)
    kind = current.kind if current else organisation.kind
    return OrganisationPage(
        organisation=organisation,
        version=current,
        name=current.name if current else organisation.name,
        kind=kinds.get(kind, kind),
        above=above,
        versions=versions,
        terms=list(organisation.terms.standing().order_by("-started_on")),
        children=children,
        links=_links(organisation, user, day, below, "" if day == today else f"&on={day:%d/%m/%Y}"),
        events=lines_of(organisation, user),
    )


def _around(organisation, user):
    """(above, children, ids of the branch) of today, by the columns."""
    rows = Organisation.objects.filter(Q(path__startswith=organisation.path) | Q(pk__in=organisation.ancestor_ids()))
    scope = tuple(user.paths_in_scope(Permission.ORGANISATIONS_VIEW))
    above, children, branch = [], [], set()
    for key, name, path, parent, is_open in rows.order_by("position", "pk").values_list(
        "pk", "name", "path", "parent_id", "is_open"
    ):
        if path.startswith(organisation.path):
            branch.add(key)
            children += [Place(key, name)] if is_open and parent == organisation.pk else []
        elif path.startswith(scope):
            above.append((len(path), Place(key, name)))
    return [place for _, place in sorted(above, key=lambda each: each[0])], children, branch


def _around_on(organisation, user, day):
    """The same of a past day, by the versions."""
    children, names = tree_of(user, day)
    parents = {child: parent for parent, below in children.items() for child in below}
    above, parent = [], parents.get(organisation.pk)
    while parent is not None:
        above.insert(0, Place(parent, names[parent]))
        parent = parents.get(parent)
    branch, waiting = set(), [organisation.pk] if organisation.pk in names else []
    while waiting:
        node = waiting.pop()
        branch.add(node)
        waiting += children[node]
    return above, [Place(each, names[each]) for each in children[organisation.pk]], branch


def _links(organisation, user, day, below, on):
    links = []
    for figure in figures_of():
        number = sum(count for node, count in figure.counts(day).items() if node in below)
        url = figure.url(organisation.pk) + on if user.may(figure.permission, organisation) else ""
        links.append(Link(figure.noun, number, url))
    return links
