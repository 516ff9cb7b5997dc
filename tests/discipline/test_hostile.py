"""What somebody with bad intentions, or bad luck, tries on sealed cases."""

import logging
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cells.models import RoleAssignment, User
from cells.permissions import Role
from config.desk.waiting import waiting_count
from config.sealed_log import SealedPaths
from discipline import actions
from discipline.actions.sealing import SignalEntry
from discipline.enums import Part, State
from discipline.models import Case, CourtSentence, Denunciation, SelfReview, StepTaken
from members.actions.imports import FileToCheck, check_file, commit_batch, undo_batch
from members.actions.sanctions import record_sanction, void_sanction
from members.models import Member, Sanction
from tests.discipline.beside_cases import SENDER, letter_on
from tests.discipline.cases import SIGNAL_ON, SUMMARY, accused_in, case_on, named, opened
from tests.discipline.inspection_cases import (
    REPORTED_ON,
    announced,
    paper,
    person,
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
from tests.discipline.vote_cases import HELD_ON, ballot, cell_of, waiting
from tests.members.importing.sheets import person as listed
from tests.members.importing.sheets import workbook

pytestmark = pytest.mark.django_db
SECRET = "Giấy ký nhận tiền của ông Tám"
ON = date(2026, 3, 25)


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def case(tree, by):
    return case_on(accused_in(tree.here), by)


@pytest.fixture
def gathered(case, by, cast):
    """Being verified, with what was found; the secretary of the cell is named for the meeting and has opened it."""
    verified(case, by)
    actions.add_violation(case, violation(), on=ON, by=by)
    actions.add_evidence(case, paper(title=SECRET), by=by)
    actions.add_team_member(case, person("Đỗ Văn Tổ"), by=by)
    named(case, cast.secretary, Part.CELL, by)
    return opened(case, cast.secretary)


def pages_of(client, case):
    names = ("file", "inspection", "votes", "execution", "beside", "papers", "journal")
    stages = [f"{reverse('discipline:papers', args=[case.pk])}?stage={stage}" for stage in ("inspection", "vote")]
    addresses = [reverse(f"discipline:{name}", args=[case.pk]) for name in names] + stages
    return {address: client.get(address).content.decode() for address in addresses}


def taken_back(case, by):
    """The last step of a case, taken back."""
    last = StepTaken.objects.standing().filter(case=case).order_by("on", "id").last()
    actions.void_last_step(last, reason="ghi nhầm", by=by)
    return refreshed(case)


# --- who learns of it -------------------------------------------------------------------------------------------------


def test_an_import_is_taken_back_as_if_nobody_was_under_seal(tree, system, by):
    file = FileToCheck(workbook(listed()), "ds.xlsx", on=date(2026, 10, 31))
    batch = commit_batch(check_file(file, organisation=tree.root, by=system), by=system)
    member = Member.objects.get()
    case_on(member, by, organisation=tree.root)
    letter_on(member, by, organisation=tree.root)
    assert undo_batch(batch, by=system).state == "undone"


def test_a_case_whose_member_was_taken_back_refuses_in_words(tree, by, as_):
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by)
    actions.vote_in_cell(case, ballot({"CC": 5}), by=by)
    Member.objects.filter(pk=accused.pk).update(voided_at=timezone.now(), void_reason="hoàn tác đợt nhập")
    client, day = as_(by), f"{HELD_ON:%d/%m/%Y}"
    answer = client.post(reverse("discipline:announce", args=[case.pk]), {"on": day, "received_on": day})
    assert "đã hủy trong danh sách đảng viên" in answer.content.decode()
    values = {"ground": "obstruction", "decided_by": "Đảng ủy", "decision": "7-QĐ/ĐU", "started": day}
    answer = client.post(reverse("discipline:suspend_in_case", args=[case.pk]), values)
    assert "đã hủy trong danh sách đảng viên" in answer.content.decode()
    assert refreshed(case).state == State.DECIDED_CELL
    for page in pages_of(client, case).values():
        assert "Internal Server Error" not in page


def test_whose_account_turns_out_to_be_that_of_the_accused_reads_no_more(case, by, cast, tree, as_):
    letter = letter_on(case.member, by)
    Member.objects.filter(pk=case.member_id).update(user=by)
    client = as_(by)
    assert client.get(reverse("discipline:case", args=[case.pk])).status_code == 404
    assert client.get(reverse("discipline:open_denunciation", args=[letter.pk])).status_code == 404
    assert waiting_count(by) == 0
    assert list(Case.objects.orphaned(cast.head, ON)) == [case]
    assert list(Denunciation.objects.orphaned(cast.head, ON)) == [letter]


def test_a_request_granted_after_the_case_was_given_to_the_same_person(case, by, cast, as_):
    deputy = User.objects.create(username="deputy", full_name="Phó Kiểm Tra")
    RoleAssignment.objects.create(
        user=deputy,
        role=Role.INSPECTION_OFFICER,
        organisation=case.organisation,
        started_on=date(2025, 7, 1),
        recorded_by=by,
    )
    asked = actions.ask_opening(case, user=deputy, part=Part.OFFICER, reason="thay thế", second=cast.head, by=by)
    User.objects.filter(pk=by.pk).update(is_active=False)
    actions.take_over_case(case, user=deputy, reason="không còn người phụ trách", by=cast.head)
    answer = as_(cast.head).post(reverse("discipline:answer_opening", args=[asked.pk]), {"answer": "grant"})
    assert answer.status_code == 302
    assert case.readers.open().filter(user=deputy).count() == 1


def test_the_cell_reads_nothing_of_what_others_are_verifying(gathered, cast, as_):
    for state in (State.VERIFYING, State.POSTPONED, State.TRANSFERRED):
        before = State.VERIFYING if state == State.POSTPONED else ""
        Case.objects.filter(pk=gathered.pk).update(state=state, postponed_from=before)
        for address, page in pages_of(as_(cast.secretary), gathered).items():
            for words in (SECRET, "Đỗ Văn Tổ", "Những điều đảng viên", "chứng cứ:"):
                assert words not in page, (state, address, words)
        address = reverse("discipline:print_paper", args=[gathered.pk, "bc-ket-qua"])
        assert as_(cast.secretary).post(address).status_code == 404


def test_the_cell_never_reads_the_evidence_of_others(gathered, by, cast, as_):
    actions.submit_report(gathered, step(REPORTED_ON, note="Có vi phạm"), by=by)
    client = as_(cast.secretary)
    for address, page in pages_of(client, gathered).items():
        assert SECRET not in page, address
        assert "chứng cứ:" not in page, address
    assert client.post(reverse("discipline:print_paper", args=[gathered.pk, "bc-ket-qua"])).status_code == 404
    assert client.post(reverse("discipline:print_paper", args=[gathered.pk, "bb-chi-bo"])).status_code == 200
    assert as_(by).post(reverse("discipline:print_paper", args=[gathered.pk, "bc-ket-qua"])).status_code == 200


def test_the_cell_does_not_read_the_letter_behind_a_case_of_others(tree, by, cast, as_):
    letter = letter_on(accused_in(tree.here), by)
    entry = SignalEntry(
        signal_on=SIGNAL_ON + timedelta(days=60), source="denunciation", summary=SUMMARY, officers=(by,)
    )
    case = actions.open_case_from(letter, entry, by=by).case
    named(case, cast.secretary, Part.CELL, by)
    named(case, cast.other_officer, Part.BODY, by)
    named(case, cast.head, Part.OFFICER, by)
    opened(case, cast.secretary)
    assert not Denunciation.objects.visible_to(cast.secretary).exists()
    assert not Denunciation.objects.visible_to(cast.other_officer).exists()
    assert Denunciation.objects.visible_to(cast.head).get() == letter
    client = as_(cast.secretary)
    assert client.get(reverse("discipline:open_denunciation", args=[letter.pk])).status_code == 404
    beside = client.get(reverse("discipline:beside", args=[case.pk])).content.decode()
    assert str(letter.pk) not in beside
    assert SENDER not in "".join(pages_of(client, case).values())


def test_the_log_of_the_server_names_no_case(case, by, as_):
    handler = logging.StreamHandler()
    handler.addFilter(SealedPaths())
    written = []
    handler.emit = lambda record: written.append(record.getMessage())
    logging.getLogger("django.request").addHandler(handler)
    try:
        as_(by).post(reverse("discipline:triage", args=[case.pk]))
        as_(by).get(reverse("discipline:case", args=["00000000-0000-0000-0000-000000000000"]))
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert written == ["Unprocessable Entity: /discipline/", "Not Found: /discipline/"]
    assert "config.sealed_log.SealedPaths" in settings.LOGGING["filters"]["sealed"].values()
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["sealed"]


def test_no_browser_keeps_a_page_of_a_case(case, by, as_):
    for name in ("case", "file", "journal", "triage"):
        answer = as_(by).get(reverse(f"discipline:{name}", args=[case.pk]))
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_decision_that_was_entered_from_paper_too_says_what_to_do(tree, by, as_):
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by)
    actions.vote_in_cell(case, ballot({"CC": 5}), by=by)
    on_paper = {"form": "warning", "decided_on": HELD_ON, "decision": "1-QĐ", "decided_by": "Chi bộ"}
    row = record_sanction(accused, on_paper, by=by)
    client, day = as_(by), f"{HELD_ON:%d/%m/%Y}"
    address, values = reverse("discipline:announce", args=[case.pk]), {"on": day, "received_on": day}
    answer = client.post(address, values)
    assert "hãy hủy mục ấy" in answer.content.decode()
    void_sanction(row, reason="ghi hai lần", by=by)
    assert client.post(address, values).status_code == 302
    assert Sanction.objects.standing().filter(member=accused).count() == 1


# --- steps taken back -------------------------------------------------------------------------------------------------


def test_an_announcement_of_an_inspection_taken_back_asks_nobody(case, by):
    announced(case, by)
    assert taken_back(case, by).state == State.PLANNED
    assert not SelfReview.objects.standing().filter(case=case).exists()
    actions.announce_inspection(case, step(date(2026, 3, 13)), by=by)
    actions.record_self_review(case, review(), by=by)
    assert SelfReview.objects.standing().get(case=case).received_on == date(2026, 3, 20)


def test_a_plan_taken_back_can_be_made_anew(case, by):
    planned(case, by)
    assert taken_back(case, by).state == State.TRIAGE
    actions.plan_inspection(case, plan(document="4-QĐ/UBKT"), by=by)
    assert refreshed(case).state == State.PLANNED


@pytest.mark.parametrize("outcome", ["received", "refused"])
def test_a_self_review_taken_back_is_waited_for_again(case, by, outcome):
    announced(case, by)
    SelfReview.objects.filter(case=case).update(note="trước ngày 20/3")
    form = "KT" if outcome == "received" else ""
    actions.record_self_review(case, review(outcome=outcome, form_named=form, note="nhận lỗi"), by=by)
    assert taken_back(refreshed(case), by).state == State.SELF_REVIEW
    row = SelfReview.objects.standing().get(case=case)
    assert (row.received_on, row.is_refused, row.form_named, row.note) == (None, False, "", "trước ngày 20/3")


def test_a_self_review_that_nobody_had_asked_for_goes_with_its_step(case, by):
    announced(case, by)
    SelfReview.objects.filter(case=case).delete()
    actions.record_self_review(case, review(), by=by)
    taken_back(refreshed(case), by)
    assert not SelfReview.objects.standing().filter(case=case).exists()


def test_a_judgment_taken_back_is_voided(case, by):
    actions.report_sentence(triaged(case, by), sentence(), by=by)
    assert taken_back(refreshed(case), by).state == State.TRIAGE
    assert CourtSentence.objects.get(case=case).voided_at is not None


def test_a_transfer_taken_back_opens_the_case_again(case, by):
    actions.transfer_case(triaged(case, by), step(date(2026, 3, 6), why="not_competent", receiver="UBKT"), by=by)
    assert taken_back(refreshed(case), by).state == State.TRIAGE


def test_an_extension_taken_back_does_not_stand_in_the_way(case, by, as_):
    verified(case, by)
    actions.extend_inspection(case, on=ON, days=10, note="thêm việc", by=by)
    last = StepTaken.objects.standing().filter(case=case).order_by("on", "id").last()
    address = reverse("discipline:void_last_step", args=[case.pk, last.pk])
    assert as_(by).get(address).status_code == 200
    assert as_(by).post(address, {"reason": "ghi nhầm"}).status_code == 302
    assert refreshed(case).state == State.VERIFYING
    assert taken_back(case, by).state == State.SELF_REVIEW


def test_the_cell_does_not_take_back_an_extension_of_others(gathered, by, cast, as_):
    row = actions.extend_inspection(gathered, on=ON, days=10, note="thêm việc", by=by)
    address = reverse("discipline:void_last_step", args=[gathered.pk, row.pk])
    assert as_(cast.secretary).get(address).status_code == 404
