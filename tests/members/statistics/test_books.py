"""Form 1 from rows: the worked examples of member-file.md, moves of bodies, openings, restorations, causes."""

from datetime import date

import pytest

from cells.tree_history import read_history
from members.enums import EndReason, MembershipKind, OutsideArea, StartReason
from members.statistics.books import read_books
from members.statistics.ledger import every_body
from members.statistics.rules import Span, year_span
from members.statistics.settings import rules_of

YEAR = year_span(2026)
MID = date(2026, 6, 15)
OTHER, SAME = OutsideArea.OTHER_PROVINCE, OutsideArea.SAME_PROVINCE


class Counted:
    """Form 1 of every body of one period."""

    def __init__(self, rows, span=YEAR):
        self.history, self.rows, self.span = read_history(), rows, span
        rules = rules_of(rows.bodies["Tỉnh"].pk, self.history, span.last_day)
        self.books = read_books(self.history, rules, [span, span.a_year_before], every_body)

    def account(self, name, above=None):
        above = self.rows.bodies[above].pk if above else 0
        return self.books.account(self.span, (above, self.rows.bodies[name].pk))

    def row(self, name, codes="A B C D"):
        account = self.account(name)
        return tuple(account.value(code) for code in codes.split())

    def unbalanced(self):
        names = {body.pk: name for name, body in self.rows.bodies.items()}
        return [names[node] for node in names if self.books.account(self.span, (0, node)).difference]


def came(rows, prefix, at, number, **values):
    return rows.people(prefix, at, number, since=MID, **values)


@pytest.mark.parametrize("example", [pytest.param("M21", id="M21")])
def test_rows_of_a_unit(rows, example):
    """A 120; in: 3 admitted, 1 + 2 moved in, 1 restored; out: 1 died, 2 removed (1 probationary), 1 + 3 moved out."""
    people = rows.people("Người", "X1", 120)
    came(rows, "Mới", "X1", 3, reason=StartReason.ADMITTED)
    came(rows, "Đến", "X1", 1, reason=StartReason.MOVED_IN, came_from=OTHER)
    came(rows, "Đến gần", "X1", 2, reason=StartReason.MOVED_IN, came_from=SAME)
    came(rows, "Về", "X1", 1, reason=StartReason.RESTORED)
    rows.finish(people[0], on=MID, reason=EndReason.DIED)
    rows.finish(people[1], on=MID, reason=EndReason.NAME_REMOVED)
    rows.finish(people[2], on=MID, reason=EndReason.NAME_REMOVED, was_probationary=True)
    rows.end(people[3], on=MID, reason=EndReason.MOVED_OUT, went_to=OTHER)
    for leaver in people[4:7]:
        rows.end(leaver, on=MID, reason=EndReason.MOVED_OUT, went_to=SAME)
    counted = Counted(rows)
    for body in ("X1", "X", "Xã", "Tỉnh"):
        assert counted.row(body) == (120, 7, 7, 120)
        assert counted.row(body, "B1 B2a B2b B3 C1 C3 C3p C5a C5b") == (3, 1, 2, 1, 1, 2, 1, 1, 3)
    assert counted.row("Y") == (0, 0, 0, 0)
    assert counted.unbalanced() == []


@pytest.fixture
def forty_and_sixty(rows):
    rows.people("Ở X", "X1", 40)
    rows.people("Ở Y", "Y1", 60)
    return rows


def one_of(rows, name="Ở X 1"):
    from members.models import Member

    return Member.objects.get(full_name=name)


@pytest.mark.parametrize("example", [pytest.param("M22", id="M22")])
def test_a_move_inside_cancels_at_the_parent(forty_and_sixty, example):
    rows = forty_and_sixty
    rows.move(one_of(rows), "Y1", on=MID)
    counted = Counted(rows)
    assert counted.row("X", "A B C D C5b") == (40, 0, 1, 39, 1)
    assert counted.row("Y", "A B C D B2b") == (60, 1, 0, 61, 1)
    assert counted.row("Xã") == (100, 0, 0, 100)
    assert counted.unbalanced() == []


@pytest.mark.parametrize("example", [pytest.param("M23", id="M23")])
def test_on_the_road_one_is_listed_by_the_common_body(forty_and_sixty, example):
    rows = forty_and_sixty
    rows.move(one_of(rows), "Xã", on=MID)
    counted = Counted(rows)
    assert (counted.row("X", "D"), counted.row("Y", "D"), counted.row("Xã", "D")) == ((39,), (60,), (100,))
    assert counted.account("Xã", above="Xã").closing == 1
    assert counted.unbalanced() == []


@pytest.mark.parametrize("example", [pytest.param("M24", id="M24")])
def test_temporary_members_appear_nowhere(forty_and_sixty, example):
    rows = forty_and_sixty
    for name in ("Ở X 1", "Ở X 2", "Ở X 3"):
        rows.stay(one_of(rows, name), "Y1", since=MID, reason=StartReason.TEMPORARY, kind=MembershipKind.TEMPORARY)
    counted = Counted(rows)
    assert counted.row("Y") == (60, 0, 0, 60)
    assert counted.row("X") == (40, 0, 0, 40)


def test_a_body_that_comes_under_another_parent_carries_its_people(forty_and_sixty):
    rows = forty_and_sixty
    rows.body("Xã khác", "commune", "Tỉnh")
    rows.person("Đến sau", "X1", since=date(2026, 2, 1), reason=StartReason.ADMITTED)
    rows.finish(one_of(rows, "Ở X 2"), on=date(2026, 3, 1), reason=EndReason.DIED)
    rows.move_body("X", "Xã khác", on=MID)
    rows.finish(one_of(rows, "Ở X 3"), on=MID, reason=EndReason.DIED)
    rows.finish(one_of(rows, "Ở X 4"), on=date(2026, 9, 1), reason=EndReason.DIED)
    counted = Counted(rows)
    assert counted.row("X", "A B1 C1 B2b C5b D") == (40, 1, 3, 0, 0, 38)
    assert counted.row("Xã", "A B1 C1 C5b D") == (100, 1, 2, 39, 60)
    assert counted.row("Xã khác", "A B2b C1 D") == (0, 39, 1, 38)
    assert counted.row("Tỉnh", "A B C D") == (100, 1, 3, 98)
    left_under = counted.account("X", above="Xã")
    assert (left_under.opening, left_under.value("C5b"), left_under.closing) == (40, 39, 0)
    assert counted.unbalanced() == []


def test_a_cell_merged_into_another_moves_its_people_inside(rows):
    people = rows.people("Ở X1", "X1", 5)
    rows.people("Ở X2", "X2", 4)
    for each in people:
        rows.move(each, "X2", on=MID, start=StartReason.TREE, end=EndReason.TREE)
    rows.close_body("X1", on=MID)
    counted = Counted(rows)
    assert counted.row("X1", "A C5b D") == (5, 5, 0)
    assert counted.row("X2", "A B2b D") == (4, 5, 9)
    assert counted.row("X") == (9, 0, 0, 9)


def test_a_unit_that_arrives_whole_is_counted_by_where_it_came_from(rows):
    came(rows, "Cả đơn vị", "X1", 6, reason=StartReason.TREE, came_from=SAME)
    counted = Counted(rows)
    assert counted.row("Tỉnh", "A B2b D") == (0, 6, 6)


def test_an_opening_is_carried_over_and_what_was_before_it_is_not_known(rows):
    rows.people("Có sẵn", "X1", 7, since=date(2026, 3, 1))
    came(rows, "Mới", "X1", 2, reason=StartReason.ADMITTED)
    counted = Counted(rows)
    assert counted.row("X") == (7, 2, 0, 9)
    assert counted.books.begins_within(YEAR, (0, rows.bodies["X"].pk)) == date(2026, 3, 1)
    assert counted.books.account(YEAR.a_year_before, (0, rows.bodies["X"].pk)) is None


def test_rights_restored_leave_the_books_as_they_were(rows):
    rows.people("Khác", "X1", 3)
    wronged = rows.person("Lê Văn Oan", "X1")
    rows.restore_rights(wronged, "X1", out_on=date(2026, 6, 15), back_on=date(2026, 10, 20))
    first_half = Counted(rows, Span(date(2026, 1, 1), date(2026, 7, 1)))
    assert first_half.row("X", "A C2 D") == (4, 1, 3)
    second_half = Counted(rows, Span(date(2026, 7, 1), date(2027, 1, 1)))
    assert second_half.row("X", "A B3 D") == (3, 1, 4)
    assert Counted(rows).row("X", "A B3 C2 D") == (4, 1, 1, 4)


def test_a_restored_person_who_was_moved_meanwhile_comes_back_where_the_cell_went(rows):
    wronged = rows.person("Lê Văn Oan", "X1")
    rows.move(wronged, "X2", on=date(2026, 8, 1), start=StartReason.TREE, end=EndReason.TREE)
    rows.restore_rights(wronged, "X1", out_on=date(2026, 6, 15), back_on=date(2026, 10, 20))
    counted = Counted(rows)
    assert counted.row("X1", "A C2 C5b D") == (1, 1, 0, 0)
    assert counted.row("X2", "A B3 B2b D") == (0, 1, 0, 1)
    assert counted.unbalanced() == []


@pytest.mark.parametrize(("counts_as", "expected"), [("name_removed", (1, 0)), ("left", (0, 1))])
def test_a_cancelled_admission_counts_as_the_committee_chose(rows, system, counts_as, expected):
    from cells.models import RuleOverride

    person = rows.person("Mới", "X1", since=date(2026, 2, 1), reason=StartReason.ADMITTED, official_on=None)
    rows.finish(person, on=MID, reason=EndReason.CANCELLED, was_probationary=True)
    RuleOverride.objects.create(
        organisation=rows.bodies["Tỉnh"], topic="statistics", key="cancelled_counts_as", value=counts_as, reason="x",
        started_on=date(2020, 1, 1),
    )  # fmt: skip
    counted = Counted(rows)
    assert counted.row("X", "C3 C4") == expected
    assert counted.account("X").counts["cancelled"] == 1


def test_an_admission_falls_into_the_period_of_its_decision_where_the_committee_chose_so(rows):
    from cells.models import RuleOverride

    rows.person("Cũ", "X1")
    rows.person(
        "Mới", "X1", since=date(2027, 1, 5), reason=StartReason.ADMITTED, decided_on=date(2026, 12, 20),
        admitted_on=date(2027, 1, 5), official_on=None,
    )  # fmt: skip
    assert Counted(rows).row("X", "A B1 D") == (1, 0, 1)
    RuleOverride.objects.create(
        organisation=rows.bodies["Xã"], topic="statistics", key="admission_period_date", value="decision", reason="x",
        started_on=date(2020, 1, 1),
    )  # fmt: skip
    history = read_history()
    rules = rules_of(rows.bodies["X"].pk, history, YEAR.last_day)
    books = read_books(history, rules, [YEAR], every_body)
    account = books.account(YEAR, (0, rows.bodies["X"].pk))
    assert (account.opening, account.value("B1"), account.closing, account.difference) == (1, 1, 2, 0)


def test_probation_is_told_by_the_paper_else_by_the_day_of_recognition(rows):
    early = rows.person("Dự bị", "X1", official_on=date(2026, 12, 1))
    late = rows.person("Chính thức", "X1", official_on=date(2026, 1, 1))
    rows.end(early, on=MID, reason=EndReason.NAME_REMOVED)
    rows.end(late, on=MID, reason=EndReason.NAME_REMOVED)
    assert Counted(rows).row("X", "C3 C3p") == (2, 1)


def test_an_unbalanced_cell_says_who_causes_it_and_why(rows):
    rows.person("Trần Văn Lạ", "X1", since=date(2026, 3, 12), reason=StartReason.MOVED_IN)
    lost = rows.person("Lê Thị Mất", "X1")
    rows.end(lost, on=date(2026, 4, 2), reason=EndReason.UNKNOWN)
    brought = rows.person("Lê Văn Tệp", "Y1")
    rows.end(brought, on=date(2026, 4, 2), reason=EndReason.UNSTATED)
    astray = rows.person("Ngô Văn Lạc", "X2")
    rows.end(astray, on=date(2026, 5, 3), reason=EndReason.MOVED_OUT)
    counted = Counted(rows)
    assert counted.account("X1").difference == 0  # one too many and one too few: still not balanced books
    assert counted.account("X1").causes == (
        "Trần Văn Lạ: ngày 12/03/2026 bắt đầu không rõ từ đâu",
        "Lê Thị Mất: ngày 02/04/2026 kết thúc, không rõ lý do",
    )
    assert counted.account("X2").causes == ("Ngô Văn Lạc: ngày 03/05/2026 kết thúc, chuyển đi không rõ nơi đến",)
    assert counted.account("X").difference == -1
    unstated = counted.account("Y1")
    assert (unstated.value("C"), unstated.value("C4"), unstated.difference) == (0, 0, -1)
    assert unstated.causes == (
        "Lê Văn Tệp: ngày 02/04/2026 kết thúc, rời khỏi Đảng, chưa rõ hình thức; hãy ghi giấy tờ rời Đảng",
    )


def test_reading_one_body_gives_what_reading_everything_gives(forty_and_sixty):
    from members.statistics.ledger import one_body

    rows = forty_and_sixty
    rows.move(one_of(rows), "Y1", on=MID)
    rows.end(one_of(rows, "Ở Y 1"), on=MID, reason=EndReason.MOVED_OUT, went_to=OTHER)
    whole, body = Counted(rows), rows.bodies["Y"].pk
    ids = whole.history.ever_below(body, YEAR.since, YEAR.until)
    rules = rules_of(body, whole.history, YEAR.last_day)
    part = read_books(whole.history, rules, [YEAR], one_body(body), ids)
    assert part.account(YEAR, (0, body)).counts == whole.account("Y").counts
