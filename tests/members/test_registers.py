"""Registers of a year: who stands in which, on screen, as a workbook, on paper."""

from datetime import date

import pytest
from django.urls import reverse

from config.lib.sheets import read_workbook
from members.actions.endings import EndingEntry, record_death, remove_name
from members.actions.restorations import RestorationEntry, restore_rights, resume_activity
from members.models import Overlay
from members.reports.registers import read_register
from tests.factories import MemberFactory


@pytest.fixture
def by(cast):
    return cast.officer


def person(tree, name, **values):
    return MemberFactory(home=tree.here, full_name=name, **values)


def lines(tree, name, year=2026, on=None):
    return list(read_register(name, tree.root, year=year, on=on).rows)


def test_a_death_stands_in_the_year_of_its_day(tree, by):
    record_death(person(tree, "Lê Mất Cuối Năm"), EndingEntry(date(2026, 1, 1)), by=by)
    notice = {"notified_on": date(2026, 8, 3), "note": "an táng tại quê"}
    record_death(person(tree, "Lê Thị Mất"), EndingEntry(date(2026, 8, 4), **notice), by=by)
    who = ("Lê Thị Mất", "05/03/1980", "19/05/2005", "Chi bộ Khóm 1")
    assert lines(tree, "deaths") == [(*who, "03/08/2026", "03/08/2026", "", "an táng tại quê")]
    assert [row[0] for row in lines(tree, "deaths", 2025)] == ["Lê Mất Cuối Năm"]
    assert lines(tree, "deaths", on=date(2026, 8, 2)) == []
    assert lines(tree, "leavers") == []


def test_who_left_stands_with_grounds_and_papers_and_who_was_wronged_with_that(tree, by):
    gone, wronged = person(tree, "Lê Văn Xóa"), person(tree, "Lê Văn Oan", official_on=None)
    paper = {"decision": "5-QĐ/ĐU", "decided_on": date(2026, 6, 15), "decided_by": "Đảng ủy"}
    remove_name(gone, EndingEntry(date(2026, 6, 15), ("removed_x2",), **paper), by=by)
    remove_name(wronged, EndingEntry(date(2026, 6, 16), ("removed_x7",)), by=by)
    restore_rights(wronged, RestorationEntry(date(2026, 10, 20), tree.here, "20-QĐ/TU", date(2026, 10, 20)), by=by)
    first, second = lines(tree, "leavers")
    assert (first[0], first[4:7]) == (
        "Lê Văn Xóa", ("Xóa tên; Không đóng đảng phí", "5-QĐ/ĐU, 15/06/2026, Đảng ủy", "15/06/2026"),
    )  # fmt: skip
    assert second[4] == (
        "Xóa tên (dự bị); Đảng viên dự bị không đủ tư cách; khôi phục quyền đảng viên (bị xử lý oan, sai) từ 20/10/2026"
    )
    [back] = lines(tree, "returned")
    assert (back[0], back[4]) == ("Lê Văn Oan", "20/10/2026")


def test_exempt_on_some_day_of_the_year_and_back_at_the_end_of_the_term(tree, by):
    old, ill, before = person(tree, "Lê Tuổi Cao"), person(tree, "Lê Điều Trị"), person(tree, "Lê Năm Trước")
    Overlay.objects.create(member=old, kind="exempt", ground="age_health", started_on=date(2024, 3, 1), decision="NQ 3")
    Overlay.objects.create(
        member=ill, kind="exempt", ground="treatment", started_on=date(2026, 2, 1), ended_on=date(2026, 8, 1)
    )
    Overlay.objects.create(member=before, kind="exempt", started_on=date(2024, 2, 1), ended_on=date(2025, 8, 1))
    assert [(row[0], row[3], row[4]) for row in lines(tree, "exempt")] == [
        ("Lê Tuổi Cao", "01/03/2024", "nay"),
        ("Lê Điều Trị", "01/02/2026", "31/07/2026"),
    ]
    assert "treatment" not in str(lines(tree, "exempt"))
    assert "Điều trị bệnh" not in str(lines(tree, "exempt"))
    assert [(row[0], row[3], row[4]) for row in lines(tree, "returned")] == [
        ("Lê Điều Trị", "Hết miễn công tác và sinh hoạt", "01/08/2026")
    ]
    assert lines(tree, "exempt", 2025)[0][0] == "Lê Năm Trước"


def test_an_exemption_that_ended_with_a_death_is_no_return(tree, by):
    old = person(tree, "Lê Tuổi Cao")
    Overlay.objects.create(member=old, kind="exempt", started_on=date(2024, 3, 1))
    record_death(old, EndingEntry(date(2026, 8, 4)), by=by)
    assert lines(tree, "returned") == []


def test_the_page_offers_paper_and_workbook_of_ones_own_body(tree, cast, as_, by):
    gone = person(tree, "Lê Văn Xóa")
    remove_name(gone, EndingEntry(date(2026, 6, 15), ("removed_x2",)), by=by)
    resume_activity(gone, RestorationEntry(date(2026, 7, 20), tree.here, "20-QĐ/TU", date(2026, 7, 20)), by=by)
    client = as_(cast.officer)
    page = client.get(reverse("members:registers"), {"organisation": "Đảng bộ Phường Đông", "year": 2026})
    address = reverse("members:print_register", args=[tree.east.pk, "leavers"])
    assert f"{address}?year=2026" in page.content.decode()
    wrong = client.get(reverse("members:registers"), {"organisation": "Đảng bộ Phường Đông", "year": "x"})
    assert "Sổ" in wrong.content.decode()
    assert wrong.context["form"].errors.keys() == {"year"}
    book = client.get(reverse("members:export_register", args=[tree.east.pk, "leavers"]), {"year": 2026})
    assert "Lê Văn Xóa" in str(read_workbook(book.content, "so.xlsx").sheets[0].rows)
    paper = client.get(address, {"year": 2026})
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert paper.content == client.get(address, {"year": 2026}).content
    for bad in ({"year": "9999"}, {"year": "0001"}):
        assert client.get(address, bad).status_code == 404
    assert client.get(reverse("members:print_register", args=[tree.east.pk, "x"])).status_code == 404
