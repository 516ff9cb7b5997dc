"""Quarterly follow-up: off by default, who is followed, written as facts with versions, shown beside the year."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions, merging
from evaluations.actions.quarters import QuarterEntry, QuarterRefused
from evaluations.models import QuarterRating
from evaluations.quarter_board import read_board
from evaluations.quarter_books import QuarterBooks
from evaluations.rules.quarterly import Quarter
from members.models import Membership, Overlay, Training, Transfer
from tests.evaluations.quarter_cases import (
    Q1,
    Q2,
    Q3,
    SINCE,
    TODAY,
    YEAR,
    choose,
    decide,
    edit,
    entry,
    heading,
    row_of,
    switch_on,
    unit_of,
    write,
)
from tests.evaluations.rating_cases import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell(tree, cast):
    """The cell "here" with a secretary and two others; its base follows quarters."""
    switch_on(tree.east, by=cast.staff)
    return tree.here


@pytest.fixture
def trio(cell):
    found = [*people(cell, 1, full_name="Lê Văn An"), *people(cell, 1, full_name="Lê Thị Bình")]
    head = people(cell, 1, full_name="Lê Văn Cường")[0]
    heading(head, cell)
    return head, *found


def names(unit):
    return [row.name for row in unit.people]


# --- on and off


def test_off_by_default(tree, cast):
    member = people(tree.here, 1)[0]
    heading(member, tree.here)
    assert unit_of(tree.here) is None
    with pytest.raises(NotAllowed, match="không theo dõi, đánh giá Quý III năm 2026"):
        actions.save_quarter(tree.here, entry=entry(Q3, {}), by=cast.secretary)
    assert read_board(tree.root, year=YEAR, on=TODAY).lines == ()
    assert not QuarterBooks(YEAR).reaches(tree.root)


def test_the_nearest_choice_wins_and_is_dated(tree, cast):
    switch_on(tree.root, by=cast.staff, since=date(2026, 5, 1))
    choose(tree.west, "quarterly_enabled", False, by=cast.staff)
    assert [bool(unit_of(tree.here, quarter)) for quarter in (Q1, Q2, Q3)] == [False, True, True]
    assert unit_of(tree.there) is None
    books = QuarterBooks(YEAR)
    assert [books.reaches(each) for each in (tree.root, tree.east, tree.west, tree.here)] == [True, True, False, True]


# --- who is followed


def test_leaders_by_their_posts(tree, cell, trio):
    deputy = people(cell, 1, full_name="Lê Văn Dũng")[0]
    heading(deputy, tree.east, title="deputy")
    heading(trio[1], cell, title="committee_member")
    heading(trio[2], cell, title="deputy", until=date(2026, 9, 30))
    assert names(unit_of(cell, Q3)) == ["Lê Văn Cường", "Lê Văn Dũng"]
    assert row_of(cell, deputy).posts == ("Phó Bí thư Đảng bộ Phường Đông",)


def test_a_committee_may_follow_its_committee_members_or_everybody(tree, cast, cell, trio):
    heading(trio[1], cell, title="committee_member")
    choose(tree.east, "quarterly_leading_posts", "committee", by=cast.staff)
    assert names(unit_of(cell)) == ["Lê Văn An", "Lê Văn Cường"]
    choose(cell, "quarterly_scope", "all_members", by=cast.staff)
    assert names(unit_of(cell)) == ["Lê Văn An", "Lê Văn Cường", "Lê Thị Bình"]


def test_a_person_adds_whom_the_record_does_not_name(cast, cell, trio):
    _, added, _ = trio
    values = {"quarter": Q3, "member": added, "reason": "hiệu trưởng", "on": TODAY}
    actions.follow_member(cell, by=cast.secretary, **values)
    assert names(unit_of(cell)) == ["Lê Văn Cường", "Lê Văn An"]
    with pytest.raises(NotAllowed, match="đã có trong danh sách"):
        actions.follow_member(cell, by=cast.secretary, **values)
    write(cell, added, by=cast.secretary, own_level="HTTNV")
    write(cell, added, by=cast.secretary, own_level="")
    assert row_of(cell, added).rating.added_reason == "hiệu trưởng"
    actions.void_quarter(row_of(cell, added).rating, reason="đã thôi chức", by=cast.secretary)
    assert names(unit_of(cell)) == ["Lê Văn Cường"]


def test_the_record_says_who_is_not_rated(tree, cast, cell, trio):
    head, studying, on_leave = trio
    for member in (studying, on_leave):
        heading(member, cell, title="deputy")
    Transfer.objects.create(
        member=studying, kind="temporary", state="received", from_organisation=cell, to_organisation=tree.there,
        is_study=True, reason="học", requested_on=SINCE, issued_on=date(2026, 7, 20), until=date(2027, 1, 20),
        requested_by=cast.staff,
    )  # fmt: skip
    Overlay.objects.create(member=on_leave, kind="exempt", ground="maternity", started_on=date(2026, 6, 1))
    newcomer = people(cell, 1, full_name="Lê Văn Mới")[0]
    heading(newcomer, cell, title="deputy", since=date(2026, 9, 10))
    course = {"mode": "concentrated", "school": "Trường Chính trị", "ended_on": date(2026, 7, 1)}
    Training.objects.create(member=head, started_on=date(2026, 4, 5), **course)

    found = {row.name: row.skip.code if row.skip else "" for row in unit_of(cell, Q3).people}
    assert found == {
        "Lê Văn Cường": "", "Lê Văn An": "training", "Lê Thị Bình": "leave", "Lê Văn Mới": "first_appointed",
    }  # fmt: skip
    assert "nghỉ thai sản, từ ngày 01/06/2026" in row_of(cell, on_leave).not_rated_words
    assert row_of(cell, head, Q2).skip.words.startswith("Đi học, bồi dưỡng từ 2 tháng trong quý: Trường Chính trị")
    counts = read_board(tree.east, year=YEAR, on=TODAY).lines[0].counts[2]
    assert (counts.followed, counts.not_rated, counts.missing) == (4, 3, 1)


# --- written as facts


def test_a_draft_grows_and_keeps_its_versions(cast, cell, trio):
    head = trio[0]
    write(cell, head, by=cast.secretary, own_level="HTTNV")
    write(cell, head, by=cast.secretary, points={"general": Decimal("27.5"), "results": Decimal(60)})
    row = row_of(cell, head)
    assert (row.shown["own_level"], row.total, row.rating.version) == ("HTTNV", "87,5", 2)
    old, new = QuarterRating.objects.filter(member=head).order_by("version")
    assert (old.void_reason, old.voided_by, new.voided_at) == ("ghi tiếp bản chưa có kết quả", cast.secretary, None)
    logged = LogEntry.objects.filter(action="evaluations.save_quarter")
    assert [each.data["number"] for each in logged] == [1, 1]
    assert write(cell, head, by=cast.secretary, own_level="HTTNV").written == []
    assert logged.count() == 2
    write(cell, head, by=cast.secretary, own_level="", points={"general": None, "results": None})
    assert not QuarterRating.objects.standing().exists()


def test_a_level_needs_body_number_and_day(cast, tree, cell, trio):
    head = trio[0]
    row = row_of(cell, head)
    rows = {row.key: edit(row, decided_level="HTTNV")}
    with pytest.raises(QuarterRefused) as refusal:
        actions.save_quarter(cell, entry=entry(Q3, rows, body=tree.east), by=cast.officer)
    assert "ghi số và ngày quyết định" in refusal.value.problems[row.key]
    early = {"body": tree.east, "number": "1", "decided_on": date(2026, 6, 30)}
    with pytest.raises(QuarterRefused) as refusal:
        actions.save_quarter(cell, entry=entry(Q3, rows, **early), by=cast.officer)
    assert "trước khi Quý III năm 2026 bắt đầu" in refusal.value.problems[row.key]
    assert not QuarterRating.objects.exists()
    decide(cell, head, "HTTNV", by=cast.officer)
    rating = row_of(cell, head).rating
    assert (rating.body, rating.decision) == (tree.east, "12-TB/ĐU ngày 08/10/2026")


def test_who_does_not_decide_leaves_the_decided_level(cast, cell, trio):
    write(cell, trio[0], by=cast.secretary, own_level="HTTNV", decided_level="HTXSNV", points={"decided": Decimal(95)})
    rating = row_of(cell, trio[0]).rating
    assert (rating.own_level, rating.decided_level, rating.points) == ("HTTNV", "", {})


def test_a_result_is_corrected_with_a_reason_and_never_overwritten(cast, cell, trio):
    head = trio[0]
    decide(cell, head, "HTTNV", by=cast.officer)
    with pytest.raises(QuarterRefused, match="Chưa ghi được") as refusal:
        decide(cell, head, "HTNV", by=cast.officer)
    assert "hãy ghi lý do sửa" in next(iter(refusal.value.problems.values()))
    row = row_of(cell, head)
    change = {"body": cell.parent, "number": "15-TB/ĐU", "decided_on": date(2026, 10, 20), "correction": "ghi nhầm"}
    actions.save_quarter(cell, entry=entry(Q3, {row.key: edit(row, decided_level="HTNV")}, **change), by=cast.officer)
    old, new = QuarterRating.objects.filter(member=head).order_by("version")
    assert (old.decided_level, old.void_reason, new.decided_level, new.number) == (
        "HTTNV", "ghi nhầm", "HTNV", "15-TB/ĐU",
    )  # fmt: skip
    [last] = LogEntry.objects.filter(action="evaluations.save_quarter").order_by("-id")[:1]
    assert (last.data["rows"][0]["before"], last.data["rows"][0]["after"]) == ("HTTNV", "HTNV")
    row = row_of(cell, head)
    noted = entry(Q3, {row.key: edit(row, note="đã thông báo")}, correction="ghi thêm")
    actions.save_quarter(cell, entry=noted, by=cast.secretary)
    kept = row_of(cell, head).rating
    assert (kept.decided_level, kept.number, kept.note) == ("HTNV", "15-TB/ĐU", "đã thông báo")


def test_two_at_once_see_both_values(cast, cell, trio):
    head = trio[0]
    row = row_of(cell, head)
    mine, untouched = edit(row, own_level="HTTNV"), edit(row)
    write(cell, head, by=cast.officer, own_level="HTNV")
    saved = actions.save_quarter(cell, entry=entry(Q3, {row.key: mine}), by=cast.secretary)
    assert (saved.written, saved.clashes) == ([], [row.key])
    # a row that was posted as the page had shown it does not take back what came meanwhile, and is no clash
    saved = actions.save_quarter(cell, entry=entry(Q3, {row.key: untouched}), by=cast.secretary)
    assert (saved.written, saved.clashes) == ([], [])
    assert row_of(cell, head).rating.own_level == "HTNV"


def test_reasons_that_a_person_chose_are_explained_but_for_the_authoritys(cast, cell, trio):
    head = trio[0]
    for reason in ("training", "leave", "first_appointed", "other"):
        with pytest.raises(QuarterRefused) as refusal:
            write(cell, head, by=cast.secretary, not_rated_reason=reason)
        assert "hãy ghi căn cứ ở ô ghi chú" in next(iter(refusal.value.problems.values()))
    write(cell, head, by=cast.secretary, not_rated_reason="authority")
    assert row_of(cell, head).not_rated_words == "Theo ý kiến của cấp có thẩm quyền"
    assert not row_of(cell, head).is_missing


def test_level_against_the_record_needs_a_note(cast, cell, trio):
    head = trio[0]
    Overlay.objects.create(member=head, kind="exempt", ground="treatment", started_on=date(2026, 6, 1))
    with pytest.raises(QuarterRefused) as refusal:
        decide(cell, head, "HTTNV", by=cast.officer)
    assert "Nếu vẫn đánh giá, hãy ghi lý do" in next(iter(refusal.value.problems.values()))
    decide(cell, head, "HTTNV", by=cast.officer, note="vẫn điều hành công việc")
    assert row_of(cell, head).not_rated_words == ""


def test_a_level_and_a_reason_exclude_each_other_and_nothing_is_written(cast, cell, trio):
    head, other, _ = trio
    heading(other, cell, title="deputy")
    first, second = row_of(cell, head), row_of(cell, other)
    rows = {first.key: edit(first, own_level="HTTNV"), second.key: edit(second, decided_level="HTNV")}
    rows[second.key].values["not_rated_reason"] = "authority"
    decision = {"body": cell.parent, "number": "1", "decided_on": date(2026, 10, 8)}
    with pytest.raises(QuarterRefused):
        actions.save_quarter(cell, entry=entry(Q3, rows, **decision), by=cast.officer)
    assert not QuarterRating.objects.exists()


def test_a_quarter_that_has_not_begun_is_not_written(tree, cast, cell):
    choose(tree.east, "quarterly_last_with_year", False, by=cast.staff)
    with pytest.raises(NotAllowed, match="chưa bắt đầu"):
        actions.save_quarter(cell, entry=QuarterEntry(Q3, {}, date(2026, 6, 30)), by=cast.secretary)
    assert unit_of(cell, Quarter(YEAR, 4)) is not None


def test_a_second_void_is_refused(cast, cell, trio):
    write(cell, trio[0], by=cast.secretary, own_level="HTTNV")
    rating = row_of(cell, trio[0]).rating
    actions.void_quarter(rating, reason="nhầm người", by=cast.secretary)
    with pytest.raises(NotAllowed, match="đã được người khác sửa hoặc hủy"):
        actions.void_quarter(rating, reason="nhầm người", by=cast.secretary)


def test_who_moved_is_written_of_once(tree, cast, cell, trio):
    head = trio[0]
    write(cell, head, by=cast.secretary, own_level="HTTNV")
    head.memberships.update(ended_on=date(2026, 9, 1), end_reason="moved_out")
    Membership.objects.create(
        member=head, organisation=tree.next_door, started_on=date(2026, 9, 1), start_reason="moved_in"
    )
    assert [row.name for row in unit_of(tree.next_door).people] == []
    assert unit_of(tree.next_door).rest == []
    assert names(unit_of(cell)) == ["Lê Văn Cường"]


def test_quarters_go_along_when_two_records_become_one(cast, cell, trio):
    head, double, _ = trio
    heading(double, cell, title="deputy")
    for quarter in (Q1, Q2):
        write(cell, double, by=cast.secretary, quarter=quarter, own_level="HTTNV")
    write(cell, head, by=cast.secretary, quarter=Q2, own_level="HTNV")
    kept = merging.carry_out(head, double)
    assert {row.quarter: row.own_level for row in QuarterRating.objects.filter(member=head)} == {1: "HTTNV", 2: "HTNV"}
    merging.undo(SimpleNamespace(merged=double), kept)
    assert QuarterRating.objects.filter(member=double).count() == 2


# --- beside the year, and the board


def test_the_head_above_the_collective_is_warned_of(cast, cell, trio):
    head, deputy, _ = trio
    heading(deputy, cell, title="deputy")
    decide(cell, None, "HTTNV", by=cast.officer)
    decide(cell, head, "HTXSNV", by=cast.officer)
    decide(cell, deputy, "HTXSNV", by=cast.officer)
    found = {row.name: row.warnings for row in unit_of(cell).rows}
    assert "Người đứng đầu xếp cao hơn tập thể" in found["Lê Văn Cường"][0]
    assert found["Lê Văn An"] == ()


def test_the_board_counts_and_lists_whom_to_consider(tree, cast, cell, trio):
    head, deputy, _ = trio
    heading(deputy, cell, title="deputy")
    other = people(tree.next_door, 1)[0]
    heading(other, tree.next_door)
    for quarter in (Q1, Q2):
        decide(cell, head, "KHTNV", by=cast.officer, quarter=quarter)
    write(cell, deputy, by=cast.secretary, quarter=Q2, own_level="HTTNV")
    write(cell, None, by=cast.secretary, quarter=Q2, own_level="HTTNV")
    board = read_board(tree.east, year=YEAR, on=date(2026, 8, 1))
    here, beside = board.lines
    assert [(c.followed, c.entered, c.decided, c.missing) for c in here.counts] == [
        (2, 1, 1, 1), (2, 2, 1, 1), (2, 0, 0, 2),
    ]  # fmt: skip
    assert [(c.followed, c.missing) for c in beside.counts] == [(1, 1)] * 3
    assert [total.followed for total in board.totals] == [3, 3, 3]
    assert [(each.name, each.cell) for each in board.considered] == [("Lê Văn Cường", "Chi bộ Khóm 1")]
    assert "Quý I, II liền nhau" in board.considered[0].reason
    early = read_board(tree.root, year=YEAR, on=date(2026, 2, 1))
    assert early.lines[0].counts[1:] == (None, None)
    assert row_of(cell, head, Q3).others == (("I", "KHTNV"), ("II", "KHTNV"))
    assert len(row_of(cell, head, Q3).advice) == 2
