"""A member in screening moves to another cell, or comes back into the Party: what goes along, what counts no more."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.screening_list import ActEntry
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.models import ScreeningFlag, ScreeningSubject
from members.models import Membership, Restoration
from tests.evaluations.screening_cases import actions_flag, candidate, consulted, flags, graded, helped, opened, voted
from tests.factories import MemberFactory
from tests.members import moving

pytestmark = pytest.mark.django_db
CUTOFF, ON, VOTED = date(2026, 6, 30), date(2026, 7, 5), date(2026, 7, 10)


@pytest.fixture
def one(tree, cast):
    return opened(tree.east, cast.officer, cutoff=CUTOFF)


def assisting(tree, cast, one):
    """Somebody of "here" on the list since 10/7/2026, with a helper."""
    subject = consulted(candidate(tree.here, cast.secretary, one=one, on=ON), cast.secretary, on=ON)
    voted(subject, cast.secretary, yes=1, present=1, held_on=VOTED)
    return helped(subject, cast.secretary, MemberFactory(home=tree.here), since=VOTED)


def moved(member, to, cast):
    """An ordinary transfer, from the request to the reception."""
    slip = moving.issue(moving.request(member, to, by=cast.officer), by=cast.officer)
    return moving.accept(moving.present(slip, by=cast.other_officer), by=cast.other_officer)


def seen(user):
    return list(ScreeningSubject.objects.visible_to(user, "screening.file"))


def test_a_running_matter_goes_to_the_cell_that_takes_the_member_in(tree, cast, one, as_):
    subject = assisting(tree, cast, one)

    moved(subject.member, tree.there, cast)

    subject.refresh_from_db()
    assert (subject.organisation, subject.assisted_since) == (tree.there, VOTED)
    assert (seen(cast.secretary), seen(cast.stranger)) == ([], [subject])
    assert list(ScreeningSubject.objects.waiting_for(cast.stranger)) == [subject]
    assert list(ScreeningFlag.objects.standing().values_list("organisation", flat=True)) == [tree.there.pk]
    assert subject.helpers.get().ended_on == moving.RECEIVED
    entry = LogEntry.objects.get(action="evaluations.pass_on_screening")
    assert (entry.organisation, entry.data["from"]) == (tree.there, str(tree.here))


def test_the_receiving_cell_goes_on_and_the_old_one_opens_it_no_more(tree, cast, one, as_):
    subject = assisting(tree, cast, one)
    moved(subject.member, tree.there, cast)
    page = reverse("evaluations:screening_subject", args=[subject.pk])

    assert as_(cast.secretary).get(page).status_code == 404
    assert "rà soát năm 2026" in as_(cast.stranger).get(page).content.decode()
    actions.follow_up(subject, ActEntry(date(2026, 11, 1), "Có chuyển biến"), by=cast.stranger)


def test_until_somebody_takes_him_in_the_matter_stays(tree, cast, one):
    subject = assisting(tree, cast, one)

    moving.issue(moving.request(subject.member, tree.there, by=cast.officer), by=cast.officer)

    subject.refresh_from_db()
    assert subject.organisation == tree.here


def test_what_is_over_stays_where_it_was(tree, cast, one):
    subject = candidate(tree.here, cast.secretary, one=one, on=ON)
    actions.dismiss(one, tree.here, [subject.member], on=ON, reason="Không có cơ sở", by=cast.secretary)

    moved(subject.member, tree.there, cast)

    subject.refresh_from_db()
    assert subject.organisation == tree.here


@pytest.mark.parametrize(("body", "standing"), [("root", True), ("east", False)])
def test_a_flag_follows_within_its_round_and_ends_outside(tree, cast, body, standing):
    by = cast.staff if body == "root" else cast.officer
    one = opened(getattr(tree, body), by, cutoff=CUTOFF)
    member = MemberFactory(home=tree.here)
    actions.record_flag(one, tree.here, actions_flag(member, "B4"), by=cast.secretary)

    moved(member, tree.there, cast)

    rows = ScreeningFlag.objects.standing().filter(member=member)
    assert [row.organisation for row in rows] == ([tree.there] if standing else [])
    if not standing:
        assert LogEntry.objects.get(action="screening.withdraw_flag").organisation == tree.there


def test_computing_again_leaves_the_flags_with_the_new_cell(tree, cast):
    one = opened(tree.root, cast.staff, cutoff=CUTOFF)
    member = MemberFactory(home=tree.here)
    graded(member, {2024: "KHTNV", 2025: "KHTNV"})
    actions.compute_round(one, today=CUTOFF, by=cast.staff)
    moved(member, tree.there, cast)

    changes = actions.compute_round(one, today=date(2026, 10, 6), by=cast.staff)

    assert (changes.added, changes.changed, changes.withdrawn) == (0, 0, 0)
    assert ScreeningFlag.objects.standing().get(member=member).organisation == tree.there


# --- readmitted -------------------------------------------------------------------------------------------------------


def readmitted(member, cell, on, by):
    """Out on 1/8/2026 and in again on a day, as the papers of a readmission leave it."""
    stay = Membership.objects.get(member=member)
    stay.ended_on, stay.end_reason = date(2026, 8, 1), "left"
    stay.save()
    Membership.objects.create(member=member, organisation=cell, started_on=on, start_reason="readmitted")
    Restoration.objects.create(
        member=member,
        kind="readmitted",
        out_on=date(2026, 8, 1),
        back_on=on,
        decided_on=on,
        organisation=cell,
        recorded_by=by,
        end_reason="left",
        decision="5-QĐ/ĐU",
    )


def test_assistance_before_a_readmission_counts_for_nothing(tree, cast, one):
    subject = assisting(tree, cast, one)
    back = date(2026, 9, 1)
    readmitted(subject.member, tree.here, back, cast.staff)

    later = opened(tree.east, cast.officer, cutoff=date(2027, 12, 31))
    actions.compute_round(later, today=date(2027, 12, 31), by=cast.officer)

    assert "X4" not in flags(later, subject.member)
    assert list(ScreeningSubject.objects.carried(later, [tree.here.pk])) == []
    with pytest.raises(NotAllowed, match="kết nạp lại sau việc này"):
        actions.propose_removal(subject, RemovalEntry(date(2027, 12, 31), ("X4",)), by=cast.secretary)
    with pytest.raises(NotAllowed, match="kết nạp lại sau việc này"):
        actions.follow_up(subject, ActEntry(date(2027, 12, 31)), by=cast.secretary)


def test_without_a_readmission_the_same_months_are_enough(tree, cast, one):
    subject = assisting(tree, cast, one)

    later = opened(tree.east, cast.officer, cutoff=date(2027, 12, 31))
    actions.compute_round(later, today=date(2027, 12, 31), by=cast.officer)

    assert flags(later, subject.member)["X4"][0] == "met"
