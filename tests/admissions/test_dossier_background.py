"""Religion, family and verification: restricted, every look noted; what others wrote meanwhile; junk."""

from datetime import date

import pytest

from admissions.enums import PaperKind
from admissions.models import Profile, Relative, VerificationItem
from cells.models import LogEntry
from tests.admissions.dossier_cases import in_order, paper, say, verified
from tests.admissions.page_reading import JUNK, at, shown, text, unticked


@pytest.fixture
def ready(tree, cast):
    return in_order(tree.here, by=cast.secretary, full_name="Trần Văn Xuân")


@pytest.fixture
def secretary(as_, cast):
    return as_(cast.secretary)


def test_a_consent_about_religion_is_read_where_looks_are_noted(ready, secretary):
    paper(ready, PaperKind.CONSENT, topic="religion", number="15-CV/ĐU", given_by="Đảng ủy Sao Mai", text="Nhất trí.")

    page = text(secretary.get(at("papers", ready)))
    assert "15-CV/ĐU. <span" in page
    assert "Nhất trí." not in page
    assert "Tôn giáo: cấp ủy cấp trên đồng ý trước khi làm thủ tục. Nhất trí." in text(
        secretary.get(at("background", ready))
    )


def test_every_look_at_the_family_is_noted(ready, secretary, cast):
    secretary.get(at("background", ready))
    secretary.get(at("background", ready))

    looks = LogEntry.objects.about(ready).filter(action="admissions.read_background")
    assert [each.actor for each in looks] == [cast.secretary] * 2


def test_religion_stands_on_the_restricted_page_alone(ready, secretary):
    say(ready, religion="phat_giao", religion_standing="recognised")

    assert "Theo tôn giáo được Nhà nước công nhận" in text(secretary.get(at("background", ready)))
    for name in ("candidate", "cv", "papers"):
        assert "Theo tôn giáo được" not in text(secretary.get(at(name, ready)))


def test_the_restricted_answers_are_corrected(ready, secretary):
    values = unticked(shown(secretary, at("correct_background", ready)))
    secretary.post(at("correct_background", ready), values | {"births": "05/03/2018, 10/08/2021"})

    assert Profile.objects.get(pk=ready.pk).births == ["2018-03-05", "2021-08-10"]
    entry = LogEntry.objects.about(ready).first()
    assert entry.data == {"fields": "ngày sinh các con liên quan chính sách dân số"}
    for junk in JUNK:
        assert secretary.post(at("correct_background", ready), values | {"births": junk}).status_code in (409, 422)


def test_a_relative_is_entered_corrected_and_voided(ready, secretary):
    values = {"kinship": "parent", "full_name": "Trần Văn Cha", "birth_year": "1955"}
    secretary.post(at("add_relative", ready), values)
    [row] = Relative.objects.all()
    verified(ready, row, result="open")
    assert secretary.post(at("add_relative", ready), values).status_code == 422

    secretary.post(at("correct_relative", row), values | {"birth_year": "1956", "reason": "nhầm"})
    [now] = Relative.objects.standing()
    assert VerificationItem.objects.standing().filter(relative=now).count() == 2
    secretary.post(at("void_relative", now), {"reason": "không phải"})
    assert VerificationItem.objects.standing().filter(relative__isnull=False).count() == 0
    said = LogEntry.objects.about(ready).first().data
    assert said == {"kinship": "Cha, mẹ hoặc người nuôi dưỡng"}


def test_all_items_are_entered_on_one_page(ready, secretary):
    relative = Relative.objects.create(candidate=ready, kinship="parent", full_name="Trần Văn Cha")
    values = unticked(shown(secretary, at("keep_verification", ready)))
    assert sum(name.endswith("-result") for name in values) == 4
    values |= {f"{relative.pk}-lich_su_chinh_tri-sent_on": "05/01/2026"}
    values |= {f"{relative.pk}-chinh_tri_hien_nay-method": "exempt", f"{relative.pk}-chinh_tri_hien_nay-note": "đã mất"}

    assert secretary.post(at("keep_verification", ready), values).url == at("background", ready)
    rows = VerificationItem.objects.standing().filter(relative=relative).order_by("topic")
    assert [(row.method, row.sent_on, row.result) for row in rows] == [
        ("exempt", None, "open"),
        ("confirm", date(2026, 1, 5), "open"),
    ]
    assert VerificationItem.objects.count() == 4  # what did not change was not written anew


def test_a_result_without_a_day_and_an_exemption_without_a_reason_are_refused(ready, secretary):
    values = unticked(shown(secretary, at("keep_verification", ready)))
    answer = secretary.post(
        at("keep_verification", ready),
        values | {"0-lich_su_chinh_tri-answered_on": "", "0-chinh_tri_hien_nay-method": "exempt"},
    )

    assert answer.status_code == 422
    assert "phải ghi ngày trả lời" in text(answer)
    assert "phải ghi lý do miễn" in text(answer)


def test_an_item_that_others_wrote_is_shown_before_it_is_written_over(ready, secretary, cast):
    values = unticked(shown(secretary, at("keep_verification", ready)))
    row = VerificationItem.objects.get(topic="lich_su_chinh_tri")
    row.void("ghi lại", cast.secretary)
    VerificationItem.objects.create(candidate=ready, topic=row.topic, method="visit", result="open")
    typed = values | {"0-lich_su_chinh_tri-place": "Xã Bình An"}

    first = secretary.post(at("keep_verification", ready), typed)
    assert first.status_code == 422
    assert "Đang lưu: cử người đi thẩm tra, chưa có kết quả." in text(first)
    assert "Xã Bình An" in text(first)
    seen = first.context["form"]["0-lich_su_chinh_tri-seen"].value()
    second = secretary.post(at("keep_verification", ready), typed | {"0-lich_su_chinh_tri-seen": seen})
    assert second.status_code == 302
    assert VerificationItem.objects.standing().get(topic="lich_su_chinh_tri").place == "Xã Bình An"


def test_junk_in_the_items_is_refused(ready, secretary):
    values = unticked(shown(secretary, at("keep_verification", ready)))
    for junk in JUNK:
        assert secretary.post(at("keep_verification", ready), dict.fromkeys(values, junk)).status_code == 422


def test_a_late_reply_is_said_and_is_no_answer(ready, secretary):
    VerificationItem.objects.filter(topic="lich_su_chinh_tri").update(
        result="open", answered_on=None, received_on=date(2025, 9, 26)
    )
    page = text(secretary.get(at("background", ready)))

    assert "Quá hạn trả lời" in page
    assert "30 ngày làm việc từ ngày nhận đề nghị thẩm tra 26/09/2025" in page
