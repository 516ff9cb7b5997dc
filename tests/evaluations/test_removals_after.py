"""After a decision to remove: the card, the file, complaints with their terms, figures of the report."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.steps import ActEntry as RemovalAct
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import Removal
from evaluations.removal_figures import removal_figures
from evaluations.removal_ports import REMOVALS_IN_A_MERGE, open_removals
from members.models import Ending, Restoration
from tests.evaluations import removal_cases as cases
from tests.evaluations.removal_cases import fresh, on_the_roll
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_thirty_working_days_run_from_receipt(tree, cast):
    """S21: received on Monday 1/6/2026, in time until 13/7/2026."""
    removal = cases.removed(tree.here, cast)
    received, last = date(2026, 6, 1), date(2026, 7, 13)

    with pytest.raises(ValidationError, match="13/07/2026"), transaction.atomic():
        cases.complained(removal, cast, received=received, on=last + timedelta(days=1))
    cases.complained(removal, cast, received=received, on=last)

    assert fresh(removal).complaints.get().addressee == "Tỉnh ủy"
    assert Ending.objects.standing().get().appealed_on == last


def test_a_late_complaint_is_taken_in_with_a_reason(tree, cast):
    removal = cases.removed(tree.here, cast)

    cases.complained(
        removal, cast, received=date(2026, 6, 1), on=date(2026, 7, 14), late_reason="ốm nặng, có giấy viện"
    )

    assert removal.complaints.get().late_reason == "ốm nặng, có giấy viện"


def test_a_complaint_taken_back_was_never_made(tree, cast):
    removal = cases.complained(cases.removed(tree.here, cast), cast)

    actions.void_removal_step(removal.steps.get(step="receive_removal_complaint"), reason="nhầm người", by=cast.staff)

    assert removal.complaints.filter(voided_at=None).count() == 0
    assert Ending.objects.standing().get().appealed_on is None
    assert Removal.objects.waiting_for(cast.secretary).count() == 1, "the card is still out by the ending written anew"
    assert removal_figures(tree.root, date(2026, 1, 1), date(2027, 1, 1)).cards_outstanding == 1
    actions.hand_in_removal_card(fresh(removal), on=cases.RECEIVED, by=cast.secretary)
    assert removal_figures(tree.root, date(2026, 1, 1), date(2027, 1, 1)).cards_recovered == 1
    actions.void_removal_step(removal.steps.get(step="decide_removal"), reason="nhầm", by=cast.staff)
    assert on_the_roll(removal.member, date(2026, 6, 1)) is True


def test_a_decision_that_stands_changes_nothing(tree, cast):
    removal = cases.complained(cases.removed(tree.here, cast), cast)

    actions.answer_removal_complaint(removal, cases.answer("stands"), by=cast.staff)

    assert (fresh(removal).state, on_the_roll(removal.member, date(2026, 6, 1))) == ("removed", False)
    with pytest.raises(NotAllowed, match="Không có khiếu nại"):
        actions.answer_removal_complaint(fresh(removal), cases.answer("stands"), by=cast.staff)


def test_an_annulled_decision_restores_the_rights(tree, cast):
    removal = cases.complained(cases.removed(tree.here, cast), cast)

    with pytest.raises(ValidationError, match="phải có số quyết định"), transaction.atomic():
        actions.answer_removal_complaint(removal, cases.answer("annulled"), by=cast.staff)
    actions.answer_removal_complaint(removal, cases.answer("annulled", decision="7-QĐ/TU"), by=cast.staff)

    assert (fresh(removal).state, on_the_roll(removal.member, date(2026, 4, 1))) == ("annulled", True)
    assert Restoration.objects.get().decision == "7-QĐ/TU"


def test_the_card_goes_back_and_up(tree, cast):
    removal = cases.removed(tree.here, cast)
    assert Removal.objects.waiting_for(cast.secretary).count() == 1

    actions.hand_in_removal_card(removal, on=cases.RECEIVED, by=cast.secretary)
    actions.hand_in_removal_card(
        removal, on=cases.RECEIVED, handed_to="Đảng ủy Phường Đông", handed_on=date(2026, 3, 25), by=cast.secretary
    )
    actions.send_removal_file(removal, on=date(2026, 3, 25), to="Ban Tổ chức", by=cast.officer)

    ending, found = Ending.objects.standing().get(), fresh(removal)
    assert (ending.card_recovered_on, ending.file_sent_to) == (cases.RECEIVED, "Ban Tổ chức")
    assert (found.card_handed_to, found.card_handed_on) == ("Đảng ủy Phường Đông", date(2026, 3, 25))
    assert Removal.objects.waiting_for(cast.secretary).count() == 0


def test_the_figures_of_a_period(tree, cast):
    member = cases.member_of(tree.here, official_on=None)
    probationary = actions.start_removal(member, ("X7",), [], on=cases.OPENED, by=cast.secretary)
    cases.reviewed(probationary, by=cast.secretary)
    probationary = cases.base_voted(cases.voted(fresh(probationary), cast), cast)
    actions.submit_removal(probationary, RemovalAct(cases.SENT_UP), by=cast.staff)
    actions.decide_removal(
        fresh(probationary), cases.decision(number="16-QĐ/ĐU", grounds=("removed_x7",)), by=cast.staff
    )
    actions.hand_in_removal_card(fresh(probationary), on=cases.DECIDED, by=cast.secretary)
    leaving = actions.apply_to_leave(MemberFactory(home=tree.here), cases.application(), by=cast.secretary)
    leaving = cases.base_voted(cases.voted(leaving, cast), cast)
    actions.submit_removal(leaving, RemovalAct(cases.SENT_UP), by=cast.staff)
    actions.decide_removal(fresh(leaving), cases.decision(number="17-QĐ/ĐU", grounds=()), by=cast.staff)
    cases.started(tree.here, by=cast.secretary, others=0)

    found = removal_figures(tree.root, date(2026, 1, 1), date(2027, 1, 1))

    assert (found.removed, found.removed_probationary, found.left_on_request) == (1, 1, 1)
    assert (found.cards_recovered, found.cards_outstanding, found.complaints) == (1, 1, 0)
    assert found.by_ground == (("Đảng viên dự bị không đủ tư cách", 1), ("Tự xin ra khỏi Đảng", 1))
    assert found.by_cell == (("Chi bộ Khóm 1", 2),)
    assert removal_figures(tree.west, date(2026, 1, 1), date(2027, 1, 1)).removed == 0
    assert removal_figures(tree.root, date(2025, 1, 1), date(2026, 1, 1)).removed == 0


def test_a_matter_goes_with_the_record_that_stays(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)
    twin = MemberFactory(home=tree.here)

    kept = REMOVALS_IN_A_MERGE.carry_out(twin, removal.member)

    assert fresh(removal).member == twin
    second = cases.started(tree.here, by=cast.secretary, others=0)
    with pytest.raises(ValidationError, match="Cả hai hồ sơ"):
        REMOVALS_IN_A_MERGE.carry_out(twin, second.member)
    REMOVALS_IN_A_MERGE.undo(SimpleNamespace(merged=removal.member), kept)
    assert fresh(removal).member == removal.member


def test_a_cell_is_told_what_it_leaves_open(tree, cast):
    cases.started(tree.here, by=cast.secretary)

    [work] = [each for each in open_removals(tree.here, cases.MET) if each.number]

    assert (work.number, work.noun) == (1, "hồ sơ xóa tên, cho ra khỏi Đảng chờ chi bộ")
    assert open_removals(tree.next_door, cases.MET)[0].number == 0
