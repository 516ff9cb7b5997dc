"""Admission on the desk: each role sees what waits for it, what is late elsewhere, and the bar counts the same."""

from datetime import timedelta

from admissions.enums import State
from config.desk.page import read_desk
from config.desk.waiting import waiting_count
from tests.admissions.candidate_cases import in_state
from tests.admissions.paper_cases import decided, vote_of


def titles(entries):
    return [entry.title for entry in entries]


def test_each_role_sees_its_own_steps(tree, cast, today):
    asked = in_state(tree.here, State.COMPLETE, by=cast.secretary, full_name="Lê Thị Đào")
    voted = in_state(tree.next_door, State.CELL_ADOPTED, by=cast.officer, full_name="Lê Thị Mận")
    vote_of(voted, tree.next_door, today)

    [mine] = read_desk(cast.secretary, today).mine
    assert (mine.title, mine.verb) == ("Chi bộ xét, biểu quyết: Lê Thị Đào", "Mở hồ sơ")
    assert mine.url == f"/admissions/{asked.pk}/"
    assert "Biểu mẫu: 6-KNĐ." in mine.reason
    [officer] = read_desk(cast.officer, today).mine
    assert officer.title == "Xét đề nghị của chi bộ: Lê Thị Mận"
    assert officer.due_on > today
    assert read_desk(cast.stranger, today).mine == read_desk(cast.other_officer, today).mine == []


def test_what_is_late_in_a_cell_is_told_above(tree, cast, today):
    late = in_state(tree.here, State.APPROVED, by=cast.secretary)
    decided(late, tree.root, today - timedelta(days=90), received_on=today - timedelta(days=89))

    [entry] = read_desk(cast.officer, today).others
    assert (entry.title, entry.reason) == (
        "1 việc kết nạp, công nhận quá hạn, chờ nơi khác làm",
        "Hồ sơ của Chi bộ Khóm 1.",
    )
    assert read_desk(cast.secretary, today).mine[0].pill[0] == "error"
    assert read_desk(cast.reader, today).others == []


def test_more_than_the_first_few_lead_to_the_page(tree, cast, today):
    for _ in range(7):
        in_state(tree.here, State.COMPLETE, by=cast.secretary)

    mine = read_desk(cast.secretary, today).mine
    assert (len(mine), mine[-1].title, mine[-1].url) == (6, "Và 2 việc kết nạp, công nhận khác", "/admissions/tasks/")


def test_the_bar_counts_what_the_desk_counts(tree, cast, today):
    for state in State:
        if state in (State.COMPLETE, State.APPLYING, State.BASE_ADOPTED, State.CELL_ADOPTED, State.LISTED):
            in_state(tree.here, state, by=cast.secretary)
    for user in (cast.secretary, cast.officer, cast.staff, cast.stranger):
        assert waiting_count(user) == read_desk(user, today).count
    assert [waiting_count(user) for user in (cast.secretary, cast.officer, cast.staff)] == [1, 2, 1]
