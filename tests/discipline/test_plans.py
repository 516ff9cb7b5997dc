"""Plans of inspection and supervision, what they covered, and the indicators for inspection officers."""

from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.changes import verbs
from cells.models import LogEntry
from cells.sentences import sentence
from config.lib.sheets import read_workbook
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.coverage import read_coverage
from discipline.indicators import read_indicators
from discipline.models import Case, CaseDecision, PlannedInspection, SupervisionPlan
from discipline.rules.indicators import middle, percent, share
from members.models import Attendance, Meeting, Post
from tests.cells.test_tree_changes import fresh
from tests.cells.tree_cases import decision, do
from tests.discipline.beside_cases import item_of, plan_of
from tests.discipline.cases import accused_in, case_on
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)
DONE = {"done_on": date(2026, 4, 2), "found": "", "finding": "good", "concluded_on": date(2026, 4, 10)}


@pytest.fixture
def plan(tree, cast):
    return plan_of(tree.here, cast.secretary)


def cells_of(body, year=2026):
    return {cell.name: cell for cell in read_coverage(body, year, END).cells}


def test_one_plan_a_year(tree, cast, plan):
    with pytest.raises(ValidationError, match="đã có kế hoạch năm 2026"):
        plan_of(tree.here, cast.secretary)
    plan_of(tree.here, cast.secretary, year=2027)
    actions.void_plan(plan, reason="nhầm năm", by=cast.secretary)
    plan_of(tree.here, cast.secretary)


def test_a_plan_stays_within_its_year(as_, cast, plan):
    client = as_(cast.secretary)
    head = {"organisation": plan.organisation.pk, "keeper": "cell", "year": "2027", "adopted_on": "01/01/1990"}
    page = client.post(reverse("discipline:add_plan"), head)
    assert page.status_code == 422
    assert "Kế hoạch năm 2027 thông qua trong năm 2026 hoặc 2027" in page.content.decode()
    item = {"kind": "signs", "theme": "Thu, nộp đảng phí", "planned_from": "01/01/1990", "planned_to": "01/01/2099"}
    page = client.post(reverse("discipline:plan_item", args=[plan.pk]), item)
    assert page.status_code == 422
    assert page.content.decode().count("Ngày dự kiến phải trong năm 2026") >= 2
    assert plan.inspections.count() == 0


def test_signs_of_a_violation_are_planned_without_a_person(tree, cast, plan):
    member = MemberFactory(home=tree.here)
    with pytest.raises(ValidationError, match="không ghi tên người"):
        item_of(plan, cast.secretary, member, kind="signs")
    item = item_of(plan, cast.secretary, kind="signs", theme="Theo thông tin phản ánh")
    assert list(item.members.all()) == []
    with pytest.raises(ValidationError, match="ít nhất một đảng viên"):
        item_of(plan, cast.secretary)


def test_what_was_done_is_planned_no_more(tree, cast, plan):
    item = item_of(plan, cast.secretary, MemberFactory(home=tree.here))
    actions.report_item(item, DONE, by=cast.secretary)
    with pytest.raises(NotAllowed, match="đã thực hiện"):
        actions.change_item(item, {"kind": "regular", "theme": "x"}, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Hãy hủy từng cuộc trước"):
        actions.void_plan(plan, reason="x", by=cast.secretary)
    actions.void_item(item, reason="nhầm", by=cast.secretary)
    with pytest.raises(NotAllowed, match="vừa được hủy"):
        actions.void_item(item, reason="nhầm", by=cast.secretary)


def test_the_log_has_sentences_and_names_nobody(tree, cast, plan):
    item = item_of(plan, cast.secretary, MemberFactory(home=tree.here, full_name="Ngô Văn Tên"))
    actions.report_item(item, DONE | {"passed_on": date(2026, 4, 11)}, by=cast.secretary)
    lines = LogEntry.objects.filter(action__startswith="discipline.").order_by("pk")
    words = [sentence(line.action, line.subject_label, line.data) for line in lines]
    assert words == [
        "lập kế hoạch kiểm tra, giám sát năm 2026 của Chi bộ Khóm 1",
        "đưa vào kế hoạch: Giám sát chuyên đề: Thực hiện quy chế làm việc",
        "ghi kết quả, ngày 02/04/2026: Giám sát chuyên đề: Thực hiện quy chế làm việc",
    ]


def test_shares_and_medians():
    assert percent(share(1, 5)) == 20
    assert percent(share(1, 8)) == 13
    assert percent(share(0, 0)) is None
    assert share(1, 3) == Fraction(1, 3)
    assert middle([30, 10, 50, 40]) == 35
    assert middle([]) is None


def test_coverage_counts_members_once_and_themes_only(tree, cast, plan):
    people = [MemberFactory(home=tree.here) for _ in range(10)]
    for member in (people[0], people[0], people[1]):
        actions.report_item(item_of(plan, cast.secretary, member), DONE, by=cast.secretary)
    regular = item_of(plan, cast.secretary, *people, kind="regular")
    actions.report_item(regular, DONE, by=cast.secretary)
    item_of(plan, cast.secretary, *people)
    voided = item_of(plan, cast.secretary, people[5])
    actions.report_item(voided, DONE, by=cast.secretary)
    actions.void_item(voided, reason="nhầm", by=cast.secretary)
    found = read_coverage(tree.east, 2026, END)
    here, next_door = found.cells
    assert (here.has_plan, here.planned, here.done, here.reached, here.percent) == (True, 5, 4, 2, 20)
    assert (next_door.is_idle, [cell.name for cell in found.idle]) == (True, ["Chi bộ Khóm 2"])
    assert (found.target, found.is_below(here)) == (Fraction(1, 5), False)
    assert cells_of(tree.east, 2025)["Chi bộ Khóm 1"].is_idle


def test_coverage_is_of_the_tree_of_that_year(tree, cast):
    """A base moved and a cell renamed in March 2026: 2025 shows where it stood and what it was called then."""
    MemberFactory(home=tree.here)
    plan_of(tree.here, cast.secretary, year=2025)
    do(verbs.move([tree.here], parent=tree.west, decision=decision()), cast.staff)
    do(verbs.rename(fresh(tree.next_door), {"name": "Chi bộ Khóm Mới"}, decision=decision()), cast.staff)
    before, after = date(2025, 12, 31), date(2026, 12, 31)
    shown = {day: read_coverage(fresh(tree.east), day.year, day).cells for day in (before, after)}
    assert [(cell.name, cell.above, cell.has_plan) for cell in shown[before]] == [
        ("Chi bộ Khóm 1", tree.east.name, True),
        ("Chi bộ Khóm 2", tree.east.name, False),
    ]
    assert [cell.name for cell in shown[after]] == ["Chi bộ Khóm Mới"]
    moved = {cell.name: cell.above for cell in read_coverage(fresh(tree.west), 2026, after).cells}
    assert moved["Chi bộ Khóm 1"] == tree.west.name


def test_one_fewer_is_below_what_is_aimed_at(tree, cast, plan):
    people = [MemberFactory(home=tree.here) for _ in range(6)]
    actions.report_item(item_of(plan, cast.secretary, people[0]), DONE, by=cast.secretary)
    found = read_coverage(tree.here, 2026, END)
    [here] = found.cells
    assert (here.percent, found.is_below(here)) == (17, True)


def test_who_leads_comes_to_the_meetings_of_his_cell(tree):
    leader, other = MemberFactory(home=tree.here), MemberFactory(home=tree.here)
    Post.objects.create(member=leader, organisation=tree.root, title="deputy", started_on=date(2026, 2, 1))
    for day, presence in ((date(2026, 1, 5), "present"), (date(2026, 3, 5), "present"), (date(2026, 4, 5), "excused")):
        meeting = Meeting.objects.create(organisation=tree.here, held_on=day)
        for member in (leader, other):
            Attendance.objects.create(meeting=meeting, member=member, presence=presence)
    here = cells_of(tree.east)["Chi bộ Khóm 1"]
    assert (here.came, here.expected, here.leaders_percent) == (1, 2, 50)


def test_the_workbook_says_the_same(tree, cast, plan, as_):
    people = [MemberFactory(home=tree.here) for _ in range(4)]
    actions.report_item(item_of(plan, cast.secretary, people[0]), DONE, by=cast.secretary)
    content = as_(cast.officer).get(reverse("discipline:export_coverage", args=[tree.east.pk]) + "?year=2026").content
    [sheet] = read_workbook(content, "x.xlsx").sheets
    row = next(row for row in sheet.rows if "Chi bộ Khóm 1" in [str(value) for value in row])
    assert [str(value) for value in row[2:8]] == ["4", "có", "1", "1", "1", "25"]


def test_a_secretary_keeps_the_plan_of_his_cell(tree, cast, as_):
    client, member = as_(cast.secretary), MemberFactory(home=tree.here, full_name="Đỗ Thị Kiểm")
    sent = {"organisation": "Chi bộ Khóm 1", "keeper": "cell", "year": "2026", "number": "3-KH/CB"}
    answer = client.post(reverse("discipline:add_plan"), sent)
    plan = SupervisionPlan.objects.get()
    assert answer.url == reverse("discipline:plan", args=[plan.pk])
    form = reverse("discipline:plan_item", args=[plan.pk])
    assert "Đỗ Thị Kiểm" in client.get(form).content.decode()
    item = {
        "kind": "compliance", "theme": "Học tập nghị quyết", "members": [str(member.pk)], "planned_from": "01/03/2026",
        "planned_to": "31/03/2026",
    }  # fmt: skip
    assert client.post(form, item).status_code == 302
    row = PlannedInspection.objects.get()
    assert list(row.members.all()) == [member]
    report = reverse("discipline:report_item", args=[row.pk])
    assert client.post(report, {"done_on": "05/04/2026", "finding": "good"}).status_code == 422
    done = {"done_on": "05/04/2026", "finding": "good", "concluded_on": "06/04/2026", "found": "Đã học đủ"}
    assert client.post(report, done).status_code == 302
    for reader in (cast.secretary, cast.officer, cast.staff, cast.inspector):
        assert "Đã học đủ" in as_(reader).get(reverse("discipline:plan", args=[plan.pk])).content.decode()


def test_that_a_sign_was_passed_on_is_for_those_who_keep_the_plan(tree, cast, plan, as_):
    item = item_of(plan, cast.secretary, MemberFactory(home=tree.here))
    actions.report_item(item, DONE | {"passed_on": date(2026, 4, 11)}, by=cast.secretary)
    address = reverse("discipline:plan", args=[plan.pk])
    for name, told in (("secretary", True), ("inspector", True), ("officer", False), ("staff", False)):
        assert ("Đã chuyển thông tin" in as_(getattr(cast, name)).get(address).content.decode()) is told, name


def test_the_commission_names_people_and_bodies(tree, cast, as_):
    client, member = as_(cast.inspector), MemberFactory(home=tree.there, full_name="Bùi Văn Ủy")
    plan = plan_of(tree.root, cast.inspector, keeper="commission")
    item = {
        "kind": "thematic", "theme": "Quy chế làm việc", "first_member": "Bùi Văn Ủy", "organisations": [tree.east.pk],
        "planned_from": "01/03/2026", "planned_to": "31/03/2026",
    }  # fmt: skip
    assert client.post(reverse("discipline:plan_item", args=[plan.pk]), item).status_code == 302
    row = PlannedInspection.objects.get()
    assert (list(row.members.all()), list(row.organisations.all())) == ([member], [tree.east])
    page = client.get(reverse("discipline:change_item", args=[row.pk])).content.decode()
    assert "Bùi Văn Ủy" in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"organisation": "Chi bộ Khóm 1", "keeper": "commission", "year": "2026"},
        {"organisation": "Chi bộ Ấp Thượng", "keeper": "cell", "year": "2026"},
        {"organisation": "Chi bộ Khóm 1", "keeper": "cell", "year": "9" * 40},
        {"organisation": "\0", "keeper": "x", "year": "-1", "adopted_on": "31/02/2026"},
    ],
)
def test_bad_input_comes_back(tree, cast, as_, sent):
    answer = as_(cast.secretary).post(reverse("discipline:add_plan"), sent)
    assert (answer.status_code, SupervisionPlan.objects.count()) == (422, 0)


@pytest.mark.parametrize("year", ["", "abc", "0000", "99999999999", "%00", "1999", "2999"])
def test_an_odd_year_shows_this_one(tree, cast, as_, year, today):
    for page in ("plans", "indicators"):
        shown = as_(cast.inspector).get(f"{reverse(f'discipline:{page}')}?year={year}").content.decode()
        assert f"năm {today.year}" in shown
    assert (
        as_(cast.officer).get(f"{reverse('discipline:coverage', args=[tree.east.pk])}?year={year}").status_code == 200
    )


def decided(case, body, *, signed_on, announced_on, **more):
    return CaseDecision.objects.create(
        case=case, form="KT", subject="official", organisation=body, body="base_committee", signed_on=signed_on,
        announced_on=announced_on, **more,
    )  # fmt: skip


def test_indicators_count_announced_decisions_and_named_cases_alone(tree, cast):
    own = case_on(accused_in(tree.here), cast.inspector)  # supervision, signal on 2/3/2026
    decided(own, tree.east, signed_on=date(2026, 5, 1), announced_on=date(2026, 5, 10))
    letter = case_on(accused_in(tree.here), cast.inspector, source="letter")
    decided(letter, tree.east, signed_on=date(2026, 6, 30), announced_on=date(2026, 7, 30))
    unknown = case_on(accused_in(tree.here), cast.inspector, source="press")
    decided(unknown, tree.east, signed_on=date(2026, 6, 1), announced_on=None)
    mine, head = read_indicators(cast.inspector, 2026), read_indicators(cast.head, 2026)
    assert (mine.own, mine.cases, head.own, head.cases) == (1, 3, 1, 2)
    assert (mine.days, mine.decisions, head.days) == (90, 2, 90)
    assert (head.late, head.signed, head.late_percent) == (1, 2, 50)
    assert read_indicators(cast.head, 2025).cases == 0
    assert mine.by_cell == 0
    Case.objects.filter(pk=own.pk).update(handler="cell")
    assert read_indicators(cast.inspector, 2026).by_cell == 1
    letter.void("mở nhầm người", cast.inspector)
    mine = read_indicators(cast.inspector, 2026)
    assert (mine.cases, mine.decisions, mine.days) == (2, 1, 60)


def test_what_there_is_nothing_of_is_said(cast, as_):
    page = as_(cast.inspector).get(reverse("discipline:indicators")).content.decode()
    assert page.count("chưa có số liệu") == 4


def test_the_page_says_over_what_it_counts(cast, as_):
    page = as_(cast.inspector).get(reverse("discipline:indicators")).content.decode()
    assert "Chỉ tính các quyết định đã công bố và những hồ sơ nêu tên đồng chí" in page


@pytest.mark.parametrize("number", [1, 8])
def test_pages_ask_little(tree, cast, as_, number):
    plan = plan_of(tree.here, cast.secretary, year=2026)
    for _ in range(number):
        item_of(plan, cast.secretary, MemberFactory(home=tree.here))
        case = case_on(accused_in(tree.here), cast.inspector)
        decided(case, tree.east, signed_on=date(2026, 5, 1), announced_on=date(2026, 5, 10))
    for name, pk in (("plan", plan.pk), ("plan_item", plan.pk)):
        assert queries_of(as_(cast.secretary), reverse(f"discipline:{name}", args=[pk])) <= MOST
    assert queries_of(as_(cast.staff), reverse("discipline:coverage", args=[tree.root.pk])) <= MOST
    assert queries_of(as_(cast.head), reverse("discipline:indicators") + "?year=2026") <= MOST
    assert queries_of(as_(cast.staff), reverse("discipline:plans") + "?year=2026") <= MOST
