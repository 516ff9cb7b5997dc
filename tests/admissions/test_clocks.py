"""The clocks of candidates from rows of the database: worked examples of admissions.md §15, by number."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admissions.clock_rows import clock_rows
from admissions.clocks import ClockBook, running
from admissions.duties import read_duties
from admissions.enums import State
from admissions.models import CandidateMove, Ceremony, ClassCertificate, HelperNote, VerificationItem
from cells.models import RuleOverride
from cells.rights import Asker
from members.models import DossierPaper
from tests.admissions.candidate_cases import in_state
from tests.admissions.paper_cases import committee, decided, paper, stepped, vote_of
from tests.factories import MemberFactory


def clocks_of(candidate, on):
    """{code: clock} of one candidate on a day."""
    [row] = clock_rows(type(candidate).objects.filter(pk=candidate.pk))
    return {clock.code: clock for clock in running(row, ClockBook(), on)}


def due(candidate, code, on):
    clock = clocks_of(candidate, on)[code]
    return clock.due_on, clock.deadline.latest_on


@pytest.mark.parametrize(
    ("resolved_on", "due_on", "latest_on"),
    [
        pytest.param(date(2025, 10, 6), date(2025, 12, 8), date(2025, 12, 29), id="[E20]-294"),
        pytest.param(date(2025, 6, 2), date(2025, 8, 25), date(2025, 10, 8), id="[E20]-232"),
        pytest.param(date(2026, 2, 9), date(2026, 4, 20), date(2026, 5, 14), id="[E21]"),
    ],
)
def test_the_decision_is_due(tree, cast, resolved_on, due_on, latest_on):
    candidate = in_state(tree.here, State.CELL_ADOPTED, by=cast.secretary)
    vote_of(candidate, tree.here, resolved_on)

    assert due(candidate, "decision", resolved_on) == (due_on, latest_on)
    assert clocks_of(candidate, resolved_on)["decision"].form == "9-knd"


@pytest.mark.parametrize(
    ("signed_on", "received_on", "due_on"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 12), date(2026, 4, 23), id="[E22]"),
        pytest.param(date(2026, 8, 10), date(2026, 8, 20), date(2026, 9, 23), id="[E23]"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 11), date(2026, 7, 13), id="gap-of-2026"),
    ],
)
def test_the_ceremony_is_due(tree, cast, signed_on, received_on, due_on):
    candidate = in_state(tree.here, State.APPROVED, by=cast.secretary)
    decided(candidate, tree.root, signed_on, received_on=received_on)

    assert due(candidate, "ceremony", received_on)[0] == due_on


def test_in_the_gap_of_2026_the_other_day_is_named(tree, cast):
    candidate = in_state(tree.here, State.APPROVED, by=cast.secretary)
    decided(candidate, tree.root, date(2026, 6, 1), received_on=date(2026, 6, 11))

    assert "hạn kia là 23/07/2026" in clocks_of(candidate, date(2026, 6, 20))["ceremony"].deadline.note


def on_probation(tree, cast, state=State.PROBATION, admitted_on=date(2024, 10, 10)):
    member = MemberFactory(home=tree.here, admitted_on=admitted_on, official_on=None)
    return in_state(tree.here, state, by=cast.secretary, member=member)


def test_e24_recognition_is_due_and_the_official_date_does_not_move(tree, cast):
    candidate = on_probation(tree, cast, State.RECOGNITION_DUE)
    late = clocks_of(candidate, date(2025, 12, 15))["proposal"]

    assert late.due_on == date(2025, 11, 21)
    assert late.deadline.if_late == "Ghi rõ lý do chậm; ngày chính thức không đổi."

    vote_of(candidate, tree.here, date(2025, 12, 15), "recognition")
    type(candidate).objects.update(state=State.REC_CELL_ADOPTED)
    assert due(candidate, "recognition", date(2026, 1, 20)) == (date(2026, 1, 27), date(2026, 2, 24))


@pytest.mark.parametrize(
    ("applied_on", "redone_on", "ends_on"),
    [
        pytest.param(date(2025, 9, 5), None, date(2026, 9, 5), id="[E19]"),
        pytest.param(date(2025, 9, 5), date(2026, 9, 10), date(2027, 9, 10), id="made-anew"),
    ],
)
def test_the_dossier_ends(tree, cast, applied_on, redone_on, ends_on):
    candidate = in_state(tree.here, State.CERTIFIED, by=cast.secretary)
    paper(candidate, "application", applied_on)
    if redone_on:
        stepped(candidate, "redo_dossier", redone_on)

    assert "dossier" not in clocks_of(candidate, ends_on - timedelta(days=61))
    assert due(candidate, "dossier", ends_on - timedelta(days=60))[0] == ends_on


def test_e27_the_file_is_forwarded_and_decided_on_at_the_new_place(tree, cast):
    candidate = in_state(tree.here, State.UNDER_DECISION, by=cast.secretary)
    vote_of(candidate, tree.here, date(2025, 9, 15))
    ends = {"from_organisation": tree.here, "to_organisation": tree.there, "stage": "at_decider"}
    move = CandidateMove.objects.create(candidate=candidate, ordered_on=date(2025, 10, 6), **ends)

    assert due(candidate, "forward", date(2025, 10, 7))[0] == date(2025, 10, 27)

    move.forwarded_on = move.received_on = date(2025, 10, 27)
    move.save()
    found = clocks_of(candidate, date(2025, 10, 28))
    assert set(found) == {"received"}
    assert found["received"].due_on == date(2025, 12, 8)


def test_a_certificate_is_told_before_it_ends(tree, cast):
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)
    ClassCertificate.objects.create(candidate=candidate, kind="awareness", issued_on=date(2021, 9, 10))

    assert "certificate" not in clocks_of(candidate, date(2026, 6, 11))
    assert due(candidate, "certificate", date(2026, 6, 12))[0] == date(2026, 9, 10)


def test_a_reply_is_due_until_it_is_there(tree, cast):
    candidate = in_state(tree.here, State.VERIFYING, by=cast.secretary)
    item = VerificationItem.objects.create(
        candidate=candidate, topic="lich_su_chinh_tri", method="confirm", sent_on=date(2025, 10, 6)
    )
    assert due(candidate, "verification", date(2025, 10, 7))[0] == date(2025, 11, 17)

    item.result, item.answered_on = "done", date(2025, 11, 3)
    item.save()
    assert "verification" not in clocks_of(candidate, date(2025, 12, 7))


@pytest.mark.parametrize(("left", "told"), [(91, False), (90, True), (7, True), (0, True)])
def test_the_end_of_probation_is_told_ninety_days_before(tree, cast, left, told):
    candidate = on_probation(tree, cast, admitted_on=date(2026, 1, 15))
    found = clocks_of(candidate, date(2027, 1, 15) - timedelta(days=left))

    assert ("probation" in found) is told
    if told:
        assert found["probation"].what == "Hết thời gian dự bị; chưa có giấy chứng nhận lớp đảng viên mới"


def test_the_helper_is_asked_every_three_months(tree, cast):
    candidate = on_probation(tree, cast, admitted_on=date(2026, 1, 15))
    assert "note" not in clocks_of(candidate, date(2026, 4, 14))
    assert due(candidate, "note", date(2026, 4, 15))[0] == date(2026, 4, 15)

    HelperNote.objects.create(candidate=candidate, noted_on=date(2026, 5, 2), text="tốt")
    assert "note" not in clocks_of(candidate, date(2026, 8, 1))


def test_the_sheet_of_the_new_member_is_due_until_both_papers_are_there(tree, cast):
    candidate = on_probation(tree, cast, admitted_on=date(2026, 3, 12))
    assert due(candidate, "sheet", date(2026, 3, 13))[0] == date(2026, 4, 23)

    for type_ in (2, 3):
        assert "sheet" in clocks_of(candidate, date(2026, 3, 13))
        DossierPaper.objects.create(member=candidate.member, type=type_)
    assert "sheet" not in clocks_of(candidate, date(2026, 3, 13))


# --- whose turn it is


def duties(user, today):
    return [(duty.what, duty.name, duty.mine) for duty in read_duties(Asker.of(user, today))]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.CLEARED, "secretary"),
        (State.SEALED, "secretary"),
        (State.COMPLETE, "secretary"),
        (State.CLASS_DONE, "officer"),
        (State.APPLYING, "officer"),
        (State.CELL_ADOPTED, "officer"),
        (State.BASE_ADOPTED, "staff"),
        (State.REC_BASE_ADOPTED, "staff"),
        (State.LISTED, ""),
    ],
)
def test_each_state_waits_for_one_role(tree, cast, today, state, who):
    member = MemberFactory(home=tree.here) if state == State.REC_BASE_ADOPTED else None
    candidate = in_state(tree.here, state, by=cast.secretary, member=member)

    people = ("secretary", "officer", "staff", "stranger", "other_officer")
    mine = {name for name in people for _, about, is_mine in duties(getattr(cast, name), today) if is_mine}
    assert mine == ({who} if who else set())
    assert all(about == candidate.full_name for _, about, _ in duties(cast.staff, today))


def test_a_cell_without_a_base_waits_for_the_committee_above(tree, cast, today):
    candidate = in_state(tree.school, State.CELL_ADOPTED, by=cast.staff)
    vote_of(candidate, tree.school, today)

    assert [what for what, _, mine in duties(cast.staff, today) if mine] == ["Xét đề nghị của chi bộ"]


def test_what_the_decider_took_waits_for_it(tree, cast, today):
    candidate = in_state(tree.here, State.UNDER_DECISION, by=cast.secretary)
    vote_of(candidate, tree.here, today)
    vote_of(candidate, tree.east, today, **committee())
    stepped(candidate, "submit", today, tree.root)

    [duty] = [each for each in read_duties(Asker.of(cast.staff, today)) if each.mine]
    assert (duty.what, duty.clock.code, duty.form_name) == ("Quyết định kết nạp", "decision", "9-KNĐ")
    assert [each.mine for each in read_duties(Asker.of(cast.officer, today))] == [False]


# --- pages


def test_the_page_of_tasks_narrows_to_what_is_late(as_, tree, cast, today):
    late = in_state(tree.here, State.APPROVED, by=cast.secretary)
    decision = decided(late, tree.root, today - timedelta(days=90), received_on=today - timedelta(days=89))
    fresh = in_state(tree.here, State.COMPLETE, by=cast.secretary)

    page = as_(cast.secretary).get(reverse("admissions:tasks")).content.decode()
    assert (late.full_name in page, fresh.full_name in page) == (True, True)
    assert "quá hạn" in page
    narrowed = as_(cast.secretary).get(reverse("admissions:tasks"), {"show": "late"}).content.decode()
    assert (late.full_name in narrowed, fresh.full_name in narrowed) == (True, False)
    assert not Ceremony.objects.filter(decision=decision).exists()
    assert late.full_name not in as_(cast.stranger).get(reverse("admissions:tasks")).content.decode()


def test_the_same_query_for_one_and_for_many_and_one_more_for_what_committees_chose(tree, cast, today):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            read_duties(Asker.of(cast.staff, today))
        return len(captured)

    in_state(tree.here, State.COMPLETE, by=cast.secretary)
    read_duties(Asker.of(cast.staff, today))
    few = asked()
    for _ in range(5):
        vote_of(in_state(tree.there, State.CELL_ADOPTED, by=cast.stranger), tree.there, today)
    assert (few, asked()) == (1, 1)
    RuleOverride.objects.create(
        organisation=tree.east, topic="admission_clocks", key="base_resolution_working_days", value=25,
        reason="quy chế", started_on=date(2025, 7, 1), recorded_by=cast.staff,
    )  # fmt: skip
    assert asked() == 2


def test_a_task_leads_to_its_step_for_whoever_takes_it(as_, tree, cast):
    candidate = in_state(tree.here, State.COMPLETE, by=cast.secretary)
    step = reverse("admissions:vote_in_cell", args=[candidate.pk])

    assert step in as_(cast.secretary).get(reverse("admissions:tasks")).content.decode()
    others = as_(cast.officer).get(reverse("admissions:tasks"), {"show": "others"}).content.decode()
    assert step not in others
