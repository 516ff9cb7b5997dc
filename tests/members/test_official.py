"""The official layout out, what differs from the last one, and the way back in, which changes nothing."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cells.models import Job, LogEntry
from cells.tasks import run_job
from config.lib.sheets import read_workbook
from members.actions.imports import FIGURES, FileToCheck, check_file
from members.models import Member, Membership, OfficialFile, Overlay, Particular
from members.official.comparison import compare
from members.official.layout import COLUMNS, ITEMS
from members.official.rows import official_people, official_rows, split_place
from tests.factories import MemberFactory
from tests.members.importing import samples
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
REASON = {"reason": "Nộp lên hệ thống chung theo công văn"}


@pytest.fixture
def people(tree):
    """Two people of one cell with everything, one of the cell next door with little."""
    an = MemberFactory(
        home=tree.here, full_name="Nguyễn Văn An", alias="Tư An", sex="male", personal_id="096080900011", ethnic="kinh",
        card_number="096080900011", former_card_number="00012345", former_personal_id="012345678",
        birth_place="xã Hưng Mỹ, huyện Cái Nước, Cà Mau", home_place="Cà Mau", residence="Khóm 1",
        card_issued_by="Tỉnh ủy Cà Mau", card_issued_on=date(2025, 9, 2),
        source_id="54662ecd-294b-49a2-9cfd-3ea9acf5b225",
    )  # fmt: skip
    Particular.objects.create(member=an, topic="religion", value="none", started_on=date(2025, 7, 1))
    binh = MemberFactory(home=tree.here, full_name="Trần Thị Bình", sex="female", born_on=date(1975, 3, 1),
                         born_precision="month", personal_id="096175900012")  # fmt: skip
    Overlay.objects.create(member=binh, kind="exempt", started_on=date(2026, 2, 1))
    cuc = MemberFactory(home=tree.next_door, full_name="Lê Thị Cúc", sex="female", official_on=None)
    return an, binh, cuc


def export(client, organisation, **data):
    name = "export_official_unmasked" if data else "export_official"
    return client.post(reverse(f"members:{name}", args=[organisation.pk]), data)


def cells(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_layout_is_that_of_the_official_file(as_, cast, people, tree):
    """Compared with the sample: headings, merged cells, hidden sheets, formats of I, J, M, Z."""
    ours = cells(export(as_(cast.staff), tree.here, **REASON).content)
    truth = cells(samples.content(samples.OFFICIAL))
    assert ours.sheetnames == truth.sheetnames == ["DANH SÁCH ĐẢNG VIÊN", "QUOCGIA", "TINH", "DANTOC", "TONGIAO"]
    assert [ours[name].sheet_state for name in ours.sheetnames] == ["visible"] + ["hidden"] * 4
    sheet, model = ours.worksheets[0], truth.worksheets[0]
    for row in (1, 6, 7):
        assert [cell.value for cell in sheet[row]] == [cell.value for cell in model[row]]
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, model.merged_cells.ranges))
    texts = [cell.column_letter for cell in sheet[8] if cell.number_format == "@"]
    assert texts == ["I", "J", "M", "Z"]
    assert sheet.freeze_panes == "D8"
    for name in ("QUOCGIA", "TINH", "DANTOC"):
        assert list(ours[name].values) == list(truth[name].values)


def test_what_a_person_says_in_the_layout(as_, cast, people, tree):
    [sheet, *_] = read_workbook(export(as_(cast.staff), tree.here, **REASON).content, "a.xlsx").sheets
    assert [row[2] for row in sheet.rows[7:]] == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert sheet.rows[7] == [
        1, "54662ecd-294b-49a2-9cfd-3ea9acf5b225", "Nguyễn Văn An", "Tư An", "Nam", "05/03/1980", "Kinh", "Không",
        "096080900011", "096080900011", "Tỉnh ủy Cà Mau", "02/09/2025", "00012345",
        "Chi bộ Khóm 1, Đảng bộ Phường Đông",
        "Việt Nam", "Cà Mau", "xã Hưng Mỹ, huyện Cái Nước", "Việt Nam", "Cà Mau", None, None, None, "Khóm 1",
        "19/05/2005", "19/05/2006", "012345678", "Đang sinh hoạt Đảng", None, "Không", None, None,
    ]  # fmt: skip
    binh = sheet.rows[8]
    assert (binh[5], binh[8], binh[26], binh[27]) == ("03/1975", "096175900012", "Miễn sinh hoạt", "01/02/2026")


def test_numbers_are_masked_and_religion_is_left_out_for_those_who_may_not(as_, cast, people, tree):
    [sheet, *_] = read_workbook(export(as_(cast.officer), tree.here).content, "a.xlsx").sheets
    row = sheet.rows[7]
    assert (row[7], row[8], row[9], row[12], row[25]) == (None, "••••••••0011", "••••••••0011", "••••2345", "•••••5678")
    [act] = LogEntry.objects.filter(action="members.export_official")
    assert (act.data["rows"], act.organisation) == (2, tree.here)
    refused = export(as_(cast.officer), tree.here, reason="vì")
    assert "reason" in refused.context["form"].errors
    assert OfficialFile.objects.count() == 1


def back(content, tree, system):
    file = FileToCheck(content, "4.0.xlsx", date(2026, 11, 23))
    return check_file(file, organisation=tree.root, by=system)


def test_import_of_the_file_changes_nothing(as_, cast, people, tree, system):
    batch = back(export(as_(cast.staff), tree.root, **REASON).content, tree, system)
    assert batch.layout == "official"
    assert tuple(batch.report[name] for name in FIGURES[:5]) == (3, 0, 0, 3, 0)
    assert batch.report["differences"] == []


def test_what_changed_since_is_to_be_typed_again_and_nothing_else(as_, cast, people, tree, system):
    an, binh, _ = people
    client = as_(cast.staff)
    export(client, tree.root, **REASON)
    file = OfficialFile.objects.get()
    page = client.get(reverse("members:rekey", args=[file.pk])).content.decode()
    assert "Không có gì phải nhập lại" in page
    Member.objects.filter(pk=an.pk).update(residence="Khóm 2, Cà Mau", former_personal_id="012345679")
    new = MemberFactory(home=tree.there, full_name="Ngô Văn Mới", personal_id="096090900099")
    Membership.objects.filter(member=binh).update(ended_on=date(2026, 1, 10), end_reason="died")
    found = compare(file, date(2026, 11, 26), lambda path: True)
    assert [(each.kind, each.name) for each in found.people] == [
        ("changed", "Nguyễn Văn An"), ("changed", "Trần Thị Bình"), ("new", "Ngô Văn Mới"),
    ]  # fmt: skip
    assert [(each.item.heading, each.before, each.after) for each in found.people[0].items] == [
        ("Thường trú", "Khóm 1", "Khóm 2, Cà Mau"),
        ("Số CMND cũ", "012345678", "012345679"),
    ]
    assert [(each.item.heading, each.after) for each in found.people[1].items] == [
        ("Trạng thái hoạt động", "Từ trần"),
        ("Ngày rời/mất/miễn SH", "09/01/2026"),
    ]
    page = client.get(reverse("members:rekey", args=[file.pk])).content.decode()
    assert "•••••5679" in page
    assert "012345679" not in page
    assert new.full_name in page


def test_the_re_key_file_changes_nothing_when_it_comes_back(as_, cast, people, tree, system):
    client = as_(cast.staff)
    export(client, tree.root)
    file = OfficialFile.objects.get()
    Member.objects.filter(pk=people[0].pk).update(residence="Khóm 2, Cà Mau")
    MemberFactory(home=tree.there, full_name="Ngô Văn Mới", personal_id="096090900099")
    answer = client.post(reverse("members:take_rekey_unmasked", args=[file.pk, "official"]), REASON)
    batch = back(answer.content, tree, system)
    assert tuple(batch.report[name] for name in FIGURES[:5]) == (2, 0, 0, 2, 0)
    masked = client.post(reverse("members:take_rekey", args=[file.pk, "list"]))
    rows = read_workbook(masked.content, "a.xlsx").sheets[0].rows
    assert rows[1][1:] == ["Nguyễn Văn An", "Chi bộ Khóm 1, Đảng bộ Phường Đông", "Sửa", "Thường trú", "Khóm 1",
                           "Khóm 2, Cà Mau"]  # fmt: skip
    assert {row[4] for row in rows[2:]} >= {"Họ và tên", "Số định danh cá nhân"}
    assert "096090900099" not in str(rows)
    assert set(LogEntry.objects.filter(action__startswith="members.take_rekey").values_list("action", flat=True)) == {
        "members.take_rekey",
        "members.take_rekey_unmasked",
    }


def test_that_a_religion_differs_is_not_told_to_who_may_not_see_it(as_, cast, people, tree, monkeypatch):
    an, binh, _ = people
    export(as_(cast.staff), tree.east)
    file = OfficialFile.objects.get()
    Particular.objects.filter(member=an).update(value="buddhism")
    Particular.objects.create(member=binh, topic="religion", value="buddhism", started_on=date(2025, 7, 1))
    Member.objects.filter(pk=binh.pk).update(residence="Khóm 2, Cà Mau")
    new = MemberFactory(home=tree.here, full_name="Ngô Văn Mới")
    Particular.objects.create(member=new, topic="religion", value="buddhism", started_on=date(2025, 7, 1))
    page = as_(cast.staff).get(reverse("members:rekey", args=[file.pk])).content.decode()
    assert "Tôn giáo:" in page
    assert "1 người mới, 2 người có 3 mục khác" in page
    as_(cast.staff).post(reverse("members:take_rekey", args=[file.pk, "list"]))
    client = as_(cast.officer)
    page = client.get(reverse("members:rekey", args=[file.pk])).content.decode()
    assert "Tôn giáo" not in page
    assert an.full_name not in page
    assert "1 người mới, 1 người có 1 mục khác" in page
    monkeypatch.setattr("members.official.writing.AT_ONCE", 0)  # the same by the worker
    for form in ("list", "official"):
        client.post(reverse("members:take_rekey", args=[file.pk, form]))
        job = Job.objects.order_by("created_at").last()
        run_job.call(str(job.pk))
        job.refresh_from_db()
        content = str(read_workbook(client.get(job.result_url).content, "a.xlsx").sheets[0].rows)
        assert "Trần Thị Bình" in content
        assert "Phật" not in content
        assert an.full_name not in content
    told = LogEntry.objects.filter(action="members.take_rekey").values_list("data__rows", flat=True)
    assert list(told) == [2, 2, 2]


def bring(client, content, organisation, name="4.0.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("members:bring_official_file"), {"file": file, "organisation": organisation})


def test_a_brought_file_is_compared_and_writes_nothing(as_, cast, people, tree):
    client = as_(cast.staff)
    book = cells(export(client, tree.root, **REASON).content)
    sheet = book.worksheets[0]
    row = next(number for number in range(8, 12) if sheet.cell(number, 3).value == "Trần Thị Bình")
    sheet.cell(row, 27).value, sheet.cell(row, 28).value = "Đang sinh hoạt", None
    for column, value in ((3, "Lê Văn Lạ"), (5, "Nam"), (6, "01/01/1960"), (14, "Chi bộ Khóm 1, Đảng bộ Phường Đông")):
        sheet.cell(11, column).value = value
    output = io.BytesIO()
    book.save(output)
    before = list(Member.objects.order_by("pk").values())
    answer = bring(client, output.getvalue(), str(tree.root))
    text = client.get(answer.url).content.decode()
    assert "Trạng thái hoạt động:</span> Đang sinh hoạt Đảng → <b>Miễn sinh hoạt</b>" in text
    assert "Lê Văn Lạ" in text
    assert "0 người mới, 1 người có 2 mục khác, 1 người chỉ có trong tệp" in text
    assert list(Member.objects.order_by("pk").values()) == before


def test_a_large_file_is_read_beside_the_page(as_, cast, people, tree, monkeypatch):
    monkeypatch.setattr("members.views.official.CHECKED_AT_ONCE", 1)
    client = as_(cast.staff)
    content = export(client, tree.root, **REASON).content
    bring(client, content, str(tree.root))
    job = Job.objects.get()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert "Không có gì phải nhập lại" in client.get(job.result_url).content.decode()


def test_a_file_in_another_layout_is_refused_in_words(as_, cast, tree):
    answer = bring(as_(cast.staff), samples.content(samples.EXPORT), str(tree.root), "ds.xlsx")
    assert "không theo mẫu File nhập liệu 4.0" in answer.content.decode()
    assert OfficialFile.objects.count() == 0


def test_files_of_others_are_not_there(as_, cast, people, tree):
    export(as_(cast.staff), tree.here)
    file = OfficialFile.objects.get()
    assert as_(cast.stranger).get(reverse("members:rekey", args=[file.pk])).status_code == 404
    assert as_(cast.secretary).get(reverse("members:rekey", args=[file.pk])).status_code == 200
    assert (
        "File nhập liệu 4.0, Chi bộ Khóm 1"
        not in as_(cast.stranger).get(reverse("members:official_files")).content.decode()
    )
    assert as_(cast.staff).post(reverse("members:take_rekey", args=[file.pk, "khac"])).status_code == 404


def test_a_long_file_is_written_beside_the_page(as_, cast, people, tree, monkeypatch):
    monkeypatch.setattr("members.official.writing.AT_ONCE", 1)
    client = as_(cast.staff)
    export(client, tree.root, **REASON)
    job = Job.objects.get()
    assert OfficialFile.objects.count() == 0
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.message == "Đã ghi 3 người."
    assert "096080900011" in str(read_workbook(client.get(job.result_url).content, "a.xlsx").sheets[0].rows)
    file = OfficialFile.objects.get()
    assert "máy chủ so sánh riêng" in client.get(reverse("members:rekey", args=[file.pk])).content.decode()
    client.post(reverse("members:take_rekey", args=[file.pk, "list"]))
    again = Job.objects.order_by("created_at").last()
    run_job.call(str(again.pk))
    again.refresh_from_db()
    assert again.message == "Đã ghi danh sách nhập lại."


def test_pages_ask_the_same_of_one_person_and_of_thirty(as_, cast, tree):
    client = as_(cast.staff)
    export(client, tree.root)
    file = OfficialFile.objects.get()
    MemberFactory(home=tree.here)
    url = reverse("members:rekey", args=[file.pk])
    one = queries_of(client, url)
    for _ in range(29):
        MemberFactory(home=tree.next_door)
    assert queries_of(client, url) == one <= MOST
    assert queries_of(client, reverse("members:official_files")) <= MOST


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("xã Hưng Mỹ, huyện Cái Nước, Cà Mau", ("Việt Nam", "Cà Mau", "xã Hưng Mỹ, huyện Cái Nước")),
        ("Cà Mau", ("Việt Nam", "Cà Mau", "")),
        ("Khóm 1, Phường 5", ("", "", "Khóm 1, Phường 5")),
        ("Viêng Chăn, Lào", ("Lào", "", "Viêng Chăn")),
        ("Khóm 1, Việt Nam", ("Việt Nam", "", "Khóm 1, Việt Nam")),
        ("", ("", "", "")),
    ],
)
def test_a_place_is_cut_so_that_it_comes_together_again(text, parts):
    found = split_place("home", text)
    assert tuple(found[f"home_{part}"] for part in ("country", "province", "detail")) == parts
    [item] = [each for each in ITEMS if each.heading == "Quê quán"]
    assert item.words(found) == text


def test_there_are_31_columns_and_the_rows_have_no_other(tree, people):
    assert len(COLUMNS) == 31
    fields = {column.field for column in COLUMNS}
    rows = official_rows(official_people(tree.root, date(2026, 11, 26)), date(2026, 11, 26))
    assert all(set(row.values) <= fields for row in rows)
