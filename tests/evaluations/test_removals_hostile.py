"""Leaving the Party where things go crosswise: junk, second clicks, bodies that end, people who die meanwhile."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.changes.plan import NewBody
from config.lib.steps import ActEntry as RemovalAct
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.models import Removal
from evaluations.removal_step_pages import REMOVAL_STEP_PAGES
from members.actions import endings
from members.enums import OverlayKind
from members.models import Ending, Membership, Overlay, Transfer
from tests.cells.tree_cases import TODAY, decision, do, entry, merge
from tests.evaluations import removal_cases as cases
from tests.evaluations.removal_cases import fresh, on_the_roll, vote
from tests.evaluations.screening_cases import computed, flags
from tests.factories import MemberFactory
from tests.members.moving import issue, request

pytestmark = pytest.mark.django_db

NAMES = (
    *("on", "held_on", "signed_on", "effective_on", "received_on", "answered_on", "back_on", "present", "issued"),
    *("yes", "no", "blank", "invalid", "attended", "hand_number", "hand_reason", "decision_number", "grounds", "note"),
    *("document", "addressee", "level", "summary", "outcome", "answer", "decision", "method", "number", "despite"),
    *("written_on", "text", "organisation", "reason", "handed_to", "handed_on", "to", "applied_on", "open_violation"),
    *("evidence", "chair", "tellers", "late_reason"),
)
BESIDE = (
    *("add_removal_statement", "choose_removal_body", "record_removal_receipt", "hand_in_removal_card"),
    "send_removal_file",
)


@pytest.mark.parametrize("junk", ["\x00", "9" * 400, "01/01/1900"])
@pytest.mark.parametrize("make", ["started", "under_decision", "removed"])
def test_junk_in_any_form_of_a_matter_is_answered_in_words(as_, tree, cast, make, junk):
    removal = (
        cases.started(tree.here, by=cast.secretary) if make == "started" else getattr(cases, make)(tree.here, cast)
    )
    sent, seen = dict.fromkeys(NAMES, junk), set()
    for name in (*REMOVAL_STEP_PAGES, *BESIDE):
        address = reverse(f"evaluations:{name}", args=[removal.pk])
        for user in (cast.secretary, cast.officer, cast.staff):
            seen.add(as_(user).get(address).status_code)
            seen.add(as_(user).post(address, sent).status_code)
    for name in ("start_removal", "apply_to_leave"):
        seen.add(as_(cast.secretary).post(reverse(f"evaluations:{name}", args=[removal.member_id]), sent).status_code)
    assert seen <= {200, 302, 403, 404, 422}
    assert fresh(removal).state == removal.state


OLD = ("01/01/0001", "01/01/1900", "01/01/2011")


@pytest.mark.parametrize("day", OLD)
def test_an_odd_day_with_all_else_in_order_is_refused_in_words(as_, tree, cast, day):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)
    sent = {"held_on": day, "method": "secret", "present": "7", "yes": "7", "no": "0", "blank": "0", "invalid": "0"}
    answer = as_(cast.secretary).post(reverse("evaluations:vote_removal_in_cell", args=[removal.pk]), sent)
    assert answer.status_code == 422
    for name, field in (("start_removal", "on"), ("apply_to_leave", "applied_on")):
        member = MemberFactory(home=tree.here)
        sent = {field: day, "grounds": ["X2"], "evidence": "Sổ thu", "reason": "Tuổi cao", "open_violation": "no"}
        answer = as_(cast.secretary).post(reverse(f"evaluations:{name}", args=[member.pk]), sent)
        assert answer.status_code == 422
    under = cases.under_decision(tree.next_door, cast)
    sent = {"held_on": day, "signed_on": day, "decision_number": "1", "present": "7", "yes": "7", "no": "0",
            "blank": "0", "invalid": "0", "method": "secret", "grounds": ["removed_x2"], "hand_number": "9",
            "hand_reason": "sổ"}  # fmt: skip
    assert as_(cast.staff).post(reverse("evaluations:decide_removal", args=[under.pk]), sent).status_code in (403, 422)


def test_nobody_is_removed_by_a_vote_of_nobody(tree, cast):
    removal = cases.reviewed(actions.start_removal(
        MemberFactory(home=tree.next_door), ("X2",), cases.EVIDENCE, on=cases.OPENED, by=cast.secretary
    ), by=cast.secretary)  # fmt: skip
    Overlay.objects.create(member=removal.member, kind=OverlayKind.SUSPENDED, started_on=cases.OPENED)
    with pytest.raises(ValidationError), transaction.atomic():
        cases.voted(removal, cast, yes=0, present=0)
    assert fresh(removal).state == "ready"


def test_a_member_who_died_meanwhile_is_not_removed(as_, tree, cast):
    removal = cases.under_decision(tree.here, cast)
    endings.record_death(removal.member, endings.EndingEntry(date(2026, 3, 14)), by=cast.secretary)
    with pytest.raises(NotAllowed, match="không còn trong danh sách"), transaction.atomic():
        actions.decide_removal(fresh(removal), cases.decision(), by=cast.staff)
    actions.withdraw_removal(fresh(removal), RemovalAct(date(2026, 3, 20), note="từ trần"), by=cast.secretary)
    assert (fresh(removal).state, Ending.objects.standing().get().reason) == ("withdrawn", "died")


def test_no_votes_are_counted_on_the_dead(tree, cast):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)
    endings.record_death(removal.member, endings.EndingEntry(date(2026, 2, 20)), by=cast.secretary)
    with pytest.raises(NotAllowed, match="không còn"), transaction.atomic():
        cases.voted(fresh(removal), cast)
    assert fresh(removal).state == "ready"


def test_a_second_click_decides_nothing_twice(tree, cast):
    removal = cases.removed(tree.here, cast)
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.decide_removal(removal, cases.decision(number="16-QĐ/ĐU"), by=cast.staff)
    assert Ending.objects.standing().count() == 1


def test_restored_into_the_heir_of_a_cell_that_ended(tree, cast):
    removal = cases.complained(cases.removed(tree.here, cast), cast)
    do(merge(tree, effective_on=date(2026, 4, 15)), cast.staff)
    actions.answer_removal_complaint(fresh(removal), cases.answer("annulled", decision="7-QĐ/TU"), by=cast.staff)
    assert fresh(removal).state == "annulled"
    assert fresh(removal).member.home.name == "Chi bộ Khóm Liên"


def test_a_body_that_ends_hands_the_matter_to_its_heir(tree, cast):
    removal = cases.voted(cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary), cast)
    assert removal.holder == tree.east
    event = do(merge_bases(tree), cast.staff)
    heir = fresh(removal).holder
    assert heir.name == "Đảng bộ Phường Liên"
    undo_event(event, reason="ghi nhầm", on=TODAY, by=cast.staff)
    assert fresh(removal).holder == tree.east


ISSUED, LATE = date(2026, 1, 5), date(2026, 4, 20)


def never_reported(tree, cast):
    """Somebody with a slip from "here" to "there" who has not handed it in by the day of a round."""
    member = MemberFactory(home=tree.here)
    moving = issue(request(member, tree.there, by=cast.secretary, requested_on=ISSUED), by=cast.staff, issued_on=ISSUED)
    Transfer.objects.filter(pk=moving.pk).update(file_taken_on=ISSUED, notice_received_on=ISSUED)
    one = computed(tree.root, cast.staff, cutoff=LATE, today=LATE)
    assert "X1t" in flags(one, member)
    [subject] = actions.put_up(one, tree.there, [member], on=LATE, by=cast.stranger)
    actions.propose_removal(subject, RemovalEntry(LATE, ("X1t",)), by=cast.stranger)
    return Removal.objects.with_place().get(member=member)


def test_who_never_reported_is_removed_on_the_side_of_the_receiving_cell(as_, tree, cast):
    """[X1t] seen and voted there, decided by the committee above it; the cell that sent him has no part in it."""
    for _ in range(8):
        MemberFactory(home=tree.there)
    removal = never_reported(tree, cast)
    address = reverse("evaluations:removal", args=[removal.pk])
    assert [as_(user).get(address).status_code for user in (cast.stranger, cast.staff)] == [200, 200]
    assert [as_(user).get(address).status_code for user in (cast.secretary, cast.officer)] == [404, 404]
    assert list(Removal.objects.waiting_for(cast.stranger)) == [removal]
    assert not Removal.objects.waiting_for(cast.secretary).exists()
    removal = cases.reviewed(removal, by=cast.stranger, on=LATE)
    actions.vote_removal_in_cell(removal, vote(7, on=date(2026, 4, 21)), by=cast.stranger)
    assert fresh(removal).holder == tree.west
    entry = vote(7, on=date(2026, 4, 22), by_hand=cases.BY_HAND)
    actions.vote_removal_in_base(fresh(removal), entry, by=cast.other_officer)
    actions.submit_removal(fresh(removal), RemovalAct(date(2026, 4, 23)), by=cast.staff)
    entry = cases.decision(on=date(2026, 4, 24), grounds=("left_by_own_will",))
    actions.decide_removal(fresh(removal), entry, by=cast.staff)
    assert not on_the_roll(removal.member, date(2026, 4, 24))
    assert list(Removal.objects.waiting_for(cast.stranger)) == [removal]  # the card
    later = computed(tree.root, cast.staff, cutoff=date(2026, 5, 20), today=date(2026, 5, 20), half=1)
    assert flags(later, removal.member) == {}


def test_a_receiving_cell_that_ends_hands_the_matter_on(tree, cast):
    removal = never_reported(tree, cast)
    into = NewBody(entry("Chi bộ Ấp Liên"), tree.west)
    change = verbs.merge([tree.there, tree.far], into=into, decision=decision(effective_on=date(2026, 5, 1)))
    event = do(change, cast.staff)
    assert fresh(removal).scope_organisation.name == "Chi bộ Ấp Liên"
    undo_event(event, reason="ghi nhầm", on=TODAY, by=cast.staff)
    assert fresh(removal).scope_organisation == tree.there


def test_on_the_road_no_other_ground_opens_a_matter(tree, cast):
    removal = never_reported(tree, cast)
    actions.withdraw_removal(removal, RemovalAct(LATE, note="đã nộp giấy"), by=cast.stranger)
    with pytest.raises(NotAllowed, match="không sinh hoạt ở chi bộ nào"):
        actions.start_removal(removal.member, ("X2",), cases.EVIDENCE, on=LATE, by=cast.stranger)
    assert Membership.objects.on(LATE).official().filter(member=removal.member, organisation=tree.root).exists()


def merge_bases(tree):
    into = NewBody(entry("Đảng bộ Phường Liên", "base_party"), tree.root)
    return verbs.merge([tree.east, tree.west], into=into, decision=decision())


# --- days that cannot be ---------------------------------------------------------------------------------------------

BEFORE, TO_COME = "30/12/1900", "01/01/2090"


@pytest.mark.parametrize("day", [BEFORE, "15/03/2026", TO_COME])
@pytest.mark.parametrize("name", ["record_removal_receipt", "send_removal_file"])
def test_what_follows_a_decision_is_not_before_it_nor_to_come(as_, tree, cast, name, day):
    """The decision is of 16/3/2026."""
    removal = cases.removed(tree.here, cast)

    answer = as_(cast.staff).post(reverse(f"evaluations:{name}", args=[removal.pk]), {"on": day, "to": "Tỉnh ủy"})

    words = "ở tương lai" if day == TO_COME else f"Ngày {day} trước ngày quyết định (16/03/2026)"
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Ending.objects.get().received_on, Ending.objects.get().file_sent_on) == (None, None)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": BEFORE}, "Ngày 30/12/1900 trước ngày lập hồ sơ (02/02/2026)"),
        ({"on": TO_COME}, "ở tương lai"),
        ({"on": "20/03/2026", "handed_on": "19/03/2026", "handed_to": "Đảng ủy"}, "trước ngày thu thẻ (20/03/2026)"),
    ],
    ids=["before", "to come", "handed up first"],
)
def test_a_card_is_not_taken_back_before_the_matter_began(as_, tree, cast, sent, words):
    removal = cases.removed(tree.here, cast)

    answer = as_(cast.secretary).post(reverse("evaluations:hand_in_removal_card", args=[removal.pk]), sent)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Ending.objects.get().card_recovered_on is None


@pytest.mark.parametrize(
    ("name", "field"),
    [("add_removal_statement", "written_on"), ("start_removal", "on"), ("apply_to_leave", "applied_on")],
)
def test_nothing_is_dated_before_the_admission(as_, tree, cast, name, field):
    """Admitted on 19/5/2005."""
    removal = cases.started(tree.here, by=cast.secretary)
    place = removal.pk if name == "add_removal_statement" else MemberFactory(home=tree.here).pk
    sent = {field: "18/05/2005", "text": "Có đóng", "grounds": ["X2"], "evidence": "Sổ", "reason": "Tuổi cao",
            "open_violation": "no"}  # fmt: skip

    answer = as_(cast.secretary).post(reverse(f"evaluations:{name}", args=[place]), sent)

    assert answer.status_code == 422
    assert "Ngày 18/05/2005 trước ngày vào Đảng của đảng viên (19/05/2005)" in answer.content.decode()


def test_a_decision_takes_no_effect_on_a_day_to_come(as_, tree, cast):
    removal = cases.under_decision(tree.here, cast)
    sent = {"held_on": "16/03/2026", "signed_on": "16/03/2026", "effective_on": TO_COME, "decision_number": "1",
            "present": "7", "yes": "7", "no": "0", "blank": "0", "invalid": "0", "method": "secret",
            "grounds": ["removed_x2"], "hand_number": "9", "hand_reason": "sổ"}  # fmt: skip

    answer = as_(cast.staff).post(reverse("evaluations:decide_removal", args=[removal.pk]), sent)

    assert (answer.status_code, "ở tương lai" in answer.content.decode()) == (422, True)
