"""Past results from a file: the sample of 2025, other years and scales, replacing, undoing, saving by hand."""

import json
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import LogEntry
from config.lib.sheet_model import SheetError
from config.lib.sheet_writing import Column, Table, write_rows
from config.lib.vietnamese import fold
from config.lib.workflow import NotAllowed
from evaluations.actions.grades import (
    check_grades_file,
    commit_grades,
    keep_grade_mapping,
    save_grade_row,
    undo_grades,
)
from evaluations.importing.rows import is_other_name, reason_code
from members.actions.imports import FileToCheck, ImportRefused, UndoRefused, check_file, commit_batch
from members.enums import BatchState
from members.importing.analysis import NoListFound
from members.models import AnnualGrade, ColumnMapping, ImportBatch, Member, SavedRow
from tests.factories import MemberFactory

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LIST_DAY = date(2026, 10, 31)
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Số thẻ đảng viên",
    "Tổ chức cơ sở đảng",
    "Chi bộ",
    "Mức xếp loại",
    "Lý do",
)

pytestmark = pytest.mark.django_db


# --- the sample ------------------------------------------------------------------------------------------------------


@pytest.fixture
def committee(system):
    """The committee of the samples with its catalogue, the three member files loaded in their order."""
    root = add_organisation(
        OrganisationEntry("Thành ủy Cà Mau", "commune", date(2025, 7, 1), code="96.001"), parent=None, by=system
    )
    catalogue = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["organisations"]
    for place, base in enumerate(catalogue):
        kind = "base_cell" if base["is_cell"] else "base_party"
        entry = OrganisationEntry(base["name"], kind, date(2025, 7, 1), code=base["code"], position=place)
        above = add_organisation(entry, parent=root, by=system)
        for number, cell in enumerate(base["cells"]):
            entry = OrganisationEntry(cell["name"], "cell", date(2025, 7, 1), code=cell["code"], position=number)
            add_organisation(entry, parent=above, by=system)
    for name in ("danh-sach-chi-bo.xlsx", "file-nhap-lieu-4.0.xlsx", "ds-dangvien.xlsx"):
        file = FileToCheck((SAMPLES / name).read_bytes(), name, LIST_DAY)
        commit_batch(check_file(file, organisation=root, by=system), by=system)
    return root


def sample():
    return FileToCheck((SAMPLES / "xep-loai-2025.xlsx").read_bytes(), "xep-loai-2025.xlsx", LIST_DAY)


def standing():
    """Every result that stands, without what differs from one loading to the next."""
    columns = ("member__full_name", "member__born_on", "year", "scale", "level", "not_rated_reason", "reason_text",
               "organisation__code")  # fmt: skip
    return sorted(map(str, AnnualGrade.objects.standing().values_list(*columns)))


def test_the_sample_of_2025(committee, system):
    batch = check_grades_file(sample(), organisation=committee, year=2025, by=system)

    report = batch.report
    assert [report[name] for name in ("rows", "created", "updated", "unchanged", "refused")] == [616, 607, 0, 0, 9]
    assert report["ready_by_level"] == {"HTXSNV": 67, "HTTNV": 395, "HTNV": 97, "KHTNV": 8, "not rated": 40}
    assert [(each["row"], each["code"], each["severity"]) for each in report["problems"]] == [
        (18, "under_six_months_rated", "warning"),
        (31, "not_member_in_2025", "error"),
        (33, "person_not_found", "error"),
        (124, "blank_level", "error"),
        (275, "not_rated_without_reason", "warning"),
        (305, "exact_duplicate", "duplicate"),
        (354, "result_conflict", "error"),
        (463, "unknown_level", "error"),
        (477, "name_differs", "warning"),
        (562, "person_not_found", "error"),
        (569, "born_differs", "difference"),
        (580, "unknown_level", "error"),
        (None, "cap_exceeded", "control"),
    ]
    assert batch.state == BatchState.PREVIEW
    assert AnnualGrade.objects.count() == 0
    names_what_it_found(report)
    names_who_has_no_result(report)


def names_what_it_found(report):
    found = {each["row"]: each for each in report["problems"]}
    assert (found[305]["of_row"], found[354]["of_row"], found[354]["rows"]) == (301, 32, [32, 354])
    assert (found[477]["column"], found[477]["value"], found[477]["known"]) == ("B", "Mai Thị Quyêng", "Mai Thị Quyên")
    assert (found[569]["column"], found[569]["value"], found[569]["known"]) == ("C", "14/08/1991", "14/08/1990")
    assert (found[None]["value"], found[None]["known"]) == ("20", "15")
    assert found[None]["message"] == "Số HTXSNV vượt 20% số HTTNV của tổ chức cơ sở đảng"
    assert found[None]["detail"] == "Đảng bộ Phường 8: 20 % × 79 = 15,8 → 15; đang có 20, vượt 5"
    assert [
        (each["name"], *(level["count"] for level in each["levels"]), each["cap"], each["over"])
        for each in report["per_base"]
    ] == [
        ("Đảng bộ Phường 5", 14, 95, 23, 2, 19, False),
        ("Đảng bộ Phường 8", 20, 79, 21, 1, 15, True),
        ("Đảng bộ Xã An Xuyên", 14, 94, 23, 2, 18, False),
        ("Đảng bộ Bệnh viện Sao Mai", 9, 60, 14, 1, 12, False),
        ("Đảng bộ Công ty Cổ phần Thủy sản Sao Khuê", 8, 57, 13, 1, 11, False),
        ("Chi bộ cơ sở Trung tâm Văn hóa - Thể thao", 2, 14, 4, 1, 2, False),
    ]


def names_who_has_no_result(report):
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    without = set(expected["files"]["xep-loai-2025.xlsx"]["members_without_result"])
    people = {(fold(m["name"]), m["cell"]) for m in expected["members"] if m["member"] in without}
    assert len(report["members_without_result"]) == 28
    assert {(fold(each["name"]), each["cell_code"]) for each in report["members_without_result"]} == people


def test_the_sample_is_written_read_again_and_taken_back(committee, system, tmp_path):
    out, report = StringIO(), tmp_path / "report.json"
    place = {"organisation": "96.001", "year": 2025, "on": LIST_DAY, "report": report}
    call_command("import_grades", str(SAMPLES / "xep-loai-2025.xlsx"), dry_run=True, stdout=out, **place)
    assert (AnnualGrade.objects.count(), ImportBatch.objects.filter(kind="grades").count()) == (0, 0)
    assert json.loads(report.read_text(encoding="utf-8"))["created"] == 607

    call_command("import_grades", str(SAMPLES / "xep-loai-2025.xlsx"), stdout=out, **place)

    assert "Đã ghi kết quả năm 2025: 616 dòng, mới 607, thay 0, không đổi 0, từ chối 9, cảnh báo 3." in out.getvalue()
    written = AnnualGrade.objects.standing()
    assert Counter(written.values_list("scale", "level")) == {
        ("nhiem_vu", "HTXSNV"): 67,
        ("nhiem_vu", "HTTNV"): 395,
        ("nhiem_vu", "HTNV"): 97,
        ("nhiem_vu", "KHTNV"): 8,
        ("nhiem_vu", ""): 40,
    }
    assert Counter(written.filter(level="").values_list("not_rated_reason", flat=True)) == {
        "exempt": 22,
        "new_under_6_months": 16,
        "suspended": 1,
        "other": 1,
    }

    again = check_grades_file(sample(), organisation=committee, year=2025, by=system)
    assert [again.report[name] for name in ("created", "updated", "unchanged", "refused")] == [0, 0, 607, 9]

    undo_grades(ImportBatch.objects.get(kind="grades", state=BatchState.COMMITTED), by=system)
    assert standing() == []
    assert AnnualGrade.objects.count() == 607


# --- small files -----------------------------------------------------------------------------------------------------


def workbook(*rows, title=None, headings=HEADINGS):
    """A list of results; each row: name, birth date, card, base, cell, level, reason."""
    numbered = [(number, *row) for number, row in enumerate(rows, start=1)]
    if title:
        return write_rows(
            [
                Table(
                    "Xếp loại",
                    [Column(title), *(Column("") for _ in headings[1:])],
                    [[None] * len(headings), headings, *numbered],
                )
            ]
        )
    return write_rows([Table("Xếp loại", [Column(each) for each in headings], numbered)])


def to_check(*rows, **options):
    return FileToCheck(workbook(*rows, **options), "ket-qua.xlsx", LIST_DAY)


def row_of(member, level, reason=None, cell="Chi bộ Khóm 1", base="Đảng bộ Phường Đông"):
    born = f"{member.born_on:%d/%m/%Y}"
    return (member.full_name, born, member.former_card_number or None, base, cell, level, reason)


@pytest.fixture
def an(tree):
    return MemberFactory(full_name="Nguyễn Văn An", home=tree.here, former_card_number="62010001")


@pytest.fixture
def binh(tree):
    return MemberFactory(full_name="Trần Thị Bình", home=tree.here, former_card_number="62010002")


def codes(batch):
    return [(each["row"], each["code"]) for each in batch.report["problems"]]


def test_a_year_is_read_in_its_own_scale(tree, system, an, binh):
    rows = (row_of(an, "Loại III"), row_of(binh, "Đủ tư cách, hoàn thành tốt nhiệm vụ"))

    batch = check_grades_file(to_check(*rows), organisation=tree.root, year=2013, by=system)

    assert codes(batch) == [(2, "level_other_name")]
    assert batch.report["problems"][0]["detail"] == "hiểu là “Đảng viên đủ tư cách, hoàn thành nhiệm vụ”"
    commit_grades(batch, by=system)
    assert dict(AnnualGrade.objects.values_list("member__full_name", "level")) == {
        "Nguyễn Văn An": "DTC_HT",
        "Trần Thị Bình": "DTC_TOT",
    }
    assert set(AnnualGrade.objects.values_list("year", "scale")) == {(2013, "tu_cach")}


def test_levels_of_one_scale_are_unknown_in_another(tree, system, an, binh):
    rows = (row_of(an, "Loại III"), row_of(binh, "Vi phạm tư cách"))
    batch = check_grades_file(to_check(*rows), organisation=tree.root, year=2025, by=system)
    assert codes(batch) == [(2, "unknown_level"), (3, "unknown_level")]


def test_a_year_without_rules_is_refused(tree, system, an):
    with pytest.raises(NotAllowed, match="chưa có bộ quy tắc của năm 1999"):
        check_grades_file(to_check(row_of(an, "HTTNV")), organisation=tree.root, year=1999, by=system)
    assert ImportBatch.objects.count() == 0


def test_a_title_of_another_year_is_told(tree, system, an):
    file = to_check(row_of(an, "HTTNV"), title="KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN NĂM 2024")
    batch = check_grades_file(file, organisation=tree.root, year=2025, by=system)
    assert codes(batch) == [(1, "year_differs")]


def test_a_member_admitted_after_the_year_says_that_year(tree, system):
    late = MemberFactory(full_name="Lê Văn Muộn", home=tree.here, admitted_on=date(2024, 3, 1), official_on=None)
    batch = check_grades_file(to_check(row_of(late, "HTTNV")), organisation=tree.root, year=2023, by=system)
    [found] = batch.report["problems"]
    assert (found["code"], found["message"]) == ("not_member_in_2023", "Vào Đảng sau năm 2023")


@pytest.mark.parametrize(
    ("born", "cell", "found"),
    [
        pytest.param("05/03/1980", "Chi bộ Khóm 1", True, id="name and birth within the cell"),
        pytest.param("1980", "Chi bộ Khóm 1", True, id="a year that agrees"),
        pytest.param("05/03/1981", "Chi bộ Khóm 1", False, id="another birth date"),
        pytest.param(None, "Chi bộ Khóm 1", False, id="never by name alone"),
        pytest.param("05/03/1980", "Chi bộ Khóm 2", False, id="another cell"),
    ],
)
def test_without_a_card_a_person_is_found_by_name_and_birth_in_the_cell(tree, system, born, cell, found):
    MemberFactory(full_name="Phạm Thị Hoà", home=tree.here)
    row = ("PHẠM THỊ HÒA", born, None, "Đảng bộ Phường Đông", cell, "HTTNV", None)
    batch = check_grades_file(to_check(row), organisation=tree.root, year=2025, by=system)
    assert codes(batch) == ([] if found else [(2, "person_not_found")])


def test_a_card_of_somebody_else_finds_nobody(tree, system, an):
    row = ("Đỗ Văn Khác", "01/01/1970", "62010001", "Đảng bộ Phường Đông", "Chi bộ Khóm 1", "HTTNV", None)
    batch = check_grades_file(to_check(row), organisation=tree.root, year=2025, by=system)
    assert codes(batch) == [(2, "person_not_found")]


def test_members_outside_of_the_branch_are_not_found(tree, system, an):
    batch = check_grades_file(to_check(row_of(an, "HTTNV")), organisation=tree.west, year=2025, by=system)
    assert codes(batch) == [(2, "unknown_cell"), (2, "person_not_found")]


def test_a_changed_file_replaces_and_undo_restores(tree, system, an, binh):
    first = check_grades_file(to_check(row_of(an, "HTTNV")), organisation=tree.root, year=2025, by=system)
    commit_grades(first, by=system)
    stood = standing()

    file = to_check(row_of(an, "HTNV"), row_of(binh, "Không xếp loại", "Nghỉ ốm dài ngày"))
    second = check_grades_file(file, organisation=tree.root, year=2025, by=system)
    assert [second.report[name] for name in ("created", "updated", "unchanged", "refused")] == [1, 1, 0, 0]
    [change] = [each for each in second.report["verdicts"] if each["verdict"] == "updated"]
    assert change["changes"] == [
        {
            "label": "Kết quả",
            "before": "Hoàn thành tốt nhiệm vụ",
            "after": "Hoàn thành nhiệm vụ",
            "sensitive": False,
        }
    ]
    commit_grades(second, by=system)
    assert set(AnnualGrade.objects.standing().values_list("level", "not_rated_reason")) == {("HTNV", ""), ("", "ill")}

    with pytest.raises(UndoRefused, match="Nguyễn Văn An"):
        undo_grades(first, by=system)
    undo_grades(second, by=system)
    assert standing() == stood
    undo_grades(first, by=system)
    assert standing() == []


def test_a_batch_is_written_once_and_undone_once(tree, system, an):
    batch = check_grades_file(to_check(row_of(an, "HTTNV")), organisation=tree.root, year=2025, by=system)
    commit_grades(batch, by=system)
    with pytest.raises(ImportRefused, match="đã ghi"):
        commit_grades(batch, by=system)
    undo_grades(batch, by=system)
    with pytest.raises(ImportRefused, match="đã hoàn tác"):
        undo_grades(batch, by=system)
    acts = LogEntry.objects.about(batch).values_list("action", flat=True)
    assert sorted(acts) == [
        "evaluations.check_grades_file",
        "evaluations.commit_grades",
        "evaluations.undo_grades",
    ]


def test_a_record_that_changed_since_the_check_is_not_written(tree, system, an):
    batch = check_grades_file(to_check(row_of(an, "HTTNV")), organisation=tree.root, year=2025, by=system)
    AnnualGrade.objects.create(member=an, year=2025, scale="nhiem_vu", level="HTNV", organisation=tree.here)
    with pytest.raises(ImportRefused, match="kiểm tra lại"):
        commit_grades(batch, by=system)
    assert AnnualGrade.objects.get().level == "HTNV"


def test_a_refused_row_is_saved_by_hand_with_a_reason(tree, system, an, binh):
    batch = check_grades_file(
        to_check(row_of(an, "Khá"), row_of(binh, "HTTNV")), organisation=tree.root, year=2025, by=system
    )
    commit_grades(batch, by=system)
    with pytest.raises(ImportRefused, match="Mức xếp loại không có trong danh mục"):
        save_grade_row(batch, 2, reason="Theo quyết định", by=system)
    with pytest.raises(ImportRefused, match="không bị từ chối"):
        save_grade_row(batch, 3, reason="Theo quyết định", by=system)
    with pytest.raises(ImportRefused, match="ghi lý do"):
        save_grade_row(batch, 2, reason=" ", by=system, values={"level": "HTTNV"})

    save_grade_row(batch, 2, reason="Theo quyết định 12-QĐ/ĐU", by=system, values={"level": "HTTNV"})

    grade = AnnualGrade.objects.get(member=an)
    assert (grade.year, grade.scale, grade.level, grade.organisation) == (2025, "nhiem_vu", "HTTNV", tree.here)
    assert SavedRow.objects.values_list("row", "reason").get() == (2, "Theo quyết định 12-QĐ/ĐU")
    with pytest.raises(ImportRefused, match="đã được ghi bằng tay"):
        save_grade_row(batch, 2, reason="Lần nữa", by=system, values={"level": "HTTNV"})
    undo_grades(batch, by=system)
    assert standing() == []


def test_of_two_results_one_is_chosen_by_hand(tree, system, an):
    batch = check_grades_file(
        to_check(row_of(an, "HTTNV"), row_of(an, "HTNV")), organisation=tree.root, year=2025, by=system
    )
    assert codes(batch) == [(3, "result_conflict")]
    commit_grades(batch, by=system)
    assert standing() == []

    save_grade_row(batch, 2, reason="Theo quyết định", by=system)

    assert AnnualGrade.objects.get().level == "HTTNV"
    with pytest.raises(ImportRefused, match="đã có kết quả năm 2025"):
        save_grade_row(batch, 3, reason="Theo quyết định", by=system)


def test_the_columns_of_a_source_are_kept_for_its_next_file(tree, system, an):
    headings = (*HEADINGS[:6], "Năm ngoái", "Năm nay")
    file = to_check((*row_of(an, "HTNV")[:5], "HTNV", "HTTNV"), headings=headings)
    with pytest.raises(NoListFound, match="Mức xếp loại"):
        check_grades_file(file, organisation=tree.root, year=2025, by=system)

    letters = {"name": "B", "born": "C", "card": "D", "base": "E", "cell": "F", "level": "H"}
    by_hand = FileToCheck(file.content, file.name, LIST_DAY, letters)
    keep_grade_mapping(check_grades_file(by_hand, organisation=tree.root, year=2025, by=system), by=system)

    assert ColumnMapping.objects.get().mapping["level"] == "H"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "Tệp rỗng", id="empty"),
        pytest.param(b"%PDF-1.7 ...", "không phải bảng tính", id="pdf"),
    ],
)
def test_what_is_no_workbook_changes_nothing(tree, system, content, words):
    with pytest.raises(SheetError, match=words):
        check_grades_file(FileToCheck(content, "x.xlsx"), organisation=tree.root, year=2025, by=system)
    assert ImportBatch.objects.count() == 0


def test_the_command_says_what_is_wrong(tree, tmp_path):
    tree.root.code = "01"
    tree.root.save(update_fields=["code"])
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="không phải bảng tính"):
        call_command("import_grades", str(file), organisation="01", year=2025)
    with pytest.raises(CommandError, match="Không có tổ chức đảng mang mã 99"):
        call_command("import_grades", str(file), organisation="99", year=2025)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Miễn công tác và sinh hoạt đảng", "exempt"),
        ("Đang bị đình chỉ sinh hoạt đảng", "suspended"),
        ("Mới kết nạp chưa đủ 6 tháng", "new_under_6_months"),
        ("Điều trị bệnh dài ngày", "ill"),
        ("Đi học tập trung", "away"),
        ("Đang xem xét kỷ luật", "disciplinary_case_open"),
        ("Chưa rõ", "other"),
        ("", "other"),
    ],
)
def test_reasons_are_read_from_words(text, code):
    assert reason_code(text) == code


def test_another_name_of_a_level_is_not_a_spelling(db):
    from members.scales import Scales

    level = Scales().scales["tu_cach"].level("DTC_HT")
    assert is_other_name("Loại III", level)
    assert not is_other_name("ĐTC-HT", level)
    assert not is_other_name("Đủ tư cách hoàn thành nhiệm vụ", level)


def test_members_are_never_touched(tree, system, an):
    before = Member.objects.values_list("full_name", "born_on", "revision").get(pk=an.pk)
    row = ("Nguyễn Văn Ann", "05/03/1980", "62010001", "Đảng bộ Phường Đông", "Chi bộ Khóm 1", "HTTNV", None)
    batch = check_grades_file(to_check(row), organisation=tree.root, year=2025, by=system)
    assert codes(batch) == [(2, "name_differs")]
    commit_grades(batch, by=system)
    assert Member.objects.values_list("full_name", "born_on", "revision").get(pk=an.pk) == before
