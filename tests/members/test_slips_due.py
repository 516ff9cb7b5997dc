"""Yearly supplement slips of a body: who handed one in, who has not, of whom none is due yet; scope, paper, queries."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.models import RuleOverride
from config.lib.sheets import read_workbook
from members.models import Overlay, Supplement
from members.reports.slips_due import read_slips
from members.slips_due_printing import SLIPS_DUE
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

END = date(2026, 12, 31)


@pytest.fixture
def people(tree):
    """One who handed in twice, one last year, one just admitted, one exempt; one next door, one elsewhere."""
    handed = MemberFactory(home=tree.here, full_name="Lê Văn Nộp")
    for day in (date(2026, 2, 1), date(2026, 11, 20)):
        Supplement.objects.create(member=handed, declared_on=day)
    late = MemberFactory(home=tree.here, full_name="Lê Văn Chưa")
    Supplement.objects.create(member=late, declared_on=date(2025, 12, 1))
    Supplement.objects.create(
        member=late, declared_on=date(2026, 12, 1), voided_at=timezone.now(), void_reason="của người khác"
    )
    MemberFactory(home=tree.here, full_name="Lê Văn Mới", admitted_on=date(2026, 1, 1), official_on=None)
    exempt = MemberFactory(home=tree.here, full_name="Lê Văn Miễn")
    Overlay.objects.create(member=exempt, kind="exempt", started_on=date(2026, 3, 1))
    MemberFactory(home=tree.next_door, full_name="Lê Văn Bên")
    MemberFactory(home=tree.far, full_name="Lê Văn Xa")


def address(body, name="slips_due", year=2026):
    return reverse(f"members:{name}", args=[body.pk, year])


def said(slips):
    return [(line.name, line.words, line.note) for line in slips.lines]


def test_who_handed_in_who_has_not_and_of_whom_none_is_due(tree, people):
    slips = read_slips(tree.east, year=2026)
    assert said(slips) == [
        ("Lê Văn Chưa", "chưa nộp", ""),
        ("Lê Văn Miễn", "chưa nộp", "miễn công tác và sinh hoạt"),
        ("Lê Văn Mới", "chưa đến kỳ", "vào Đảng 01/01/2026"),
        ("Lê Văn Nộp", "20/11/2026", ""),
        ("Lê Văn Bên", "chưa nộp", ""),
    ]
    assert [(each.name, each.above, each.due, each.handed, each.missing, each.later) for each in slips.counts] == [
        ("Chi bộ Khóm 1", "Đảng bộ Phường Đông", 3, 1, 2, 1),
        ("Chi bộ Khóm 2", "Đảng bộ Phường Đông", 1, 0, 1, 0),
    ]
    assert said(read_slips(tree.here, year=2026, on=date(2026, 6, 1)))[-1] == ("Lê Văn Nộp", "01/02/2026", "")


def test_the_year_before_has_its_own_slips(tree, people):
    assert [line.name for line in read_slips(tree.east, year=2025).of_state("handed")] == ["Lê Văn Chưa"]


def test_a_committee_may_ask_the_first_slip_earlier(tree, people, cast):
    RuleOverride.objects.create(
        organisation=tree.root, topic="files", key="supplement_months", value=6, reason="nộp cuối năm",
        started_on=date(2025, 7, 1), recorded_by=cast.staff,
    )  # fmt: skip
    assert [line.name for line in read_slips(tree.here, year=2026).of_state("later")] == []


def test_a_committee_sees_its_cells_and_names_behind_the_numbers(as_, cast, tree, people):
    client = as_(cast.officer)
    html = client.get(address(tree.east)).content.decode()
    assert "Đã nộp 1 trên 4 đảng viên phải nộp; còn 3 đồng chí chưa nộp." in html
    assert f"{address(tree.here)}?show=missing" in html
    assert "Lê Văn Chưa" not in html
    shown = client.get(address(tree.east), {"show": "missing"}).context["page"].object_list
    assert [line.name for line, _ in shown] == ["Lê Văn Chưa", "Lê Văn Miễn", "Lê Văn Bên"]
    assert client.get(address(tree.west)).status_code == 404
    for year in (1999, timezone.localdate().year + 1):
        assert client.get(address(tree.east, year=year)).status_code == 404


def test_a_cell_sees_its_people_and_goes_on_to_their_slips(as_, cast, tree, people):
    html = as_(cast.secretary).get(address(tree.here)).content.decode()
    late, slip = (
        Supplement.objects.get(declared_on=date(2025, 12, 1)),
        Supplement.objects.get(declared_on=date(2026, 11, 20)),
    )
    assert reverse("members:take_over_supplement", args=[late.member_id]) in html
    assert reverse("members:print_supplement", args=[slip.member_id, slip.pk]) in html
    assert "Ghi phiếu" not in as_(cast.inspector).get(address(tree.here)).content.decode()
    assert as_(cast.reader).get(address(tree.here)).status_code == 403  # names in printed reports alone
    page = as_(cast.secretary).get(reverse("members:take_over_supplement", args=[late.member_id])).content.decode()
    assert address(tree.here, year=timezone.localdate().year) in page
    body = as_(cast.secretary).get(reverse("cells:organisation", args=[tree.here.pk])).content.decode()
    assert address(tree.here, year=timezone.localdate().year) in body


def test_paper_and_workbook_have_the_same_lines(as_, cast, tree, people):
    client = as_(cast.reader)
    book = read_workbook(client.get(address(tree.east, "export_slips_due")).content, "phieu.xlsx")
    counts, names = (sheet.rows for sheet in book.sheets)
    assert list(counts[-1]) == ["Cộng", None, 4, 1, 3, 1]
    assert [row[1] for row in names[1:6]] == ["Lê Văn Chưa", "Lê Văn Miễn", "Lê Văn Mới", "Lê Văn Nộp", "Lê Văn Bên"]
    assert "06-HD/TW" in str(names[-1])
    paper = client.get(address(tree.east, "print_slips_due"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert paper.content == client.get(address(tree.east, "print_slips_due")).content
    assert client.get(address(tree.school, "export_slips_due")).status_code == 200
    figures = SLIPS_DUE.collect(tree.east, year=2026)
    said = SLIPS_DUE.type.label, SLIPS_DUE.abstract(figures)
    assert said == ("Danh sách", "nộp phiếu bổ sung hồ sơ đảng viên năm 2026")


def test_pages_ask_as_often_for_thirty_as_for_one(as_, cast, tree, people):
    client = as_(cast.staff)
    pages = [address(tree.root), f"{address(tree.root)}?show=all", address(tree.here)]
    few = [queries_of(client, page) for page in pages]
    for number in range(30):
        member = MemberFactory(home=tree.here, full_name=f"Lê Văn {number}")
        Supplement.objects.create(member=member, declared_on=date(2026, 5, 1))
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST, few
