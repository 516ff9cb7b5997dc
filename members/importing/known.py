"""What the database knows already: cells within a scope, and the people whom a list may mean. Reads only."""

from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.models import F

from cells.models import Organisation
from members.forms.dates import PartialDate
from members.importing.places import Place, Places
from members.models import Member, Membership, Overlay, Particular, Post

CHUNK = 900  # parameters of one query on SQLite
WHOLE_BRANCH_UP_TO = 4  # members for each row of the file: fewer are read at once, more are looked up
_HIDDEN = {
    *("search_key", "sort_key", "recorded_at", "recorded_by_id", "voided_at", "voided_by_id", "void_reason"),
    *("created_at", "user_id"),
}
MEMBER_FIELDS = tuple(each.attname for each in Member._meta.concrete_fields if each.attname not in _HIDDEN)
NUMBER_FIELDS = ("personal_id", "card_number", "former_card_number")


class Answer(NamedTuple):
    """A standing answer to one topic."""

    pk: int
    started_on: date
    value: str
    text: str


class Since(NamedTuple):
    """A post or overlay that holds on the day of the list or began after it."""

    pk: int
    started_on: date
    ended_on: date | None = None

    def changed_after(self, day):
        """Whether it began after `day`, or came to an end after it."""
        return self.started_on > day or self.ended_on is not None


class Stay(NamedTuple):
    """A membership: where, since when, until when and why it began."""

    pk: int
    started_on: date
    ended_on: date | None
    start_reason: str

    def holds_on(self, day):
        """Whether the membership holds on `day`."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(slots=True)
class Known:
    """A person on record: the attributes, and what stands about him by topic, title and kind."""

    values: dict
    answers: dict[str, Answer] = field(default_factory=dict)
    posts: dict[tuple, Since] = field(default_factory=dict)
    overlays: dict[str, Since] = field(default_factory=dict)
    membership: Stay | None = None

    @property
    def id(self):
        return self.values["id"]

    def dated(self, name):
        """A partial date of the record (`born`, `admitted` …), None when it is not known."""
        day = self.values[f"{name}_on"]
        return PartialDate(day, self.values.get(f"{name}_precision", "day")) if day else None


@dataclass
class KnownPeople:
    """The people within the scope whom the list may mean, and the numbers that somebody outside of it holds."""

    people: list[Known]
    elsewhere: set[tuple[str, str]]
    is_empty: bool


def chunks(items, size=CHUNK):
    """The items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def places_below(organisation) -> Places:
    """The open cells at or below an organisation."""
    rows = Organisation.objects.below(organisation).cells().open().select_related("parent")
    return Places(
        [Place(row.pk, row.name, "" if row.is_base or not row.parent else row.parent.name, row.code) for row in rows]
    )


def known_people(wanted, organisation, *, whole=False) -> KnownPeople:
    """Whom the rows may mean: `wanted` are their stored attributes; `whole` reads everybody within the scope."""
    branch = Member.objects.below(organisation).standing()
    size = branch.count()
    if whole or size <= WHOLE_BRANCH_UP_TO * (len(wanted) + CHUNK):
        rows = {values[0]: values for values in branch.values_list(*MEMBER_FIELDS).iterator()} if size else {}
    else:
        rows = _looked_up(wanted, branch)
    people = [Known(dict(zip(MEMBER_FIELDS, values, strict=True))) for values in rows.values()]
    return KnownPeople(people, _elsewhere(wanted, organisation), not size)


def _looked_up(wanted, branch):
    rows = {}
    for name in ("source_id", *NUMBER_FIELDS, "born_on"):
        for values in chunks({day for each in wanted for day in _asked(each, name)}):
            found = branch.filter(**{f"{name}__in": values}).values_list(*MEMBER_FIELDS)
            rows |= {each[0]: each for each in found}
    return rows


def _asked(attributes, name):
    """The values under which a person may stand; an exact birth date may be on record as a month or a year."""
    value = attributes.get(name)
    if not value:
        return ()
    return (value, value.replace(day=1), value.replace(month=1, day=1)) if name == "born_on" else (value,)


def _elsewhere(wanted, organisation):
    """(field, number) of numbers that members outside of the scope hold."""
    outside = Member.objects.standing().exclude(home__path__startswith=organisation.path)
    if not outside.exists():
        return set()
    return {
        (name, number)
        for name in NUMBER_FIELDS
        for numbers in chunks({each[name] for each in wanted if each.get(name)})
        for number in outside.filter(**{f"{name}__in": numbers}).values_list(name, flat=True)
    }


def load_history(people, on):
    """Fill in the people's answers, their posts and states since the day of the list, and their last membership."""
    by_id = {known.id: known for known in people}
    for ids in chunks(by_id):
        answers = Particular.objects.standing().open().filter(member__in=ids)
        for member, topic, *rest in answers.values_list("member_id", "topic", "pk", "started_on", "value", "text"):
            by_id[member].answers[topic] = Answer(*rest)
        for member, *rest, title, place in _since(Post, ids, on, "title", "organisation_id"):
            by_id[member].posts[title, place] = Since(*rest)
        for member, *rest, kind in _since(Overlay, ids, on, "kind"):
            by_id[member].overlays[kind] = Since(*rest)
        stays = Membership.objects.standing().official().filter(member__in=ids).order_by("started_on")
        for member, *rest in stays.values_list("member_id", "pk", "started_on", "ended_on", "start_reason"):
            by_id[member].membership = Stay(*rest)


def _since(model, ids, on, *names):
    """Rows that hold on a day or begin after it; of two for one key the one without an end comes last, and stands."""
    rows = model.objects.standing().overlapping(on, None).filter(member__in=ids)
    in_order = rows.order_by(F("ended_on").asc(nulls_last=True), "started_on", "pk")
    return in_order.values_list("member_id", "pk", "started_on", "ended_on", *names)


def place_labels(organisation_ids):
    """Labels of cells, also of closed ones and of those outside of a scope."""
    labels = {}
    for ids in chunks(set(organisation_ids)):
        for row in Organisation.objects.filter(id__in=ids).select_related("parent"):
            labels[row.pk] = Place(row.pk, row.name, "" if row.is_base or not row.parent else row.parent.name, "").label
    return labels
