"""Files of every kind: other formats, old fonts, and bad input, which gets a sentence and changes nothing."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt

from config.lib.sheets import SheetError
from config.lib.vietnamese import fold
from members.actions.imports import FIGURES, FileToCheck, check_file, commit_batch
from members.importing.analysis import NoListFound
from members.models import ImportBatch, Member
from tests.members.importing import samples
from tests.members.importing.sheets import HEADER, person, workbook

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 31)


@pytest.fixture
def send(tree, system):
    """Check a file as somebody sent it."""
    return lambda content, name="ds.xlsx", **options: check_file(
        FileToCheck(content, name, ON, **options), organisation=tree.root, by=system
    )


def codes(batch):
    return [(each["row"], each["column"], each["code"]) for each in batch.report["problems"]]


def as_csv(rows, encoding="utf-8-sig"):
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows(rows)
    return output.getvalue().encode(encoding)


def rows_of(content):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.values]


# --- other formats ---------------------------------------------------------------------------------------------------


def test_csv_and_xls_say_the_same_as_xlsx(send):
    content = workbook(person(), person("Lê Bình", **{"Số định danh cá nhân": "096080000002"}))
    rows = rows_of(content)
    book = xlwt.Workbook()
    sheet = book.add_sheet("DS")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    old = io.BytesIO()
    book.save(old)
    reports = [send(content), send(as_csv(rows), "ds.csv"), send(old.getvalue(), "ds.xls")]
    assert [tuple(batch.report[name] for name in FIGURES) for batch in reports] == [(2, 2, 0, 0, 0, 0)] * 3


def test_the_sample_export_as_csv(check):
    content = as_csv(rows_of(samples.content(samples.EXPORT)))
    batch = check("ds-dangvien.csv", content)
    assert tuple(batch.report[name] for name in FIGURES) == (640, 639, 0, 0, 1, 1)
    assert codes(batch) == [(344, "B", "card_not_number"), (563, "A", "exact_duplicate")]


TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®",
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
        strict=True,
    )
)


def test_a_list_typed_in_an_old_font(send, system):
    """The words are those of a .VnTime list: Họ và tên, Nguyễn Hữu Đức."""
    to_font = str.maketrans({letter: code for code, letter in TCVN3.items()} | {"Đ": "§"})
    rows = [[value.translate(to_font) if isinstance(value, str) else value for value in row] for row in rows_of(
        workbook(person("Nguyễn Hữu Đức"), person("Trần Thị Hồng", **{"Giới tính": "Nữ", "Số định danh cá nhân": None}))
    )]  # fmt: skip
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    batch = send(output.getvalue(), agreed=True)
    assert batch.report["file"]["encoding"] == "tcvn3"
    commit_batch(batch, by=system)
    assert sorted(fold(name) for name in Member.objects.values_list("full_name", flat=True)) == [
        "nguyen huu duc",
        "tran thi hong",
    ]


def test_another_sheet_with_people_is_named(send):
    book = openpyxl.load_workbook(io.BytesIO(workbook(person(), person("Lê Bình", **{"Số định danh cá nhân": None}))))
    other = book.create_sheet("Chi bộ 2")
    other.append(["Số TT", *HEADER[1:]])
    other.append([1, *person("Lê Chi").values()])
    output = io.BytesIO()
    book.save(output)
    batch = send(output.getvalue())
    assert batch.report["rows"] == 2
    [found] = [each for each in batch.report["problems"] if each["code"] == "other_sheet"]
    assert (found["row"], found["value"], found["severity"]) == (None, "Chi bộ 2", "warning")


# --- bad input -------------------------------------------------------------------------------------------------------


def archive(**parts):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(archive(word__document_xml="<w/>"), "Word", id="docx"),
        pytest.param(archive(xl__workbook_xml="0" * 80_000_000), "phình quá lớn", id="bomb"),
        pytest.param(b"", "rỗng", id="empty"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(send, content, sentence):
    with pytest.raises(SheetError, match=sentence):
        send(content)
    assert ImportBatch.objects.count() == Member.objects.count() == 0


def test_a_cell_of_200000_characters_gets_a_sentence(send):
    rows = [HEADER, [1, "Lê An", "A" * 200_000]]
    with pytest.raises(SheetError, match=r"Ô C2 .* dài 200\.000 ký tự"):
        send(as_csv(rows), "ds.csv")
    assert ImportBatch.objects.count() == 0


def test_a_workbook_without_a_list_gets_a_sentence(send):
    book = openpyxl.Workbook()
    book.active.append(["Tổng hợp", "Số đảng viên", "Trong đó nữ"])
    output = io.BytesIO()
    book.save(output)
    with pytest.raises(NoListFound, match="Họ và tên"):
        send(output.getvalue())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Ngày sinh": "31/02/1980"}, [(2, "C", "impossible_date")]),
        ({"Ngày sinh": "=DATE(1980,3,5)"}, [(2, "C", "formula_without_value")]),
        ({"Quê quán": "=A1"}, [(2, "I", "formula_without_value")]),
        ({"Họ và tên": "=B7"}, [(2, "B", "formula_without_value")]),
        ({"Quê quán": "A" * 301}, [(2, "I", "text_too_long")]),
    ],
)
def test_a_bad_cell_refuses_its_row_with_a_remedy(send, system, cells, expected):
    batch = send(workbook(person(**cells)))
    assert codes(batch) == expected
    assert all(each["remedy"].endswith((".", ")")) for each in batch.report["problems"])
    assert batch.report["refused"] == 1
    commit_batch(batch, by=system)
    assert Member.objects.count() == 0


def test_control_characters_refuse_the_row(send):
    rows = [HEADER, [1, "Lê\x07An", "05/03/1980", "Nam", "19/05/2005", "19/05/2006", "096080000001", "Chi bộ Khóm 1"]]
    batch = send(as_csv(rows), "ds.csv")
    assert (2, "B", "control_characters") in codes(batch)
    assert batch.report["created"] == 0


def test_all_errors_are_listed(send):
    people = [person(f"Lê {n}", **{"Ngày sinh": "31/02/1980", "Số định danh cá nhân": None}) for n in range(60)]
    assert codes(send(workbook(*people))) == [(row, "C", "impossible_date") for row in range(2, 62)]


def test_the_official_layout_refuses_numbers_with_a_proposal(check):
    book = openpyxl.load_workbook(io.BytesIO(samples.content(samples.OFFICIAL)))
    book.active["I8"] = 96082500000
    output = io.BytesIO()
    book.save(output)
    batch = check(samples.OFFICIAL, output.getvalue())
    [found] = [each for each in batch.report["problems"] if each["code"] == "number_not_text"]
    assert (found["row"], found["column"], found["detail"]) == (8, "I", "có thể là 096082500000")
