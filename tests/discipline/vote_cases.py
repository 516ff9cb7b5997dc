"""Cases that wait for a vote, for tests of what follows: put where they stand, without the inspection before it."""

from datetime import date, timedelta

from discipline import actions
from discipline.actions.appeals import AnnounceAppealEntry, AppealDecisionEntry, AppealEntry
from discipline.actions.decisions import AnnounceEntry, NotifyEntry
from discipline.actions.proposals import ActEntry
from discipline.balloting import BallotEntry, DecisionPaper
from discipline.bodies import bodies_above
from discipline.enums import State
from discipline.models import Case, CaseViolation
from members.models import Post
from tests.discipline.cases import accused_in, case_on
from tests.factories import MemberFactory

HELD_ON = date(2026, 5, 10)
SINCE = date(2025, 7, 1)
LONG_AGO = date(2005, 1, 1)


def waiting(member, by, state=State.CELL_MEETING, **entry):
    """A case of a member that waits for its vote."""
    return put(case_on(member, by, **entry), state)


def put(case, state):
    """The case moved to a state as the steps before would have left it."""
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


def cell_of(cell, count, since=SINCE):
    """(the accused, the others) of a cell with `count` official members."""
    accused = accused_in(cell, since=since)
    return accused, [MemberFactory(home=cell, since=since) for _ in range(count - 1)]


def committee_of(body, count, cell, titles=("committee_member",)):
    """Members of the cell in the committee of a body, with the first title and then the last of those given."""
    people = [MemberFactory(home=cell) for _ in range(count)]
    for number, person in enumerate(people):
        title = titles[min(number, len(titles) - 1)]
        Post.objects.create(member=person, organisation=body, title=title, started_on=SINCE)
    return people


def violated(case, ended_on=None, **fields):
    """A violation of a case."""
    values = {"content": "V04", "article": "Điều 30", "description": "Vi phạm", "began_on": ended_on} | fields
    return CaseViolation.objects.create(case=case, ended_on=ended_on, **values)


def ballot(votes, held_on=HELD_ON, **more):
    """Minutes that add up: everybody who cast a ballot was there."""
    cast = sum(votes.values()) + more.get("none", 0) + more.get("invalid", 0)
    counts = {"present": cast, "issued": cast, "collected": cast} | more
    return BallotEntry(held_on=held_on, votes=votes, **counts)


def signed(number="12-QĐ/UBKT", on=HELD_ON, **more):
    return DecisionPaper(number=number, signed_on=on, signer="Trần Văn Ký", position="Chủ nhiệm", **more)


def body_of(case, key, day=HELD_ON):
    """A body above a case by its key."""
    return next(body for body in bodies_above(case, day) if body.key == key)


def announced(case, by, on=HELD_ON, **more):
    actions.announce(case, AnnounceEntry(on=on, received_on=more.pop("received_on", on), **more), by=by)
    case.refresh_from_db()
    return case


def carried_out(case, by, on=HELD_ON):
    """Announced, made known and carried out on one day."""
    announced(case, by, on)
    actions.notify(case, NotifyEntry(on=on, recipients=(("Đảng ủy Sao Mai", "3-BC/CB"),)), by=by)
    actions.enforce(case, ActEntry(on=on), by=by)
    case.refresh_from_db()
    return case


def appealed(case, by, on, **more):
    actions.appeal(case, AppealEntry(on=on, to="Ủy ban Kiểm tra Tỉnh ủy", note="Hình thức quá nặng", **more), by=by)
    case.refresh_from_db()
    return case


def answered(case, by, outcome, on, *, announced_on=None, **more):
    """The appeal decided and announced."""
    entry = AppealDecisionEntry(on=on, outcome=outcome, decided_by="Ủy ban Kiểm tra Tỉnh ủy", document="9-QĐ", **more)
    actions.decide_appeal(case, entry, by=by)
    actions.announce_appeal(case, AnnounceAppealEntry(on=announced_on or on), by=by)
    case.refresh_from_db()
    return case


def days(count, since=HELD_ON):
    return since + timedelta(days=count)
