"""The plan and the board of a year: figures counted by hand, names in scope, readers see figures alone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from admissions.actions.source_plans import PlanEntry, save_plan
from admissions.enums import State
from admissions.models import AdmissionPlan, Candidate, StepTaken
from admissions.reports.board import read_board
from cells.models import LogEntry
from members.models import AnnualGrade
from tests.admissions.admitted_cases import admitted
from tests.admissions.candidate_cases import in_state, listed
from tests.queries import MOST, queries_of

ON = date(2026, 11, 20)


@pytest.fixture
def people(tree, cast):
    """Six admissions of 2026, one of 2025, one of 2026 voided."""
    by = cast.staff
    found = [
        admitted(tree.here, by=by, sex="female", ethnic="khmer", union_member=True),
        admitted(tree.here, by=by, born_on=date(1980, 1, 1), is_teacher=True, found_by="trade_union"),
        admitted(tree.next_door, by=by, born_on=date(1970, 1, 1), worker_kind="processing"),
        admitted(tree.there, by=by, sex="female", born_on=None),
        admitted(tree.school, by=by, born_on=date(1985, 1, 1), is_teacher=True, is_intellectual=True, sex="female"),
        admitted(tree.far, by=by, held_on=date(2026, 11, 20), born_on=date(1996, 11, 20)),
        admitted(tree.here, by=by, held_on=date(2025, 12, 31)),
    ]
    admitted(tree.here, by=by, sex="female").void("nhầm", by)
    return found


def board_of(body):
    return read_board(body, year=2026, on=ON)


def test_the_board_of_the_whole_counts_by_hand(tree, cast, people):
    save_plan(tree.root, PlanEntry(2026, 8, {"women": 4, "teachers": 1}), by=cast.staff)

    board = board_of(tree.root)

    assert (board.total.number, board.total.target, f"{board.total.done}") == (6, 8, "75.00")
    assert board.last_year == 1
    counted = {each.code: each.number for each in board.groups if each.number}
    assert counted == {
        "group.workers": 1, "group.workers.2": 1, "group.youth": 2, "group.youth.1": 1, "group.intellectuals": 1,
        "group.teachers": 2, "group.women": 3, "group.minorities": 1,
    }  # fmt: skip
    women, teachers = (board.figure(f"group.{code}") for code in ("women", "teachers"))
    assert (f"{women.done}", f"{teachers.done}") == ("75.00", "200.00")
    assert [(unit.name, unit.number) for unit in board.units] == [
        ("Đảng bộ Phường Đông", 3), ("Đảng bộ Phường Tây", 2), ("Chi bộ cơ sở Trường Sao Mai", 1),
    ]  # fmt: skip
    assert {each.code: each.number for each in board.sources if each.number} == {
        "source.cell": 5, "source.trade_union": 1,
    }  # fmt: skip


def test_a_base_counts_its_own(tree, people):
    assert board_of(tree.east).total.number == 3


def test_who_is_on_the_way_is_counted_by_state(tree, cast):
    listed(tree.here, by=cast.staff)
    for state in (State.SYMPATHISER, State.SYMPATHISER, State.DROPPED, State.COMPLETE):
        in_state(tree.here, state, by=cast.staff)
    listed(tree.there, by=cast.staff)

    assert [(state, number) for state, _, number in board_of(tree.east).on_the_way] == [
        ("listed", 1), ("sympathiser", 2), ("complete", 1),
    ]  # fmt: skip


def test_quality_names_who_came_through_at_once_and_how_the_earlier_are_rated(tree, cast, people):
    first, *_, earlier = people
    StepTaken.objects.create(
        candidate=first.candidate, step="redo_dossier", to_state="certified", on=date(2026, 2, 1),
        organisation=tree.here,
    )  # fmt: skip
    AnnualGrade.objects.create(
        member=earlier.member, year=2025, scale="nhiem_vu", level="HTTNV", organisation=tree.here
    )

    quality = board_of(tree.root).quality

    assert (len(quality.at_once), quality.admitted, quality.turned_back) == (5, 6, 1)
    [cohort] = quality.cohorts
    assert (cohort.year, cohort.number, cohort.unrated) == (2025, 1, 0)
    assert cohort.levels == (("Hoàn thành tốt nhiệm vụ", 1),)


def test_a_cell_is_quiet_when_nobody_was_admitted_for_years(tree, cast, people):
    on = date(2029, 1, 1)
    quiet = read_board(tree.root, year=2028, on=on).quiet
    assert [(cell.name, cell.last_on) for cell in quiet] == [
        ("Chi bộ Khóm 1", date(2026, 3, 3)), ("Chi bộ Khóm 2", date(2026, 3, 3)),
        ("Chi bộ Ấp Thượng", date(2026, 3, 3)),
        ("Chi bộ Ấp Hạ", date(2026, 11, 20)), ("Chi bộ cơ sở Trường Sao Mai", date(2026, 3, 3)),
    ]  # fmt: skip
    assert read_board(tree.root, year=2026, on=ON).quiet == ()


# --- the plan


def test_a_plan_is_given_and_put_right_by_a_new_row(tree, cast):
    save_plan(tree.east, PlanEntry(2026, 8, {"women": 3}, "QĐ 5"), by=cast.staff)
    with pytest.raises(ValidationError, match="vì sao sửa"):
        save_plan(tree.east, PlanEntry(2026, 9), by=cast.staff)
    new = save_plan(tree.east, PlanEntry(2026, 9), reason="điều chỉnh", by=cast.staff)

    assert [(row.target, row.void_reason) for row in AdmissionPlan.objects.order_by("id")] == [
        (8, "điều chỉnh"), (9, ""),
    ]  # fmt: skip
    [entry] = LogEntry.objects.about(new)
    assert (entry.action, entry.data["target"], entry.organisation) == ("admissions.save_plan", 9, tree.east)


def url(name, body, year=2026, query=""):
    return reverse(f"admissions:{name}", args=[body.pk, year]) + query


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"target": "x"}, "Chỉ tiêu"),
        ({"target": "-1"}, "Chỉ tiêu"),
        ({"target": "9" * 30}, "Chỉ tiêu"),
        ({"target": "5", "women": "6"}, "không thể nhiều hơn chỉ tiêu"),
    ],
)
def test_a_wrong_plan_is_refused_in_words(as_, tree, cast, values, words):
    answer = as_(cast.officer).post(url("save_plan", tree.here), values)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert AdmissionPlan.objects.count() == 0


def test_an_officer_gives_plans_to_his_base_and_below(as_, tree, cast):
    client = as_(cast.officer)
    assert client.post(url("save_plan", tree.here), {"target": "2", "youth": "1"}).status_code == 302
    assert client.post(url("save_plan", tree.east), {"target": "5"}).status_code == 302
    assert client.post(url("save_plan", tree.root), {"target": "5"}).status_code == 404
    assert {(row.organisation, row.target) for row in AdmissionPlan.objects.all()} == {(tree.here, 2), (tree.east, 5)}


# --- the page


def test_a_reader_sees_figures_and_no_names(as_, tree, cast, people):
    client = as_(cast.reader)
    text = client.get(url("board", tree.root)).content.decode()
    assert "không cộng thành tổng số" in text
    assert "names/" not in text
    assert not any(row.member.full_name in text for row in people)
    assert client.get(url("board_names", tree.root)).status_code == 403


def test_a_secretary_sees_the_names_of_his_cell(as_, tree, cast, people):
    client = as_(cast.secretary)
    text = client.get(url("board_names", tree.here, query="?figure=group.women")).content.decode()
    assert people[0].member.full_name in text
    assert people[1].member.full_name not in text
    assert client.get(url("board_names", tree.here, query="?figure=junk")).status_code == 404
    assert client.get(url("board", tree.east)).status_code == 404


@pytest.mark.parametrize("year", [1, 2010, 2098, 9999])
def test_a_year_far_away_is_not_found(as_, tree, cast, year):
    assert as_(cast.staff).get(url("board", tree.root, year)).status_code == 404


def test_the_board_asks_little(as_, tree, cast, people):
    assert Candidate.objects.count() == 8
    assert queries_of(as_(cast.staff), url("board", tree.root, 2026)) <= MOST
