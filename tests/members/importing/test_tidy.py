"""Tidying cells. M25 and M26 are the worked examples of the member file."""

import unicodedata
from datetime import date

import pytest

from members.importing import tidy
from members.importing.reading import Habits, Named, Noted

LIST, OFFICIAL = Habits(2026), Habits(2026, numbers_are_text=True)


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("written", "name", "repairs"),
    [
        ("Lê Quốc Anh", Named("Lê Quốc Anh"), ()),
        ("TRẦN SÁU", Named("Trần Sáu"), ("name_capitals",)),
        ("đặng thị bé", Named("Đặng Thị Bé"), ("name_capitals",)),
        ("Nguyễn\xa0Hữu  Đệ ", Named("Nguyễn Hữu Đệ"), ("name_spaces",)),
        (nfd("Nguyễn Văn Thái"), Named("Nguyễn Văn Thái"), ("name_nfd",)),
        (nfd("PHAN MỸ LAN"), Named("Phan Mỹ Lan"), ("name_nfd",)),
        ("TRẦN VĂN HIỀN (Tám Hiền)", Named("Trần Văn Hiền", "Tám Hiền"), ("name_with_alias", "name_capitals")),
        ("Lê Thuý Đào", Named("Lê Thuý Đào"), ("name_old_tone_mark",)),
        ("H'Wen Niê", Named("H'Wen Niê"), ()),
    ],
)
def test_names(written, name, repairs):
    assert tidy.read_name(written, LIST)[:2] == (name, repairs)


@pytest.mark.parametrize(
    ("written", "number", "repairs", "problem"),
    [
        ("096082500000", "096082500000", (), ""),
        (96082500000, "096082500000", ("id_leading_zero",), ""),
        (1075456789, "001075456789", ("id_leading_zero",), ""),
        (96082500000.0, "096082500000", ("id_leading_zero",), ""),
        ("096 057 500118", "096057500118", ("id_spaces",), ""),
        ("096.202.500213", "096202500213", ("id_spaces",), ""),
        ("\xa0084201500173", "084201500173", ("id_spaces",), ""),
        ("09618450075", None, (), "id_wrong_length"),
        ("0960625007207", None, (), "id_wrong_length"),
        (381955541, None, (), "id_wrong_length"),
        ("O96176500462", None, (), "id_not_digits"),
        ("٠٩٦١٧٦٥٠٠٤٦٢", None, (), "id_not_digits"),
    ],
)
def test_personal_ids_of_a_list(written, number, repairs, problem):
    assert tidy.read_personal_id(written, LIST)[:3] == (number, repairs, problem)


@pytest.mark.parametrize(("written", "proposal"), [pytest.param(1075456789, "001075456789", id="M25")])
def test_a_number_in_the_official_layout_is_refused_with_a_proposal(written, proposal):
    assert tidy.read_personal_id(written, OFFICIAL) == (None, (), "number_not_text", proposal)
    assert tidy.read_card(62010485, OFFICIAL) == (None, (), "number_not_text", "62010485")


@pytest.mark.parametrize(
    ("written", "number", "repairs", "problem"),
    [
        ("62010708", "62010708", (), ""),
        (62010485, "62010485", ("card_number",), ""),
        (1011199, "01011199", ("card_leading_zero",), ""),
        (96180500232, "096180500232", ("card_leading_zero",), ""),
        ("62 010231", "62010231", ("card_spaces",), ""),
        ("1011199", "01011199", ("card_leading_zero",), ""),
        ("Chưa có", None, (), "card_not_number"),
        ("0961805002321", None, (), "card_wrong_length"),
    ],
)
def test_cards(written, number, repairs, problem):
    assert tidy.read_card(written, LIST)[:3] == (number, repairs, problem)


@pytest.mark.parametrize(
    ("written", "number", "problem"),
    [
        pytest.param("000123 CM", "000123 CM", "", id="M26-valid"),
        pytest.param("123 CM", None, "cv_format", id="M26-short"),
        pytest.param("000123CMA", "000123 CMA", "", id="M26-three-letters"),
        pytest.param("000123 CMAU", None, "cv_format", id="M26-four-letters"),
        ("001331 cm", "001331 CM", ""),
        ("002202  CM", "002202 CM", ""),
        ("CM 001825", None, "cv_format"),
    ],
)
def test_cv_numbers(written, number, problem):
    reading = tidy.read_cv_number(written, LIST)
    assert (reading.value, reading.problem) == (number, problem)


@pytest.mark.parametrize(
    ("written", "value", "repairs"),
    [
        ("9/12", Noted("lower_secondary", "9/12"), ()),
        ("12/12", Noted("upper_secondary", "12/12"), ()),
        ("10/12", Noted("lower_secondary", "10/12"), ()),
        ("8/12", Noted("primary", "8/12"), ()),
        ("4/12", Noted("literate", "4/12"), ()),
        ("10/10", Noted("upper_secondary", "10/10"), ()),
        ("7/10", Noted("lower_secondary", "7/10"), ()),
        (12, Noted("upper_secondary", "12/12"), ("education_short",)),
        (date(2026, 12, 9), Noted("lower_secondary", "9/12"), ("education_turned_into_date",)),
        ("THCS", Noted("lower_secondary", "THCS"), ()),
        ("bổ túc", Noted("unknown", "bổ túc"), ()),
    ],
)
def test_general_education(written, value, repairs):
    assert tidy.read_general(written, LIST)[:2] == (value, repairs)


@pytest.mark.parametrize(
    ("written", "level", "is_repaired"),
    [
        ("ĐH Luật", "bachelor", True),
        ("Cử nhân Luật", "bachelor", True),
        ("Bác sĩ", "bachelor", True),
        ("Đại học Y khoa", "bachelor", False),
        ("Th.S Kinh tế", "master", True),
        ("SC Nông nghiệp", "elementary", True),
        ("CĐ", "college", True),
        ("TS Hóa", "doctor", True),
    ],
)
def test_degrees_are_known_by_their_beginning(written, level, is_repaired):
    reading = tidy.read_degree(written, LIST)
    assert (reading.value, bool(reading.repairs)) == (Noted(level, written), is_repaired)


@pytest.mark.parametrize(
    ("read", "written", "code"),
    [
        (tidy.read_ethnic, "KHMER", "khmer"),
        (tidy.read_ethnic, "Khơ me", "khmer"),
        (tidy.read_ethnic, nfd("Khơ-me"), "khmer"),
        (tidy.read_ethnic, "H'Mông", "hmong"),
        (tidy.read_post, "Chi uỷ viên", "committee_member"),
        (tidy.read_post, "PBT", "deputy"),
        (tidy.read_status, "Đang sinh hoạt", "active"),
        (tidy.read_status, "Rời khỏi Đảng", "left"),
    ],
)
def test_words_of_code_lists(read, written, code):
    assert read(written, LIST).value == code


def test_unknown_words_are_findings():
    assert tidy.read_ethnic("Campuchia", LIST).problem == "unknown_ethnic"
    assert tidy.read_status("Nghỉ hưu", LIST).problem == "unknown_status"
    assert tidy.read_degree("Giỏi", LIST).problem == "unknown_degree"


@pytest.mark.parametrize(("mark", "sex"), [("x", "female"), (" X", "female"), ("v", "female"), (None, "male")])
def test_the_mark_of_women(mark, sex):
    assert tidy.read_female_mark(mark, LIST).value == sex


def test_control_characters_are_seen_and_letters_apart_are_not():
    assert tidy.has_control_characters("Lê\x07Anh")
    assert not tidy.has_control_characters(nfd("Nguyễn\xa0Hữu\nĐệ\t"))
