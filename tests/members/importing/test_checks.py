"""Checks of rows and files, cells by their names, limits of dates. Pure: no database."""

from datetime import date

import pytest

from config.lib.sheet_model import Sheet, Workbook
from members.importing.checks import RowChecks, assign_cells
from members.importing.filechecks import check_file
from members.importing.mapping import vocabulary
from members.importing.people import PeopleReader
from members.importing.places import Place, Places
from members.importing.reading import Habits
from members.importing.rules import FileCheckRules, probation_overdue, too_young
from members.importing.table import find_headers, read_table
from members.resources import LIST_COLUMNS

ON = date(2026, 10, 31)
RULES = FileCheckRules(
    admission_age=18,
    admission_age_checked_from=date(1975, 4, 30),
    probation_months=12,
    recognition_working_days=30,
)
PLACES = Places(
    [
        Place(1, "Chi bộ Khóm 1", "Đảng bộ Phường 5", "96.001.005.000.001"),
        Place(2, "Chi bộ Khóm 1", "Đảng bộ Phường 8", "96.001.008.000.001"),
        Place(3, "Chi bộ Cơ quan", "Đảng bộ Phường 8", ""),
        Place(4, "Chi bộ cơ sở Trung tâm Văn hóa - Thể thao", "", "96.001.057.000.000"),
    ]
)
HEADER = [
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ đảng viên", "Số CCCD",
    "Số lý lịch", "Chi bộ",
]  # fmt: skip
GOOD = {
    "name": "Lê An", "born": "05/03/1980", "sex": "Nam", "joined": "19/05/2005", "official": "19/05/2006",
    "card": "62010485", "id": "096080000001", "cv": "000001 CM", "cell": "Chi bộ Cơ quan - Đảng bộ Phường 8",
}  # fmt: skip


def findings(*people, header=HEADER):
    """(row, column, code) of everything found in a list of people."""
    rows = [[number, *{**GOOD, **each}.values()] for number, each in enumerate(people, start=1)]
    workbook = Workbook("a.xlsx", "xlsx", [Sheet("A", [list(header), *rows])])
    table = read_table(find_headers(workbook, vocabulary())[0])
    reader = PeopleReader(table, LIST_COLUMNS, Habits(2026))
    found = reader.read()
    assign_cells(found, PLACES, reader)
    checks = RowChecks(reader, RULES, ON)
    for person in found:
        checks.check(person)
    control = check_file(found, table, reader)
    return [(each.row, each.column, each.code) for person in found for each in person.problems] + control


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, []),
        ({"name": None}, [("B", "missing_name")]),
        ({"born": None}, [("C", "missing_birth")]),
        ({"joined": None}, [("E", "missing_joined")]),
        ({"born": "31/02/1980"}, [("C", "impossible_date")]),
        ({"joined": "không nhớ"}, [("E", "unreadable_date")]),
        ({"born": "28/08/2024", "id": None}, [("C", "born_after_joined")]),
        ({"joined": "19/05/1975"}, [("E", "born_after_joined")]),
        ({"joined": "04/03/1998"}, [("E", "under_18_at_admission")]),
        ({"joined": "05/03/1998"}, []),
        ({"official": "18/05/2005"}, [("F", "official_before_joined")]),
        ({"joined": "12/03/2027", "official": None}, [("E", "future_date")]),
        ({"joined": "01/10/2025", "official": None}, []),
        ({"joined": "01/09/2024", "official": None}, [("F", "probation_overdue")]),
        ({"card": "Chưa có"}, [("G", "card_not_number")]),
        ({"id": "096081000001"}, [("H", "id_birth_year_mismatch")]),
        ({"id": "096180000001"}, [("H", "id_sex_mismatch")]),
        ({"name": "Lê Thị An", "id": "096180000001"}, [("D", "id_sex_mismatch")]),
        ({"id": "09608000000"}, [("H", "id_wrong_length")]),
        ({"cv": "CM 0001"}, [("I", "cv_format")]),
        ({"cell": "Chi bộ Khóm 1"}, [("J", "unknown_cell")]),
        ({"name": "Lê\x07An"}, [("B", "control_characters")]),
        ({"name": "Lê " + "A" * 100}, [("B", "text_too_long")]),
    ],
)
def test_one_row(cells, expected):
    assert findings(cells) == [(2, *each) for each in expected]


@pytest.mark.parametrize(
    ("title", "value", "code"),
    [("Số CMND cũ", 10**16, "former_id_format"), ("ID (UUID)", 10**60, "text_too_long"), ("Số CMND cũ", 380000001, "")],
)
def test_numbers_are_measured_like_texts(title, value, code):
    found = findings({"more": value}, header=[*HEADER, title])
    assert found == ([(2, "K", code)] if code else [])


OTHER = {"name": "Trần Bình", "born": "01/01/1970", "card": "62000002", "id": "096070000002", "cv": "000002 CM"}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (OTHER, []),
        ({}, [(3, "J", "exact_duplicate")]),
        ({"cell": "Chi bộ Khóm 1 - Đảng bộ Phường 5"}, [(3, "J", "same_person_two_cells")]),
        ({"id": None, "card": None, "cv": None}, [(3, "J", "exact_duplicate")]),
        ({"id": "096080000009", "card": "62000009", "cv": "000009 CM"}, []),
        ({**OTHER, "id": GOOD["id"], "born": "01/01/1980"}, [(2, "H", "id_duplicate"), (3, "H", "id_duplicate")]),
        ({**OTHER, "card": GOOD["card"]}, [(2, "G", "card_duplicate"), (3, "G", "card_duplicate")]),
        ({**OTHER, "cv": GOOD["cv"]}, [(2, "I", "cv_duplicate"), (3, "I", "cv_duplicate")]),
    ],
)
def test_two_rows(second, expected):
    found = findings({}, second)
    names_the_person = {"exact_duplicate", "same_person_two_cells"}
    assert found == [(row, "B" if code in names_the_person else column, code) for row, column, code in expected]


def test_a_card_that_is_the_personal_number_tells_whose_number_it_is():
    first = {"card": GOOD["id"]}
    second = {**OTHER, "born": "01/01/1980", "id": GOOD["id"], "card": "096080000002"}
    assert findings(first, second) == [(3, "H", "id_duplicate")]


def test_birth_dates_in_two_columns_by_sex():
    rows = [[1, "Lê An", "1980", None, "x"], [2, "Lê Bé", None, "1981", "x"], [3, "Lê Chi", "1982", "1982", "x"]]
    upper = ["STT", "Họ và tên", "Năm sinh", None, "Chi bộ"]
    lower = [None, None, "Nam", "Nữ", None]
    workbook = Workbook("a.xlsx", "xlsx", [Sheet("A", [upper, lower, *rows])])
    reader = PeopleReader(read_table(find_headers(workbook, vocabulary())[0]), LIST_COLUMNS, Habits(2026))
    found = reader.read()
    assert [(str(person.values.get("born")), person.values.get("sex")) for person in found] == [
        ("1980", "male"), ("1981", "female"), ("None", None),
    ]  # fmt: skip
    assert [each.code for each in found[2].problems] == ["both_sex_columns"]


@pytest.mark.parametrize(
    ("cell", "base", "found"),
    [
        ("Chi bộ Khóm 1, Đảng bộ Phường 5", "", 1),
        ("Chi bộ Khóm 1 - Đảng bộ Phường 8", "", 2),
        ("CHI BỘ KHÓM 1", "ĐẢNG BỘ PHƯỜNG 8", 2),
        ("CB Khóm 1", "ĐB Phường 5", 1),
        ("Chi bộ Cơ quan", "", 3),
        ("Chi bộ Khóm 1", "", None),
        ("Chi bộ cơ sở Trung tâm Văn hóa - Thể thao", "", 4),
        ("", "CHI BỘ CƠ SỞ TRUNG TÂM VĂN HÓA - THỂ THAO", 4),
        ("96.001.005.000.001", "", 1),
        pytest.param("96001008000001", "", 2, id="M27"),
        ("Chi bộ Khóm 12", "Đảng bộ Phường 5", None),
        ("", "", None),
    ],
)
def test_cells_by_their_names(cell, base, found):
    assert PLACES.find(cell, base) == found


@pytest.mark.parametrize(
    ("born", "admitted", "expected"),
    [
        (date(1975, 1, 5), date(1993, 1, 4), True),
        (date(1975, 1, 5), date(1993, 1, 5), False),
        (date(1950, 1, 5), date(1966, 1, 5), False),
    ],
)
def test_age_at_admission(born, admitted, expected):
    assert too_young(RULES, born, admitted) is expected


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [(date(2025, 9, 19), True), (date(2025, 9, 30), False), (date(2025, 10, 31), False)],
)
def test_probation_is_overdue_after_twelve_months_and_thirty_working_days(admitted, expected):
    """From 19/09/2026 thirty working days end on 30/10/2026; from 30/09/2026 they end in November."""
    assert probation_overdue(RULES, admitted, ON) is expected


def test_an_absent_rule_switches_its_check_off():
    none = FileCheckRules()
    assert not too_young(none, date(2000, 1, 1), date(2001, 1, 1))
    assert not probation_overdue(none, date(2000, 1, 1), ON)
