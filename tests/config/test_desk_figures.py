"""The four figures of the desk, and the records that want a look."""

from datetime import date

import pytest

from config.desk.figures import read_figures
from members.enums import OverlayKind, Sex
from members.models import AnnualGrade, Overlay
from tests.factories import MemberFactory


def figures_of(user, day):
    return {figure.label: (figure.value, figure.before, figure.url) for figure in read_figures(user, day).figures}


def test_people_of_today_beside_those_of_a_year_ago(cast, tree):
    MemberFactory(home=tree.here, since=date(2025, 7, 1), sex=Sex.FEMALE)
    gone = MemberFactory(home=tree.here, since=date(2025, 7, 1))
    gone.memberships.update(ended_on=date(2026, 3, 1), end_reason="died")
    new = MemberFactory(home=tree.here, since=date(2026, 6, 1), admitted_on=date(2026, 6, 1), official_on=None)
    new.memberships.update(start_reason="admitted")
    MemberFactory(home=tree.there, since=date(2025, 7, 1))

    found = figures_of(cast.secretary, date(2026, 11, 23))

    assert found["Đảng viên"] == ("2", "2", "/members/")
    assert found["Đảng viên nữ"] == ("1", "1", "/members/?sex=female")
    assert found["Đảng viên dự bị"] == ("1", "0", "/members/?status=probationary")
    assert figures_of(cast.reader, date(2026, 11, 23))["Đảng viên"] == ("3", "3", "")


def test_a_list_loaded_within_the_year_gives_no_figure_for_a_year_ago(cast, tree):
    MemberFactory(home=tree.here, since=date(2025, 7, 1))
    MemberFactory(home=tree.here, since=date(2026, 1, 1))

    assert figures_of(cast.secretary, date(2026, 11, 23))["Đảng viên"] == ("2", "chưa có số liệu", "/members/")


def test_the_best_level_of_two_years_with_its_share(cast, tree):
    for year, level, home in (
        (2025, "HTXSNV", tree.here),
        (2025, "HTTNV", tree.here),
        (2025, "HTTNV", tree.here),
        (2024, "HTXSNV", tree.here),
        (2025, "HTXSNV", tree.there),
    ):
        member = MemberFactory(home=home)
        AnnualGrade.objects.create(member=member, year=year, scale="nhiem_vu", level=level, organisation=home)
    not_rated = MemberFactory(home=tree.here)
    AnnualGrade.objects.create(
        member=not_rated, year=2025, scale="nhiem_vu", not_rated_reason="new_under_6_months", organisation=tree.here
    )

    best = read_figures(cast.secretary, date(2026, 11, 23)).figures[-1]

    assert best.label == "Hoàn thành xuất sắc nhiệm vụ năm 2025"
    assert (best.value, best.before) == ("1", "1 (100,0\N{NO-BREAK SPACE}%)")
    assert best.before_label == "33,3\N{NO-BREAK SPACE}% số đã xếp loại; năm 2024"
    assert best.url == f"/evaluations/report/{tree.here.pk}/2025/"


def test_a_year_without_results_has_no_figure(cast, tree):
    MemberFactory(home=tree.here)

    best = read_figures(cast.secretary, date(2026, 11, 23)).figures[-1]

    assert (best.label, best.value, best.before) == ("Mức cao nhất năm 2025", "–", "chưa có số liệu")


def test_records_to_look_at_are_counted_within_the_own_scope(cast, tree):
    day = date(2026, 11, 23)
    for home in (tree.here, tree.there):
        MemberFactory(home=home, admitted_on=date(2025, 6, 1), official_on=None, personal_id="")
    exempt = MemberFactory(home=tree.here, admitted_on=date(2025, 1, 1), official_on=None)
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2026, 1, 1))

    overdue, without_id = read_figures(cast.secretary, day).to_look_at

    assert overdue.title == "1 đảng viên dự bị quá hạn công nhận chính thức"
    assert overdue.reason == (
        "Quá 12 tháng dự bị và thời hạn công nhận mà chưa ghi ngày chính thức (khoản 4.2.2 Quy định 294-QĐ/TW)."
    )
    assert overdue.url == "/members/?status=probationary"
    assert without_id.title == "1 đảng viên chưa có số định danh cá nhân"
    assert read_figures(cast.reader, day).to_look_at == []


@pytest.mark.parametrize(
    ("admitted_on", "overdue"),
    [
        pytest.param(date(2025, 10, 9), 1, id="ended on Friday 9/10, thirty working days on Friday 20/11"),
        pytest.param(date(2025, 10, 12), 0, id="ended on Monday 12/10, thirty working days on Monday 23/11"),
    ],
)
def test_recognition_has_thirty_working_days_after_the_probation(cast, tree, admitted_on, overdue):
    MemberFactory(home=tree.here, admitted_on=admitted_on, official_on=None)

    assert len(read_figures(cast.secretary, date(2026, 11, 23)).to_look_at) == overdue
