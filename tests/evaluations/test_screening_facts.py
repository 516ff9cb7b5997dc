"""From rows of the registers to flags: the cases of screening.md, section 10, each as the database holds it."""

from datetime import date

import pytest

from cells.models import LogEntry, RuleOverride
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import ConductYear, ScreeningFlag
from evaluations.screening_facts import read_facts
from members.enums import MembershipKind, OverlayKind, SanctionForm, StartReason
from members.models import Attendance, FeePayment, Membership, Overlay, Proceeding, Sanction
from tests.evaluations.screening_cases import (
    CUTOFF,
    a_year,
    computed,
    flags,
    graded,
    keep_register,
    opened,
    owes,
    pay,
)
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(tree):
    keep_register(tree.here)
    return MemberFactory(home=tree.here, full_name="Lê Văn Xét")


def overlay(member, kind, since, until=None):
    Overlay.objects.create(member=member, kind=kind, started_on=since, ended_on=until)


def exempt_from_february(tree, member):
    a_year(tree.here, member, missed=(3, 4, 5))
    overlay(member, OverlayKind.EXEMPT, date(2026, 2, 15))


def suspended_in_summer(tree, member):
    a_year(tree.here, member, missed=(6, 7, 8), unpaid=(6, 7, 8))
    overlay(member, OverlayKind.SUSPENDED, date(2026, 6, 1), date(2026, 9, 1))


def away_in_summer(tree, member):
    a_year(tree.here, member, held=(1, 2, 3, 10, 11, 12), unpaid=range(4, 10))
    Membership.objects.create(
        member=member, organisation=tree.there, kind=MembershipKind.TEMPORARY, start_reason=StartReason.TEMPORARY,
        started_on=date(2026, 4, 1), ended_on=date(2026, 10, 1), end_reason="temporary_ended",
    )  # fmt: skip


def rated(tree, member, levels):
    a_year(tree.here, member)
    graded(member, levels)


CASES = [
    pytest.param(lambda tree, m: a_year(tree.here, m, missed=(2, 3, 4)), {"X1": ("met", 3, 3)}, id="S1"),
    pytest.param(exempt_from_february, {}, id="S2"),
    pytest.param(suspended_in_summer, {"X2": ("met", 3, 3)}, id="S3"),
    pytest.param(away_in_summer, {"X1": ("ask_host", 0, 0), "X2": ("ask_host", 0, 0)}, id="S4"),
    pytest.param(
        lambda tree, m: a_year(tree.here, m, missed=(3, 4, 6), held=[1, 2, 3, 4, *range(6, 13)]),
        {"X1": ("met", 3, 3)}, id="S6",
    ),
    pytest.param(lambda tree, m: a_year(tree.here, m, unpaid=(1, 4, 6)), {"X2": ("needs_human", 3, 1)}, id="E12"),
    pytest.param(lambda tree, m: rated(tree, m, {2025: "KHTNV", 2026: "KHTNV"}), {"B1": ("met", None, None)}, id="E13"),
    pytest.param(lambda tree, m: rated(tree, m, {2024: "KHTNV", 2025: "", 2026: "KHTNV"}), {}, id="S8"),
    pytest.param(lambda tree, m: a_year(tree.here, m, missed=(2,), excused=(3, 4)), {}, id="excused"),
    pytest.param(
        lambda tree, m: rated(tree, m, {2024: "KHTNV", 2025: "KHTNV"}), {"B1": ("met", None, None)}, id="no result yet"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("write", "expected"), CASES)
def test_what_the_registers_show(tree, cast, member, write, expected):
    write(tree, member)
    found = flags(computed(tree.east, cast.officer), member)
    assert found == expected


def test_late_fees_count_as_paid_and_are_shown(tree, cast, member):
    """[S7] paid on 20/4 for three months; the fourth owes nothing more by the day of the check."""
    for month in (1, 2, 3, 4):
        pay(tree.here, member, date(2026, month, 1), date(2026, 4, 20))
    one = computed(tree.east, cast.officer, cutoff=date(2026, 4, 30))
    assert flags(one, member) == {}


def test_an_unpaid_row_of_the_register_is_unpaid(tree, cast, member):
    a_year(tree.here, member, unpaid=(1, 2, 3))
    for month in (1, 2, 3):
        owes(tree.here, member, date(2026, month, 1))
    assert flags(computed(tree.east, cast.officer), member) == {"X2": ("met", 3, 3)}


def test_where_no_register_of_fees_is_kept_nobody_is_flagged(tree, cast):
    """The register is silent about everybody: that is no evidence about one."""
    member = MemberFactory(home=tree.next_door)
    assert flags(computed(tree.east, cast.officer), member) == {}


@pytest.mark.parametrize(
    ("window", "expected"), [(None, {}), ("rolling_12", {"X1": ("met", 3, 3)})], ids=["S5", "S5 rolling"]
)
def test_a_run_over_new_year(tree, cast, member, window, expected):
    if window:
        RuleOverride.objects.create(
            organisation=tree.root, topic="removal", key="year_window", value=window, reason="chủ trương",
            started_on=date(2025, 7, 1),
        )  # fmt: skip
    a_year(tree.here, member, missed=(11, 12), held=range(7, 13), year=2025)
    a_year(tree.here, member, missed=(1,), held=(1,))
    one = computed(tree.east, cast.officer, cutoff=date(2026, 1, 31), today=date(2026, 2, 1))
    assert flags(one, member) == expected


@pytest.mark.parametrize(
    ("recorded", "status"),
    [({2012: True, 2013: True}, "met"), ({}, "needs_human"), ({2012: True}, "needs_human"), ({2013: False}, None)],
    ids=["S9 recorded", "S9 two meanings", "S9 one recorded", "S9 denied"],
)
def test_two_years_of_the_old_scale(tree, cast, recorded, status):
    member = MemberFactory(home=tree.here, since=date(2010, 1, 1))
    graded(member, {2012: "VPTC_KHT", 2013: "VPTC_KHT"}, scale="hd_2011")
    for year, violated in recorded.items():
        ConductYear.objects.create(member=member, year=year, violated=violated, document="Kết luận số 1")
    found = flags(computed(tree.east, cast.officer, cutoff=date(2013, 12, 31)), member)
    assert found == ({"X5": (status, None, None)} if status else {})


def test_two_years_not_done_are_never_unworthy(tree, cast, member):
    """[E13] whatever the levels say, X5 needs its own record."""
    a_year(tree.here, member)
    graded(member, {2024: "KHTNV", 2025: "KHTNV", 2026: "KHTNV"})
    assert "X5" not in flags(computed(tree.east, cast.officer), member)


@pytest.mark.parametrize(("act_on", "expected"), [
    (date(2026, 5, 1), {"B2": ("met", None, None)}), (date(2026, 1, 2), {}), (date(2027, 1, 1), {}),
], ids=["S10", "S10 before", "S10 after the day of the look"])  # fmt: skip
def test_a_new_violation_while_a_warning_holds(tree, cast, member, act_on, expected):
    a_year(tree.here, member)
    day = date(2026, 1, 10)
    Sanction.objects.create(
        member=member, form=SanctionForm.WARNING, decided_on=day, announced_on=day, lapses_on=date(2027, 1, 10)
    )
    later = date(2026, 8, 1) if act_on < CUTOFF else date(2027, 3, 1)
    Sanction.objects.create(
        member=member, form=SanctionForm.REPRIMAND, decided_on=later, announced_on=later, act_from=act_on
    )
    assert flags(computed(tree.east, cast.officer), member) == expected


def test_a_corrected_record_withdraws_the_flag_and_the_log_says_so(tree, cast, member):
    a_year(tree.here, member, missed=(2, 3, 4))
    one = computed(tree.east, cast.officer)
    Attendance.objects.filter(member=member, meeting__held_on__month=3).update(presence="excused")
    changes = actions.compute_round(one, today=CUTOFF, by=cast.officer)
    assert (changes.added, changes.changed, changes.withdrawn) == (0, 0, 1)
    gone = ScreeningFlag.objects.get(round=one, member=member)
    assert gone.void_reason == "Hồ sơ đã sửa: tính lại ngày 31/12/2026 không còn căn cứ này."
    entry = LogEntry.objects.get(action="screening.withdraw_flag")
    assert (entry.organisation, entry.data["code"]) == (tree.here, "X1")


def test_other_figures_make_a_new_flag_that_keeps_its_first_day(tree, cast, member):
    a_year(tree.here, member, missed=(2, 3, 4, 5))
    one = computed(tree.east, cast.officer, today=date(2026, 12, 1))
    Attendance.objects.filter(member=member, meeting__held_on__month=5).update(presence="present")
    actions.compute_round(one, today=CUTOFF, by=cast.officer)
    flag = ScreeningFlag.objects.standing().get(round=one, member=member)
    assert (flag.figures["cumulative"], flag.found_on) == (3, date(2026, 12, 1))
    assert actions.compute_round(one, today=CUTOFF, by=cast.officer).words.startswith(
        "Mới 0, số liệu thay đổi 0, rút 0"
    )


def test_exclusions_are_named(tree, cast, member):
    a_year(tree.here, member, missed=(2, 3, 4), excused=(5,), unpaid=(1, 2, 3), held=[1, 2, 3, 4, 5, *range(7, 13)])
    FeePayment.objects.create(
        organisation=tree.here, member=member, month=date(2026, 1, 1), basis="exempt", decision="QĐ 4"
    )
    one = computed(tree.east, cast.officer)
    absent = ScreeningFlag.objects.get(round=one, member=member, code="X1")
    assert absent.details == [
        "Tháng bỏ sinh hoạt: 02/2026, 03/2026, 04/2026.",
        "Tháng 05/2026 không xét: vắng có lý do được chấp nhận, điều trị.",
        "Tháng 06/2026 chi bộ không họp.",
    ]
    assert flags(one, member) == {"X1": ("met", 3, 3)}


@pytest.mark.parametrize("people", [1, 30])
def test_facts_of_a_scope_take_the_same_queries(tree, cast, people, django_assert_num_queries):
    for _ in range(people):
        member = MemberFactory(home=tree.here)
        a_year(tree.here, member, missed=(2,))
        Proceeding.objects.create(member=member, stage="charged", started_on=date(2026, 5, 1))
    with django_assert_num_queries(5):
        facts = read_facts(tree.east, CUTOFF)
    assert len(facts.people) == people
    assert not any(each.marked("proceeding") for each in facts.people.values())


def test_only_one_round_of_a_period(tree, cast):
    opened(tree.east, cast.officer)
    with pytest.raises(NotAllowed, match="Kỳ này đã có"):
        opened(tree.root, cast.staff)
    with pytest.raises(NotAllowed, match="không chọn chi bộ"):
        opened(tree.school, cast.staff)
    opened(tree.west, cast.other_officer)
    opened(tree.east, cast.officer, half=1)
