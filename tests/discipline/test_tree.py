"""When the tree changes or two records become one: what is open passes on, and nothing of it shows."""

from datetime import date

import pytest

from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.models import LogEntry, TreeEvent
from cells.ports import tree_ports
from discipline import actions
from discipline.models import Case, Denunciation, JournalEntry, PlannedInspection, SideEntry, SupervisionPlan
from members.actions.merging import MergeEntry, merge_members, undo_merge
from members.models import Merge
from tests.cells.test_change_pages import post
from tests.cells.tree_cases import TODAY, decision, do, split
from tests.discipline.beside_cases import item_of, letter_on, plan_of, suspended
from tests.discipline.cases import accused_in, case_on
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


def into_next_door(tree):
    return verbs.merge([tree.here], into=tree.next_door, decision=decision())


def closing_east(tree):
    return verbs.close(tree.east, decision=decision(), heir=tree.root, children_to=tree.west)


def places(case):
    found = Case.objects.get(pk=case.pk)
    return found.organisation, found.cell


def test_a_case_follows_its_cell_and_comes_back(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector)
    own = case_on(accused_in(tree.here), cast.inspector, organisation=tree.here, handler="cell")
    other = case_on(accused_in(tree.there), cast.inspector)
    event = do(into_next_door(tree), cast.officer)
    assert places(case) == (tree.root, tree.next_door)
    assert places(own) == (tree.next_door, tree.next_door)
    assert places(other) == (tree.root, tree.there)
    assert [line.action for line in case.journal.filter(kind="seal")] == ["inherit"]
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert (places(case), places(own)) == ((tree.root, tree.here), (tree.here, tree.here))
    assert [line.action for line in case.journal.filter(kind="seal")] == ["give_back", "inherit"]


def test_the_body_that_runs_it_passes_it_to_the_heir(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector, organisation=tree.east)
    event = do(closing_east(tree), cast.staff)
    assert places(case) == (tree.root, tree.here)
    undo_event(event, reason="nhầm", on=TODAY, by=cast.staff)
    assert places(case) == (tree.east, tree.here)


def test_a_member_assigned_one_by_one_takes_the_meeting_along(tree, cast):
    goes, stays = accused_in(tree.here), accused_in(tree.here, full_name="Người Ở Lại")
    gone, kept = case_on(goes, cast.inspector), case_on(stays, cast.inspector)
    event = do(split(tree, [[goes]]), cast.officer)
    [new] = [part for part in event.parts.all() if part.organisation.name == "Chi bộ Khóm 1A"]
    assert places(gone) == (tree.root, new.organisation)
    assert places(kept) == (tree.root, tree.here)


def test_what_is_over_stays_where_it_was(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector)
    Case.objects.filter(pk=case.pk).update(state="closed_no_violation")
    do(into_next_door(tree), cast.officer)
    assert places(case) == (tree.root, tree.here)


def test_denunciations_and_plans_pass_on_and_come_back(tree, cast):
    letter = letter_on(accused_in(tree.here), cast.secretary, organisation=tree.here)
    plan = plan_of(tree.here, cast.secretary)
    past = plan_of(tree.here, cast.secretary, year=2025)
    plan_of(tree.next_door, cast.officer)
    event = do(into_next_door(tree), cast.officer)
    rows = SupervisionPlan.objects
    assert Denunciation.objects.get().organisation == tree.next_door
    assert (rows.get(pk=plan.pk).organisation, rows.get(pk=plan.pk).origin) == (tree.next_door, tree.here)
    assert rows.get(pk=past.pk).organisation == tree.here
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert Denunciation.objects.get(pk=letter.pk).organisation == tree.here
    assert (rows.get(pk=plan.pk).organisation, rows.get(pk=plan.pk).origin) == (tree.here, None)


@pytest.mark.parametrize("change", [into_next_door, closing_east])
def test_a_preview_and_the_event_say_the_same_with_a_case_and_without(tree, cast, change):
    member = accused_in(tree.here)

    def said():
        port = next(port for port in tree_ports() if port.name == "discipline")
        plan = change(tree)
        return port.touched(plan.ended_ids, TODAY), list(port.refusals(plan))

    before = said()
    case_on(member, cast.inspector, organisation=tree.east)
    letter_on(member, cast.inspector, organisation=tree.east)
    assert said() == before == ([], [])
    event = do(change(tree), cast.staff)
    assert TreeEvent.objects.get(pk=event.pk).kept["discipline"] == {}
    last = LogEntry.objects.filter(action__startswith="cells.").order_by("pk").last()
    assert "Lê Văn Kín" not in str(last.data)
    assert not LogEntry.objects.filter(action__startswith="discipline").exists()


@pytest.mark.parametrize("act", ["close", "merge"])
def test_the_page_of_the_preview_is_the_same_byte_for_byte(tree, cast, as_, act):
    member = accused_in(tree.here)
    where = {
        "close": {"members_to": "Chi bộ Khóm 2", "heir": "Đảng bộ Phường Đông"},
        "merge": {"partners": "Chi bộ Khóm 2", "into": "Chi bộ Khóm 2"},
    }

    def shown():
        answer = post(as_(cast.officer), tree.here, act, step="preview", **where[act])
        return [line for line in answer.content.decode().splitlines() if "csrf" not in line.lower()]

    before = shown()
    case_on(member, cast.inspector, organisation=tree.here)
    suspended(accused_in(tree.there), cast.inspector)
    letter_on(member, cast.inspector, organisation=tree.here)
    assert shown() == before
    assert any("Chi bộ Khóm 1" in line for line in before)


def two_records(tree):
    return MemberFactory(home=tree.here), MemberFactory(home=tree.there, personal_id="")


def merged(survivor, gone, by):
    entry = MergeEntry({}, "cùng một căn cước", (survivor.revision, gone.revision))
    return merge_members(survivor, gone, entry, on=ON, by=by)


def test_cases_follow_the_record_that_stays_and_come_back(tree, cast):
    survivor, gone = two_records(tree)
    case = case_on(gone, cast.inspector)
    letter = letter_on(gone, cast.inspector)
    plan = plan_of(tree.there, cast.stranger)
    item = item_of(plan, cast.stranger, gone)
    done = merged(survivor, gone, cast.staff)
    assert Case.objects.get(pk=case.pk).member == survivor
    assert Denunciation.objects.get(pk=letter.pk).member == survivor
    assert list(PlannedInspection.objects.get(pk=item.pk).members.all()) == [survivor]
    assert Merge.objects.get(pk=done.pk).kept["discipline"] == {}
    assert JournalEntry.objects.filter(case=case, action="follow_record").count() == 1
    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert Case.objects.get(pk=case.pk).member == gone
    assert Denunciation.objects.get(pk=letter.pk).member == gone
    assert list(PlannedInspection.objects.get(pk=item.pk).members.all()) == [gone]
    assert SideEntry.objects.about(letter).filter(action="unfollow_record").count() == 1


def test_a_suspension_follows_with_its_fact(tree, cast):
    survivor, gone = two_records(tree)
    row = suspended(gone, cast.inspector)
    merged(survivor, gone, cast.staff)
    row.refresh_from_db()
    assert (row.member, row.overlay.member) == (survivor, survivor)
    actions.end_suspension(row, last_day=date(2026, 7, 1), reason="other", note="", by=cast.inspector)


def test_a_second_merge_after_an_undo_moves_what_there_is(tree, cast):
    survivor, gone = two_records(tree)
    case = case_on(gone, cast.inspector)
    undo_merge(merged(survivor, gone, cast.staff), reason="hai người", on=ON, by=cast.staff)
    for member in (survivor, gone):
        member.refresh_from_db()
    merged(survivor, gone, cast.staff)
    assert Case.objects.get(pk=case.pk).member == survivor
