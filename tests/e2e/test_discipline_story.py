"""A cell decides a reprimand; an expulsion goes up, is decided there, appealed and changed: by those of the case."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.e2e.admission_acts import act, fill, refused, send
from tests.e2e.people import People
from tests.e2e.site import Site

pytestmark = [pytest.mark.e2e]

PASSWORD = "mat-khau-cua-cau-chuyen"
BY_HAND = {"hand_number": "9", "hand_reason": "danh sách cấp ủy lưu ở văn phòng"}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The running site, shared by two people who do not meet."""
    site = Site(tmp_path_factory.mktemp("discipline"))
    here, there, east, root = site.seed("discipline_seed", PASSWORD)[-4:]
    site.start()
    yield SimpleNamespace(site=site, url=f"{site.url}/discipline", here=here, there=there, east=east, root=root)
    site.stop()


@pytest.fixture
def people(story, browser):
    return People(browser, story.site)


def open_case(story, page, name):
    """A case of a member, registered by an inspection officer; answers its address."""
    page.goto(f"{story.url}/signals/register/")
    typed = {
        "member": name,
        "signal_on": "10/07/2025",
        "source": "supervision",
        "summary": "Nói sai sự thật.",
    }
    fill(page, typed)
    send(page)
    page.wait_for_url("**/progress/")
    return page.url.removesuffix("progress/")


def step(page, case, name, **typed):
    act(page, f"{case}steps/{name.replace('_', '-')}/", **typed)


def state(page, case):
    page.goto(f"{case}progress/")
    return page.locator("h1 + .pill, .page-head .pill, main .pill").first.inner_text().strip()


def inspect(page, case):
    """From the signal to the report of results."""
    step(page, case, "triage", on="11/07/2025", competence="ours", duplicate="none", choice="inspect")
    step(
        page, case, "plan_inspection", on="14/07/2025", document="05-QĐ/UBKT", kind="signs", content="Việc chấp hành",
        examined_from="01/01/2025", examined_to="30/06/2025", starts_on="15/07/2025", ends_on="10/08/2025",
    )  # fmt: skip
    step(page, case, "announce_inspection", on="16/07/2025")
    step(page, case, "record_self_review", on="22/07/2025", outcome="received", form_named="KT")
    act(
        page, f"{case}inspection/violations/add/", content="V02", description="Nói sai sự thật trong chi bộ.",
        rule="69-QĐ/TW", article="Điều 53", began_on="01/03/2025", ended_on="20/05/2025",
    )  # fmt: skip
    step(page, case, "submit_report", on="05/08/2025", document="12-BC/TKT")


def sanctions_seen(story, page, name):
    """What the member's page says to somebody of the cell."""
    page.goto(f"{story.site.url}/members/?q={name}")
    page.locator("main tbody a").first.click()
    return page.locator("main").inner_text()


def test_a_cell_decides_a_reprimand(story, people):
    case = open_case(story, people.kiemtra, "Đỗ Văn Lỗi")
    for other in (people.dong, people.coso, people.canbo, people.chunhiem):
        assert other.goto(case).status == 404
    inspect(people.kiemtra, case)
    act(
        people.kiemtra, f"{case}seal/ask/", user="=Đồng chí dong", part="cell", second="=Đồng chí chunhiem",
        reason="Chi bộ họp xem xét kỷ luật",
    )  # fmt: skip
    people.chunhiem.goto(f"{story.url}/")
    people.chunhiem.get_by_role("link", name="Mở cho Đồng chí dong").click()
    assert "Đỗ Văn Lỗi" not in people.chunhiem.content()
    people.chunhiem.get_by_role("button", name="Đồng ý mở").click()

    assert people.dong.goto(f"{case}progress/").status == 200
    assert people.dong.url == case  # the cover asks why
    fill(people.dong, {"reason": "Ghi kết quả hội nghị chi bộ"})
    people.dong.locator("main form button[type=submit]").last.click()
    ballot = {"present": "6", "absent_excused": "1", "issued": "6", "collected": "6", "none": "1"}
    broken = ballot | {"votes_KT": "6", "votes_CC": "0", "votes_KTR": "0"}
    assert "không bằng" in refused(people.dong, f"{case}steps/vote-in-cell/?held_on=08/08/2025", **broken)
    step(people.dong, case, "vote_in_cell", held_on="08/08/2025", **ballot, votes_KT="5", votes_CC="0", votes_KTR="0")
    assert state(people.dong, case) == "Chi bộ đã quyết định kỷ luật"
    assert "Khiển trách" not in sanctions_seen(story, people.dong, "Đỗ Văn Lỗi")

    step(
        people.dong, case, "announce", on="08/08/2025", received_on="15/08/2025", number="03-QĐ/CB",
        signed_on="14/08/2025", signer="Nguyễn Văn An", position="Bí thư",
    )  # fmt: skip
    assert "Khiển trách" in sanctions_seen(story, people.dong, "Đỗ Văn Lỗi")
    step(people.dong, case, "notify", on="18/08/2025", recipients="Đảng ủy phường Sao Mai; 12-BC/CB")
    step(people.dong, case, "enforce", on="18/08/2025")
    assert state(people.kiemtra, case) == "Đang chấp hành kỷ luật"
    for other in (people.coso, people.canbo, people.chunhiem, people.tay):
        assert other.goto(case).status == 404
    people.kiemtra.goto(f"{case}journal/")
    expect(people.kiemtra.locator("main")).to_contain_text("Ghi kết quả hội nghị chi bộ")


def test_an_expulsion_goes_up_and_is_appealed(story, people):
    officer = people.kiemtra
    case = open_case(story, officer, "Mai Văn Nặng")
    inspect(officer, case)
    ballot = {"present": "7", "issued": "7", "collected": "7", "none": "0"}
    step(
        officer, case, "vote_in_cell", held_on="08/08/2025", **ballot, votes_KTR="6", votes_CC="1", votes_KT="0",
    )  # fmt: skip
    assert state(officer, case) == "Đã đề nghị cấp trên"
    officer.goto(f"{case}steps/receive-proposal/")
    label = officer.locator("main [name=chosen_body] option", has_text="Ủy ban Kiểm tra").last.inner_text()
    step(officer, case, "receive_proposal", on="12/08/2025", chosen_body=f"={label}")
    step(officer, case, "report_verification", on="20/08/2025", heard_on="19/08/2025")
    step(
        officer, case, "vote_above", held_on="25/08/2025", present="9", issued="9", collected="9", none="0",
        votes_KTR="8", votes_CC="1", votes_KT="0", number="21-QĐ/UBKT", signed_on="25/08/2025", signer="Lê Văn Chủ",
        position="Chủ nhiệm", content="Vi phạm đạo đức, lối sống.", **BY_HAND,
    )  # fmt: skip
    assert state(officer, case) == "Cấp trên đã quyết định kỷ luật"
    step(officer, case, "announce", on="28/08/2025", received_on="28/08/2025")
    step(officer, case, "notify", on="29/08/2025", recipients="Đảng ủy phường Sao Mai")
    step(officer, case, "enforce", on="29/08/2025")
    assert state(officer, case) == "Đã khai trừ, ra khỏi Đảng"

    step(officer, case, "appeal", on="10/09/2025", to="Ban Thường vụ Đảng ủy", note="Hình thức quá nặng.")
    step(
        officer, case, "decide_appeal", on="20/10/2025", decided_by="Ban Thường vụ Tỉnh ủy", document="40-QĐ/TU",
        outcome="changed", new_form="CC", note="Thay bằng cảnh cáo.",
    )  # fmt: skip
    step(officer, case, "announce_appeal", on="27/10/2025")
    assert state(officer, case) == "Đang chấp hành kỷ luật"
    said = sanctions_seen(story, people.dong, "Mai Văn Nặng")
    assert "Cảnh cáo" in said
