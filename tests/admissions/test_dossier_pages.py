"""Pages of the dossier: scope, what is restricted and logged, happy paths, refusals, junk, what others wrote."""

import re
from datetime import date

import pytest
from django.urls import reverse

from admissions.enums import PaperKind
from admissions.models import (
    AdmissionPaper,
    Candidate,
    CVEntry,
    Introducer,
    Profile,
    Relative,
    StepTaken,
)
from cells.models import LogEntry
from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import in_order, paper, say, verified
from tests.admissions.page_reading import JUNK, at, shown, text, unticked
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

PAGES = ("candidate", "conditions", "cv", "papers", "background")


@pytest.fixture
def ready(tree, cast):
    return in_order(tree.here, by=cast.secretary, full_name="Trần Văn Xuân")


@pytest.fixture
def secretary(as_, cast):
    return as_(cast.secretary)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_asks_little_and_the_same_of_a_full_dossier(tree, ready, secretary, name):
    ready.former_member = MemberFactory(home=tree.far)
    ready.save(update_fields=["former_member"])
    few = queries_of(secretary, at(name, ready))
    for serial in range(6):
        relative = Relative.objects.create(candidate=ready, kinship="parent", full_name=f"Trần Văn Cha {serial}")
        verified(ready, relative)
        paper(ready, PaperKind.HOST_REMARK, date(2026, 1, 5), given_by=f"Chi bộ {serial}")
        CVEntry.objects.create(candidate=ready, part="training", values={"school": f"Trường {serial}"})

    assert queries_of(secretary, at(name, ready)) == few
    assert few <= MOST + 1  # the log of a look is written besides


# --- conditions ------------------------------------------------------------------------------------------------------


def test_the_conditions_say_result_reason_article_and_next_step(ready, secretary):
    page = text(secretary.get(at("conditions", ready), {"ngay": "20/03/2026"}))

    assert "Kiểm tra theo ngày họp chi bộ 20/03/2026" in page
    for words in ("Chờ kết luận", "Tiêu chuẩn chính trị do cấp ủy kết luận.", "Điều 11 Quy định 367-QĐ/TW"):
        assert words in page
    assert "Cấp ủy kết luận bằng văn bản, kèm vào hồ sơ." in page
    assert "<strong>Trước khi chi bộ biểu quyết:</strong> Tiêu chuẩn chính trị." in page
    assert "Kết quả thay đổi từ ngày 06/09/2026." in page


def test_a_day_that_is_none_is_refused_in_words(ready, secretary):
    answers = {day: secretary.get(at("conditions", ready), {"ngay": day}) for day in JUNK}

    # what is nothing once repaired asks for today
    assert {day for day, answer in answers.items() if answer.status_code == 200} == {"\x00"}
    assert all("Tiêu chuẩn chính trị" in text(answer) for answer in answers.values())
    for day in ("01/01/1900", "20/02/2025", "31/12/2999"):
        assert secretary.get(at("conditions", ready), {"ngay": day}).status_code == 200


def test_what_is_restricted_is_opened_and_noted(ready, secretary, cast):
    say(ready, religion_standing="recognised")
    closed = text(secretary.get(at("conditions", ready)))
    assert "Theo tôn giáo" not in closed
    assert LogEntry.objects.about(ready).filter(action="admissions.read_background").count() == 0

    opened = text(secretary.get(at("conditions", ready), {"mo": "1"}))
    assert "Theo tôn giáo được Nhà nước công nhận." in opened
    [entry] = LogEntry.objects.about(ready).filter(action="admissions.read_background")
    assert (entry.actor, entry.data) == (cast.secretary, {"what": "điều kiện: tôn giáo, gia đình, thẩm tra"})


def test_a_signed_finding_settles_a_row(ready, secretary):
    address = reverse("admissions:record_finding", args=[ready.pk, "cv_sealed_first"])
    values = {"dated_on": "05/01/2026", "given_by": "Bí thư đảng ủy", "favourable": "yes", "text": "Đã xem, hợp lệ."}

    assert secretary.post(address, values).url == at("conditions", ready)
    [row] = AdmissionPaper.objects.filter(kind="finding")
    assert (row.topic, row.favourable, row.text) == ("cv_sealed_first", True, "Đã xem, hợp lệ.")
    again = secretary.post(address, values)
    assert again.status_code == 422
    assert "không ghi lần thứ hai" in text(again)


def test_a_condition_that_is_none_has_no_finding(ready, secretary):
    assert secretary.get(reverse("admissions:record_finding", args=[ready.pk, "beauty"])).status_code == 404


def test_a_check_is_shown_as_its_step_kept_it(ready, secretary):
    secretary.post(at("withdraw", ready), {"on": "20/03/2026", "note": "chuyển nơi ở"})
    step = StepTaken.objects.get(step="withdraw")
    say(ready, nationality="Lào")

    page = text(secretary.get(at("kept_check", step)))
    assert "Công dân Việt Nam." in page
    assert "Lào" not in page


# --- steps -----------------------------------------------------------------------------------------------------------


def test_a_step_on_its_page(ready, secretary):
    assert secretary.post(at("withdraw", ready), {"on": "20/03/2026", "note": "chuyển nơi ở"}).url == at(
        "candidate", ready
    )
    page = text(secretary.get(at("candidate", ready)))
    assert "Rút, thôi xét" in page
    assert "chuyển nơi ở" in page

    again = secretary.post(at("withdraw", ready), {"on": "20/03/2026", "note": "chuyển nơi ở"})
    assert again.status_code == 422
    assert "Hãy tải lại trang" in text(again)


def test_what_a_step_waits_for_is_said_and_what_was_typed_stays(ready, secretary):
    answer = secretary.post(at("redo_dossier", ready), {"on": "05/09/2026", "document": "NQ 09"})

    assert answer.status_code == 422
    assert "Hồ sơ dùng được đến hết ngày 05/09/2026." in text(answer)
    assert "NQ 09" in text(answer)


@pytest.mark.parametrize("name", ["apply", "withdraw", "start_verification", "complete_dossier"])
def test_junk_in_a_step_is_refused(ready, secretary, name):
    fields = ("on", "applied_on", "written_on", "note", "document", "verifier_name", "kinship", "died")
    for junk in JUNK:
        assert secretary.post(at(name, ready), dict.fromkeys(fields, junk)).status_code == 422
    assert Candidate.objects.get(pk=ready.pk).state == "complete"


def test_the_page_of_papers_leads_nowhere_closed(ready, cast, as_):
    paper(ready, PaperKind.SELF_REVIEW, date(2026, 1, 5))

    for who in (cast.secretary, cast.officer):
        client = as_(who)
        links = set(re.findall(r'href="(/admissions/[^"#]*)"', text(client.get(at("papers", ready)))))
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_after_the_vote_the_conditions_are_those_of_the_meeting(tree, cast, as_):
    client, candidate = as_(cast.secretary), cases.voted(cases.ready(tree.here, by=cast.secretary), cast)

    assert "Kiểm tra theo ngày họp chi bộ 20/03/2026" in text(client.get(at("conditions", candidate)))


def test_the_overview_offers_what_one_may_do(tree, cast, as_):
    candidate = in_order(tree.here, by=cast.secretary, state="verifying")

    page = text(as_(cast.secretary).get(at("candidate", candidate)))
    assert "Chi bộ Khóm 1. Bước tiếp theo, do Đảng bộ Phường Đông làm: chứng nhận lý lịch." in page
    assert at("certify_cv", candidate) not in page
    assert at("withdraw", candidate) in page
    assert at("certify_cv", candidate) in text(as_(cast.officer).get(at("candidate", candidate)))


def test_a_cell_under_the_commune_has_the_body_above(tree, cast, as_):
    candidate = in_order(tree.school, by=cast.staff, state="verifying")

    assert as_(cast.staff).get(at("certify_cv", candidate)).status_code == 200
    assert as_(cast.officer).get(at("certify_cv", candidate)).status_code == 404


# --- papers ----------------------------------------------------------------------------------------------------------


def test_papers_are_there_or_missing(ready, secretary):
    page = text(secretary.get(at("papers", ready)))

    assert "Giấy giới thiệu người vào Đảng (3-KNĐ)" in page
    assert page.count("Còn thiếu") == 2  # 3-KNĐ and the conclusion on the political standard
    assert "chưa có. Chỉ cần khi là thành viên của đoàn thể." in page
    assert "Đang giới thiệu" in page


def test_an_opinion_with_its_counts(ready, secretary):
    address = reverse("admissions:add_paper", args=[ready.pk, "mass_opinion"])
    values = {"topic": "trade_union", "dated_on": "01/12/2025", "given_by": "BCH Công đoàn", "asked": "20"}

    wrong = secretary.post(address, values | {"agreed": "15", "disagreed": "6"})
    assert wrong.status_code == 422
    assert "nhiều hơn tổng số được hỏi" in text(wrong)
    secretary.post(address, values | {"agreed": "15", "disagreed": "5"})
    assert "Tán thành 15/20 (75 %), không tán thành 5." in text(secretary.get(at("papers", ready)))


def test_a_paper_is_voided_with_its_reason(ready, secretary):
    row = AdmissionPaper.objects.filter(kind="residence_opinion").get()

    secretary.post(at("void_paper", row), {"reason": "nhầm người"})

    row.refresh_from_db()
    assert row.void_reason == "nhầm người"
    assert "nhầm người" in text(secretary.get(at("papers", ready)))
    assert secretary.post(at("void_paper", row), {"reason": "lần nữa"}).status_code == 404


def test_a_certificate_that_was_wrong_is_written_anew_by_the_base(ready, cast, as_):
    row = AdmissionPaper.objects.filter(kind="base_certificate").get()
    anew = reverse("admissions:add_paper", args=[ready.pk, "base_certificate"])
    assert as_(cast.secretary).post(at("void_paper", row), {"reason": "nhầm"}).status_code == 403
    officer = as_(cast.officer)
    assert officer.get(anew).status_code == 404

    officer.post(at("void_paper", row), {"reason": "ghi nhầm ngày"})
    officer.post(anew, {"dated_on": "04/11/2025", "favourable": "yes", "given_by": "Bí thư đảng ủy"})

    [standing] = AdmissionPaper.objects.standing().filter(kind="base_certificate")
    assert (standing.dated_on, standing.favourable) == (date(2025, 11, 4), True)
    assert officer.get(anew).status_code == 404


def test_papers_of_steps_are_not_entered_by_hand(ready, secretary):
    for kind in ("application", "finding", "poem", "self_review"):
        assert secretary.get(reverse("admissions:add_paper", args=[ready.pk, kind])).status_code == 404


@pytest.mark.parametrize("kind", ["union_resolution", "consent", "introduction"])
def test_junk_in_a_paper_is_refused(ready, secretary, kind):
    fields = ("topic", "dated_on", "number", "given_by", "asked", "agreed", "favourable", "introducer", "text")
    address = reverse("admissions:add_paper", args=[ready.pk, kind])
    for junk in JUNK:
        assert secretary.post(address, dict.fromkeys(fields, junk)).status_code == 422


def test_an_introducer_of_another_candidate_signs_nothing_here(tree, cast, ready, secretary):
    other = in_order(tree.here, by=cast.secretary)
    stranger = Introducer.objects.filter(candidate=other).first()
    address = reverse("admissions:add_paper", args=[ready.pk, "introduction"])

    assert secretary.post(address, {"introducer": stranger.pk, "dated_on": "01/12/2025"}).status_code == 422


def test_introducers_are_assigned_replaced_and_end(tree, ready, secretary):
    first = Introducer.objects.filter(candidate=ready).first()
    member = MemberFactory(home=tree.here, full_name="Lê Thị Thay")
    values = {"introducing_member": "Lê Thị Thay", "assigned_on": "01/02/2026"}

    secretary.post(at("replace_introducer", first), values | {"ended_on": "01/02/2026", "reason": "chuyển đi"})
    row = Introducer.objects.get(member=member)
    first.refresh_from_db()
    assert (row.is_replacement, first.ended_on, first.end_reason) == (True, date(2026, 2, 1), "chuyển đi")

    again = secretary.post(at("assign_introducer", ready), values)
    assert again.status_code == 422
    assert "đang được phân công giới thiệu rồi" in text(again)
    secretary.post(at("end_introducer", row), {"ended_on": "05/02/2026", "reason": "ốm"})
    twice = secretary.post(at("end_introducer", row), {"ended_on": "05/02/2026", "reason": "ốm"})
    assert twice.status_code == 422


def test_an_end_before_the_beginning_is_refused(ready, secretary):
    row = Introducer.objects.filter(candidate=ready).first()
    answer = secretary.post(at("end_introducer", row), {"ended_on": "01/01/2020", "reason": "nhầm"})

    assert answer.status_code == 422
    assert "từ ngày được phân công trở đi" in text(answer)


# --- CV --------------------------------------------------------------------------------------------------------------


def test_the_cv_is_corrected(ready, secretary):
    values = shown(secretary, at("correct_cv", ready))
    changes = {
        "awareness": "Dòng một.\r\n\r\n Dòng  hai.",
        "full_name": "trần văn ánh",
        "unit": "Trường Sao Mai",
        "is_teacher": "yes",
        "personal_id": "096095000001",
    }

    assert secretary.post(at("correct_cv", ready), unticked(values) | changes).url == at("cv", ready)
    candidate = Candidate.objects.select_related("profile").get(pk=ready.pk)
    assert (candidate.full_name, candidate.profile.unit, candidate.profile.is_teacher) == (
        "Trần Văn Ánh", "Trường Sao Mai", True,
    )  # fmt: skip
    assert (candidate.revision, candidate.profile.revision) == (2, 2)
    assert candidate.profile.awareness == "Dòng một.\n\nDòng hai."
    page = text(secretary.get(at("cv", ready)))
    assert "096095000001" not in page
    assert "0001" in page


def test_a_number_that_is_known_is_refused(tree, ready, secretary):
    MemberFactory(home=tree.there, personal_id="096095000001")
    values = shown(secretary, at("correct_cv", ready))
    answer = secretary.post(at("correct_cv", ready), unticked(values) | {"personal_id": "096095000001"})

    assert answer.status_code == 422
    assert "đã chuyển cấp trên đối chiếu" in text(answer)


def test_what_others_wrote_meanwhile_is_asked_about_and_typing_stays(ready, secretary):
    values = unticked(shown(secretary, at("correct_cv", ready))) | {"unit": "Trường của tôi"}
    Profile.objects.filter(pk=ready.pk).update(unit="Trường của người khác", revision=5)

    answer = secretary.post(at("correct_cv", ready), values)

    assert answer.status_code == 409
    for words in ("Đồng chí nhập: Trường của tôi", "Trong hồ sơ: Trường của người khác"):
        assert words in text(answer)
    assert Profile.objects.get(pk=ready.pk).unit == "Trường của người khác"


def test_junk_in_the_cv_is_refused(ready, secretary):
    values = unticked(shown(secretary, at("correct_cv", ready)))
    for junk in JUNK:
        typed = values | {"born": junk, "situation_months": junk, "union_joined_on": junk, "ethnic": junk}
        assert secretary.post(at("correct_cv", ready), typed).status_code == 422


def test_rows_of_the_cv(ready, secretary):
    address = reverse("admissions:add_cv_row", args=[ready.pk, "career"])
    values = {"started": "09/2010", "work": "kế toán", "unit": "Công ty Sao Mai"}

    assert secretary.post(address, values).url == address
    [entry] = CVEntry.objects.all()
    assert entry.values["started_on"] == "2010-09-01"
    assert secretary.post(address, values).status_code == 422
    secretary.post(at("correct_cv_row", entry), values | {"work": "kế toán trưởng", "reason": "ghi thiếu"})
    page = text(secretary.get(at("cv", ready)))
    assert "kế toán trưởng" in page
    assert CVEntry.objects.standing().count() == 1
    assert secretary.get(at("void_cv_row", entry)).status_code == 404


def test_the_cv_has_its_own_items_alone(ready, secretary):
    for part in ("family", "career-x", "household"):
        assert secretary.get(reverse("admissions:add_cv_row", args=[ready.pk, part])).status_code == 404
