"""Pages of the quarterly follow-up: a whole cell, the board, what stands beside the year, form 05; none when off."""

import subprocess
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from cells.actions.rules import Ending, end_override
from cells.models import OrganisationVersion, RuleOverride
from evaluations import actions
from evaluations.models import QuarterRating
from members.models import Overlay
from tests.evaluations.quarter_cases import Q1, Q2, Q3, YEAR, decide, heading, row_of, switch_on, unit_of, write
from tests.evaluations.rating_cases import fill, open_season, people, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


def page(cell, quarter=Q3, name="quarter"):
    return reverse(f"evaluations:{name}", args=[cell.pk, quarter.year, quarter.number])


def board(body, name="quarters"):
    return reverse(f"evaluations:{name}", args=[body.pk, YEAR])


@pytest.fixture
def cell(tree, cast):
    switch_on(tree.east, by=cast.staff)
    return tree.here


@pytest.fixture
def head(cell):
    member = people(cell, 1, full_name="Lê Văn Cường")[0]
    heading(member, cell)
    return member


def posted(cell, quarter=Q3, rows=None, **head):
    """What the page posts, with the texts of some rows by name of the member ("" the collective)."""
    data = dict(head)
    for row in unit_of(cell, quarter).rows:
        texts = row.shown | (rows or {}).get("" if row.is_collective else row.name, {})
        data |= {f"{row.key}-{name}": text for name, text in texts.items()} | {f"{row.key}-seen": row.seen}
    return data


# --- nothing when off


def test_when_off_no_page_and_no_link(tree, cast, as_):
    head = people(tree.here, 1)[0]
    heading(head, tree.here)
    season = open_season(tree, cast.staff, year=YEAR)
    sheet = sheet_of(season, tree.here)
    client = as_(cast.secretary)
    for name in ("quarter", "print_blank_form_05", "print_forms_05"):
        assert client.get(page(tree.here, name=name)).status_code == 404
    assert client.post(page(tree.here, name="save_quarter")).status_code == 404
    assert client.get(board(tree.here)).status_code == 404
    addresses = ["/evaluations/", reverse("evaluations:season", args=[season.pk]), f"/evaluations/sheets/{sheet.pk}/"]
    for address in [*addresses, f"/evaluations/reviews/{sheet.reviews.get().pk}/"]:
        shown = client.get(address).content.decode()
        assert "hằng quý" not in shown
        assert "Quý I" not in shown


def test_the_season_says_why_to_who_may_switch_it_on(tree, cast, as_):
    people(tree.here, 1)
    season = reverse("evaluations:season", args=[open_season(tree, cast.staff, year=YEAR).pk])
    shown = as_(cast.staff).get(season).content.decode()
    assert "chưa cấp ủy nào ở đây bật cho năm 2026 (khoản 1 Điều 15 Quy định 366-QĐ/TW" in shown
    assert "/quarterly_enabled/choose/" in shown
    assert "hằng quý" not in as_(cast.officer).get(season).content.decode()
    switch_on(tree.east, by=cast.staff)
    for user, body in ((cast.staff, tree.root), (cast.officer, tree.east), (cast.secretary, tree.here)):
        assert f'href="{board(body)}"' in as_(user).get(season).content.decode()
    assert f'href="{board(tree.east)}"' in as_(cast.officer).get("/evaluations/").content.decode()
    assert "hằng quý" not in as_(cast.other_officer).get(season).content.decode()


def test_a_choice_that_ended_closes_the_pages_of_later_quarters(cast, as_, cell, head):
    choice = RuleOverride.objects.get()
    end_override(choice, Ending(date(2026, 7, 1), "thôi theo dõi", ""), by=cast.staff)
    client = as_(cast.secretary)
    assert client.get(page(cell, Q2)).status_code == 200
    assert client.get(page(cell, Q3)).status_code == 404


# --- one quarter of a cell


def test_the_cell_writes_and_the_body_above_decides(tree, cast, as_, cell, head):
    client = as_(cast.secretary)
    shown = client.get(page(cell)).content.decode()
    assert "Theo dõi 1 người giữ chức vụ lãnh đạo, quản lý" in shown
    assert "Bí thư Chi bộ Khóm 1" in shown
    assert "Số quyết định" not in shown
    own = {"own_level": "HTTNV", "p-general": "27,5", "p-results": "60", "p-index_a": "90"}
    assert client.post(page(cell, name="save_quarter"), posted(cell, rows={head.full_name: own})).url == page(cell)
    row = row_of(cell, head)
    assert row.rating.points == {"general": "27.5", "results": "60", "index_a": "90"}
    client = as_(cast.officer)
    assert "Số quyết định" in client.get(page(cell)).content.decode()
    decided = {head.full_name: {"decided_level": "HTTNV", "p-decided": "85"}}
    decision = {"number": "12-TB/ĐU", "decided_on": "08/10/2026", "body": tree.east.pk}
    client.post(page(cell, name="save_quarter"), posted(cell, rows=decided, **decision))
    shown = client.get(page(cell)).content.decode()
    assert "12-TB/ĐU ngày 08/10/2026" in shown
    assert "còn thiếu 0" in shown
    assert row_of(cell, head).rating.version == 2


def test_a_wrong_row_stays_typed(cast, as_, cell, head):
    other = people(cell, 1, full_name="Lê Văn An")[0]
    heading(other, cell, title="deputy")
    rows = {head.full_name: {"p-general": "31", "note": "x" * 501}, other.full_name: {"own_level": "HTNV"}}
    answer = as_(cast.secretary).post(page(cell, name="save_quarter"), posted(cell, rows=rows))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Tiêu chí chung: điểm 31 phải từ 0 đến 30." in shown
    assert 'value="31"' in shown
    assert QuarterRating.objects.standing().get().member == other


def test_what_is_missing_for_a_level_comes_back(cast, as_, cell, head):
    rows = {head.full_name: {"decided_level": "HTNV"}}
    answer = as_(cast.officer).post(page(cell, name="save_quarter"), posted(cell, rows=rows))
    assert answer.status_code == 422
    assert "Ghi mức quyết định thì ghi số và ngày quyết định" in answer.content.decode()
    data = posted(cell, rows=rows, number="1", decided_on="01/01/2999")
    answer = as_(cast.officer).post(page(cell, name="save_quarter"), data)
    assert "Ngày quyết định không thể ở trong tương lai" in answer.content.decode()
    assert not QuarterRating.objects.exists()


def test_both_values_are_shown_and_a_second_click_decides(cast, as_, cell, head):
    data = posted(cell, rows={head.full_name: {"own_level": "HTTNV"}})
    write(cell, head, by=cast.officer, own_level="HTNV")
    client = as_(cast.secretary)
    answer = client.post(page(cell, name="save_quarter"), data)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Người khác vừa ghi – Tự nhận: HTNV" in shown
    assert '<option value="HTTNV" selected>' in shown
    again = posted(cell, rows={head.full_name: {"own_level": "HTTNV"}})
    assert client.post(page(cell, name="save_quarter"), again).status_code == 302
    assert row_of(cell, head).rating.own_level == "HTTNV"


@pytest.mark.parametrize("junk", ["\x00", "x" * 3000, "32/13/2026", "-5", "1e9"])
def test_junk_never_breaks_the_page(cast, as_, cell, head, junk):
    rows = {head.full_name: dict.fromkeys(row_of(cell, head).shown, junk)}
    client = as_(cast.officer)
    data = posted(cell, rows=rows, number=junk, decided_on=junk, body=junk, correction=junk)
    assert client.post(page(cell, name="save_quarter"), data).status_code == 422
    seen = posted(cell) | {f"{row_of(cell, head).key}-seen": junk}
    assert client.post(page(cell, name="save_quarter"), seen).status_code in (302, 409, 422)
    assert client.post(page(cell, name="follow_member"), {"member": junk, "reason": junk}).status_code == 422
    assert not QuarterRating.objects.exists()
    for address in (f"/evaluations/quarters/{cell.pk}/99999/3/", f"/evaluations/quarters/{cell.pk}/{YEAR}/9/"):
        assert client.get(address).status_code == 404


def test_above_reads_what_strangers_never_see(tree, cast, as_, cell, head):
    write(cell, head, by=cast.secretary, own_level="HTTNV", note="hoàn thành tốt")
    assert "hoàn thành tốt" in as_(cast.officer).get(page(cell)).content.decode()
    for user, status in ((cast.stranger, 404), (cast.other_officer, 404), (cast.reader, 403), (cast.inspector, 403)):
        assert as_(user).get(page(cell)).status_code == status
    shown = as_(cast.reader).get(board(tree.east)).content.decode()
    assert "theo dõi 1" in shown
    assert page(cell) not in shown


def test_somebody_is_added_and_a_row_voided(cast, as_, cell, head):
    other = people(cell, 1, full_name="Lê Văn An")[0]
    client = as_(cast.secretary)
    values = {"member": str(other.pk), "reason": "hiệu trưởng"}
    assert client.post(page(cell, name="follow_member"), values).status_code == 302
    assert "Theo dõi thêm: hiệu trưởng" in client.get(page(cell)).content.decode()
    void = reverse("evaluations:void_quarter", args=[row_of(cell, other).rating.pk])
    assert client.post(void, {"reason": "nhầm người"}).url == page(cell)
    assert [row.name for row in unit_of(cell).people] == [head.full_name]
    assert client.get(void).status_code == 404


def test_the_cell_does_not_void_what_was_decided(cast, as_, cell, head):
    decide(cell, head, "HTTNV", by=cast.officer)
    void = reverse("evaluations:void_quarter", args=[row_of(cell, head).rating.pk])
    assert as_(cast.secretary).get(void).status_code == 403
    assert as_(cast.officer).get(void).status_code == 200


def test_earlier_versions_stay_readable(tree, cast, as_, cell, head):
    decide(cell, head, "HTTNV", by=cast.officer, note="bản đầu")
    void = reverse("evaluations:void_quarter", args=[row_of(cell, head).rating.pk])
    assert as_(cast.officer).post(void, {"reason": "ghi nhầm quý"}).status_code == 302
    history = page(cell, name="quarter_history")
    one = queries_of(as_(cast.secretary), history)
    shown = as_(cast.secretary).get(history).content.decode()
    for words in ("bản đầu", "ghi nhầm quý", "12-TB/ĐU ngày 08/10/2026", "tự nhận –; HTTNV"):
        assert words in shown
    for member in people(cell, 29):
        heading(member, cell, title="deputy")
        write(cell, member, by=cast.secretary, own_level="HTNV")
        write(cell, member, by=cast.secretary, own_level="")
    assert queries_of(as_(cast.secretary), history) == one <= MOST


# --- beside the year


def test_quarters_stand_beside_the_year_and_advise(tree, cast, as_, cell, head):
    other, *_ = [*people(cell, 1, full_name="Lê Văn An"), *people(cell, 2)]
    for quarter, level in ((Q1, "HTTNV"), (Q2, "KHTNV"), (Q3, "KHTNV")):
        decide(cell, head, level, by=cast.officer, quarter=quarter)
    season = open_season(tree, cast.staff, year=YEAR)
    sheet = sheet_of(season, cell)
    blocked = "cả năm không xét mức hoàn thành xuất sắc nhiệm vụ (Hướng dẫn 02-HD/BTCTW năm 2026"
    shown = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert "Quý I: HTTNV · Quý II: KHTNV · Quý III: KHTNV" in shown
    assert blocked in shown
    assert "đưa vào danh sách xem xét thay thế" in shown
    review = sheet.reviews.get(member=head)
    shown = as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/").content.decode()
    assert "Các quý trong năm" in shown
    assert blocked in shown
    assert (
        "Các quý"
        not in as_(cast.secretary).get(f"/evaluations/reviews/{sheet.reviews.get(member=other).pk}/").content.decode()
    )
    fill(sheet, cast.secretary, ["HTXSNV"] * 4)
    actions.send(sheet, by=cast.secretary)
    decisions = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    assert queries_of(as_(cast.officer), decisions) <= MOST
    table = as_(cast.officer).get(decisions).content.decode()
    assert "Quý I: HTTNV · Quý II: KHTNV · Quý III: KHTNV" in table
    assert blocked in table
    assert '<option value="HTXSNV" selected>' in table
    assert "Quý II: KHTNV" in as_(cast.officer).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    shown = as_(cast.officer).get(board(tree.east)).content.decode()
    assert "Xem xét thay thế: 1 người" in shown
    assert "Lê Văn Cường" not in as_(cast.reader).get(board(tree.east)).content.decode()


def test_the_authoritys_reason_stays_neutral_everywhere(tree, cast, as_, cell, head):
    write(cell, head, by=cast.secretary, quarter=Q1, not_rated_reason="authority")
    sheet = sheet_of(open_season(tree, cast.staff, year=YEAR), cell)
    shown = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert "Quý I: không đánh giá (theo ý kiến của cấp có thẩm quyền)" in shown
    for address in (page(cell, Q1), board(cell)):
        shown = as_(cast.secretary).get(address).content.decode().lower()
        assert "kiểm tra" not in shown.replace("ủy ban kiểm tra", "").replace("<span>kiểm tra, kỷ luật</span>", "")
        assert "dấu hiệu" not in shown


# --- as many queries for thirty


def test_the_number_of_queries_does_not_grow(tree, cast, as_, cell, head):
    season = open_season(tree, cast.staff, year=YEAR)
    sheet = sheet_of(season, cell)
    decide(cell, head, "HTTNV", by=cast.officer, quarter=Q1)
    addresses = [
        page(cell), board(tree.east), f"/evaluations/sheets/{sheet.pk}/",
        reverse("evaluations:season", args=[season.pk]),
        reverse("evaluations:decisions", args=[season.pk, tree.east.pk]), "/evaluations/",
        f"/evaluations/reviews/{sheet.reviews.get().pk}/",
    ]  # fmt: skip
    client = as_(cast.officer)
    one = [queries_of(client, address) for address in addresses]
    for member in people(cell, 29):
        heading(member, cell, title="deputy")
        Overlay.objects.create(member=member, kind="exempt", ground="treatment", started_on=date(2026, 1, 1))
        decide(cell, member, "HTNV", by=cast.officer, quarter=Q1, note="vẫn làm việc")
    actions.refresh_sheet(sheet, by=cast.secretary)
    many = [queries_of(client, address) for address in addresses]
    assert many == one
    assert max(one) <= MOST
    assert queries_of(as_(cast.secretary), page(cell)) <= MOST


# --- on paper


def text_of(content):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.poppler
def test_form_05_blank_and_filled(tree, cast, as_, cell, head):
    points = {"general": Decimal("27.5"), "results": Decimal(60)}
    write(cell, head, by=cast.secretary, own_level="HTTNV", points=points)
    decide(cell, head, "HTTNV", by=cast.officer, points={"decided": Decimal(86)})
    client = as_(cast.secretary)
    blank = text_of(client.get(page(cell, name="print_blank_form_05")).content)
    assert "BẢN TỰ ĐÁNH GIÁ, XẾP LOẠI CỦA CÁ NHÂN" in blank
    assert "Quý III năm 2026" in blank
    assert "Lê Văn Cường" not in blank
    filled = reverse("evaluations:print_form_05", args=[row_of(cell, head).rating.pk])
    text = text_of(client.get(filled).content)
    for words in ("Mẫu 05", "Lê Văn Cường", "Bí thư Chi bộ Khóm 1", "87,5/100 điểm", "Điểm: 86; mức xếp loại: Hoàn"):
        assert words in text
    assert "số 12-TB/ĐU ngày 08/10/2026" in text
    everybody = text_of(client.get(page(cell, name="print_forms_05")).content)
    assert everybody.count("Mẫu 05") == 1
    sheet = sheet_of(open_season(tree, cast.staff, year=YEAR), cell)
    year = reverse("evaluations:print_year_form_05", args=[sheet.reviews.get().pk])
    text = text_of(client.get(year).content)
    assert "Năm 2026" in text
    assert "Quý" not in text


@pytest.mark.poppler
def test_the_board_and_the_forms_are_printables(tree, cast, as_, cell, head, tmp_path):
    for quarter in (Q1, Q2):
        decide(cell, head, "KHTNV", by=cast.officer, quarter=quarter)
    text = text_of(as_(cast.officer).get(board(tree.east, "print_quarters")).content)
    assert "Chi bộ Khóm 1" in text
    assert "Danh sách xem xét thay thế" in text
    workbook = as_(cast.officer).get(board(tree.east, "export_quarters"))
    assert workbook.content[:2] == b"PK"
    tree.here.code = "96.001"
    tree.here.save(update_fields=["code"])
    output = tmp_path / "forms.pdf"
    call_command("print_report", "form_05", organisation="96.001", year=YEAR, format="pdf", output=output)
    assert text_of(output.read_bytes()).count("Mẫu 05") == 2


def test_a_year_without_the_form_has_no_paper(tree, cast, as_):
    OrganisationVersion.objects.update(started_on=date(2020, 1, 1))
    people(tree.here, 1, since=date(2020, 1, 1))
    sheet = sheet_of(open_season(tree, cast.staff, year=2024), tree.here)
    address = f"/evaluations/reviews/{sheet.reviews.get().pk}/form-05.pdf"
    assert as_(cast.secretary).get(address).status_code == 404
