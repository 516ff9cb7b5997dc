"""Admission when the tree changes, when two records become one, and in what a cell has not finished."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions.enums import State
from admissions.models import Candidate, Helper, Introducer
from admissions.open_work import open_work
from admissions.steps import Taken, locked, take
from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from members.actions.merging import MergeEntry, merge_members, undo_merge
from tests.admissions.candidate_cases import in_state, listed
from tests.cells.tree_cases import TODAY, decision, do
from tests.factories import MemberFactory

CHANGED = date(2026, 3, 1)
ON = date(2026, 11, 23)


def into_next_door(tree):
    return verbs.merge([tree.here], into=tree.next_door, decision=decision(CHANGED))


def places(*candidates):
    return [Candidate.objects.get(pk=each.pk).organisation for each in candidates]


def test_candidates_follow_the_body_that_takes_over_their_cell_and_come_back(tree, cast):
    one, other = listed(tree.here, by=cast.secretary), listed(tree.there, by=cast.stranger)

    event = do(into_next_door(tree), cast.officer)
    assert places(one, other) == [tree.next_door, tree.there]

    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert places(one, other) == [tree.here, tree.there]


def test_a_step_taken_since_stands_against_undoing(tree, cast):
    one = listed(tree.here, by=cast.secretary)
    event = do(into_next_door(tree), cast.officer)
    take(locked(one), "drop", Taken(CHANGED, tree.next_door), by=cast.officer)

    with pytest.raises(ValidationError, match="1 người được xét kết nạp đã có bước tiếp theo"):
        undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)


@pytest.mark.parametrize(("state", "refused"), [(State.VERIFYING, True), (State.DROPPED, False)])
def test_a_unit_does_not_leave_with_somebody_who_is_being_considered(tree, cast, state, refused):
    in_state(tree.there, state, by=cast.stranger)
    change = verbs.leave(tree.west, decision=decision(CHANGED), went_to="other_province", heir=tree.root)

    if not refused:
        do(change, cast.staff)
        return
    with pytest.raises(ValidationError, match="Còn 1 người đang được giúp đỡ"):
        do(change, cast.staff)


def test_a_merge_of_records_takes_along_whom_the_person_helps_and_introduces(tree, cast):
    survivor, merged = MemberFactory(home=tree.here), MemberFactory(home=tree.there, personal_id="")
    one, other = listed(tree.here, by=cast.secretary), listed(tree.here, by=cast.secretary)
    both = [Helper.objects.create(candidate=one, member=each, started_on=ON) for each in (survivor, merged)]
    alone = Introducer.objects.create(candidate=other, member=merged, assigned_on=ON)
    formerly = listed(tree.here, by=cast.secretary, former_member=merged)

    entry = MergeEntry({}, "cùng một căn cước", (survivor.revision, merged.revision))
    done = merge_members(survivor, merged, entry, on=ON, by=cast.staff)
    assert [Helper.objects.get(pk=row.pk).member for row in both] == [survivor, merged]
    assert Introducer.objects.get(pk=alone.pk).member == survivor
    assert Candidate.objects.get(pk=formerly.pk).former_member == survivor

    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert Introducer.objects.get(pk=alone.pk).member == merged
    assert Candidate.objects.get(pk=formerly.pk).former_member == merged


def test_two_records_that_were_both_admitted_are_not_merged(tree, cast):
    survivor, merged = MemberFactory(home=tree.here), MemberFactory(home=tree.there, personal_id="")
    for member in (survivor, merged):
        in_state(member.home, State.PROBATION, by=cast.staff, member=member)

    entry = MergeEntry({}, "cùng một căn cước", (survivor.revision, merged.revision))
    with pytest.raises(ValidationError, match="hồ sơ kết nạp riêng"):
        merge_members(survivor, merged, entry, on=ON, by=cast.staff)


def test_what_a_cell_has_not_finished(tree, cast):
    member = MemberFactory(home=tree.here)
    listed(tree.here, by=cast.secretary)
    in_state(tree.here, State.DROPPED, by=cast.secretary)
    in_state(tree.here, State.RECOGNITION_DUE, by=cast.secretary, member=member)

    assert [(work.noun, work.number) for work in open_work(tree.here, ON)] == [
        ("người đang được giúp đỡ, xét kết nạp", 1),
        ("đảng viên dự bị đang xét công nhận, xóa tên", 1),
    ]
    assert [work.number for work in open_work(tree.there, ON)] == [0, 0]
