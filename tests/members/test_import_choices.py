"""The page of columns: a clerk sees what is supposed, before and after, and gets through with one button."""

import pytest

from members.models import ColumnMapping, ImportBatch, Member
from tests.members.import_files import page, send, text_of
from tests.members.importing.old_fonts import tcvn3, typed, xls
from tests.members.importing.test_other_forms import HEAD, ODD, ODD_ROWS, OTHER_HEAD, book, cells_of_sheets
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
CELL = "Chi bộ Khóm 1, Đảng bộ Phường Đông"


@pytest.fixture
def staff(cast, as_):
    return as_(cast.staff)


def sent(staff, content, name="ds.xlsx"):
    send(staff, content, name=name)
    return ImportBatch.objects.order_by("created_at").last()


def as_shown(staff, batch, **changed):
    """What the browser sends when somebody only presses the button, with some answers changed."""
    form = staff.get(page("map_columns", batch)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "on" if value is True else value for name, value in data.items() if value not in (False, None)}
    return staff.post(page("map_columns", batch), {**data, "on": "31/10/2026", **changed})


def old_list():
    rows = [["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Quê quán", "Chi bộ"],
            ["Nguyễn Hữu Đức", "05/03/1980", "19/05/2005", "Xã Tân Thuận", CELL],
            ["Trần Thị Hồng Ánh", "01/02/1985", "10/10/2010", "Phường 5", CELL]]  # fmt: skip
    return xls([[typed(value, tcvn3) for value in row] for row in rows], font=".VnTime")


def test_old_letters_are_shown_before_and_after_and_agreed_to_with_one_button(staff):
    batch = sent(staff, old_list(), "ds.xls")
    text = text_of(staff.get(page("map_columns", batch)))
    assert f"{tcvn3('Trần Thị Hồng Ánh')} → <b>Trần Thị Hồng Ánh</b>" in text
    assert "Cột A Họ và tên: chữ của phông cũ TCVN3 (ABC)" in text
    assert '<option value="tcvn3" selected>Đổi từ TCVN3 (ABC)</option>' in text
    refused = staff.post(page("commit_batch", batch), follow=True)
    assert "chưa ai xem" in text_of(refused)
    assert Member.objects.count() == 0
    answer = as_shown(staff, batch, keep="on")
    assert answer.url == page("import", batch)
    staff.post(page("commit_batch", batch))
    assert sorted(Member.objects.values_list("full_name", flat=True)) == ["Nguyễn Hữu Đức", "Trần Thị Hồng Ánh"]
    assert set(ColumnMapping.objects.get().fonts.values()) == {"tcvn3"}


def test_a_column_kept_as_typed_stays_so_on_the_page(staff):
    batch = sent(staff, old_list(), "ds.xls")
    as_shown(staff, batch, font_D="")
    text = text_of(staff.get(page("map_columns", batch)))
    assert text.count('<option value="" selected>Giữ như trong tệp</option>') == 1
    assert "chưa ai xem" not in text_of(staff.post(page("commit_batch", batch), follow=True))
    assert not Member.objects.filter(home_place="Xã Tân Thuận").exists()


def test_unfamiliar_headings_take_one_choice_and_one_click(staff):
    batch = sent(staff, book(("Trang tính", [["DANH SÁCH"], [], ODD, *ODD_ROWS])))
    text = text_of(staff.get(page("map_columns", batch)))
    assert "theo nội dung các ô" in text
    assert "Cột F Ngày vào Đảng CSVN của đồng chí: đọc tiêu đề gần giống" in text
    as_shown(staff, batch, column_C="born", keep="on")
    staff.post(page("commit_batch", batch))
    assert sorted(str(each.born_on) for each in Member.objects.all()) == ["1979-09-07", "1980-03-05", "1985-02-01"]
    again = sent(staff, book(("Trang tính", [["DANH SÁCH"], [], ODD, *ODD_ROWS])))
    assert again.mapping["born"] == "C"
    assert again.report["unchanged"] == 3


def test_sheets_are_chosen_with_their_counts_and_their_cells(staff):
    other = ("Khác", [OTHER_HEAD, [1, CELL, "Phạm Dũng", "1984", "19/05/2009"]])
    batch = sent(staff, book(*cells_of_sheets(other)))
    text = text_of(staff.get(page("map_columns", batch)))
    for words in ("Chi bộ Khóm 1 (2 người)", "Khóm 2 (2 người)", "Khác (1 người)", "Trang có tiêu đề khác, chưa đọc"):
        assert words in text
    assert 'value="Chi bộ Khóm 2 - Đảng bộ Phường Đông"' in text
    data = as_shown(staff, batch, sheet_2="on", g1_column_B="cell")
    assert data.url == page("import", batch)
    batch.refresh_from_db()
    assert [each["people"] for each in batch.report["file"]["sheets"]] == [2, 2, 1]
    text = text_of(staff.get(page("import", batch)))
    assert "6 trang Khóm 2" in text
    staff.post(page("commit_batch", batch))
    homes = dict(Member.objects.values_list("full_name", "home__name"))
    assert homes == {
        "Nguyễn Văn An": "Chi bộ Khóm 1", "Lê Bình": "Chi bộ Khóm 1", "Trần Cúc": "Chi bộ Khóm 2",
        "Phạm Dũng": "Chi bộ Khóm 1",
    }  # fmt: skip


def test_a_refused_row_of_a_second_sheet_is_mended_by_hand_and_taken_away(staff):
    batch = sent(staff, book(*cells_of_sheets()))
    as_shown(staff, batch)
    staff.post(page("commit_batch", batch))
    text = text_of(staff.get(page("import", batch)))
    assert "Ghi tay dòng 6 trang Khóm 2" in text
    row = 1_000_006
    form = text_of(staff.get(page("save_row", batch, row)))
    assert "Ghi tay dòng 6 trang Khóm 2" in form
    staff.post(page("save_row", batch, row), {"cell_born": "28/02/1980", "reason": "Theo lý lịch gốc"})
    assert Member.objects.get(full_name="Lê Văn Sai").home.name == "Chi bộ Khóm 2"
    content = staff.get(page("take_refused_rows", batch)).content
    assert sent(staff, content, "lai.xlsx").report["rows"] == 1


def test_no_sheet_chosen_is_refused_in_words(staff):
    batch = sent(staff, book(*cells_of_sheets()))
    answer = staff.post(page("map_columns", batch), {"on": "31/10/2026", "column_B": "name"})
    assert answer.status_code == 200
    assert "Chưa chọn trang nào để đọc" in text_of(answer)


def test_the_page_asks_the_same_of_one_sheet_and_of_ten(staff):
    one = sent(staff, book(("A", [[*HEAD, "Chi bộ"], [1, "Lê An", "1980", "2005", CELL]])))
    sheets = [(f"T{n}", [[*HEAD, "Chi bộ"], [1, f"Lê An {n}", f"19{60 + n}", "2005", CELL]]) for n in range(10)]
    ten = sent(staff, book(*sheets), "muoi.xlsx")
    count = queries_of(staff, page("map_columns", one))
    assert queries_of(staff, page("map_columns", ten)) == count <= MOST
