"""Steps of the dossier: state, rows, log, what they wait for, the refused second click."""

from datetime import date

import pytest

from admissions.actions import (
    apply,
    certify_cv,
    complete_dossier,
    redo_dossier,
    seal_cv,
    start_verification,
    take_class_again,
    withdraw,
)
from admissions.actions.dossier_steps import Certificate
from admissions.enums import PaperKind
from admissions.models import AdmissionPaper, Candidate, CVEntry, Introducer, Relative, StepTaken, VerificationItem
from cells.models import LogEntry
from config.lib.steps import ActEntry as Act
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import in_state
from tests.admissions.dossier_cases import (
    APPLIED,
    CERTIFIED,
    INTRODUCED,
    LETTER,
    PAPERS,
    SEALED,
    SUMMED_UP,
    certificate,
    fresh,
    in_order,
    introducer,
    officials,
    paper,
    say,
    verified,
)

FIT = Certificate(fit=True, words="Đủ điều kiện kết nạp.")
DECLARED = (PAPERS[0], PAPERS[1])


@pytest.fixture
def secretary(cast):
    return cast.secretary


def cleared(cell, by):
    """Somebody who may begin, with a certificate and an introducer a cell of five."""
    candidate = in_order(cell, by=by, state="cleared", papers=())
    VerificationItem.objects.all().delete()
    return candidate


def filled_in(candidate):
    """The CV with its work and its family."""
    values = {"started_on": "2010-09-01", "started_precision": "month", "work": "kế toán"}
    CVEntry.objects.create(candidate=candidate, part="career", values=values)
    Relative.objects.create(candidate=candidate, kinship="parent", full_name="Trần Văn Cha")
    return fresh(candidate)


def last(candidate):
    return StepTaken.objects.filter(candidate=candidate).order_by("id").last()


def signed(candidate, on=INTRODUCED):
    for each in Introducer.objects.filter(candidate=candidate):
        paper(candidate, PaperKind.INTRODUCTION, on, introducer=each)


def test_from_the_application_to_a_dossier_for_the_cell(tree, cast):
    secretary, officer = cast.secretary, cast.officer
    candidate = cleared(tree.here, secretary)

    apply(candidate, Act(date(2025, 9, 8)), applied_on=APPLIED, written_on=APPLIED, by=secretary)
    seal_cv(filled_in(candidate), Act(SEALED, "12-CV/ĐU"), by=officer)
    start_verification(fresh(candidate), Act(date(2025, 9, 22)), verifier_name="Lê Văn Tra", by=secretary)
    VerificationItem.objects.update(sent_on=LETTER, answered_on=date(2025, 10, 20), result="done")
    paper(candidate, PaperKind.CELL_REMARK, date(2025, 10, 25))
    certify_cv(fresh(candidate), Act(CERTIFIED), certificate=FIT, by=officer)
    signed(candidate)
    paper(candidate, PaperKind.RESIDENCE_OPINION, SUMMED_UP)
    paper(candidate, PaperKind.OPINIONS_SUMMARY, SUMMED_UP)
    done = complete_dossier(fresh(candidate), Act(date(2025, 12, 5)), by=secretary)

    steps = StepTaken.objects.filter(candidate=candidate).order_by("id").values_list("step", "to_state", "organisation")
    assert list(steps)[1:] == [
        ("apply", "applying", tree.here.pk),
        ("seal_cv", "sealed", tree.east.pk),
        ("start_verification", "verifying", tree.here.pk),
        ("certify_cv", "certified", tree.east.pk),
        ("complete_dossier", "complete", tree.here.pk),
    ]
    assert (done.to_state, done.rules["admission_conditions"], len(done.findings)) == ("complete", "2025-07-01", 22)
    assert fresh(candidate).state == "complete"
    actions = LogEntry.objects.about(candidate).order_by("id").values_list("action", flat=True)
    assert list(actions)[-2:] == ["admissions.certify_cv", "admissions.complete_dossier"]
    assert sorted(
        AdmissionPaper.objects.filter(kind__in=["cv_seal", "base_certificate"]).values_list("kind", "number")
    ) == [
        ("base_certificate", ""),
        ("cv_seal", "12-CV/ĐU"),
    ]
    assert VerificationItem.objects.count() == 4  # the applicant and one parent, two items each


def test_a_second_click_writes_nothing(tree, secretary):
    candidate = cleared(tree.here, secretary)
    act = Act(date(2025, 9, 8))
    apply(candidate, act, applied_on=APPLIED, written_on=APPLIED, by=secretary)

    with pytest.raises(NotAllowed, match="Hãy tải lại trang"):
        apply(candidate, act, applied_on=APPLIED, written_on=APPLIED, by=secretary)
    assert AdmissionPaper.objects.count() == 2
    assert StepTaken.objects.filter(step="apply").count() == 1


def test_nobody_applies_without_a_certificate(tree, secretary):
    candidate = in_state(tree.here, "cleared", by=secretary)
    officials(tree.here, 5)

    with pytest.raises(NotAllowed, match="Chưa có giấy chứng nhận lớp"):
        apply(fresh(candidate), Act(APPLIED), applied_on=APPLIED, written_on=APPLIED, by=secretary)
    assert (AdmissionPaper.objects.count(), fresh(candidate).state) == (0, "cleared")


def test_a_certificate_over_sixty_months_stops_the_application(tree, secretary):
    candidate = in_state(tree.here, "cleared", by=secretary)
    officials(tree.here, 5)
    certificate(candidate, date(2020, 9, 4))

    with pytest.raises(NotAllowed, match="quá 60 tháng"):
        apply(fresh(candidate), Act(APPLIED), applied_on=APPLIED, written_on=APPLIED, by=secretary)


@pytest.mark.parametrize("agreed_on", [None, date(2025, 9, 1)])
def test_a_recognised_religion_needs_its_consent_before_the_start(tree, secretary, agreed_on):
    candidate = say(cleared(tree.here, secretary), religion_standing="recognised")
    if agreed_on:
        paper(candidate, PaperKind.CONSENT, agreed_on, topic="religion")
        apply(candidate, Act(APPLIED), applied_on=APPLIED, written_on=APPLIED, by=secretary)
        assert fresh(candidate).state == "applying"
        return
    with pytest.raises(NotAllowed, match="Tôn giáo: còn vướng"):
        apply(candidate, Act(APPLIED), applied_on=APPLIED, written_on=APPLIED, by=secretary)


def test_a_new_application_leaves_the_papers_of_the_old_one_behind(tree, secretary):
    candidate = in_order(tree.here, by=secretary, state="cleared")
    again = date(2026, 3, 2)

    apply(candidate, Act(again), applied_on=again, written_on=again, by=secretary)

    standing = AdmissionPaper.objects.standing().values_list("kind", "dated_on")
    assert sorted(standing) == [("application", again), ("cv", again)]
    assert AdmissionPaper.objects.filter(void_reason="Nộp đơn và lý lịch mới ngày 02/03/2026.").count() == 7


def test_a_finding_before_the_first_application_stands(tree, secretary):
    candidate = cleared(tree.here, secretary)
    paper(candidate, PaperKind.FINDING, date(2025, 8, 20), topic="citizenship")

    apply(candidate, Act(APPLIED), applied_on=APPLIED, written_on=APPLIED, by=secretary)
    assert AdmissionPaper.objects.standing().filter(kind="finding").count() == 1


def test_a_cv_that_lacks_items_is_not_sealed(tree, cast):
    candidate = in_order(
        tree.here, by=cast.secretary, state="applying", papers=DECLARED, profile={"self_assessment": ""}
    )

    with pytest.raises(NotAllowed, match="22 tự nhận xét; 15 quá trình hoạt động, công tác; 21 gia đình"):
        seal_cv(candidate, Act(SEALED), by=cast.officer)


def test_a_cv_with_a_remark_is_not_sealed(tree, cast):
    candidate = filled_in(in_order(tree.here, by=cast.secretary, state="applying", papers=(*DECLARED, PAPERS[3])))

    with pytest.raises(NotAllowed, match="đã có nhận xét"):
        seal_cv(candidate, Act(date(2025, 11, 4)), by=cast.officer)


def test_e32_a_brother_does_not_verify(tree, secretary):
    candidate = in_order(tree.here, by=secretary, state="sealed", papers=PAPERS[:3])

    with pytest.raises(NotAllowed, match="anh, chị, em của người vào Đảng"):
        start_verification(candidate, Act(LETTER), verifier_name="Trần Văn Anh", kinship="sibling", by=secretary)
    assert fresh(candidate).profile.verifier_name == "Lê Văn Tra"


def test_an_open_item_and_a_missing_remark_stop_the_certificate(tree, cast):
    candidate = in_order(tree.here, by=cast.secretary, state="verifying", papers=PAPERS[:3])
    verified(candidate, Relative.objects.create(candidate=candidate, kinship="parent", full_name="Cha"), result="open")

    with pytest.raises(NotAllowed, match=r"Chưa thẩm tra xong.*mục 25"):
        certify_cv(candidate, Act(CERTIFIED), certificate=FIT, by=cast.officer)


def test_a_certificate_that_says_no_ends_the_matter(tree, cast):
    candidate = in_order(tree.here, by=cast.secretary, state="verifying", papers=PAPERS[:4])
    certify_cv(candidate, Act(CERTIFIED), certificate=Certificate(fit=False), by=cast.officer)

    with pytest.raises(NotAllowed, match="không đủ điều kiện"):
        complete_dossier(fresh(candidate), Act(SUMMED_UP), by=cast.secretary)


def test_every_introducer_signs_his_paper(tree, secretary):
    candidate = in_order(tree.here, by=secretary, state="certified")
    first, second = Introducer.objects.all()
    paper(candidate, PaperKind.INTRODUCTION, INTRODUCED, introducer=first)

    with pytest.raises(NotAllowed) as refused:
        complete_dossier(candidate, Act(date(2025, 12, 5)), by=secretary)
    assert (
        str(refused.value)
        == f"Chưa thể “Hồ sơ đủ, đưa ra chi bộ”. Chưa có giấy giới thiệu (3-KNĐ) của {second.member}."
    )


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2026, 9, 5), True), (date(2026, 9, 6), False)], ids=["[E19]-last", "[E19]-over"]
)
def test_a_dossier_is_redone_when_it_is_too_old(tree, secretary, on, refused):
    candidate = in_order(tree.here, by=secretary)
    if refused:
        with pytest.raises(NotAllowed, match="dùng được đến hết ngày 05/09/2026"):
            redo_dossier(candidate, Act(on), by=secretary)
        return
    redo_dossier(candidate, Act(on), by=secretary)

    assert fresh(candidate).state == "certified"
    assert AdmissionPaper.objects.standing().count() == len(PAPERS)
    with pytest.raises(NotAllowed, match="đang làm lại từ ngày 06/09/2026"):
        complete_dossier(fresh(candidate), Act(date(2026, 9, 30)), by=secretary)
    signed(candidate, date(2026, 9, 20))
    for kind in ("supplement", "residence_opinion", "opinions_summary"):
        paper(candidate, kind, date(2026, 9, 20))
    complete_dossier(fresh(candidate), Act(date(2026, 9, 30)), by=secretary)
    assert fresh(candidate).state == "complete"


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2029, 3, 20), True), (date(2029, 3, 21), False)], ids=["valid", "over"]
)
def test_back_to_the_class_after_sixty_months(tree, secretary, on, refused):
    candidate = in_order(tree.here, by=secretary)
    if refused:
        with pytest.raises(NotAllowed, match="còn giá trị đến hết ngày 20/03/2029"):
            take_class_again(candidate, Act(on), by=secretary)
        return
    take_class_again(candidate, Act(on), by=secretary)
    assert fresh(candidate).state == "class_sent"


@pytest.mark.parametrize(("died", "note"), [(False, "chuyển nơi ở"), (True, "Từ trần. chuyển nơi ở")])
def test_a_candidate_withdraws(tree, secretary, died, note):
    candidate = in_order(tree.here, by=secretary)

    row = withdraw(candidate, Act(date(2026, 1, 5), note="chuyển nơi ở"), died=died, by=secretary)

    assert (fresh(candidate).state, row.note, len(row.findings)) == ("withdrawn", note, 22)
    assert LogEntry.objects.about(candidate).first().data["reason"] == note
    with pytest.raises(NotAllowed):
        withdraw(candidate, Act(date(2026, 1, 5)), by=secretary)


def test_a_step_is_not_taken_before_the_last_one(tree, secretary):
    candidate = in_order(tree.here, by=secretary)

    with pytest.raises(NotAllowed, match="trước lần ghi gần nhất, ngày 05/08/2025"):
        withdraw(candidate, Act(date(2025, 8, 4)), by=secretary)
    assert Candidate.objects.get().state == "complete"


def test_a_replacement_signs_and_the_former_need_not(tree, secretary):
    candidate = in_order(tree.here, by=secretary, state="certified")
    signed(candidate)
    former = Introducer.objects.first()
    former.ended_on = date(2025, 11, 25)
    former.save()
    new = introducer(candidate, together_since=date(2025, 11, 1), assigned_on=date(2025, 11, 25), is_replacement=True)
    paper(candidate, PaperKind.INTRODUCTION, SUMMED_UP, introducer=new)

    complete_dossier(fresh(candidate), Act(date(2025, 12, 5)), by=secretary)
    assert fresh(candidate).state == "complete"
