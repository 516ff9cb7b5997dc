"""The steps from the signal to the report of results, what they keep, what they refuse, and what is gathered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.enums import Handler, State
from discipline.models import CourtSentence, JournalEntry, SelfReview, StepTaken
from discipline.printed.rows import CaseRows
from discipline.subjects import subject_of
from members.models import Restoration
from tests.discipline.cases import accused_in, case_on
from tests.discipline.inspection_cases import (
    ANNOUNCED_ON,
    ON,
    PLANNED_ON,
    REPORTED_ON,
    REVIEWED_ON,
    TRIAGE,
    TRIAGED_ON,
    announced,
    plan,
    planned,
    refreshed,
    review,
    sentence,
    step,
    triaged,
    verified,
    violation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def case(tree, by):
    return case_on(accused_in(tree.here, official_on=date(2015, 5, 19)), by)


@pytest.fixture
def own_case(tree, cast):
    """A case that the cell "here" inspects itself."""
    member = accused_in(tree.here, official_on=date(2015, 5, 19))
    return case_on(member, cast.secretary, handler=Handler.CELL, organisation=tree.here, officers=(cast.inspector,))


# --- the steps


def test_triage_keeps_what_the_record_asks_for(case, by):
    actions.triage(case, step(TRIAGED_ON, "2-PPL/UBKT", "đã đối chiếu", **TRIAGE), by=by)

    row = StepTaken.objects.get()
    assert (row.step, row.from_state, row.to_state) == ("triage", "signal", "triage")
    assert row.data == {"competence": "ours", "duplicate": "none", "choice": "inspect"}
    assert (row.on, row.document, row.note, row.organisation) == (
        TRIAGED_ON, "2-PPL/UBKT", "đã đối chiếu", case.organisation,
    )  # fmt: skip
    assert row.rules == {
        "discipline_procedure": "2025-05-30",
        "discipline_violation": "2025-02-14",
        "discipline_authority": "2025-05-30",
        "vote_base": row.rules["vote_base"],
        "admission_powers": "2011-11-01",
    }
    [line] = JournalEntry.objects.filter(action="triage")
    assert line.actor == by
    assert not LogEntry.objects.filter(action__contains="triage").exists()


def test_a_step_goes_by_the_sets_of_its_own_day(case, by):
    actions.triage(case, step(date(2026, 9, 1), **TRIAGE), by=by)
    rules = StepTaken.objects.get().rules
    assert (rules["discipline_procedure"], rules["discipline_violation"]) == ("2026-04-11", "2026-08-17")


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2019, 1, 1)])
def test_no_step_before_the_signal(case, by, day):
    with pytest.raises(NotAllowed, match="trước bước “Tiếp nhận” ngày 02/03/2026"):
        actions.triage(case, step(day, **TRIAGE), by=by)
    assert refreshed(case).state == State.SIGNAL


def test_the_second_click_is_refused(case, by):
    triaged(case, by)
    with pytest.raises(NotAllowed, match="Không thể “phân loại”"):
        actions.triage(case, step(TRIAGED_ON, **TRIAGE), by=by)
    assert StepTaken.objects.count() == 1


def test_a_signal_is_filed(case, by):
    actions.file_signal(triaged(case, by), step(TRIAGED_ON, "4-TB/UBKT", "không có căn cứ"), by=by)
    row = StepTaken.objects.get(step="file_signal")
    assert refreshed(case).state == State.CLOSED_NO_VIOLATION
    assert (row.document, row.note) == ("4-TB/UBKT", "không có căn cứ")


@pytest.mark.parametrize("way", [triaged, verified])
def test_a_case_is_transferred(case, by, way):
    sheet = {"why": "moved", "receiver": "UBKT Đảng ủy xã Bình An", "papers": "Đơn, 2 tờ"}
    actions.transfer_case(way(case, by), step(REVIEWED_ON, "7-CV/UBKT", **sheet), by=by)
    assert refreshed(case).state == State.TRANSFERRED
    assert StepTaken.objects.get(step="transfer_case").data == sheet


def test_a_plan_is_kept(case, by):
    planned(case, by)
    row = StepTaken.objects.get(step="plan_inspection")
    assert (row.on, row.document, row.note) == (PLANNED_ON, "3-QĐ/UBKT", "Việc kê khai tài sản")
    assert row.data == {
        "kind": "signs", "schedule": "", "warnings": [], "examined_from": "2024-03-01", "examined_to": "2026-02-28",
        "starts_on": "2026-03-12", "ends_on": "2026-04-10",
    }  # fmt: skip


def test_a_longer_period_is_kept_with_a_warning(case, by):
    planned(case, by, examined_to=date(2026, 3, 1))
    [[words, article]] = StepTaken.objects.get(step="plan_inspection").data["warnings"]
    assert words == "Thời kỳ được kiểm tra 01/03/2024 – 01/03/2026 quá 2 năm."
    assert "299-QĐ/TU" in article


def test_a_cell_is_warned_of_its_time(own_case, cast):
    # 45 days from 12/3/2026 are over on 26/4/2026
    planned(own_case, cast.secretary, ends_on=date(2026, 4, 27))
    [[words, _]] = StepTaken.objects.get(step="plan_inspection").data["warnings"]
    assert words == "Kế hoạch kết thúc ngày 27/04/2026, sau hạn 26/04/2026."


def test_a_cell_does_not_inspect_the_official_work_of_managed_cadres(tree, cast):
    member = accused_in(tree.here)
    entry = {"handler": Handler.CELL, "organisation": tree.here, "officers": (cast.inspector,)}
    case = case_on(member, cast.secretary, scope="assigned", is_managed_above=True, **entry)
    planned(case, cast.secretary)
    [[words, _]] = StepTaken.objects.get(step="plan_inspection").data["warnings"]
    assert words.startswith("Chi bộ không kiểm tra dấu hiệu vi phạm trong công tác chuyên môn")


def test_the_announcement_asks_for_the_self_review(case, by):
    announced(case, by)
    row = SelfReview.objects.get()
    assert (row.asked_on, row.received_on, row.is_refused) == (ANNOUNCED_ON, None, False)


def test_a_self_review_is_recorded(case, by):
    verified(case, by)
    row = SelfReview.objects.get()
    assert (row.asked_on, row.received_on, row.form_named, row.is_refused) == (ANNOUNCED_ON, REVIEWED_ON, "KT", False)


def test_a_refusal_does_not_stop_the_case(case, by):
    actions.record_self_review(announced(case, by), review(outcome="refused", form_named="", note="không ký"), by=by)
    row = SelfReview.objects.get()
    assert refreshed(case).state == State.VERIFYING
    assert (row.received_on, row.is_refused, row.note) == (None, True, "không ký")


def test_a_self_review_is_asked_for_again_and_answered(case, by):
    verified(case, by)
    actions.ask_self_review(case, on=ON, note="chưa nêu khuyết điểm", by=by)
    assert [row.received_on for row in SelfReview.objects.all()] == [REVIEWED_ON, None]
    actions.answer_self_review(case, review(on=date(2026, 3, 28), form_named="CC"), by=by)
    assert [(row.received_on, row.form_named) for row in SelfReview.objects.all()] == [
        (REVIEWED_ON, "KT"), (date(2026, 3, 28), "CC"),
    ]  # fmt: skip
    assert refreshed(case).state == State.VERIFYING


def test_a_self_review_is_not_asked_for_before_the_announcement(case, by):
    with pytest.raises(NotAllowed, match="đang chờ bản tự kiểm điểm"):
        actions.ask_self_review(planned(case, by), on=ON, note="sớm", by=by)


@pytest.mark.parametrize(("official_on", "form"), [(None, "KTR"), (None, "CCH"), (date(2015, 5, 19), "CCH")])
def test_a_form_that_does_not_exist_is_not_named(tree, by, official_on, form):
    case = announced(case_on(accused_in(tree.here, official_on=official_on), by), by)
    with pytest.raises(ValidationError) as refused:
        actions.record_self_review(case, review(form_named=form), by=by)
    assert list(refused.value.message_dict) == ["form_named"]
    assert refreshed(case).state == State.SELF_REVIEW


def test_a_report_needs_a_violation_or_a_conclusion(case, by):
    verified(case, by)
    with pytest.raises(ValidationError, match="ít nhất một vi phạm"):
        actions.submit_report(case, step(REPORTED_ON, "9-BC/TKT"), by=by)
    assert refreshed(case).state == State.VERIFYING
    actions.add_violation(case, violation(), on=ON, by=by)
    actions.submit_report(case, step(REPORTED_ON, "9-BC/TKT", opinion="nhận lỗi", recommendation=""), by=by)
    assert refreshed(case).state == State.CELL_MEETING
    assert StepTaken.objects.get(step="submit_report").data == {"opinion": "nhận lỗi", "recommendation": ""}


def test_a_voided_violation_is_none(case, by):
    row = actions.add_violation(verified(case, by), violation(), on=ON, by=by)
    actions.void_record(row, reason="nhầm người", by=by)
    with pytest.raises(ValidationError, match="ít nhất một vi phạm"):
        actions.submit_report(case, step(REPORTED_ON, "9-BC/TKT"), by=by)
    actions.submit_report(case, step(REPORTED_ON, "9-BC/TKT", "không đủ căn cứ"), by=by)
    assert refreshed(case).state == State.CELL_MEETING


@pytest.mark.parametrize("outcome", [State.CLOSED_NO_VIOLATION, State.CLOSED_FAULT_ONLY])
def test_a_case_is_closed_without_discipline(case, by, outcome):
    verified(case, by)
    actions.close_case(case, step(REPORTED_ON, "6-TB/UBKT", "khuyết điểm nhỏ", outcome=outcome), by=by)
    assert refreshed(case).state == outcome


# --- the fast path


def test_a_judgment_in_force_skips_the_inspection(case, by):
    actions.report_sentence(triaged(case, by), sentence(), by=by)
    row = CourtSentence.objects.get()
    assert refreshed(case).state == State.PROPOSED
    assert (row.sentence, row.number, row.in_force_on) == ("prison", "12/2026/HS-ST", date(2026, 5, 21))
    assert StepTaken.objects.get(step="report_sentence").rules["discipline_procedure"] == "2026-04-11"


def test_not_before_the_rules_of_2026(case, by):
    early = sentence(on=date(2026, 4, 10), pronounced_on=date(2026, 2, 1), in_force_on=date(2026, 3, 10))
    with pytest.raises(ValidationError, match="không cho báo cáo thẳng bản án; hãy lập kế hoạch kiểm tra"):
        actions.report_sentence(triaged(case, by), early, by=by)
    assert refreshed(case).state == State.TRIAGE
    assert not CourtSentence.objects.exists()


@pytest.mark.parametrize("light", ["exempt", "warning", "fine"])
def test_a_lighter_sentence_goes_through_the_inspection(case, by, light):
    with pytest.raises(ValidationError) as refused:
        actions.report_sentence(triaged(case, by), sentence(sentence=light), by=by)
    assert "dưới mức cải tạo không giam giữ" in refused.value.message_dict["sentence"][0]
    assert refreshed(case).state == State.TRIAGE


@pytest.mark.parametrize(
    ("heavy", "warned"), [("non_custodial_reform", 1), ("suspended", 0), ("prison", 0), ("death", 0)]
)
def test_from_non_custodial_reform_on(case, by, heavy, warned):
    actions.report_sentence(triaged(case, by), sentence(sentence=heavy), by=by)
    assert len(StepTaken.objects.get(step="report_sentence").data["warnings"]) == warned


def test_a_chosen_rule_set_binds_the_fast_path(case, by):
    triaged(case, by)
    chosen = {"topic": "discipline_procedure", "starts": date(2025, 5, 30), "reason": "vi phạm từ trước"}
    actions.choose_rules(case, by=by, **chosen)
    with pytest.raises(ValidationError, match="không cho báo cáo thẳng"):
        actions.report_sentence(case, sentence(), by=by)
    actions.choose_rules(case, by=by, **chosen | {"starts": None})
    actions.report_sentence(case, sentence(), by=by)
    assert refreshed(case).sets == {}


def test_only_known_rule_sets_are_chosen(case, by):
    with pytest.raises(ValidationError):
        actions.choose_rules(case, topic="discipline_procedure", starts=date(2020, 1, 1), reason="x", by=by)
    with pytest.raises(ValidationError):
        actions.choose_rules(case, topic="cap", starts=None, reason="x", by=by)
    actions.choose_rules(case, topic="discipline_violation", starts=date(2022, 7, 6), reason="vi phạm 2024", by=by)
    assert refreshed(case).sets == {"discipline_violation": {"from": "2022-07-06", "reason": "vi phạm 2024"}}
    actions.triage(case, step(date(2026, 9, 1), **TRIAGE), by=by)
    assert StepTaken.objects.get().rules["discipline_violation"] == "2022-07-06"


# --- extension


def test_an_extension_over_a_third_is_kept_with_a_warning(own_case, cast):
    verified(own_case, cast.secretary)
    for days in (10, 5, 1):
        actions.extend_inspection(own_case, on=ON, days=days, note="chờ tài liệu", by=cast.secretary)
    rows = StepTaken.objects.filter(step="extend_inspection").order_by("id")
    assert [row.data["warnings"] for row in rows[:2]] == [[], []]
    [[words, _]] = rows[2].data["warnings"]
    assert words == "Gia hạn tổng cộng 16 ngày, quá 15 ngày (1/3 thời gian kiểm tra)."
    assert refreshed(own_case).state == State.VERIFYING


def test_no_extension_without_an_inspection(case, by):
    with pytest.raises(NotAllowed, match="đang tiến hành"):
        actions.extend_inspection(triaged(case, by), on=ON, days=5, note="x", by=by)


def test_a_plan_is_not_made_twice(case, by):
    planned(case, by)
    with pytest.raises(NotAllowed):
        actions.plan_inspection(case, plan(), by=by)
    assert StepTaken.objects.filter(step="plan_inspection").count() == 1


def test_who_was_official_before_a_readmission_has_the_forms_of_an_official_member_then(case, by):
    actions.triage(case, step(TRIAGED_ON, **TRIAGE), by=by)
    member = case.member
    Restoration.objects.create(
        member=member, kind="readmitted", end_reason="name_removed", organisation=case.cell, out_on=date(2026, 6, 15),
        back_on=date(2026, 10, 20), decision="20-QĐ/TU", decided_on=date(2026, 10, 20),
        former_official_on=member.official_on,
    )  # fmt: skip
    member.official_on = None
    member.save(update_fields=["official_on"])
    found = refreshed(case)
    assert [subject_of(found, day) for day in (date(2026, 3, 20), date(2026, 11, 1))] == ["official", "probationary"]
    assert CaseRows(found, date(2026, 3, 20)).subject == "official"
