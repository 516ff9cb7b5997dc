"""The steps of the source: state, rows and log of each, what is refused, many at once, taken back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions.actions import source_steps as steps
from admissions.actions.source_certificates import add_certificate, void_certificate
from admissions.certificates import CertificateEntry
from admissions.enums import State
from admissions.helping import HelperEntry
from admissions.models import Candidate, ClassCertificate, Helper, StepTaken
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import in_state, listed
from tests.admissions.source_cases import (
    CLEARED,
    DECIDED,
    ISSUED,
    MET,
    class_done,
    helper_in,
    sympathiser,
    taken,
    with_certificate,
)


def about(candidate):
    return [entry.action for entry in LogEntry.objects.about(candidate).order_by("id")]


def state_of(candidate):
    return Candidate.objects.get(pk=candidate.pk).state


def last_step(candidate):
    return StepTaken.objects.standing().filter(candidate=candidate).order_by("on", "id").last()


def test_a_sympathiser_gets_a_helper_with_the_step_and_the_log(tree, cast):
    candidate, member = listed(tree.here, by=cast.secretary), helper_in(tree.here)

    steps.recognise_sympathiser(candidate, taken(tree.here, MET), HelperEntry(member, MET, "NQ 09"), by=cast.secretary)

    assert state_of(candidate) == State.SYMPATHISER
    [helper] = Helper.objects.filter(candidate=candidate)
    assert (helper.member, helper.started_on, helper.purpose, helper.ended_on) == (member, MET, "admission", None)
    step = last_step(candidate)
    assert (step.step, step.from_state, step.on, step.organisation, step.document) == (
        "recognise_sympathiser", "listed", MET, tree.here, "NQ 09",
    )  # fmt: skip
    assert step.rules["admission_conditions"] == "2025-07-01"
    assert about(candidate) == ["admissions.list_candidate", "admissions.recognise_sympathiser"]


@pytest.mark.parametrize("who", ["of another cell", "probationary", "of a later day"])
def test_a_helper_is_an_official_member_of_the_cell_on_that_day(tree, cast, who):
    candidate = listed(tree.here, by=cast.secretary)
    member = {
        "of another cell": lambda: helper_in(tree.next_door),
        "probationary": lambda: helper_in(tree.here, official_on=None),
        "of a later day": lambda: helper_in(tree.here, since=date(2026, 1, 1)),
    }[who]()

    with pytest.raises(ValidationError, match="không phải là đảng viên chính thức"):
        steps.recognise_sympathiser(candidate, taken(tree.here, MET), HelperEntry(member, MET), by=cast.secretary)

    assert (state_of(candidate), Helper.objects.count(), about(candidate)) == (
        State.LISTED, 0, ["admissions.list_candidate"],
    )  # fmt: skip


SECOND_CLICK = [
    ("send_to_class", State.SYMPATHISER, State.CLASS_SENT),
    ("drop", State.SYMPATHISER, State.DROPPED),
    ("relist", State.DROPPED, State.LISTED),
    ("drop", State.LISTED, State.DROPPED),
    ("drop", State.CLEARED, State.DROPPED),
]


@pytest.mark.parametrize(("step", "before", "after"), SECOND_CLICK)
def test_a_step_moves_once_and_a_second_click_is_refused(tree, cast, step, before, after):
    candidate = in_state(tree.here, before, by=cast.secretary)
    organisation = tree.east if step == "send_to_class" else tree.here
    act = getattr(steps, step)

    act(candidate, taken(organisation, DECIDED), by=cast.staff)

    assert (state_of(candidate), last_step(candidate).step) == (after, step)
    assert about(candidate)[1:] == [f"admissions.{step}"]
    with pytest.raises((NotAllowed, ValidationError), match="Không thể"):
        act(candidate, taken(organisation, DECIDED), by=cast.staff)
    assert about(candidate)[1:] == [f"admissions.{step}"]


@pytest.mark.parametrize("body", ["here", "west", "there"])
def test_only_a_committee_above_the_cell_sends_to_the_class(tree, cast, body):
    candidate = sympathiser(tree.here, by=cast.secretary)

    with pytest.raises(ValidationError, match="không phải là cấp ủy cấp trên"):
        steps.send_to_class(candidate, taken(getattr(tree, body), DECIDED), by=cast.staff)

    assert state_of(candidate) == State.SYMPATHISER


def test_the_class_done_keeps_its_certificate(tree, cast):
    candidate = class_done(tree.here, tree.east, by=cast.staff)

    [certificate] = ClassCertificate.objects.filter(candidate=candidate)
    assert (candidate.state, certificate.kind, certificate.issued_on) == (State.CLASS_DONE, "awareness", ISSUED)


def test_a_certificate_from_before_the_list_is_used_without_typing_it_again(tree, cast):
    candidate = with_certificate(sympathiser(tree.here, by=cast.secretary), date(2024, 5, 2))

    steps.record_certificate(candidate, taken(tree.here, DECIDED), by=cast.secretary)

    assert (state_of(candidate), ClassCertificate.objects.count()) == (State.CLASS_DONE, 1)


@pytest.mark.parametrize(
    ("issued_on", "words"),
    [(None, "Chưa có giấy chứng nhận"), (date(2020, 9, 30), "đã quá 60 tháng"), (date(2025, 10, 2), "trước ngày cấp")],
)
def test_no_class_is_done_without_a_valid_certificate(tree, cast, issued_on, words):
    candidate = sympathiser(tree.here, by=cast.secretary)
    entry = CertificateEntry(issued_on) if issued_on else None

    with pytest.raises(ValidationError, match=words):
        steps.record_certificate(candidate, taken(tree.here, DECIDED), entry, by=cast.secretary)

    assert (state_of(candidate), ClassCertificate.objects.count()) == (State.SYMPATHISER, 0)


@pytest.mark.parametrize(("on", "passes"), [(date(2026, 9, 10), True), (date(2026, 9, 11), False)])
def test_e6_the_certificate_holds_on_its_last_day_and_no_longer(tree, cast, on, passes):
    candidate = with_certificate(in_state(tree.here, State.CLASS_DONE, by=cast.secretary), date(2021, 9, 10))

    if passes:
        steps.clear(candidate, taken(tree.east, on), by=cast.officer)
        assert last_step(candidate).findings[0]["status"] == "pass"
    else:
        with pytest.raises(ValidationError, match="Học lại lớp"):
            steps.clear(candidate, taken(tree.east, on), by=cast.officer)
    assert state_of(candidate) == (State.CLEARED if passes else State.CLASS_DONE)


def test_leaving_the_list_ends_the_help_and_taking_it_back_restores_it(tree, cast):
    candidate = sympathiser(tree.here, by=cast.secretary)
    steps.drop(candidate, taken(tree.here, DECIDED), by=cast.secretary)

    [helper] = Helper.objects.filter(candidate=candidate)
    assert (helper.ended_on, helper.end_reason) == (date(2025, 10, 2), "đưa ra khỏi danh sách ngày 01/10/2025")

    steps.void_step(last_step(candidate), reason="nhầm người", by=cast.secretary)

    helper.refresh_from_db()
    assert (state_of(candidate), helper.ended_on, helper.end_reason) == (State.SYMPATHISER, None, "")
    assert about(candidate)[-1] == "admissions.void_step"


def test_only_the_last_step_is_taken_back(tree, cast):
    candidate = class_done(tree.here, tree.east, by=cast.staff)
    first = StepTaken.objects.get(candidate=candidate, step="recognise_sympathiser")

    with pytest.raises(NotAllowed, match="sau bước này đã có bước khác"):
        steps.void_step(first, reason="nhầm", by=cast.secretary)

    steps.void_step(last_step(candidate), reason="nhầm", by=cast.secretary)
    assert (state_of(candidate), ClassCertificate.objects.standing().count()) == (State.CLASS_SENT, 1)


def test_a_number_taken_meanwhile_is_refused_in_words(tree, cast):
    number = "096095000001"
    candidate = listed(tree.here, by=cast.secretary, personal_id=number)
    steps.drop(candidate, taken(tree.here, MET), by=cast.secretary)
    listed(tree.there, by=cast.stranger, personal_id=number)

    with pytest.raises(ValidationError, match="đã chuyển cấp trên đối chiếu"):
        steps.relist(candidate, taken(tree.here, DECIDED), by=cast.secretary)
    assert state_of(candidate) == State.DROPPED


def test_many_are_sent_and_cleared_by_one_document(tree, cast):
    people = [sympathiser(cell, by=cast.staff) for cell in (tree.here, tree.next_door, tree.here)]

    steps.send_many_to_class(people, taken(tree.east, DECIDED, "QĐ 12"), by=cast.officer)
    for each in people:
        steps.record_certificate(each, taken(each.organisation, ISSUED), CertificateEntry(ISSUED), by=cast.staff)
    steps.clear_many(people, taken(tree.east, CLEARED, "TB 15"), by=cast.officer)

    assert {state_of(each) for each in people} == {State.CLEARED}
    assert {last_step(each).document for each in people} == {"TB 15"}


def test_of_many_all_or_nobody_and_who_cannot_is_named(tree, cast):
    good = class_done(tree.here, tree.east, by=cast.staff, full_name="Lê Thị Được")
    bad = in_state(tree.here, State.CLASS_DONE, by=cast.staff, full_name="Lê Thị Chưa")

    with pytest.raises(ValidationError) as refused:
        steps.clear_many([good, bad], taken(tree.east, CLEARED), by=cast.officer)

    assert len(refused.value.messages) == 1
    assert refused.value.messages[0].startswith("Lê Thị Chưa: Chưa có giấy chứng nhận")
    assert {state_of(each) for each in (good, bad)} == {State.CLASS_DONE}


def test_a_certificate_is_a_fact_voided_with_its_reason(tree, cast):
    candidate = listed(tree.here, by=cast.secretary)
    certificate = add_certificate(candidate, CertificateEntry(ISSUED, "12/CN"), by=cast.secretary)
    with pytest.raises(ValidationError, match="đã được ghi"):
        add_certificate(candidate, CertificateEntry(ISSUED), by=cast.secretary)

    void_certificate(certificate, reason="ghi nhầm ngày", by=cast.secretary)

    certificate.refresh_from_db()
    assert (certificate.void_reason, certificate.voided_by) == ("ghi nhầm ngày", cast.secretary)
    with pytest.raises(NotAllowed):
        void_certificate(certificate, reason="lần nữa", by=cast.secretary)


def test_the_year_of_the_plan_is_kept(tree, cast):
    candidate = listed(tree.here, by=cast.secretary)
    steps.plan_candidate(candidate, year=2027, by=cast.secretary)
    assert Candidate.objects.get(pk=candidate.pk).planned_year == 2027
