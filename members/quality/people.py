"""The people whom the rules look at, read for a whole branch at once or for one."""

import re

from cells.models import Organisation, OrganisationVersion
from config.lib.vietnamese import fold
from members.enums import UNKNOWN, Topic
from members.importing.analysis import rules_on
from members.models import Member, Membership, Particular
from members.quality.checks import DATES, NUMBERS, TEXTS, FormerPlaces, Ground, Person
from members.readmissions import Readmissions

_COLUMNS = (
    "pk", "home_id", "sex", "ethnic", *TEXTS, *NUMBERS,
    *(f"{name}_{part}" for name in DATES for part in ("on", "precision")),
)  # fmt: skip
_UNIT = re.compile(r"(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố)\s+\S.*", re.IGNORECASE)
_COMMITTEE = re.compile(r"(huyện|quận|thị|thành) ủy\s+(\S.*)", re.IGNORECASE)
_KINDS = {"huyện": "Huyện", "quận": "Quận", "thị": "Thị xã", "thành": "Thành phố"}
CHUNK = 2000


def ground_on(day):
    """The limits and names by which records are judged on a day."""
    return Ground(rules_on(day), day, former_places())


def people(rows, day):
    """(id, id of the home, Person) of a queryset of members; five queries for any number."""
    of_them = {"member__in": rows.order_by().values("pk")}
    stays = Membership.objects.standing().official().filter(**of_them).order_by()
    ever = set(stays.values_list("member_id", flat=True))
    now = set(stays.on(day).values_list("member_id", flat=True))
    answers = Particular.objects.on(day).filter(topic__in=[Topic.RELIGION, Topic.OCCUPATION], **of_them)
    answered = set(answers.exclude(value=UNKNOWN).order_by().values_list("member_id", "topic"))
    again = Readmissions(of_them["member__in"])
    for row in rows.order_by().values(*_COLUMNS).iterator(CHUNK):
        member_id = row["pk"]
        person = Person(
            full_name=row["full_name"], sex=row["sex"], ethnic=row["ethnic"],
            texts={name: row[name] for name in TEXTS}, numbers={name: row[name] for name in NUMBERS},
            dates={name: (day_of, row[f"{name}_precision"]) for name in DATES if (day_of := row[f"{name}_on"])},
            has_membership=member_id in ever, is_on_roll=member_id in now,
            has_religion=(member_id, Topic.RELIGION) in answered,
            has_occupation=(member_id, Topic.OCCUPATION) in answered,
            readmitted_on=again.ceremony(member_id, day),
        )  # fmt: skip
        yield member_id, row["home_id"], person


def person_of(member):
    """The texts of one record, as far as mending the way of writing needs them."""
    return Person(full_name=member.full_name, texts={name: getattr(member, name) for name in TEXTS})


def former_places():
    """Places as the tree of the committee knows them: units that it has under another name now, or no longer has."""
    current = {fold(name) for name in _unit_names(Organisation.objects.open().filter(is_cell=False))}
    closed = Organisation.objects.filter(is_open=False, is_cell=False)
    renamed = OrganisationVersion.objects.standing().filter(organisation__is_cell=False, ended_on__isnull=False)
    names = {fold(name): name for rows in (closed, renamed) for name in _unit_names(rows)}
    former = {key: name for key, name in names.items() if key not in current}
    return FormerPlaces(_any_of(former), _any_of(current), former)


def _unit_names(rows):
    for name in rows.order_by().values_list("name", flat=True).distinct():
        if found := _COMMITTEE.search(name):
            yield f"{_KINDS[found.group(1).lower()]} {found.group(2)}"
        elif found := _UNIT.search(name):
            yield found.group()


def _any_of(names):
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    # "phường tây" is not named in "phường tây đô": after the name comes a sign or nothing
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?=\s*(?:[,;.()–-]|$))")


def members_to_check(organisation):
    """The records of an organisation and everything below it."""
    return Member.objects.standing().below(organisation)
