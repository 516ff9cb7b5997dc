"""TCVN3 and VNI: recognised by font and by letters, shown, decoded only as agreed, doubtful cells named."""

import csv
import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from config.lib.sheet_fonts import font_encoding
from config.lib.sheets import read_workbook
from members.actions.import_batches import map_columns
from members.actions.imports import FileToCheck, ImportRefused, check_file, commit_batch
from members.importing.choices import Choices, SheetChoice
from members.importing.legacy import decoded, one_cell
from members.models import ColumnMapping, ImportBatch, Member
from tests.members.importing.old_fonts import tcvn3, typed, vni, xls

ON = date(2026, 10, 31)
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quê quán", "Ngày vào Đảng", "Chi bộ"]
NAMES = ["Nguyễn Hữu Đức", "Trần Thị Hồng Ánh", "Phạm Ngọc Ẩn", "Đặng Văn Ước", "Lê Bé", "Lý Thị Ý Nhi"]
HOMES = ["Xã Tân Thuận, Đầm Dơi", "Phường 5, Cà Mau", "Ấp Mỹ Đông", "Huyện Thới Bình", "Năm Căn", "Cái Nước"]
CELL = "Chi bộ Khóm 1 - Đảng bộ Phường Đông"


def rows(encode=str, names=NAMES):
    """A list of six people as somebody typed it."""
    people = [
        [number, name, f"0{number}/03/1980", "Nữ" if "Thị" in name else "Nam", home, "19/05/2005", CELL]
        for number, (name, home) in enumerate(zip(names, HOMES, strict=True), start=1)
    ]
    title = ["DANH SÁCH ĐẢNG VIÊN"] + [None] * 6
    return [[typed(value, encode) for value in row] for row in (title, HEAD, *people)]


@pytest.fixture
def send(tree, system):
    def check(content, name="ds.xls", **options):
        return check_file(FileToCheck(content, name, ON, **options), organisation=tree.root, by=system)

    return check


def agree(batch, by, **fonts):
    """Agree to the columns as proposed, with some fonts chosen otherwise."""
    proposed = batch.options["sheets"][0]
    sheet = SheetChoice(proposed["name"], proposed["letters"], {**proposed["fonts"], **fonts})
    return map_columns(batch, batch.mapping, on=ON, by=by, choices=Choices((sheet,), agreed=True))


def stored():
    return list(Member.objects.order_by("born_on").values_list("full_name", "home_place", "sex"))


EXPECTED = [
    (name, home, "female" if "Thị" in name else "male") for name, home in zip(NAMES, HOMES, strict=True)
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("font", [".VnTime", "Times New Roman"], ids=["by font", "by letters"])
def test_a_tcvn3_xls_comes_in_with_every_accent_right(send, system, font):
    batch = send(xls(rows(tcvn3), font=font))
    assert batch.report["file"]["encoding"] == "tcvn3"
    assert batch.options["sheets"][0]["fonts"] == dict.fromkeys("ABCDEFG", "tcvn3")
    commit_batch(agree(batch, system), by=system)
    assert stored() == EXPECTED
    assert batch.report["problems"] == []


@pytest.mark.django_db
def test_a_vni_xls_comes_in_with_every_accent_right(send, system):
    batch = send(xls(rows(vni), font="VNI-Times"))
    assert batch.report["file"]["encoding"] == "vni"
    commit_batch(agree(batch, system), by=system)
    assert stored() == EXPECTED


@pytest.mark.django_db
@pytest.mark.parametrize(("encode", "name"), [(tcvn3, "tcvn3"), (vni, "vni")])
def test_a_csv_in_an_old_font(send, system, encode, name):
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows(rows(encode)[1:])
    batch = send(output.getvalue().encode("latin-1"), "ds.csv")
    assert batch.report["file"]["encoding"] == name
    commit_batch(agree(batch, system), by=system)
    assert stored() == EXPECTED


@pytest.mark.django_db
def test_nothing_is_written_before_somebody_agreed(send, system):
    batch = send(xls(rows(tcvn3)))
    assert "Cột B Họ và tên: chữ của phông cũ TCVN3 (ABC)" in batch.options["questions"]
    with pytest.raises(ImportRefused, match=r"chưa ai xem.*bước Cột"):
        commit_batch(batch, by=system)
    assert Member.objects.count() == 0


@pytest.mark.django_db
def test_a_column_may_be_kept_as_it_is_typed(send, system):
    batch = agree(send(xls(rows(tcvn3))), system, E="")
    commit_batch(batch, by=system)
    assert Member.objects.filter(full_name="Nguyễn Hữu Đức").count() == 1
    assert not Member.objects.filter(home_place="Xã Tân Thuận, Đầm Dơi").exists()
    assert {each["code"] for each in batch.report["problems"]} == {"old_font_text"}


@pytest.mark.django_db
def test_what_was_agreed_is_kept_for_the_next_file_of_the_source(send, system, tree):
    from members.importing.kind import MEMBERS

    MEMBERS.keep(agree(send(xls(rows(tcvn3))), system, E=""), by=system)
    kept = ColumnMapping.objects.get()
    assert (kept.fonts["B"], kept.fonts["E"]) == ("tcvn3", "")
    again = send(xls(rows(tcvn3)))
    assert "E" not in again.options["sheets"][0]["fonts"]
    assert again.options["sheets"][0]["fonts"]["B"] == "tcvn3"


@pytest.mark.django_db
def test_a_unicode_file_has_nothing_to_agree_to(send, system):
    batch = send(xls(rows()))
    assert (batch.options["questions"], batch.report["file"]["encoding"]) == ([], "")
    commit_batch(batch, by=system)
    assert stored() == EXPECTED


@pytest.mark.django_db
def test_single_cells_in_an_old_font_are_asked_about_and_named_when_kept(send, system):
    lines = rows()
    lines[3][1] = tcvn3("Trần Thị Hồng Ánh")
    lines[4][4] = tcvn3("Phường Tân Thành")
    batch = send(xls(lines))
    assert (len(batch.options["questions"]), batch.report["problems"]) == (2, [])
    batch = agree(batch, system, B="", E="")
    assert [(each["row"], each["column"], each["code"]) for each in batch.report["problems"]] == [
        (4, "B", "old_font_name"),
        (5, "E", "old_font_text"),
    ]
    assert batch.report["problems"][0]["detail"] == "có thể là Trần Thị Hồng Ánh"
    assert batch.report["refused"] == 1


@pytest.mark.django_db
def test_cells_that_may_be_either_are_named_in_a_mixed_column(send, system):
    names = [tcvn3("Nguyễn Hữu Đức"), tcvn3("Trần Thị Hồng"), "Phạm Ngọc Ẩn", "Đặng Văn Ước", "Lê Hà", "Lý Thị Ý Nhi"]
    lines = rows()
    for line, name in zip(lines[2:], names, strict=True):
        line[1] = name
    batch = agree(send(xls(lines)), system)
    assert [(each["row"], each["column"], each["code"]) for each in batch.report["problems"]] == [
        (7, "B", "old_font_mixed")
    ]
    commit_batch(batch, by=system)
    assert sorted(Member.objects.values_list("full_name", flat=True)) == sorted(
        ["Nguyễn Hữu Đức", "Trần Thị Hồng", "Phạm Ngọc Ẩn", "Đặng Văn Ước", "Lý Thị Ý Nhi"]
    )


@pytest.mark.django_db
def test_what_is_no_word_after_decoding_is_named(send, system):
    lines = rows(tcvn3)
    lines[2][1] = "H'Wen Nê§k"
    batch = agree(send(xls(lines)), system)
    [found] = [each for each in batch.report["problems"] if each["column"] == "B"]
    assert (found["row"], found["code"], found["detail"]) == (3, "old_font_unclear", "trong tệp: H'Wen Nê§k")


@pytest.mark.django_db
def test_the_command_asks_for_agreement(tree, tmp_path):
    file = tmp_path / "ds.xls"
    file.write_bytes(xls(rows(tcvn3)))
    tree.root.code = "96.001.000.000.000"
    tree.root.save(update_fields=["code"])
    options = ("--organisation", tree.root.code, "--on", "2026-10-31")
    with pytest.raises(CommandError, match="phông cũ"):
        call_command("import_members", file, *options)
    assert ImportBatch.objects.count() == 0
    call_command("import_members", file, *options, "--agree")
    assert stored() == EXPECTED


# --- without a database ----------------------------------------------------------------------------------------------


def test_fonts_by_their_name():
    names = [".VnTime", ".VnTimeH", ".vnarial", "VNI-Times", "VNI Helve", "Times New Roman", "Vni", "Arial"]
    assert [font_encoding(name) for name in names] == ["tcvn3", "tcvn3_capitals", "tcvn3", "vni", "vni", "", "", ""]


def test_fonts_of_an_xls_are_read_by_cell():
    [first, second] = read_workbook(
        xls([["Sè"], [1]], font=".VnTimeH", sheets=[("Khác", [[None, "a"]])]), "a.xls"
    ).sheets
    assert first.old_fonts == {"tcvn3_capitals": {(1, 1)}}
    assert second.old_fonts == {"tcvn3_capitals": {(1, 2)}}


@pytest.mark.parametrize(
    ("written", "encoding", "text"),
    [
        ("NguyÔn ThÞ ¸nh", "tcvn3", "Nguyễn Thị Ánh"),
        ("NguyÔn ¸i Quèc", "tcvn3", "Nguyễn Ái Quốc"),
        ("phßng æ chuét", "tcvn3", "phòng ổ chuột"),
        ("nguyÔn v¨n a", "tcvn3_capitals", "NGUYỄN VĂN A"),
    ],
)
def test_capitals_that_the_font_could_not_show(written, encoding, text):
    assert decoded(written, encoding) == text


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "Lê Hà", "Khu 1½", "Muñoz García", "12°", "Ðặng Ðức"])
def test_other_cells_are_no_old_letters(text):
    assert one_cell(text) == ""
