"""The terms of a case, by hand from the parameters of discipline.md; the file, the desk and the bar show them."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from config.desk.page import read_desk
from config.desk.waiting import waiting_count
from discipline import actions
from discipline.clock_rows import ClockRow, clock_rows
from discipline.clocks import ClockBook, clocks_of, running
from discipline.enums import Handler, Part, State
from discipline.models import Appeal, Case, CaseDecision, Postponement, StepTaken
from tests.discipline.cases import accused_in, case_on, named, opened
from tests.discipline.inspection_cases import ANNOUNCED_ON, announced, planned, step, triaged, verified
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 2)
NOTHING = dict.fromkeys(ClockRow._fields) | {
    "pk": UUID(int=1), "part": "officer", "handler": "cell", "code": "", "name": "Lê Văn Kín", "path": "/1/",
    "sets": {}, "is_refused": False, "has_appeals": False, "is_chosen": False,
}  # fmt: skip


def terms(today=TODAY, **row):
    """{code: (due day, reason)} of a case that is in a state."""
    found = running(ClockRow(**NOTHING | row), ClockBook(is_chosen=False), today)
    return {clock.code: (clock.due_on, clock.term.reason) for clock in found}


def clock(today=TODAY, **row):
    [found] = running(ClockRow(**NOTHING | row), ClockBook(is_chosen=False), today)
    return found


# --- each term


def test_a_plan_is_announced_in_five_working_days():
    # Monday 9/3/2026: 10, 11, 12, 13, 16
    found = clock(state="planned", planned_on=date(2026, 3, 9))
    assert found.due_on == date(2026, 3, 16)
    assert found.term.reason == "5 ngày làm việc từ ngày ký quyết định kiểm tra 09/03/2026"
    assert "299-QĐ/TU" in found.term.article


@pytest.mark.parametrize(
    ("kind", "extended", "due"),
    [
        ("signs", None, date(2026, 4, 26)),
        ("planned", None, date(2026, 4, 11)),
        ("thematic", None, date(2026, 4, 11)),
        ("signs", 15, date(2026, 5, 11)),
        ("planned", 10, date(2026, 4, 21)),
    ],
)
@pytest.mark.parametrize("state", ["self_review", "verifying"])
def test_an_inspection_of_a_cell_ends(kind, extended, due, state):
    found = clock(state=state, kind=kind, extended=extended, opened_on=date(2026, 3, 12))
    assert found.due_on == due
    assert ("gia hạn" in found.term.reason) is bool(extended)


@pytest.mark.parametrize("handler", ["commission", "committee"])
def test_the_terms_of_cells_are_for_cells(handler):
    assert terms(state="planned", handler=handler, planned_on=date(2026, 3, 9)) == {}
    assert terms(state="verifying", handler=handler, kind="signs", opened_on=date(2026, 3, 12)) == {}


@pytest.mark.parametrize("day", [date(2025, 5, 29), date(2020, 3, 9)])
def test_no_term_where_no_rule_set_has_one(day):
    assert terms(state="planned", planned_on=day) == {}


def test_a_chosen_rule_set_binds_whatever_the_day():
    sets = {"discipline_procedure": {"from": "2021-07-28", "reason": "x"}}
    assert terms(state="planned", planned_on=date(2026, 3, 9), sets=sets) == {}
    told = {"state": "announced", "told_on": date(2026, 6, 1), "number": "3-QĐ/CB"}
    assert clock(**told).due_on == date(2026, 6, 6)
    # 30 working days from Monday 1/6/2026: six weeks
    assert clock(**told, sets=sets).due_on == date(2026, 7, 13)


@pytest.mark.parametrize("state", ["decided_cell", "announced", "in_force"])
def test_a_cell_writes_its_decision_in_ten_days(state):
    row = {"state": state, "voted_step": "vote_in_cell", "voted_on": date(2026, 4, 10)}
    assert terms(**row)["written"] == (date(2026, 4, 20), "10 ngày từ ngày công bố kết quả biểu quyết 10/04/2026")
    assert "written" not in terms(**row, number="3-QĐ/CB")


def test_a_decision_above_is_announced_in_fifteen_days():
    row = {"state": "decided_upper", "voted_step": "vote_above", "voted_on": date(2026, 5, 28)}
    assert clock(**row).due_on == date(2026, 6, 12)
    assert clock(**row, signed_on=date(2026, 6, 1)).due_on == date(2026, 6, 16)


def test_the_employer_is_told_in_five_days():
    found = clock(state="announced", told_on=date(2026, 6, 16), number="3-QĐ/ĐU")
    assert (found.code, found.due_on) == ("notice", date(2026, 6, 21))


def test_the_employer_was_told_in_thirty_working_days():
    # Monday 3/6/2024: six weeks
    assert clock(state="announced", told_on=date(2024, 6, 3), number="3-QĐ/ĐU").due_on == date(2024, 7, 15)


@pytest.mark.parametrize("state", ["announced", "notified", "in_force", "exit"])
def test_the_window_of_appeal(state):
    # Monday 1/6/2026: six weeks of working days
    row = {"state": state, "received_on": date(2026, 6, 1), "number": "3-QĐ/ĐU"}
    assert terms(**row)["appeal_window"][0] == date(2026, 7, 13)
    assert "appeal_window" in terms(date(2026, 7, 13), **row)
    assert "appeal_window" not in terms(date(2026, 7, 14), **row)
    assert "appeal_window" not in terms(**row, is_refused=True)
    assert "appeal_window" not in terms(**row | {"has_appeals": True})


def test_an_appeal_is_settled_in_ninety_working_days():
    # Monday 1/6/2026: eighteen weeks to Monday 5/10, and the two days of National Day
    assert terms(state="appealed", appealed_on=date(2026, 6, 1)) == {
        "settlement": (date(2026, 10, 7), "90 ngày làm việc từ ngày khiếu nại 01/06/2026")
    }


@pytest.mark.parametrize(
    ("form", "lapses_on", "due"),
    [
        ("CC", None, date(2027, 4, 10)),
        ("KT", date(2027, 1, 10), date(2027, 1, 10)),
    ],
    ids=["E9", "written_with_the_decision"],
)
def test_a_discipline_lapses(form, lapses_on, due):
    row = {"state": "in_force", "form": form, "told_on": date(2026, 4, 10), "number": "3-QĐ/CB"}
    found = clock(**row, lapses_on=lapses_on)
    assert (found.code, found.due_on, found.ends) == ("lapse", due, True)


@pytest.mark.parametrize("form", ["KTR", "GT"])
def test_what_never_lapses_has_no_clock(form):
    assert terms(state="in_force", form=form, told_on=date(2026, 4, 10), number="3") == {}


def test_a_postponement_ends():
    found = clock(state="postponed", postponed_to=date(2026, 6, 30))
    assert (found.code, found.due_on) == ("postponed", date(2026, 6, 30))
    assert "khoản 14 Điều 2" in found.term.article


@pytest.mark.parametrize(
    ("today", "near", "pill"),
    [
        (date(2026, 6, 15), False, ("neutral", "còn 6 ngày")),
        (date(2026, 6, 16), True, ("warn", "còn 5 ngày")),
        (date(2026, 6, 21), True, ("warn", "hạn hôm nay")),
        (date(2026, 6, 22), True, ("error", "quá hạn 1 ngày")),
    ],
)
def test_five_days_before_one_is_reminded(today, near, pill):
    found = clock(today, state="announced", told_on=date(2026, 6, 16), number="3-QĐ/ĐU")
    assert (found.is_near(today), found.pill(today)) == (near, pill)


@pytest.mark.parametrize("state", [s for s in State.values if s not in ("postponed",)])
def test_a_case_without_facts_has_no_terms(state):
    assert terms(state=state) == {}


# --- what is read of a case


@pytest.fixture
def own_case(tree, cast):
    member = accused_in(tree.here, official_on=date(2015, 5, 19))
    return case_on(member, cast.secretary, handler=Handler.CELL, organisation=tree.here, officers=(cast.inspector,))


def read(user):
    [(row, clocks)] = clocks_of(clock_rows(user), TODAY)
    return row, {clock.code: clock.due_on for clock in clocks}


def test_the_days_of_an_inspection_are_read(own_case, cast):
    planned(own_case, cast.secretary)
    assert read(cast.secretary)[1] == {"announce_plan": date(2026, 3, 16)}
    actions.announce_inspection(own_case, step(ANNOUNCED_ON), by=cast.secretary)
    assert read(cast.secretary)[1] == {"inspection": date(2026, 4, 26)}
    for days in (10, 5):
        actions.extend_inspection(own_case, on=ANNOUNCED_ON, days=days, note="x", by=cast.secretary)
    row, found = read(cast.inspector)
    assert found == {"inspection": date(2026, 5, 11)}
    assert (row.part, row.kind, row.extended, row.stands_since) == ("officer", "signs", 15, ANNOUNCED_ON)


def test_the_days_of_a_decision_and_an_appeal_are_read(own_case, cast, tree):
    Case.objects.filter(pk=own_case.pk).update(state=State.DECIDED_CELL)
    StepTaken.objects.create(
        case=own_case, step="vote_in_cell", from_state="cell_meeting", to_state="decided_cell", on=date(2026, 4, 10),
        organisation=tree.here,
    )  # fmt: skip
    assert read(cast.secretary)[1] == {"written": date(2026, 4, 20)}
    decision = CaseDecision.objects.create(
        case=own_case, form="CC", subject="official", organisation=tree.here, body="cell", number="3-QĐ/CB",
        signed_on=date(2026, 4, 12), announced_on=date(2026, 4, 10), received_on=date(2026, 6, 1),
        lapses_on=date(2027, 4, 10),
    )  # fmt: skip
    Case.objects.filter(pk=own_case.pk).update(state=State.IN_FORCE)
    assert read(cast.secretary)[1] == {"appeal_window": date(2026, 7, 13), "lapse": date(2027, 4, 10)}
    Appeal.objects.create(case=own_case, decision=decision, lodged_on=date(2026, 6, 1), to="Đảng ủy", summary="x")
    Case.objects.filter(pk=own_case.pk).update(state=State.APPEALED)
    assert read(cast.secretary)[1] == {"settlement": date(2026, 10, 7)}


def test_the_end_of_a_postponement_is_read(own_case, cast):
    days = {"started_on": date(2026, 4, 1), "expected_on": date(2026, 6, 30)}
    Postponement.objects.create(case=own_case, kind="hospital", evidence="giấy ra viện", **days)
    Case.objects.filter(pk=own_case.pk).update(state=State.POSTPONED, postponed_from=State.VERIFYING)
    assert read(cast.secretary)[1] == {"postponed": date(2026, 6, 30)}


def test_what_a_committee_chose_binds_its_cells(own_case, cast, tree):
    rules = RuleSet.objects.latest_versions().get(topic="discipline_procedure", code="qd296_2025")
    choice = Choice(tree.east, "cell_signs_inspection_days", 60, "quy định của đảng ủy", "9-QĐ/ĐU", date(2026, 1, 1))
    add_override(rules, choice, by=cast.staff)
    announced(own_case, cast.secretary)
    # 60 days from 12/3/2026
    assert read(cast.secretary)[1] == {"inspection": date(2026, 5, 11)}


# --- the file, the desk, the bar


def test_the_file_shows_the_terms(own_case, cast, as_):
    planned(own_case, cast.secretary)
    opened(own_case, cast.secretary)
    address = reverse("discipline:file", args=[own_case.pk])
    page = as_(cast.secretary).get(address).content.decode()
    assert "Thời hạn" in page
    assert "16/03/2026" in page
    assert "5 ngày làm việc từ ngày ký quyết định kiểm tra 09/03/2026" in page
    assert queries_of(as_(cast.secretary), address) <= MOST


def desk_of(user):
    return [entry for entry in read_desk(user, timezone.localdate()).mine if "niêm phong" in entry.title]


def test_the_desk_shows_whose_turn_it_is(own_case, cast):
    planned(own_case, cast.secretary)
    [mine] = desk_of(cast.secretary)
    assert (mine.count, mine.due_on) == (1, date(2026, 3, 16))
    assert mine.title == "Hồ sơ niêm phong Lê Văn Kín: đã có quyết định, kế hoạch kiểm tra"
    [watched] = desk_of(cast.inspector)
    assert (watched.count, watched.due_on) == (0, date(2026, 3, 16))


def test_a_sign_stands_for_the_name(tree, cast):
    case_on(accused_in(tree.here), cast.inspector, code="HS-07")
    [mine] = desk_of(cast.inspector)
    assert mine.title == "Hồ sơ niêm phong HS-07: đã tiếp nhận dấu hiệu vi phạm"


@pytest.mark.parametrize(
    ("state", "handler", "turns"),
    [
        ("signal", "cell", {"secretary"}),
        ("signal", "commission", {"inspector"}),
        ("verifying", "cell", {"secretary", "stranger"}),
        ("verifying", "commission", {"inspector", "stranger"}),
        ("cell_meeting", "cell", {"secretary"}),
        ("cell_meeting", "commission", {"inspector", "secretary"}),
        ("upper_vote", "cell", {"inspector", "officer"}),
        ("decided_upper", "committee", {"inspector", "officer"}),
        ("announced", "cell", {"secretary"}),
        ("notified", "commission", {"inspector"}),
        ("in_force", "cell", set()),
        ("appealed", "cell", {"inspector"}),
        ("expired", "cell", set()),
        ("transferred", "commission", set()),
    ],
)
def test_whose_turn_it_is(tree, cast, state, handler, turns):
    case = case_on(accused_in(tree.here), cast.inspector)
    for name, part in (("secretary", Part.CELL), ("stranger", Part.TEAM), ("officer", Part.BODY)):
        named(case, getattr(cast, name), part)
    Case.objects.filter(pk=case.pk).update(state=state, handler=handler)
    people = vars(cast).items()
    assert {name for name, user in people if sum(entry.count for entry in desk_of(user))} == turns
    assert {name for name, user in people if waiting_count(user)} == turns


def test_the_bar_counts_what_the_desk_counts_however_many(tree, cast):
    today = timezone.localdate()
    for number in range(7):
        case_on(accused_in(tree.here, full_name=f"Lê Văn {number}"), cast.inspector)
    assert waiting_count(cast.inspector) == read_desk(cast.inspector, today).count == 7
    assert [entry.title for entry in desk_of(cast.inspector)][-1] == "Và 2 hồ sơ niêm phong khác"


def test_a_seal_to_open_waits_for_the_second_person_without_a_name(own_case, cast):
    asked = actions.ask_opening(
        own_case, user=cast.officer, part=Part.BODY, reason="thẩm tra", second=cast.head, by=cast.inspector
    )
    [mine] = desk_of(cast.head)
    assert mine.title == "Xác nhận mở hồ sơ niêm phong cho Người officer"
    assert "Kín" not in mine.title + mine.reason
    assert waiting_count(cast.head) == read_desk(cast.head, timezone.localdate()).count == 1
    actions.answer_opening(asked, grants=True, by=cast.head)
    assert (desk_of(cast.head), waiting_count(cast.head)) == ([], 0)


def without_token(page):
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', b"", page)


@pytest.mark.parametrize("page", ["desk", "discipline:cases", "members:list", "cells:tree", "search"])
def test_whoever_is_not_named_sees_the_very_same_pages(tree, cast, client, page):
    member = accused_in(tree.here)

    def seen():
        pages = {}
        for name, user in vars(cast).items():
            if name in ("inspector", "stranger"):
                continue
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            pages[name] = without_token(client.get(reverse(page), {"q": "kín"} if page == "search" else {}).content)
        return pages

    before = seen()
    case = case_on(member, cast.inspector, signal_on=timezone.localdate() - timedelta(days=90))
    named(case, cast.stranger, Part.TEAM)
    assert seen() == before


def test_whoever_has_left_his_office_has_nothing_on_the_desk(own_case, cast):
    triaged(own_case, cast.secretary)
    assert waiting_count(cast.secretary) == 1
    cast.secretary.role_assignments.update(ended_on=date(2026, 1, 1))
    del cast.secretary.all_roles_today
    assert waiting_count(cast.secretary) == 0
    assert desk_of(cast.secretary) == []


def test_a_term_of_verification_stands_on_the_desk(own_case, cast):
    verified(own_case, cast.secretary)
    [mine] = desk_of(cast.secretary)
    assert mine.reason == (
        "Kết thúc kiểm tra, báo cáo kết quả: 45 ngày từ ngày công bố quyết định kiểm tra 12/03/2026."
    )
    assert mine.pill[0] == "error"
