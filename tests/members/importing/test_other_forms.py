"""Lists in other forms: unfamiliar headings, dates by sex or in three columns, several sheets, changed samples."""

import io
from datetime import date

import openpyxl
import pytest

from members.actions.import_batches import map_columns
from members.actions.imports import FIGURES, FileToCheck, ImportRefused, check_file, commit_batch
from members.importing.choices import Choices, SheetChoice
from members.importing.table import SHEET_ROWS
from members.models import Member
from tests.members.importing import samples
from tests.members.importing.old_fonts import tcvn3, typed, xls

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 31)
CELL = "Chi bộ Khóm 1 - Đảng bộ Phường Đông"


def book(*sheets):
    """An .xlsx of (name, rows)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


@pytest.fixture
def send(tree, system):
    def check(*sheets, **options):
        file = FileToCheck(book(*sheets), "ds.xlsx", ON, **options)
        return check_file(file, organisation=tree.root, by=system)

    return check


def people():
    found = Member.objects.order_by("full_name")
    return [(each.full_name, each.sex, str(each.born_on), each.born_precision) for each in found]


def codes(batch):
    return [(each["row"], each["column"], each["code"]) for each in batch.report["problems"]]


# --- birth dates where the sex stands, or in three columns -----------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        pytest.param([["TT", "Họ và tên", "Nam", "Nữ", "Ngày vào Đảng", "Chi bộ"]], id="one row"),
        pytest.param(
            [["TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng", "Chi bộ"], [None, None, "Nam", "Nữ", None, None]],
            id="two rows",
        ),
        pytest.param(
            [["TT", "Họ và tên", "Giới tính", None, "Ngày vào Đảng", "Chi bộ"], [None, None, "Nam", "Nữ", None, None]],
            id="under the sex",
        ),
    ],
)
def test_birth_dates_in_the_columns_of_the_sex(send, system, head):
    rows = [
        *head,
        [1, "Lê An", "05/03/1980", None, "19/05/2005", CELL],
        [2, "Lê Bình", None, 1975, "19/05/2005", CELL],
        [3, "Lê Chi", "1970", "1971", "19/05/2005", CELL],
    ]
    batch = send(("DS", rows), agreed=True)
    assert codes(batch) == [(len(head) + 3, "D", "both_sex_columns")]
    commit_batch(batch, by=system)
    assert people() == [("Lê An", "male", "1980-03-05", "day"), ("Lê Bình", "female", "1975-01-01", "year")]


def test_marks_in_two_columns_say_the_sex(send, system):
    rows = [
        ["TT", "Họ và tên", "Nam", "Nữ", "Ngày sinh", "Ngày vào Đảng", "Chi bộ"],
        [1, "Lê An", "x", None, "05/03/1980", "19/05/2005", CELL],
        [2, "Lê Bình", None, "x", "05/03/1981", "19/05/2005", CELL],
        [3, "Lê Chi", None, None, "05/03/1982", "19/05/2005", CELL],
        [4, "Lê Dung", "x", "x", "05/03/1983", "19/05/2005", CELL],
    ]
    batch = send(("DS", rows))
    assert codes(batch) == [(4, "D", "missing_sex"), (5, "D", "both_sex_marks")]
    commit_batch(batch, by=system)
    assert [found[:2] for found in people()] == [("Lê An", "male"), ("Lê Bình", "female"), ("Lê Chi", "unknown")]


def test_a_date_in_three_columns(send, system):
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", None, None, "Ngày vào Đảng", None, None, "Chi bộ"],
        [None, None, "Ngày", "Tháng", "Năm", "Ngày", "Tháng", "Năm", None],
        [1, "Lê An", 5, 3, 1980, "19", "5", "2005", CELL],
        [2, "Lê Bình", None, 3, 1975, None, None, 2005, CELL],
        [3, "Lê Chi", 31, 2, 1980, 19, 5, 2005, CELL],
        [4, "Lê Dung", 31, None, 1980, 19, 5, 2005, CELL],
        [5, "Lê Én", "x", 2, 1980, 19, 5, 2005, CELL],
    ]
    batch = send(("DS", rows))
    assert batch.mapping["born_day"] + batch.mapping["born_year"] + batch.mapping["joined_month"] == "CEG"
    assert codes(batch) == [(5, "C", "impossible_date"), (6, "E", "unreadable_date"), (7, "C", "unreadable_date")]
    commit_batch(batch, by=system)
    assert [found[2:] for found in people()] == [("1980-03-05", "day"), ("1975-03-01", "month")]
    assert str(Member.objects.get(full_name="Lê Bình").admitted_on) == "2005-01-01"


# --- headings that nobody has seen -----------------------------------------------------------------------------------

ODD = ["Số", "Danh tính", "Sinh ra ngày", "Mã 12 số", "Thuộc", "Ngày vào Đảng CSVN của đồng chí"]
ODD_ROWS = [
    ["1", "Nguyễn Văn An", "05/03/1980", "096080000001", CELL, "19/05/2005"],
    ["2", "Trần Thị Bình", "01/02/1985", "096185000002", CELL, "10/10/2010"],
    ["3", "Lê Hữu Cường", "07/09/1979", "096079000003", CELL, "03/02/2004"],
]


def test_unfamiliar_headings_are_supposed_from_the_cells_and_asked_about(send, system):
    batch = send(("Trang tính", [["DANH SÁCH"], [], ODD, *ODD_ROWS]))
    assert batch.mapping == {"name": "B", "personal_id": "D", "cell": "E", "joined": "F"}
    assert batch.options["questions"] == [
        "Cột B Danh tính: đọc theo các ô bên dưới",
        "Cột D Mã 12 số: đọc theo nội dung các ô",
        "Cột E Thuộc: đọc theo nội dung các ô",
        "Cột F Ngày vào Đảng CSVN của đồng chí: đọc tiêu đề gần giống",
    ]
    with pytest.raises(ImportRefused, match="chưa ai xem"):
        commit_batch(batch, by=system)
    letters = {**batch.mapping, "born": "C"}
    sheet = SheetChoice("Trang tính", letters, {})
    again = map_columns(batch, letters, on=ON, by=system, choices=Choices((sheet,), agreed=True))
    commit_batch(again, by=system)
    assert [found[::2] for found in people()] == [
        ("Lê Hữu Cường", "1979-09-07"),
        ("Nguyễn Văn An", "1980-03-05"),
        ("Trần Thị Bình", "1985-02-01"),
    ]


def test_a_sheet_of_figures_is_still_no_list(send):
    from members.importing.analysis import NoListFound

    with pytest.raises(NoListFound):
        send(("Tổng hợp", [["TT", "Đơn vị", "Số lượng"], [1, "Đảng bộ Phường Đông", 30], [2, "Phường Tây", 40]]))


# --- several sheets --------------------------------------------------------------------------------------------------

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng"]
OTHER_HEAD = ["TT", "Chi bộ", "Họ tên", "Sinh năm", "Kết nạp"]
BAD = [3, "Lê Văn Sai", "31/02/1980", "19/05/2005"]


def cells_of_sheets(*more):
    return (
        ("Chi bộ Khóm 1", [["ĐẢNG BỘ PHƯỜNG ĐÔNG"], ["CHI BỘ KHÓM 1"], [], HEAD,
                           [1, "Nguyễn Văn An", "05/03/1980", "19/05/2005"], [2, "Lê Bình", "06/03/1981", "2006"]]),
        ("Khóm 2", [["ĐẢNG BỘ PHƯỜNG ĐÔNG"], ["DANH SÁCH ĐẢNG VIÊN CHI BỘ KHÓM 2"], [], HEAD,
                    [1, "Trần Cúc", "07/03/1982", "19/05/2007"], BAD]),
        *more,
    )  # fmt: skip


def test_sheets_of_the_same_headings_are_one_list_with_the_cell_of_their_title(send, system, tree):
    batch = send(*cells_of_sheets())
    sheets = batch.report["file"]["sheets"]
    assert [(each["sheet"], each["people"], each["cell"]) for each in sheets] == [
        ("Chi bộ Khóm 1", 2, "Chi bộ Khóm 1 - Đảng bộ Phường Đông"),
        ("Khóm 2", 2, "Chi bộ Khóm 2 - Đảng bộ Phường Đông"),
    ]
    assert codes(batch) == [(SHEET_ROWS + 6, "C", "impossible_date")]
    assert tuple(batch.report[name] for name in FIGURES) == (4, 3, 0, 0, 1, 0)
    with pytest.raises(ImportRefused, match="Chi bộ Khóm 1"):
        commit_batch(batch, by=system)
    chosen = tuple(SheetChoice(each["name"], each["letters"], {}) for each in batch.options["sheets"])
    again = map_columns(batch, batch.mapping, on=ON, by=system, choices=Choices(chosen, agreed=True))
    commit_batch(again, by=system)
    homes = dict(Member.objects.values_list("full_name", "home__name"))
    assert homes == {"Nguyễn Văn An": tree.here.name, "Lê Bình": tree.here.name, "Trần Cúc": tree.next_door.name}


def test_a_sheet_of_other_headings_is_offered_and_read_when_chosen(send, system):
    other = ("Khác", [OTHER_HEAD, [1, CELL, "Phạm Dũng", "1984", "19/05/2009"]])
    batch = send(*cells_of_sheets(other))
    assert batch.report["rows"] == 4
    assert [each["value"] for each in batch.report["problems"] if each["code"] == "other_sheet"] == ["Khác"]
    chosen = (
        SheetChoice("Khóm 2", batch.mapping, {}, "Chi bộ Khóm 2, Đảng bộ Phường Đông"),
        SheetChoice("Khác", {"cell": "B", "name": "C", "born": "D", "joined": "E"}, {}),
    )
    again = map_columns(batch, batch.mapping, on=ON, by=system, choices=Choices(chosen, agreed=True))
    assert (again.report["rows"], again.report["created"]) == (3, 2)
    commit_batch(again, by=system)
    assert sorted(Member.objects.values_list("full_name", "home__name")) == [
        ("Phạm Dũng", "Chi bộ Khóm 1"),
        ("Trần Cúc", "Chi bộ Khóm 2"),
    ]


def test_a_person_in_two_sheets_is_one(send):
    twice = [3, "Nguyễn Văn An", "05/03/1980", "19/05/2005"]
    sheets = cells_of_sheets()
    batch = send(*sheets, ("Khóm 3", [HEAD, twice]))
    assert (2 * SHEET_ROWS + 2, "same_person_two_cells") in [(row, code) for row, _, code in codes(batch)]
    [found] = [each for each in batch.report["problems"] if each["code"] == "same_person_two_cells"]
    assert found["of_row"] == 5


# --- the samples, changed in wording, order, sheets and encoding -----------------------------------------------------

OTHER_WORDS = {
    "STT": "Số TT",
    "Họ và tên": "Họ tên đảng viên",
    "Ngày, tháng, năm sinh": "Sinh ngày, tháng, năm",
    "Dân tộc": "DT",
    "Quê quán": "Nguyên quán",
    "Nơi ở hiện nay": "Hộ khẩu thường trú",
    "Số thẻ đảng viên": "Thẻ Đảng",
    "Số định danh cá nhân (CCCD)": "Mã định danh",
    "Ghi chú": "Ghi chú khác",
}


def sample_rows(name, sheet=0):
    made = openpyxl.load_workbook(io.BytesIO(samples.content(name)))
    return [list(row) for row in made.worksheets[sheet].values]


def turned(rows, order):
    """The same rows with their columns in another order; `order` are the former places."""
    return [[row[at] for at in order] for row in rows]


def test_the_free_list_in_other_words(check):
    made = openpyxl.load_workbook(io.BytesIO(samples.content(samples.LIST)))
    sheet = made.worksheets[0]
    for row in (8, 9, 510, 511):
        for cell in sheet[row]:
            if cell.value in OTHER_WORDS:
                cell.value = OTHER_WORDS[cell.value]
    output = io.BytesIO()
    made.save(output)
    batch = check(samples.LIST, output.getvalue())
    assert tuple(batch.report[name] for name in FIGURES) == (645, 621, 0, 0, 24, 10)
    assert batch.options["questions"] == []


def test_the_official_file_with_its_columns_in_reverse(check):
    rows = sample_rows(samples.OFFICIAL)[7:]
    flat = [value or "" for value in sample_rows(samples.OFFICIAL)[5]]
    for group in (14, 17, 20):
        for at, word in enumerate(("Quốc gia", "Tỉnh/Thành", "Chi tiết")):
            flat[group + at] = f"{flat[group] if at == 0 else flat[group].split(' > ')[0]} > {word}"
    order = list(range(30, -1, -1))
    content = book(("DS", turned([flat, *rows], order)))
    batch = check("dao-cot.xlsx", content)
    assert batch.mapping["name"] == "AC"
    assert tuple(batch.report[name] for name in FIGURES) == (640, 630, 0, 0, 10, 2)


def test_the_export_cut_into_sheets_and_typed_in_an_old_font(check, system):
    """640 rows in three sheets of an .xls for .VnTime: the same people, cells and findings."""
    [head, *rows] = sample_rows(samples.EXPORT)
    rows = [[typed(unicode_of(value), lower_tcvn3) for value in row] for row in rows]
    head = [typed(value, tcvn3) for value in head]
    content = xls(
        [head, *rows[:200]], font=".VnTime", sheets=[("B", [head, *rows[200:400]]), ("C", [head, *rows[400:]])]
    )
    batch = check("ds.xls", content, agreed=True)
    assert [each["people"] for each in batch.report["file"]["sheets"]] == [200, 200, 240]
    assert tuple(batch.report[name] for name in FIGURES) == (640, 639, 0, 0, 1, 1)
    assert codes(batch) == [
        (SHEET_ROWS + 144, "B", "card_not_number"),
        (2 * SHEET_ROWS + 163, "A", "exact_duplicate"),
    ]
    commit_batch(batch, by=system)
    truth = samples.expected()["files"][samples.EXPORT]["rows"]
    assert sorted(Member.objects.values_list("full_name", flat=True)) == sorted(
        row["expect"]["name"] for row in truth if row["row"] != 563
    )


def unicode_of(value):
    """In NFC: what a person saw who typed it again."""
    import unicodedata

    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def lower_tcvn3(text):
    """A name in capitals as .VnTime can have it: the letters with marks stay small."""
    return tcvn3(text)
