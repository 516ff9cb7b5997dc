"""Looking: what the rules find in the records of a branch, or in one record, on a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from config.lib.vietnamese import fold
from members.importing.known import chunks
from members.models import FamilyMember, Member
from members.quality.checks import flaws
from members.quality.meanwhile import Moment, moment_of
from members.quality.pairs import Record, pairs
from members.quality.people import CHUNK, ground_on, members_to_check, people

CHECK_QUALITY = "members.check_quality"  # a kind of jobs
ELSEWHERE = "pair_elsewhere"
_RECORD = (
    "full_name", "born_on", "born_precision", "home_place", "personal_id", "former_personal_id", "card_number",
    "former_card_number", "cv_number",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What one rule says of one record or of a pair, and whose desk it lies on."""

    rule: str
    member_id: Any
    organisation_id: int
    detail: str = ""
    other_id: Any = None

    @property
    def key(self) -> tuple:
        return self.rule, self.member_id, self.other_id


@dataclass(frozen=True)
class Look:
    """What a look through a branch found, and who outside of it is named in a pair: those are looked at one by one.

    `begun` is the branch as it was before.
    """

    found: list[Found]
    outside: list[Any]
    begun: Moment


def look_through(organisation, on) -> Look:
    """Everything that the rules find in an organisation and below it, pairs with records elsewhere too."""
    begun = moment_of(organisation)
    named = pairs(records(Member.objects.standing()), relatives)
    near = [pair for pair in named if any(_is_in(record, organisation) for record in (pair.one, pair.other))]
    outside = {record.id for pair in near for record in (pair.one, pair.other) if not _is_in(record, organisation)}
    told = [each for each in _of_pairs(near) if each.other_id or each.member_id not in outside]
    return Look([*_flaws(members_to_check(organisation), on), *told], sorted(outside), begun)


def _is_in(record, organisation):
    return record.path.startswith(organisation.path)


def look_at(member, on) -> list[Found]:
    """Everything that the rules find in one record, its pairs too."""
    rows = Member.objects.standing().filter(pk=member.pk)
    alike = Q(pk=member.pk)
    if member.born_on:
        alike |= Q(born_on=member.born_on)
    for column in ("cv_number", "former_personal_id"):
        if number := getattr(member, column):
            alike |= Q(**{f"{column}__in": {number, number.replace(" ", "")}})
    others = records(Member.objects.standing().filter(alike))
    told = _of_pairs(pair for pair in pairs(others, relatives) if member.pk in (pair.one.id, pair.other.id))
    return [*_flaws(rows, on), *(each for each in told if member.pk in (each.member_id, each.other_id))]


def records(rows) -> Iterator[Record]:
    """What tells the records of a queryset apart."""
    for pk, home_id, path, *values in (
        rows.order_by().values_list("pk", "home_id", "home__path", *_RECORD).iterator(CHUNK)
    ):
        yield Record(pk, home_id, path, **dict(zip(_RECORD, values, strict=True)))


def relatives(ids) -> dict[Any, set]:
    """Relatives of few records as (relation, folded name, birth year)."""
    found = defaultdict(set)
    for part in chunks(ids):
        rows = FamilyMember.objects.standing().filter(member__in=part).exclude(full_name="")
        for member_id, relation, name, year in rows.values_list("member_id", "relation", "full_name", "birth_year"):
            found[member_id].add((relation, fold(name), year))
    return found


def _flaws(rows, on):
    ground = ground_on(on)
    for member_id, home_id, person in people(rows, on):
        for flaw in flaws(person, ground):
            yield Found(flaw.rule, member_id, home_id, flaw.detail[:300])


def _of_pairs(found):
    """A pair on the desk of the body above both; where they are in two places, a bare word on the desk of each."""
    told = set()
    for pair in found:
        yield Found(pair.rule, pair.one.id, pair.body_above, pair.detail, pair.other.id)
        for half in () if pair.is_in_one_place else (pair.one, pair.other):
            if half.id not in told:
                told.add(half.id)
                yield Found(ELSEWHERE, half.id, half.home_id)
