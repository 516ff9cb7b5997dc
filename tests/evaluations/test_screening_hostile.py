"""Screening where records are odd and forms are sent wrongly: no false flag, nothing broken, nobody known too early."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import ScreeningSubject
from members.actions import endings
from members.enums import MembershipKind, OverlayKind, StartReason
from members.models import Attendance, FeePayment, Meeting, Membership, Overlay
from tests.cells.tree_cases import do, merge
from tests.evaluations.screening_cases import (
    CUTOFF,
    a_year,
    candidate,
    computed,
    consulted,
    flags,
    keep_register,
    opened,
    owes,
    voted,
)
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(tree):
    keep_register(tree.here)
    return MemberFactory(home=tree.here, full_name="Lê Văn Lạ")


def away(tree, member, since, until):
    Membership.objects.create(
        member=member, organisation=tree.there, kind=MembershipKind.TEMPORARY, start_reason=StartReason.TEMPORARY,
        started_on=since, ended_on=until, end_reason="temporary_ended",
    )  # fmt: skip


def test_a_meeting_after_the_day_of_the_look_is_not_looked_at(tree, cast, member):
    a_year(tree.here, member, missed=(4, 5), held=(4, 5))
    meeting = Meeting.objects.create(organisation=tree.here, held_on=date(2026, 6, 20), kind="regular")
    Attendance.objects.create(meeting=meeting, member=member, presence="unexcused")
    one = computed(tree.east, cast.officer, cutoff=date(2026, 6, 10), today=date(2026, 6, 25))
    assert "X1" not in flags(one, member)


def test_what_the_own_cell_writes_of_somebody_away_is_no_word_of_the_host(tree, cast, member):
    """[S4] the cell at home marked him absent, and owing, in the months in which he is elsewhere."""
    a_year(tree.here, member, missed=(4, 5, 6, 7, 8, 9), unpaid=range(4, 10))
    for month in range(4, 10):
        owes(tree.here, member, date(2026, month, 1))
    away(tree, member, date(2026, 4, 1), date(2026, 10, 1))
    found = flags(computed(tree.east, cast.officer), member)
    assert found == {"X1": ("ask_host", 0, 0), "X2": ("ask_host", 0, 0)}


def test_the_host_says_that_he_stayed_away_and_paid_nothing(tree, cast, member):
    a_year(tree.here, member, held=(1, 2, 3, 10, 11, 12), unpaid=range(4, 10))
    a_year(tree.there, member, missed=(5, 6, 7), held=range(4, 10), unpaid=range(1, 13))
    for month in range(4, 10):
        paid = {"paid_on": date(2026, month, 9), "amount": 1} if month < 7 else {}
        FeePayment.objects.create(organisation=tree.there, member=member, month=date(2026, month, 1), **paid)
    away(tree, member, date(2026, 4, 1), date(2026, 10, 1))
    found = flags(computed(tree.east, cast.officer), member)
    assert found == {"X1": ("met", 3, 3), "X2": ("met", 3, 3)}


def test_nobody_is_listed_by_a_vote_of_nobody(tree, cast, member):
    """All are exempt: two thirds of none is no majority."""
    subject = consulted(candidate(tree.next_door, cast.secretary, staff=cast.officer), cast.secretary)
    Overlay.objects.create(member=subject.member, kind=OverlayKind.EXEMPT, started_on=date(2026, 12, 9))
    with pytest.raises((NotAllowed, ValidationError)):
        voted(subject, cast.secretary, yes=0, present=0)


def test_two_months_in_one_cell_and_one_in_the_next_are_three(tree, cast, member):
    keep_register(tree.next_door)
    stay = Membership.objects.get(member=member)
    Membership.objects.filter(pk=stay.pk).update(ended_on=date(2026, 4, 1), end_reason="moved")
    Membership.objects.create(
        member=member, organisation=tree.next_door, kind=stay.kind, started_on=date(2026, 4, 1), start_reason="moved_in"
    )
    a_year(tree.here, member, missed=(2, 3), held=(1, 2, 3), unpaid=(2, 3, 4))
    a_year(tree.next_door, member, missed=(4,), held=range(4, 13), unpaid=range(1, 13))
    one = computed(tree.east, cast.officer)
    assert flags(one, member) == {"X1": ("met", 3, 3), "X2": ("met", 3, 3)}


def test_months_before_admission_are_not_looked_at(tree, cast):
    keep_register(tree.here)
    member = MemberFactory(home=tree.here, since=date(2026, 10, 20))
    a_year(tree.here, member, missed=(11, 12), held=(11, 12), unpaid=(*range(1, 10), 11, 12))
    assert flags(computed(tree.east, cast.officer), member) == {}


@pytest.mark.parametrize("sent", [
    {"held_on": "01/01/1900"}, {"held_on": "01/01/0001"}, {"held_on": "31/02/2026"}, {"held_on": "\x00"},
    {"held_on": "9" * 400}, {"held_on": "01/01/9999"}, {"present": "9" * 400}, {"yes": "-1"}, {"attended": "x\x00"},
    {"number": "\x00"}, {},
])  # fmt: skip
def test_junk_in_a_vote_is_answered_in_words(as_, tree, cast, member, sent):
    subject = consulted(candidate(tree.here, cast.secretary, staff=cast.officer), cast.secretary)
    whole = {"held_on": "10/12/2026", "present": "2", "yes": "9", "no": "0", "blank": "0"} if sent else {}
    answer = as_(cast.secretary).post(reverse("evaluations:vote_list", args=[subject.pk]), {**whole, **sent})
    assert answer.status_code == 422


STEPS = ("assist", "follow_up", "review_progress", "propose_removal", "dismiss", "consult_superior")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("junk", ["\x00", "9" * 400, "01/01/0001", "<b>"])
def test_junk_in_a_step_is_answered_in_words(as_, tree, cast, member, step, junk):
    subject = candidate(tree.here, cast.secretary, staff=cast.officer)
    names = ("on", "started_on", "commitment_on", "helpers", "note", "document", "grounds", "progressed", "commitment")
    answer = as_(cast.secretary).post(reverse(f"evaluations:{step}", args=[subject.pk]), dict.fromkeys(names, junk))
    assert answer.status_code == 422


@pytest.mark.parametrize("junk", ["\x00", "9" * 400, "-1", "abc"])
def test_junk_in_forms_of_a_cell_is_answered_in_words(as_, tree, cast, member, junk):
    one, client = opened(tree.east, cast.officer), as_(cast.secretary)
    names = ("on", "note", "not_discussed", "member", "code", "reason", "document", "kind", "text", "year", "violated")
    sent = dict.fromkeys(names, junk)
    cell = [one.pk, tree.here.pk]
    addresses = [reverse(f"evaluations:{name}", args=cell) for name in ("put_up", "dismiss_together", "review_cell")]
    addresses += [reverse("evaluations:record_flag", args=cell)]
    addresses += [reverse("evaluations:keep_note", args=[*cell, member.pk])]
    addresses += [reverse("evaluations:record_conduct", args=[member.pk])]
    assert {client.post(address, sent).status_code for address in addresses} == {422}
    opening = reverse("evaluations:open_round")
    assert as_(cast.officer).post(opening, {"organisation": junk, "year": junk}).status_code == 404
    sent = {"organisation": tree.east.pk, "year": junk, "half": junk, "cutoff_on": junk}
    assert as_(cast.officer).post(opening, sent).status_code == 422


def test_a_round_is_computed_where_a_cell_has_ended_since(tree, cast, member):
    a_year(tree.here, member, missed=(2, 3, 4))
    one = opened(tree.east, cast.officer, cutoff=date(2026, 6, 30))
    do(merge(tree), cast.staff)
    actions.compute_round(one, today=CUTOFF, by=cast.officer)
    assert "X1" in flags(one, member)


def test_nobody_is_on_the_list_of_two_rounds(tree, cast, member):
    """A candidate of a round that was closed, put up again in the next, goes on in one of them alone."""
    first = candidate(tree.here, cast.secretary, staff=cast.officer)
    actions.close_round(first.round, reason="hết kỳ", by=cast.officer)
    second = opened(tree.east, cast.officer, cutoff=date(2027, 6, 30))
    again = candidate(tree.here, cast.secretary, one=second, member=first.member, on=date(2027, 7, 1))
    consulted(again, cast.secretary, on=date(2027, 7, 2))
    with pytest.raises(NotAllowed, match="đợt"):
        consulted(first, cast.secretary, on=date(2027, 7, 3))


@pytest.mark.parametrize("gone", ["died", "moved"])
def test_who_is_no_longer_of_the_cell_is_not_voted_on(tree, cast, member, gone):
    subject = consulted(candidate(tree.here, cast.secretary, staff=cast.officer), cast.secretary)
    person = subject.member
    if gone == "died":
        endings.record_death(person, endings.EndingEntry(date(2026, 12, 9)), by=cast.secretary)
    else:
        stay = Membership.objects.get(member=person)
        Membership.objects.filter(pk=stay.pk).update(ended_on=date(2026, 12, 9), end_reason="moved")
        Membership.objects.create(
            member=person, organisation=tree.there, kind=stay.kind, started_on=date(2026, 12, 9),
            start_reason="moved_in",
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="không sinh hoạt"):
        voted(subject, cast.secretary, yes=2, present=2)
    assert ScreeningSubject.objects.get().state == "superior_consulted"
    assert ScreeningSubject.objects.waiting_for(cast.secretary).exists() is (gone == "moved")
