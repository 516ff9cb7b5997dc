"""`manage.py import_members`, `manage.py import_organisations`, and the columns as a stock resource."""

import json
from datetime import date

import pytest
import tablib
from django.core.management import CommandError, call_command

from cells.models import LogEntry, Organisation, OrganisationVersion
from members.models import ImportBatch, Member, Membership, Particular
from members.resources import MemberResource
from tests.members.importing import samples
from tests.members.importing.sheets import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations(capsys):
    """The catalogue of the samples, by the command."""
    file = samples.FOLDER / "expected.json"
    call_command("import_organisations", file, "--root", "Thành ủy Cà Mau", "--root-code", "96.001.000.000.000")
    return capsys.readouterr().out


def import_list(*options):
    file = samples.FOLDER / samples.LIST
    call_command("import_members", file, "--organisation", "96.001.000.000.000", "--on", "2026-10-31", *options)


def test_the_catalogue(organisations):
    assert organisations == "Đã nạp danh mục của Thành ủy Cà Mau: thêm 34, đã có 0.\n"
    kinds = {
        kind: Organisation.objects.filter(kind=kind).count() for kind in ("commune", "base_party", "base_cell", "cell")
    }
    assert kinds == {"commune": 1, "base_party": 5, "base_cell": 1, "cell": 27}
    cell = Organisation.objects.get(code="96.001.005.000.001")
    assert (cell.name, cell.parent.code, cell.is_cell) == ("Chi bộ Khóm 1", "96.001.005.000.000", True)
    assert OrganisationVersion.objects.get(organisation=cell).started_on == date(2025, 7, 1)
    assert LogEntry.objects.get(action="cells.import_catalogue").data == {"added": 34, "unchanged": 0}


def test_the_catalogue_again_adds_nothing(organisations, capsys):
    file = samples.FOLDER / "expected.json"
    call_command("import_organisations", file, "--root", "Thành ủy Cà Mau", "--root-code", "96.001.000.000.000")
    assert capsys.readouterr().out.endswith("thêm 0, đã có 34.\n")


def test_a_dry_run_reports_and_leaves_nothing(organisations, tmp_path, capsys):
    report = tmp_path / "report.json"
    import_list("--dry-run", "--report", str(report))
    out = capsys.readouterr().out
    assert out.startswith(
        "Kiểm tra, chưa ghi: số dòng 645, thêm mới 621, cập nhật 0, không đổi 0, từ chối 24, cảnh báo 10."
    )
    assert out.count("\n") == 1 + 35  # 32 findings, three of which concern two rows
    assert Member.objects.count() == ImportBatch.objects.count() == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    figures = {name: found[name] for name in ("rows", "created", "updated", "unchanged", "refused", "warnings")}
    assert figures == {"rows": 645, "created": 621, "updated": 0, "unchanged": 0, "refused": 24, "warnings": 10}
    assert {"row", "column", "code", "severity", "message"} <= found["problems"][0].keys()
    assert sum(found["problems_by_code"].values()) == 32


def test_a_run_writes(organisations, capsys):
    import_list()
    assert capsys.readouterr().out.startswith("Đã ghi: số dòng 645, thêm mới 621,")
    assert Member.objects.count() == 621
    assert ImportBatch.objects.get().created_by.username == "import_members"


def test_a_mapping_from_a_file(organisations, tmp_path):
    mapping, report = tmp_path / "mapping.json", tmp_path / "report.json"
    mapping.write_text('{"name": "B", "born": "C", "personal_id": "Q"}', encoding="utf-8")
    import_list("--dry-run", "--mapping", str(mapping), "--report", str(report))
    assert json.loads(report.read_text())["file"]["mapping"] == {"name": "B", "born": "C", "personal_id": "Q"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["không-có.xlsx", "--organisation", "96.001.000.000.000"], "Không mở được tệp"),
        ([str(samples.FOLDER / samples.LIST), "--organisation", "96.9"], "Không có tổ chức đảng mang mã 96.9"),
        ([str(samples.FOLDER / "expected.json"), "--organisation", "96.001.000.000.000"], "Không tìm thấy danh sách"),
    ],
)
def test_a_refusal_is_a_sentence(organisations, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_members", *options)


# --- the columns as a resource of django-import-export ---


def dataset(*people):
    headings = list(dict.fromkeys(name for each in people for name in each))
    return tablib.Dataset(*[[each.get(name) for name in headings] for each in people], headers=headings)


def test_the_stock_resource_creates_and_updates_people(tree):
    rows = [person(**{"Trình độ": None, "Lý luận chính trị": "SCCT", "Dân tộc": "KINH"})]
    resource = MemberResource(organisation=tree.root, as_of=date(2026, 10, 31))
    assert resource.import_data(dataset(*rows), raise_errors=True).totals["new"] == 1
    member = Member.objects.get()
    assert (member.full_name, member.ethnic, member.home, str(member.born_on)) == (
        "Lê An",
        "kinh",
        tree.here,
        "1980-03-05",
    )
    assert [(fact.topic, fact.value) for fact in Particular.objects.all()] == [("theory", "elementary")]
    rows[0]["Lý luận chính trị"] = "TC"
    resource.import_data(dataset(*rows), raise_errors=True)
    standing = Particular.objects.standing()
    assert [(fact.topic, fact.value) for fact in standing] == [("theory", "intermediate")]
    assert Member.objects.count() == Membership.objects.count() == 1


def test_the_stock_resource_refuses_with_the_remedy(tree):
    resource = MemberResource(organisation=tree.root, as_of=date(2026, 10, 31))
    result = resource.import_data(dataset(person(**{"Ngày sinh": "31/02/1980"})))
    assert Member.objects.count() == 0
    assert "Ngày không có trong lịch" in str(result.invalid_rows[0].error)


@pytest.mark.parametrize(("reveal", "shown"), [(False, "••••••••0001"), (True, "096080000001")])
def test_exports_mask_numbers_unless_they_may_be_shown(tree, system, reveal, shown):
    MemberResource(organisation=tree.root).import_data(dataset(person(**{"Tôn giáo": "Phật"})), raise_errors=True)
    row = MemberResource(reveal=reveal).export(Member.objects.all()).dict[0]
    assert (row["Số định danh cá nhân"], row["Tôn giáo"], row["Ngày sinh"]) == (shown, "Phật giáo", "05/03/1980")
    assert row["Chi bộ"] == "Chi bộ Khóm 1 - Đảng bộ Phường Đông"
