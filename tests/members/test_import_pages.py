"""The import pages: five steps, scope, refusals, undo, rows mended, the background, bad files."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.actions.accounts import grant_role
from cells.models import LogEntry, User
from cells.permissions import Role
from config.lib.sheets import read_workbook
from members.actions.import_batches import discard_import
from members.enums import BatchState
from members.models import ColumnMapping, ImportBatch, Member, SavedRow
from tests.factories import MemberFactory
from tests.members.import_files import BAD_DAY, CELL, GOOD, OTHER, SHORT_ID, page, send, text_of, workbook
from tests.queries import MOST, queries_of
from tests.races import right_after_rollback

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cast, as_):
    return as_(cast.staff)


@pytest.fixture
def batch(staff):
    """A file of two good rows and two refused ones, checked."""
    send(staff, workbook(GOOD, OTHER, BAD_DAY, SHORT_ID))
    return ImportBatch.objects.get()


@pytest.fixture
def written(staff, batch):
    staff.post(page("commit_batch", batch))
    batch.refresh_from_db()
    return batch


# --- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["secretary", "officer", "inspector", "reader", "administrator"])
def test_pages_are_for_those_who_import(batch, cast, as_, who):
    client = as_(getattr(cast, who))
    assert client.get(reverse("members:imports")).status_code == 403
    assert client.get(reverse("members:check_file")).status_code == 403
    for name in ("import", "map_columns", "changes", "commit_batch", "import_progress", "take_refused_rows"):
        assert client.get(page(name, batch)).status_code == 403
    for name in ("commit_batch", "undo_batch", "discard_import", "map_columns"):
        assert client.post(page(name, batch)).status_code == 403
    assert client.get(page("save_row", batch, 4)).status_code == 403


@pytest.fixture
def neighbour(tree, system, as_):
    """Staff of another base."""
    user = User.objects.create_user("neighbour", "mat-khau-thu-10", full_name="Người bên cạnh")
    grant_role(user, Role.STAFF, organisation=tree.west, started_on=date(2025, 7, 1), by=system)
    return as_(user)


def test_files_of_others_are_not_there(written, neighbour):
    for name in ("import", "map_columns", "changes", "commit_batch", "import_progress", "take_refused_rows"):
        assert neighbour.get(page(name, written)).status_code == 404
    for name in ("commit_batch", "undo_batch", "discard_import"):
        assert neighbour.post(page(name, written)).status_code == 404
    assert neighbour.get(page("save_row", written, 4)).status_code == 404
    assert "danh-sach.xlsx" not in text_of(neighbour.get(reverse("members:imports")))


def test_a_file_for_others_cannot_be_sent(tree, neighbour):
    response = send(neighbour, workbook(GOOD), organisation="Đảng bộ Phường Đông")
    assert "Không có tổ chức nào như vậy trong phạm vi" in text_of(response)
    assert ImportBatch.objects.count() == 0


# --- the steps ------------------------------------------------------------------------------------------------------


def test_the_first_step_reads_and_writes_nothing(staff):
    response = send(staff, workbook(GOOD, BAD_DAY))
    batch = ImportBatch.objects.get()
    assert response.url == page("map_columns", batch)
    assert (batch.state, batch.as_of, batch.report["created"]) == (BatchState.PREVIEW, date(2026, 10, 31), 1)
    assert Member.objects.count() == 0


def test_the_second_step_shows_headings_first_values_and_the_proposal(staff, batch):
    text = text_of(staff.get(page("map_columns", batch)))
    assert "Nguyễn Văn An · Trần Thị Bình · Lê Văn Cường" in text
    assert '<option value="born" selected>Ngày sinh</option>' in text
    assert "••••••••0001" in text
    assert "096080500001" not in text


def columns(**changed):
    fields = ("name", "born", "joined", "official", "personal_id", "cell", "note")
    data = {f"column_{letter}": field for letter, field in zip("ABCDEFG", fields, strict=True)}
    return {"on": "31/10/2026"} | data | changed


def test_corrected_columns_are_read_anew_and_kept(staff, batch):
    response = staff.post(page("map_columns", batch), columns(column_G="", keep="on"))
    assert response.url == page("import", batch)
    batch.refresh_from_db()
    assert "note" not in batch.mapping
    assert ColumnMapping.objects.get().mapping == batch.mapping
    send(staff, workbook(GOOD))
    assert "note" not in ImportBatch.objects.exclude(pk=batch.pk).get().mapping


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"column_A": ""}, "Chưa có cột nào là Họ và tên"),
        ({"column_G": "born"}, "“Ngày sinh” đã chọn cho cột B"),
        ({"on": "31/02/2026"}, "Ngày 31/02/2026 không có trong lịch"),
        ({"column_B": "nothing"}, "nothing"),
    ],
)
def test_columns_that_do_not_fit_are_refused_in_words(staff, batch, changed, words):
    response = staff.post(page("map_columns", batch), columns(**changed))
    assert response.status_code == 200
    assert words in text_of(response)


def test_another_day_is_a_new_check(staff, batch):
    staff.post(page("map_columns", batch), columns(on="01/01/2006"))
    batch.refresh_from_db()
    assert batch.as_of == date(2006, 1, 1)
    assert batch.report["problems_by_code"]["future_date"] >= 1


def test_the_third_step_groups_and_lists_every_problem(staff, batch):
    text = text_of(staff.get(page("import", batch)))
    for words in ("Ngày không có trong lịch", "Đối chiếu hồ sơ gốc và ghi lại ngày", "31/02/1980", "Lê Văn Cường"):
        assert words in text
    assert "Số định danh cá nhân không đủ 12 chữ số" in text
    assert "••••8050" in text
    assert "09608050<" not in text


def test_one_kind_of_problem_can_be_looked_at_alone(staff, batch):
    text = text_of(staff.get(page("import", batch), {"code": "id_wrong_length"}))
    assert "Phạm Văn Dũng" in text
    assert "Lê Văn Cường" not in text


def test_the_fourth_step_shows_fields_before_and_after(staff, tree):
    MemberFactory(full_name="Nguyễn Văn An", home=tree.here, personal_id="096080500001", official_on=None)
    send(staff, workbook((*GOOD[:6], "Đã nghỉ hưu")))
    batch = ImportBatch.objects.get()
    text = text_of(staff.get(page("changes", batch), {"show": "updated"}))
    assert '<span class="note">Ngày chính thức:</span> (trống) → <b>19/05/2006</b>' in text
    assert "Sửa (1)" in text


def test_the_last_step_writes_and_a_second_click_does_not(staff, batch):
    staff.post(page("commit_batch", batch))
    again = staff.post(page("commit_batch", batch), follow=True)
    assert "không còn chờ ghi" in text_of(again)
    assert sorted(Member.objects.values_list("full_name", flat=True)) == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert LogEntry.objects.filter(action="members.commit_batch").count() == 1


def test_two_who_write_a_file_whose_preview_no_longer_holds(staff, batch, cast, tree):
    MemberFactory(home=tree.here, personal_id=GOOD[4])
    with right_after_rollback(partial(discard_import, batch, by=cast.staff)):
        answer = staff.post(page("commit_batch", batch), follow=True)
    assert answer.status_code == 200
    assert "Hãy tải lại trang" in text_of(answer)
    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED


def test_a_written_file_can_be_taken_back(staff, written):
    text = text_of(staff.get(page("commit_batch", written)))
    assert page("undo_batch", written) in text
    staff.post(page("undo_batch", written))
    written.refresh_from_db()
    assert written.state == BatchState.UNDONE
    assert Member.objects.standing().count() == 0


def test_undo_names_the_rows_that_were_edited(staff, written, cast):
    member = Member.objects.get(full_name="Trần Thị Bình")
    Member.objects.filter(pk=member.pk).update(residence="Số 1, Khóm 1", revision=2)
    response = staff.post(page("undo_batch", written))
    assert response.status_code == 409
    text = text_of(response)
    assert "Trần Thị Bình" in text
    assert '<td class="num" data-label="Dòng">3</td>' in text
    assert "Nguyễn Văn An" not in text
    assert Member.objects.standing().count() == 2


def test_a_checked_file_can_be_laid_aside(staff, batch):
    staff.post(page("discard_import", batch))
    batch.refresh_from_db()
    assert (batch.state, batch.content) == (BatchState.DISCARDED, None)
    assert staff.get(page("import", batch)).status_code == 200
    assert staff.get(page("take_refused_rows", batch)).status_code == 404
    assert "đã bỏ, không ghi" in text_of(staff.post(page("commit_batch", batch), follow=True))


def test_acts_ask_for_a_post(staff, batch):
    for name in ("undo_batch", "discard_import"):
        assert staff.get(page(name, batch)).status_code == 405


# --- what was refused -------------------------------------------------------------------------------------------------


def test_refused_rows_come_as_a_workbook_that_can_be_sent_again(staff, batch):
    response = staff.get(page("take_refused_rows", batch))
    [sheet] = read_workbook(response.content, "x.xlsx").sheets
    assert [row[0] for row in sheet.rows] == ["Họ và tên", "Lê Văn Cường", "Phạm Văn Dũng"]
    assert sheet.rows[0][-1] == "Chi tiết lỗi"
    assert sheet.rows[1][-1] == (
        "Cột B: Ngày không có trong lịch. Đối chiếu hồ sơ gốc và ghi lại ngày theo dạng ngày/tháng/năm."
    )
    assert sheet.rows[2][4] == "09608050"
    assert LogEntry.objects.filter(action="members.take_refused_rows", data={"rows": 2}).count() == 1

    send(staff, response.content, name="dong-can-sua.xlsx")
    again = ImportBatch.objects.get(file_name="dong-can-sua.xlsx")
    assert (again.report["rows"], again.report["refused"]) == (2, 2)


def test_refused_rows_of_a_list_with_sections_keep_their_cell(staff):
    send(staff, (SAMPLES / "danh-sach-chi-bo.xlsx").read_bytes())
    first = ImportBatch.objects.get()
    content = staff.get(page("take_refused_rows", first)).content
    [sheet] = read_workbook(content, "x.xlsx").sheets
    assert sheet.rows[0][-3:] == ["Tổ chức cơ sở đảng", "Chi bộ", "Chi tiết lỗi"]
    assert len(sheet.rows) == 1 + first.report["refused"]
    send(staff, content, name="lai.xlsx")
    assert ImportBatch.objects.get(file_name="lai.xlsx").report["rows"] == first.report["refused"]


def test_a_refused_row_is_saved_by_hand(staff, written):
    text = text_of(staff.get(page("import", written)))
    assert page("save_row", written, 4) in text
    form = text_of(staff.get(page("save_row", written, 5)))
    assert "09608050" not in form
    response = staff.post(page("save_row", written, 4), {"cell_born": "28/02/1980", "reason": "Theo lý lịch gốc"})
    assert response.url == page("import", written)
    assert Member.objects.get(full_name="Lê Văn Cường").born_on == date(1980, 2, 28)
    assert SavedRow.objects.values_list("row", "reason").get() == (4, "Theo lý lịch gốc")
    assert page("save_row", written, 4) not in text_of(staff.get(page("import", written)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"cell_born": "28/02/1980", "reason": ""}, "Lý do ghi bằng tay"),
        ({"cell_born": "30/02/1980", "reason": "Theo lý lịch"}, "Ngày không có trong lịch"),
    ],
)
def test_a_row_saved_by_hand_needs_a_reason_and_readable_cells(staff, written, data, words):
    response = staff.post(page("save_row", written, 4), data)
    assert response.status_code == 200
    assert words in text_of(response)
    assert Member.objects.count() == 2


def test_only_refused_rows_of_written_files_are_saved_by_hand(staff, batch):
    assert staff.get(page("save_row", batch, 4)).status_code == 404
    staff.post(page("commit_batch", batch))
    assert staff.get(page("save_row", batch, 2)).status_code == 404
    assert staff.get(page("save_row", batch, 999)).status_code == 404


# --- results of a year ------------------------------------------------------------------------------------------------


RESULTS = ("Họ và tên", "Ngày sinh", "Số thẻ đảng viên", "Tổ chức cơ sở đảng", "Chi bộ", "Mức xếp loại")


@pytest.fixture
def results(staff, tree):
    MemberFactory(full_name="Nguyễn Văn An", home=tree.here, former_card_number="62010001")
    MemberFactory(full_name="Trần Thị Bình", home=tree.here, former_card_number="62010002")
    MemberFactory(full_name="Lê Văn Cường", home=tree.here, former_card_number="62010003")
    place = ("Đảng bộ Phường Đông", "Chi bộ Khóm 1")
    rows = [
        ("Nguyễn Văn An", "05/03/1980", "62010001", *place, "HTTNV"),
        ("Trần Thị Bình", "05/03/1980", "62010002", *place, "Khá"),
    ]
    send(staff, workbook(*rows, headings=RESULTS), kind="grades", year="2025")
    return ImportBatch.objects.get()


def test_results_go_through_the_same_steps(staff, results):
    assert "Theo tổ chức cơ sở đảng" in text_of(staff.get(page("import", results)))
    assert "Lê Văn Cường" in text_of(staff.get(page("changes", results), {"show": "absent"}))
    assert staff.post(page("map_columns", results), {"on": "31/10/2026"}).status_code == 200
    staff.post(page("commit_batch", results))
    form = text_of(staff.get(page("save_row", results, 3)))
    assert '<option value="Hoàn thành tốt nhiệm vụ">' in form
    assert "62010002" not in form
    data = {"cell_name": "Trần Thị Bình", "cell_born": "05/03/1980", "cell_card": "", "cell_reason": "",
            "cell_level": "Hoàn thành tốt nhiệm vụ", "reason": "Theo quyết định"}  # fmt: skip
    assert staff.post(page("save_row", results, 3), data).status_code == 302
    assert set(Member.objects.filter(grades__level="HTTNV").values_list("full_name", flat=True)) == {
        "Nguyễn Văn An",
        "Trần Thị Bình",
    }
    staff.post(page("undo_batch", results))
    assert Member.objects.filter(grades__voided_at=None, grades__isnull=False).count() == 0


def test_results_need_their_year(staff, tree):
    response = send(staff, workbook(GOOD), kind="grades", year="")
    assert "Hãy ghi năm của kết quả xếp loại" in text_of(response)
    results = workbook(("A", "B", "C", "D", "E", "F"), headings=RESULTS)
    assert "Năm này chưa đến" in text_of(send(staff, results, kind="grades", year="2100"))
    assert ImportBatch.objects.count() == 0
    assert send(staff, results, kind="grades", year=str(timezone.localdate().year)).status_code == 302


# --- how much is asked of the database --------------------------------------------------------------------------------


def test_the_list_asks_the_same_of_one_file_and_of_thirty(staff, batch):
    one = queries_of(staff, reverse("members:imports"))
    for number in range(29):
        send(staff, workbook(GOOD), name=f"tep-{number}.xlsx")
    assert queries_of(staff, reverse("members:imports")) == one
    assert one <= MOST


def test_the_pages_of_a_file_ask_the_same_of_one_row_and_of_thirty(staff):
    bad = [(f"Lê Văn Số {n}", "31/02/1980", "19/05/2005", "", f"096080{700000 + n}", CELL, "") for n in range(30)]
    send(staff, workbook(bad[0]), name="mot.xlsx")
    send(staff, workbook(*bad), name="ba-muoi.xlsx")
    one, thirty = ImportBatch.objects.get(file_name="mot.xlsx"), ImportBatch.objects.get(file_name="ba-muoi.xlsx")
    for name in ("import", "changes", "map_columns", "commit_batch"):
        count = queries_of(staff, page(name, one))
        assert queries_of(staff, page(name, thirty)) == count, name
        assert count <= MOST
