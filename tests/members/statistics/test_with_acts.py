"""The books after the product's own acts: bodies merged, split, moved, renamed, and a member moved by slip."""

from datetime import date

import pytest

from cells.changes import verbs
from cells.tree_history import read_history
from members.models import Member
from members.statistics.books import read_books
from members.statistics.ledger import every_body
from members.statistics.printing import FORMS
from members.statistics.rules import Span
from members.statistics.settings import rules_of
from tests.cells.tree_cases import CHANGED, decision, do, merge, split
from tests.factories import MemberFactory
from tests.members.moving import ISSUED, RECEIVED, accept, issue, request

YEAR_END = date(2025, 12, 31)
YEAR = Span(date(2026, 1, 1), date(2026, 11, 1))


@pytest.fixture
def people(tree):
    """Three here, two next door, four there."""
    for home, number in ((tree.here, 3), (tree.next_door, 2), (tree.there, 4)):
        for place in range(number):
            MemberFactory(home=home, full_name=f"Lê Văn {home.name} {place}")


def books(tree, span=YEAR):
    history = read_history()
    return read_books(history, rules_of(tree.root.pk, history, span.last_day), [span], every_body)


def row(found, body, codes, span=YEAR):
    account = found.account(span, (0, body.pk))
    return tuple(account.value(code) for code in codes.split())


def assert_balanced(found, span=YEAR):
    ledger = found.ledgers[span]
    off = [key for key in ledger.rows if found.account(span, key) and found.account(span, key).difference]
    assert (off, [words for words in ledger.causes.values() if words]) == ([], [])


def test_cells_merged_by_decision_cancel_at_their_base(tree, cast, people):
    new = do(merge(tree), cast.officer).organisation
    found = books(tree)
    assert row(found, new, "A B2b D") == (0, 5, 5)
    assert row(found, tree.here, "A C5b D") == (3, 3, 0)
    assert row(found, tree.east, "A B C D") == (5, 0, 0, 5)
    assert_balanced(found)


def test_a_base_moved_by_decision_carries_its_people(tree, cast, people):
    do(verbs.move([tree.east], parent=tree.west, decision=decision()), cast.staff)
    found = books(tree)
    assert row(found, tree.west, "A B2b D") == (4, 5, 9)
    assert row(found, tree.root, "A B C D") == (9, 0, 0, 9)
    assert_balanced(found)


def test_a_member_moved_by_slip_is_on_the_road_at_the_common_body(tree, cast, people):
    member = Member.objects.filter(home=tree.here).first()
    transfer = issue(request(member, tree.there, by=cast.secretary), by=cast.staff)
    road = Span(YEAR.since, ISSUED.replace(day=ISSUED.day + 1))
    found = books(tree, road)
    assert (row(found, tree.east, "D", road), row(found, tree.west, "D", road)) == ((4,), (4,))
    assert found.account(road, (tree.root.pk, tree.root.pk)).closing == 1
    assert_balanced(found, road)
    accept(transfer, by=cast.stranger, received_on=RECEIVED)
    found = books(tree)
    assert row(found, tree.east, "A C5b D") == (5, 1, 4)
    assert row(found, tree.west, "A B2b D") == (4, 1, 5)
    assert row(found, tree.root, "A B C D") == (9, 0, 0, 9)
    assert_balanced(found)


def test_files_of_last_year_end_are_the_same_after_all_that(tree, cast, people):
    def files():
        found = {}
        for name, form in FORMS.items():
            for body in (tree.root, tree.east):
                statement = form.collect(body, on=YEAR_END)
                found[name, body.name] = (form.render_xlsx(statement), form.render_pdf(statement, None, {}))
        return found

    before = files()
    movers = list(Member.objects.filter(home=tree.there))[:2]
    do(split(tree, [list(Member.objects.filter(home=tree.here))[:1]]), cast.officer)
    do(verbs.rename(tree.next_door, {"name": "Chi bộ Khóm Mới"}, decision=decision(number="13-QĐ/ĐU")), cast.officer)
    accept(issue(request(movers[0], tree.next_door, by=cast.stranger), by=cast.staff), by=cast.officer)
    do(verbs.move([tree.west], parent=tree.east, decision=decision(number="14-QĐ/ĐU")), cast.staff)
    assert CHANGED > YEAR_END
    after = files()
    assert [key for key in before if before[key] != after[key]] == []
