"""From the list to the official member by all roles; a vote that fails, a candidate who moves, one over sixty."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.e2e.admission_acts import (
    BY_HAND,
    NAME,
    act,
    be_recognised,
    become_a_member,
    bring_the_dossier_together,
    candidate_named,
    decide,
    fill_in_the_cv,
    open_form,
    prepare,
    put_on_the_list,
    refused,
    state,
    verify,
)
from tests.e2e.people import People
from tests.e2e.site import Site

pytestmark = [pytest.mark.e2e, pytest.mark.poppler]

PASSWORD = "mat-khau-cua-cau-chuyen"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The running site, shared by people who do not meet, and the ids of its cells, base and committee."""
    site = Site(tmp_path_factory.mktemp("admission"))
    here, there, east, root = site.seed("admission_seed", PASSWORD)[-4:]
    site.start()
    yield SimpleNamespace(site=site, url=f"{site.url}/admissions", here=here, there=there, east=east, root=root)
    site.stop()


@pytest.fixture
def people(story, browser):
    return People(browser, story.site)


FORMS = {  # number: words that stand on it
    "1-KNĐ": ("ĐƠN XIN VÀO ĐẢNG", "Trường Sao Mai", "Em nhận thức rõ về Đảng."),
    "2-KNĐ": ("LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG", "LÂM THỊ ĐÀO", "05/03/1995"),
    "3-KNĐ": ("GIẤY GIỚI THIỆU", "Nguyễn Văn An"),
    "5-KNĐ": ("TỔNG HỢP Ý KIẾN", NAME),
    "6-KNĐ": ("NGHỊ QUYẾT", "12-NQ/CB", "04/08/2025"),
    "8-KNĐ": ("NGHỊ QUYẾT", "31-NQ/ĐU"),
    "9-KNĐ": ("QUYẾT ĐỊNH", "15-QĐ/ĐU", NAME),
    "10-KNĐ": ("TỰ KIỂM ĐIỂM", NAME),
    "11-KNĐ": ("NHẬN XÉT", "Lê Hoàng Cường"),
    "12-KNĐ": ("TỔNG HỢP Ý KIẾN", NAME),
    "13-KNĐ": ("NGHỊ QUYẾT", "20-NQ/CB"),
    "15-KNĐ": ("NGHỊ QUYẾT", "40-NQ/ĐU"),
    "16-KNĐ": ("QUYẾT ĐỊNH", "60-QĐ/ĐU", "20/08/2026"),
}


def test_from_the_list_to_the_official_member(story, people, tmp_path):
    candidate = put_on_the_list(story, people.dong)
    assert people.tay.goto(candidate).status == 404  # another cell knows nothing
    assert [people.xem.goto(candidate).status, people.kiemtra.goto(candidate).status] == [403, 403]
    prepare(people, candidate)
    fill_in_the_cv(people, candidate)
    verify(people, candidate)
    bring_the_dossier_together(people, candidate)
    decide(people, candidate)
    become_a_member(people, candidate)
    be_recognised(people, candidate)

    for number, words in FORMS.items():
        text = open_form(people.dong, candidate, number, tmp_path)
        missing = [word for word in words if word not in text]
        assert missing == [], f"{number}: {text}"
        assert "BẢN CHƯA ĐỦ THÔNG TIN" not in text, f"{number}: {text[:600]}"

    people.canbo.goto(f"{story.site.url}/members/?q={NAME}")
    people.canbo.locator("main tbody a").first.click()
    for said in ("20/08/2025", "20/08/2026", "Chính thức"):
        expect(people.canbo.locator("main")).to_contain_text(said)


def test_a_vote_that_fails_is_reported_up_and_decided_there(story, people):
    candidate = candidate_named(story, people.dong, "Hụt")
    act(
        people.dong,
        f"{candidate}procedure/vote-in-cell/",
        held_on="04/08/2025",
        number="13-NQ/CB",
        present="6",
        yes="3",
        no="3",
    )
    assert state(people.dong, candidate) == "Chi bộ không đủ phiếu tán thành"

    act(
        people.coso,
        f"{candidate}procedure/vote-in-base/",
        held_on="08/08/2025",
        present="9",
        yes="2",
        no="7",
        **BY_HAND,
    )
    act(people.canbo, f"{candidate}procedure/submit/", on="11/08/2025")
    act(
        people.canbo,
        f"{candidate}procedure/decide/",
        decision_number="07-TB/ĐU",
        signed_on="14/08/2025",
        held_on="14/08/2025",
        present="9",
        yes="1",
        no="8",
        reason="chưa đủ tín nhiệm",
        **BY_HAND,
    )
    assert state(people.dong, candidate) == "Cấp có thẩm quyền không kết nạp"
    act(people.canbo, f"{candidate}procedure/notify-refusal/", on="15/08/2025", document="07-TB/ĐU")
    assert state(people.dong, candidate) == "Cảm tình Đảng"


def test_who_moves_between_decision_and_ceremony_is_admitted_where_he_goes(story, people):
    candidate = candidate_named(story, people.dong, "Chuyển")
    decide(people, candidate, number="18-QĐ/ĐU")
    assert people.tay.goto(candidate).status == 404
    act(people.dong, f"{candidate}procedure/move/", to="Chi bộ Khóm 2", ordered_on="16/08/2025")
    receive(story, people)
    assert people.tay.goto(candidate).status == 200
    assert people.dong.goto(candidate).status == 404
    act(people.tay, f"{candidate}procedure/hold-ceremony/", held_on="20/08/2025", helper="=Lê Hoàng Cường Hai")
    assert state(people.tay, candidate) == "Đảng viên dự bị"


def receive(story, people):
    """Whatever the two ends still have to do with the file, by the page of those who move."""
    for page, verb in ((people.canbo, "forward-file"), (people.tay, "receive-candidate")):
        page.goto(f"{story.url}/moves/arriving/")
        links = page.locator(f"main a[href*='{verb}']")
        if links.count():
            act(page, f"{story.site.url}{links.first.get_attribute('href')}", on="18/08/2025")


def test_over_sixty_waits_for_the_consent_of_the_province(story, people):
    candidate = candidate_named(story, people.dong, "Cao")
    act(
        people.dong,
        f"{candidate}procedure/vote-in-cell/",
        held_on="04/08/2025",
        number="14-NQ/CB",
        present="6",
        yes="6",
    )
    act(people.coso, f"{candidate}procedure/vote-in-base/", held_on="08/08/2025", present="9", yes="9", **BY_HAND)
    act(people.canbo, f"{candidate}procedure/submit/", on="11/08/2025")
    decision = {
        "decision_number": "16-QĐ/ĐU",
        "signed_on": "14/08/2025",
        "held_on": "14/08/2025",
        "present": "9",
        "yes": "9",
        **BY_HAND,
    }
    said = refused(people.canbo, f"{candidate}procedure/decide/", **decision)
    assert "60" in said or "tuổi" in said

    act(
        people.canbo,
        f"{candidate}papers/consent/add/",
        topic="age_max",
        dated_on="12/08/2025",
        number="101-CV/TU",
        given_by="Ban Thường vụ Tỉnh ủy",
        favourable="yes",
    )
    act(people.canbo, f"{candidate}procedure/decide/", **decision)
    assert state(people.dong, candidate) == "Có quyết định kết nạp, chờ lễ"
