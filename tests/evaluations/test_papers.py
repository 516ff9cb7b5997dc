"""Papers of the rating evening and of the decision: names, totals, and never who voted what."""

import re
import subprocess
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from tests.evaluations.rating_cases import DECIDED, open_season, people, sent, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.poppler]


@pytest.fixture
def season(tree, cast):
    for number in range(4):
        people(tree.here, 1, full_name=f"Lê Thị Mẫu {number}")
    people(tree.here, 1, full_name="Trần Văn Mới", admitted_on=DECIDED.replace(month=11), official_on=None)
    return open_season(tree, cast.staff)


def printed(client, url):
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", text.stdout.decode())


def address(sheet, name):
    return f"/evaluations/sheets/{sheet.pk}/{name}.pdf"


def test_the_ballot_names_who_is_rated_and_nobody_else(tree, cast, as_, season):
    text = printed(as_(cast.secretary), address(sheet_of(season, tree.here), "ballot"))
    assert all(f"Lê Thị Mẫu {number}" in text for number in range(4))
    assert "Trần Văn Mới" not in text  # admitted under six months before
    assert "đánh giá, xếp loại chất lượng đảng viên năm 2025" in text
    assert "xuất sắc" in text
    assert "không ký tên" in text
    assert "Chưa xếp loại" not in text


def test_where_the_vote_is_open_the_ballot_is_an_opinion_slip_that_one_signs(tree, cast, as_, system):
    people(tree.here, 2)
    day = date(2025, 11, 1)
    choice = Choice(tree.root, "ballot_secret", False, "Biểu quyết công khai", "Quy chế làm việc", started_on=day)
    add_override(RuleSet.objects.in_force("procedure", day), choice, by=system)
    season = open_season(tree, cast.staff)
    text = printed(as_(cast.secretary), address(sheet_of(season, tree.here), "ballot"))
    assert "PHIẾU LẤY Ý KIẾN" in text
    assert "NGƯỜI CHO Ý KIẾN" in text
    assert "không ký tên" not in text


def test_minutes_stand_blank_before_the_meeting(tree, cast, as_, season):
    client, sheet = as_(cast.secretary), sheet_of(season, tree.here)
    count = printed(client, address(sheet, "count"))
    assert "Ngày ……/……/2025" in count
    assert "Số phiếu phát ra: ……; số phiếu thu vào: ……" in count
    assert "đề nghị Đảng bộ Phường Đông quyết định" in printed(client, address(sheet, "minutes"))


def test_minutes_tell_the_totals_and_the_proposal(tree, cast, as_, season):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV", "HTTNV", "HTTNV", "HTNV"])
    text = printed(as_(cast.officer), address(sheet, "count"))
    assert "Ngày 05/12/2025, Chi bộ Khóm 1" in text
    assert (
        "Tổng số đảng viên của chi bộ: 5; số đảng viên được tính khi biểu quyết: 4; số có mặt được bỏ phiếu: 4" in text
    )
    assert text.count("3 (75 %)") == 4
    assert "TỔ TRƯỞNG TỔ KIỂM PHIẾU" in text
    minutes = printed(as_(cast.officer), address(sheet, "minutes"))
    assert "mức xếp loại của 4 đảng viên" in minutes
    assert "CHỦ TRÌ" in minutes


def test_the_decision_prints_with_its_list(tree, cast, as_, season):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV", "HTTNV", "HTTNV", "HTNV"])
    entry = DecisionEntry("12-QĐ/ĐU", DECIDED)
    decision = actions.decide([sheet], entry=entry, by=cast.officer)
    client = as_(cast.officer)
    text = printed(client, f"/evaluations/decisions/{decision.pk}/decision.pdf")
    assert "Số 12-QĐ/" in text
    assert "Căn cứ Quy định số 366-QĐ/TW" in text
    assert "Xét đề nghị của Chi bộ Khóm 1" in text
    assert "của 4 đảng viên (danh sách kèm theo)" in text
    assert "hoàn thành tốt nhiệm vụ 3, hoàn thành nhiệm vụ 1" in text
    assert text.count("Lê Thị Mẫu") == 4
    assert "Trần Văn Mới" not in text
    answer = client.get(f"/evaluations/decisions/{decision.pk}/list.xlsx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    lines = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert [line[1] for line in lines if line[1] and "Mẫu" in line[1]] == [f"Lê Thị Mẫu {n}" for n in range(4)]


def test_each_member_gets_his_result(tree, cast, as_, season):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV", "HTTNV", "HTTNV", "HTNV"])
    refused = as_(cast.secretary).get(address(sheet, "results"), follow=True)
    assert "chưa có quyết định" in refused.content.decode()
    actions.decide([sheet], entry=DecisionEntry("12-QĐ/ĐU", DECIDED), by=cast.officer)
    text = printed(as_(cast.secretary), address(sheet, "results"))
    assert text.count("THÔNG BÁO") == 4
    assert "Theo Quyết định số 12-QĐ/ĐU ngày 18/12/2025 của Đảng bộ Phường Đông" in text
    assert text.count("của đồng chí: Hoàn thành tốt nhiệm vụ.") == 3
    assert "Trần Văn Mới" not in text


def test_late_cells_of_ones_own_are_reminded(tree, cast, as_):
    people(tree.here, 2)
    people(tree.there, 2)
    season = open_season(tree, cast.staff)
    url = f"/evaluations/seasons/{season.pk}/reminders.pdf"
    text = printed(as_(cast.officer), url)
    assert "Kính gửi: Chi bộ Khóm 1" in text
    assert "là ngày 10/12/2025" in text
    assert "Ấp Thượng" not in text
    assert "Kính gửi: Chi bộ Ấp Thượng" in printed(as_(cast.staff), url)
    assert as_(cast.secretary).get(url).status_code == 403


@pytest.mark.parametrize("name", ["ballot", "count", "minutes"])
def test_papers_of_another_cell_are_not_found(tree, cast, as_, season, name):
    url = address(sheet_of(season, tree.here), name)
    assert as_(cast.stranger).get(url).status_code == 404
    assert as_(cast.reader).get(url).status_code == 403


def test_the_tellers_stand_in_the_minutes_of_the_counting(tree, cast, as_, season):
    sheet = sheet_of(season, tree.here)
    client = as_(cast.secretary)
    assert "Đồng chí …………" in printed(client, address(sheet, "count"))
    data = {"head-version": "1", "head-tellers": "Lê Thị Mẫu 1, Lê Thị Mẫu 2"}
    assert client.post(f"/evaluations/sheets/{sheet.pk}/save/", data).status_code in (200, 302)
    text = printed(client, address(sheet, "count"))
    assert "1. Đồng chí Lê Thị Mẫu 1, tổ trưởng; 2. Đồng chí Lê Thị Mẫu 2, thành viên." in text
    assert "Đồng chí …………" not in text
