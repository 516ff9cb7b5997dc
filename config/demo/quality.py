"""A little for the quality desk of the demo: some records as lists bring them, one person written twice, two checks."""

from datetime import timedelta

from members.actions.quality import check_quality
from members.models import Finding, Member
from members.quality.finding import look_through

BEFORE = timedelta(days=30)
SPOILT = 12
COLUMNS = ["full_name", "search_key", "sort_key", "home_place", "sex", "born_on", "personal_id", "card_number"]


def spoil_and_check(tree, on, *, by):
    """Check the last base a month ago and today; at every scale the same few records are spoilt before."""
    base = tree.cells[-1].parent or tree.cells[-1]
    people = list(Member.objects.standing().below(base).order_by("personal_id")[:SPOILT])
    for place, member in enumerate(people):
        _spoil(member, place)
    _write_twice(*people[-2:])
    _save(people)
    _check(base, on - BEFORE, by)
    for member in people[:2]:
        member.full_name = member.full_name.title()
    _save(people[:2])
    _check(base, on, by)
    Finding.objects.open().below(base).filter(rule="name_form").update(due_on=on - timedelta(days=3))


def _spoil(member, place):
    """Capitals, spaces, a sex that the number speaks against: one flaw a record."""
    if place % 3 == 0:
        member.full_name = member.full_name.upper()
    elif place % 3 == 1:
        member.home_place = f"{member.home_place}  "
    else:
        member.sex = "male" if member.sex == "female" else "female"


def _write_twice(one, other):
    """The second record says what the first says, as a list without numbers brings it."""
    other.full_name, other.born_on, other.personal_id, other.card_number = one.full_name, one.born_on, "", ""


def _save(people):
    for member in people:
        member.fill_keys()
    Member.objects.bulk_update(people, COLUMNS)


def _check(base, on, by):
    check_quality(base, look_through(base, on), on=on, by=by)
