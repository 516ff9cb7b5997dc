"""Taking a change of the tree back restores the same rows, while nothing depends on it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cells.actions.accounts import grant_role
from cells.actions.tree import add_term
from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from members.enums import EndReason, MembershipKind, PostTitle, StartReason
from members.models import Membership, Post
from tests.cells.tree_cases import CHANGED, FOUNDED, TODAY, decision, do, entry, merge, rows_that_stand, split
from tests.factories import MemberFactory

DAY = timedelta(days=1)


ACTS = {
    "rename": lambda t, p: verbs.rename(t.here, {"name": "Chi bộ Mới"}, decision=decision()),
    "move": lambda t, p: verbs.move([t.east], parent=t.west, decision=decision()),
    "change_kind": lambda t, p: verbs.change_kind(t.root, {"kind": "commune", "level": 4}, decision=decision()),
    "add": lambda t, p: verbs.add(entry("Chi bộ Khóm 3"), parent=t.east, decision=decision()),
    "merge": lambda t, p: merge(t),
    "merge_into": lambda t, p: verbs.merge([t.here], into=t.next_door, decision=decision()),
    "split": lambda t, p: split(t, [p[:1]]),
    "split_whole": lambda t, p: split(t, [p[:1], p[1:]], keeps=False, names=("A", "B")),
    "close": lambda t, p: verbs.close(t.here, decision=decision(), heir=t.east, members_to=t.next_door),
    "close_base": lambda t, p: verbs.close(t.east, decision=decision(), heir=t.root, children_to=t.west),
    "leave": lambda t, p: verbs.leave(t.east, decision=decision(), heir=t.root, went_to="abroad"),
    "arrive": lambda t, p: verbs.arrive(entry("X", "base_party"), parent=t.root, decision=decision(), cells=["Y"]),
}


@pytest.mark.parametrize("act", ACTS)
def test_undoing_restores_the_same_rows(tree, cast, act):
    people = [MemberFactory(home=tree.here), MemberFactory(home=tree.here)]
    Post.objects.create(member=people[0], organisation=tree.here, title=PostTitle.SECRETARY, started_on=FOUNDED)
    guest = MemberFactory(home=tree.there)
    Membership.objects.create(
        member=guest, organisation=tree.here, kind=MembershipKind.TEMPORARY, start_reason=StartReason.TEMPORARY,
        started_on=date(2025, 12, 1), ended_on=date(2026, 12, 1), end_reason=EndReason.TEMPORARY,
    )  # fmt: skip
    add_term(tree.east, name="2025 – 2030", started_on=FOUNDED, ended_on=None, by=cast.officer)
    if act == "split_whole":
        people.append(guest)
    before = rows_that_stand()
    event = do(ACTS[act](tree, people), cast.staff)
    assert rows_that_stand() != before
    undone = undo_event(event, reason="ghi nhầm", on=TODAY, by=cast.staff)
    assert rows_that_stand() == before
    assert (undone.voided_by, undone.void_reason) == (cast.staff, "ghi nhầm")
    assert LogEntry.objects.filter(action="cells.undo_event").count() == 1


def test_a_second_undo_is_refused(tree, cast):
    event = do(merge(tree), cast.officer)
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    with pytest.raises(NotAllowed, match="đã được hoàn tác từ trước"):
        undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)


def test_what_was_taken_back_can_be_done_again(tree, cast):
    MemberFactory(home=tree.here)
    undo_event(do(merge(tree), cast.officer), reason="nhầm", on=TODAY, by=cast.officer)
    again = do(merge(tree), cast.officer)
    assert Membership.objects.on(CHANGED).get().organisation == again.organisation


def stuck(event, by):
    before = rows_that_stand()
    with pytest.raises(ValidationError) as caught:
        undo_event(event, reason="nhầm", on=TODAY, by=by)
    assert rows_that_stand() == before
    return " ".join(caught.value.messages)


def test_no_undo_after_a_later_change(tree, cast):
    event = do(merge(tree), cast.officer)
    do(verbs.rename(event.organisation, {"name": "Z"}, decision=decision(CHANGED + DAY, "14-QĐ/ĐU")), cast.officer)
    assert "đã có thay đổi sau đó (đổi tên theo 14-QĐ/ĐU)" in stuck(event, cast.officer)


def test_no_undo_when_the_old_place_has_ended(tree, cast):
    event = do(verbs.move([tree.here, tree.next_door], parent=tree.west, decision=decision()), cast.staff)
    do(verbs.close(tree.east, decision=decision(CHANGED + DAY), heir=tree.root), cast.staff)
    assert "từng trực thuộc, đã kết thúc sau đó" in stuck(event, cast.staff)


def test_no_undo_that_would_make_a_circle(tree, cast):
    do(verbs.move([tree.west], parent=tree.east, decision=decision()), cast.staff)
    event = do(verbs.move([tree.west], parent=tree.root, decision=decision(CHANGED + DAY)), cast.staff)
    do(verbs.move([tree.east], parent=tree.west, decision=decision(CHANGED + DAY)), cast.staff)
    assert "trực thuộc chính nó" in stuck(event, cast.staff)


def test_no_undo_after_a_member_came_or_went(tree, cast):
    member = MemberFactory(home=tree.here)
    event = do(merge(tree), cast.officer)
    MemberFactory(home=event.organisation, since=CHANGED + DAY)
    assert "đã có 1 đảng viên vào sau" in stuck(event, cast.officer)
    Membership.objects.on(CHANGED).filter(member=member).update(ended_on=TODAY, end_reason=EndReason.DIED)
    assert "1 đảng viên đã chuyển đi, ra khỏi danh sách" in stuck(event, cast.officer)


def test_no_undo_after_a_role_was_given(tree, cast, system):
    event = do(merge(tree), cast.officer)
    grant_role(cast.secretary, "cell_secretary", organisation=event.organisation, started_on=TODAY, by=system)
    assert "Đã giao 1 vai trò tài khoản" in stuck(event, cast.officer)
