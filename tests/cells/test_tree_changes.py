"""Each change of the tree: what it writes, what it refuses, and that taking it back restores the same rows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cells.actions.tree import add_organisation, add_term
from cells.actions.tree_changes import undo_event
from cells.changes import verbs
from cells.changes.plan import NewBody
from cells.models import LogEntry, Organisation, TreeEvent
from cells.trees import tree_on
from members.enums import EndReason, PostTitle, StartReason, TransferKind
from members.models import Membership, Post, Transfer
from members.workflow import asked_of
from tests.cells.tree_cases import CHANGED, FOUNDED, TODAY, decision, do, entry, merge, rows_that_stand, split
from tests.factories import MemberFactory

DAY = timedelta(days=1)


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def refusal(change, by, on=TODAY):
    with pytest.raises(ValidationError) as caught:
        do(change, by, on)
    return " ".join(caught.value.messages)


# --- what each act writes


def test_add_founds_a_body_from_its_day(tree, cast):
    event = do(verbs.add(entry("Chi bộ Khóm 3"), parent=tree.east, decision=decision()), cast.officer)
    new = event.organisation
    assert (new.name, new.parent, new.is_open, new.path) == (
        "Chi bộ Khóm 3",
        tree.east,
        True,
        f"{tree.east.path}{new.pk}/",
    )
    [version] = new.versions.all()
    assert (version.started_on, version.decision, version.opened_by) == (CHANGED, "12-QĐ/ĐU, ngày 10/02/2026", event)
    assert new.pk in tree_on(CHANGED).nodes
    assert new.pk not in tree_on(CHANGED - DAY).nodes
    [line] = LogEntry.objects.filter(action="cells.tree_add")
    assert line.data["after"] == ["Chi bộ Khóm 3"]


def test_rename_gives_a_version_and_leaves_the_old_name_to_its_days(tree, cast):
    values = {"name": "Chi bộ Khóm Mới", "symbol": "CBKM"}
    do(verbs.rename(tree.here, values, decision=decision()), cast.officer)
    assert fresh(tree.here).name == "Chi bộ Khóm Mới"
    assert tree_on(CHANGED)[tree.here.pk].symbol == "CBKM"
    assert tree_on(CHANGED - DAY)[tree.here.pk].name == "Chi bộ Khóm 1"


def test_move_takes_the_branch_along(tree, cast):
    member = MemberFactory(home=tree.here)
    do(verbs.move([tree.east], parent=tree.west, decision=decision()), cast.staff)
    assert fresh(tree.here).path == f"{tree.west.path}{tree.east.pk}/{tree.here.pk}/"
    assert tree_on(CHANGED - DAY)[tree.east.pk].parent_id == tree.root.pk
    assert member.memberships.get().ended_on is None


def test_change_kind_makes_a_commune_the_base_from_its_day(tree, cast):
    do(verbs.change_kind(tree.root, {"kind": "commune", "level": 4}, decision=decision()), cast.staff)
    root = fresh(tree.root)
    assert (root.level, root.is_base) == (4, True)
    assert tree_on(CHANGED - DAY)[tree.root.pk].is_base is False
    assert tree_on(CHANGED)[tree.root.pk].is_base is True


def test_a_cell_that_becomes_a_base_was_a_cell_on_the_days_before(tree, cast):
    do(verbs.change_kind(tree.school, {"kind": "base_party", "level": 4}, decision=decision()), cast.staff)
    assert [tree_on(day)[tree.school.pk].is_cell for day in (CHANGED - DAY, CHANGED)] == [True, False]


def test_merge_ends_the_old_and_brings_their_members(tree, cast):
    people = [MemberFactory(home=tree.here), MemberFactory(home=tree.next_door)]
    Post.objects.create(member=people[0], organisation=tree.here, title=PostTitle.SECRETARY, started_on=FOUNDED)
    event = do(merge(tree), cast.officer)
    new = event.organisation
    assert event.heir == new
    assert [fresh(cell).is_open for cell in (tree.here, tree.next_door)] == [False, False]
    for person in people:
        person.refresh_from_db()
        old, now = person.memberships.order_by("started_on")
        assert (old.ended_on, old.end_reason, old.closed_by) == (CHANGED, EndReason.TREE, event)
        assert (now.organisation, now.started_on, now.start_reason, now.opened_by) == (
            new, CHANGED, StartReason.TREE, event,
        )  # fmt: skip
        assert person.home == new
    assert Post.objects.get().ended_on == CHANGED
    assert cast.secretary.role_assignments.get().ended_on == CHANGED


def test_merge_into_one_that_stays(tree, cast):
    MemberFactory(home=tree.here)
    change = verbs.merge([tree.here], into=tree.next_door, decision=decision())
    event = do(change, cast.officer)
    assert event.organisation == tree.next_door
    assert Membership.objects.on(CHANGED).get().organisation == tree.next_door
    assert fresh(tree.next_door).is_open


def test_merging_bases_brings_their_cells(tree, cast):
    into = NewBody(entry("Đảng bộ Phường Liên Hợp", "base_party"), tree.root)
    event = do(verbs.merge([tree.east, tree.west], into=into, decision=decision()), cast.staff)
    for cell in (tree.here, tree.next_door, tree.there, tree.far):
        assert fresh(cell).parent == event.organisation
    assert tree_on(CHANGED - DAY)[tree.there.pk].parent_id == tree.west.pk


def test_split_gives_some_members_to_a_new_cell(tree, cast):
    stays, goes = MemberFactory(home=tree.here), MemberFactory(home=tree.here)
    event = do(split(tree, [[goes]]), cast.officer)
    assert Membership.objects.on(CHANGED).get(member=goes).organisation == event.organisation
    assert Membership.objects.get(member=stays).ended_on is None
    assert fresh(tree.here).is_open


def test_split_of_one_that_ends(tree, cast):
    one, other = MemberFactory(home=tree.here), MemberFactory(home=tree.here)
    event = do(split(tree, [[one], [other]], keeps=False, names=("Chi bộ 1A", "Chi bộ 1B")), cast.officer)
    homes = {m.member_id: m.organisation.name for m in Membership.objects.on(CHANGED).select_related("organisation")}
    assert homes == {one.pk: "Chi bộ 1A", other.pk: "Chi bộ 1B"}
    assert not fresh(tree.here).is_open
    assert event.parts.filter(role="after").count() == 2


def test_split_of_a_base_gives_its_cells(tree, cast):
    part = NewBody(entry("Đảng bộ Phường Đông Hai", "base_party"), tree.root)
    change = verbs.split(
        tree.east, [part], decision=decision(), heir=tree.east, keeps=True, assigned={tree.here.pk: part}
    )
    event = do(change, cast.staff)
    assert fresh(tree.here).parent == event.organisation
    assert fresh(tree.next_door).parent == tree.east


def test_close_sends_the_members_to_a_named_cell(tree, cast):
    member = MemberFactory(home=tree.here)
    change = verbs.close(tree.here, decision=decision(), heir=tree.east, members_to=tree.next_door)
    event = do(change, cast.officer)
    member.refresh_from_db()
    assert (member.home, event.heir) == (tree.next_door, tree.east)
    closed = fresh(tree.here)
    assert (closed.is_open, closed.path) == (False, f"{tree.east.path}{tree.here.pk}/")


def test_close_of_a_committee_moves_what_is_below(tree, cast):
    change = verbs.close(tree.east, decision=decision(), heir=tree.root, children_to=tree.root)
    do(change, cast.staff)
    assert fresh(tree.here).path == f"{tree.root.path}{tree.here.pk}/"


def test_what_the_body_held_ends_with_it(tree, cast):
    add_term(tree.here, name="2025 – 2027", started_on=FOUNDED, ended_on=date(2027, 7, 1), by=cast.officer)
    event = do(verbs.close(tree.here, decision=decision(), heir=tree.east), cast.officer)
    assert (tree.here.terms.get().ended_on, cast.secretary.role_assignments.get().ended_on) == (CHANGED, CHANGED)
    undo_event(event, reason="ghi nhầm", on=TODAY, by=cast.officer)
    assert tree.here.terms.get().ended_on == date(2027, 7, 1)


def test_leave_takes_everything_out_of_the_area(tree, cast):
    member = MemberFactory(home=tree.here)
    do(verbs.leave(tree.east, decision=decision(), heir=tree.root, went_to="same_province"), cast.staff)
    ended = member.memberships.get()
    assert (ended.ended_on, ended.end_reason, ended.went_to) == (CHANGED, EndReason.MOVED_OUT, "same_province")
    assert [fresh(o).is_open for o in (tree.east, tree.here, tree.next_door)] == [False, False, False]
    assert fresh(tree.there).is_open


def test_arrive_brings_a_unit_with_its_cells(tree, cast):
    change = verbs.arrive(
        entry("Đảng bộ Bệnh viện", "base_party"),
        parent=tree.root,
        decision=decision(),
        cells=["Chi bộ Nội", "Chi bộ Ngoại"],
    )
    event = do(change, cast.staff)
    assert sorted(event.organisation.children.values_list("name", flat=True)) == ["Chi bộ Ngoại", "Chi bộ Nội"]
    assert event.parts.filter(role="after").count() == 3


# --- days


def test_a_later_day_takes_effect_by_the_daily_command(tree, cast, system):
    from cells.actions.today import refresh_organisations
    from members.actions.today import refresh_homes

    member = MemberFactory(home=tree.here)
    later = TODAY + DAY
    do(verbs.close(tree.here, decision=decision(later), heir=tree.east, members_to=tree.next_door), cast.officer)
    member.refresh_from_db()
    assert (fresh(tree.here).is_open, member.home) == (True, tree.here)
    refresh_organisations(on=later, by=system)
    refresh_homes(on=later, by=system)
    member.refresh_from_db()
    assert (fresh(tree.here).is_open, member.home) == (False, tree.next_door)


def test_two_decisions_of_one_day_leave_one_version_of_it(tree, cast):
    do(verbs.rename(tree.here, {"name": "Chi bộ A"}, decision=decision()), cast.officer)
    before = rows_that_stand()
    event = do(verbs.rename(tree.here, {"name": "Chi bộ B"}, decision=decision(number="13-QĐ/ĐU")), cast.officer)
    assert [(v.name, v.started_on) for v in tree.here.versions.standing().order_by("started_on")] == [
        ("Chi bộ Khóm 1", FOUNDED),
        ("Chi bộ B", CHANGED),
    ]
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert rows_that_stand() == before


def test_a_new_body_may_take_the_code_of_one_that_ends(tree, cast, system):
    coded = add_organisation(entry("Chi bộ mã", on=FOUNDED, code="96.001"), parent=tree.east, by=system)
    into = NewBody(entry("Chi bộ nối mã", code="96.001"), tree.east)
    change = verbs.merge([coded, tree.here], into=into, decision=decision())
    event = do(change, cast.officer)
    assert (fresh(event.organisation).code, fresh(coded).code) == ("96.001", "")
    assert tree_on(CHANGED - DAY).nodes[coded.pk].name == "Chi bộ mã"
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    assert (fresh(event.organisation).code, fresh(coded).code) == ("", "96.001")


# --- refusals


def test_before_the_latest_change_nothing_can_be_changed(tree, cast):
    do(verbs.rename(tree.here, {"name": "Chi bộ A"}, decision=decision()), cast.officer)
    earlier = verbs.rename(tree.here, {"name": "Chi bộ B"}, decision=decision(CHANGED - DAY))
    assert "đã có thay đổi từ ngày 01/03/2026; ngày có hiệu lực 28/02/2026 không thể trước ngày đó" in refusal(
        earlier, cast.officer
    )


def test_a_body_that_ended_changes_no_more(tree, cast):
    close = verbs.close(tree.here, decision=decision(), heir=tree.east)
    do(close, cast.officer)
    assert "đã kết thúc" in refusal(close, cast.officer)
    assert TreeEvent.objects.count() == 1


def test_open_children_must_go_first(tree, cast):
    words = refusal(verbs.close(tree.east, decision=decision(), heir=tree.root), cast.staff)
    assert "còn 2 tổ chức đảng trực thuộc (Chi bộ Khóm 1; Chi bộ Khóm 2)" in words


def test_members_must_have_somewhere_to_go(tree, cast):
    MemberFactory(home=tree.here)
    words = refusal(verbs.close(tree.here, decision=decision(), heir=tree.east), cast.officer)
    assert "còn 1 đảng viên chưa được phân về đâu" in words
    words = refusal(split(tree, [[]], keeps=False, names=("A", "B")), cast.officer)
    assert "còn 1 đảng viên chưa được phân về đâu" in words


def test_members_go_to_cells_alone(tree, cast):
    MemberFactory(home=tree.here)
    change = verbs.close(tree.here, decision=decision(), heir=tree.east, members_to=tree.west)
    assert "không có đảng viên sinh hoạt trực tiếp" in refusal(change, cast.staff)


def test_a_cell_with_members_does_not_become_a_committee(tree, cast):
    MemberFactory(home=tree.school)
    change = verbs.change_kind(tree.school, {"kind": "base_party"}, decision=decision())
    assert "còn 1 đảng viên sinh hoạt trực tiếp" in refusal(change, cast.staff)
    change = verbs.change_kind(tree.east, {"kind": "base_cell"}, decision=decision())
    assert "còn tổ chức trực thuộc nên chưa thành chi bộ được" in refusal(change, cast.staff)


def test_nothing_about_the_members_may_be_later(tree, cast):
    MemberFactory(home=tree.here, since=CHANGED + DAY)
    change = verbs.close(tree.here, decision=decision(), heir=tree.east, members_to=tree.next_door)
    assert "Không ghi lùi ngày được" in refusal(change, cast.officer)


def test_no_circles(tree, cast):
    words = refusal(verbs.move([tree.east], parent=tree.here, decision=decision()), cast.staff)
    assert "Không chuyển được Đảng bộ Phường Đông về trực thuộc tổ chức đang trực thuộc chính nó" in words


def test_no_circle_by_a_decision_that_takes_effect_later(tree, cast):
    do(verbs.move([tree.west], parent=tree.east, decision=decision(CHANGED + 30 * DAY)), cast.staff)
    assert "chính nó" in refusal(verbs.move([tree.east], parent=tree.west, decision=decision()), cast.staff)


def test_a_kind_must_be_in_use_on_the_day(tree, cast):
    change = verbs.add(entry("Quận ủy", "district"), parent=tree.root, decision=decision())
    assert "không dùng vào ngày 01/03/2026" in refusal(change, cast.staff)


def test_a_code_belongs_to_one_body(tree, cast, system):
    add_organisation(entry("Chi bộ mã", on=FOUNDED, code="96.001"), parent=tree.west, by=system)
    change = verbs.add(entry("Chi bộ trùng", code="96.001"), parent=tree.east, decision=decision())
    assert "Mã 96.001 đã dùng cho Chi bộ mã" in refusal(change, cast.officer)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda t: verbs.rename(t.here, {"name": "Chi bộ Khóm 1"}, decision=decision()), "không có gì khác"),
        (lambda t: verbs.close(t.here, decision=decision(), heir=None), "tiếp nhận những việc còn lại"),
        (lambda t: verbs.close(t.here, decision=decision(), heir=t.here), "không hoạt động vào ngày"),
        (lambda t: verbs.merge([t.here], into=t.here, decision=decision()), "sáp nhập vào chính mình"),
        (lambda t: verbs.merge([t.here], into=NewBody(entry("X"), t.east), decision=decision()), "ít nhất hai"),
        (lambda t: split(t, [[]], keeps=False), "ít nhất hai"),
        (lambda t: verbs.add(entry("X"), parent=t.here, decision=decision()), "là chi bộ nên không có tổ chức"),
        (lambda t: verbs.add(entry("X", "commune"), parent=t.east, decision=decision()), "không thể trực thuộc"),
        (lambda t: verbs.close(t.here, decision=decision(FOUNDED), heir=t.east), "ngày kết thúc phải sau ngày đó"),
        (lambda t: verbs.add(entry("X"), parent=t.east, decision=decision(date(2020, 1, 1))), "không hoạt động"),
    ],
)  # fmt: skip
def test_what_nobody_can_have_meant(tree, cast, make, words):
    before = rows_that_stand()
    assert words in refusal(make(tree), cast.staff)
    acts = LogEntry.objects.filter(action__startswith="cells.tree")
    assert (rows_that_stand(), TreeEvent.objects.count(), acts.count()) == (before, 0, 0)


def test_a_failure_late_in_the_act_leaves_nothing(tree, cast, monkeypatch):
    MemberFactory(home=tree.here)
    before = rows_that_stand()
    monkeypatch.setattr("cells.changes.writing.write_branches", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do(merge(tree), cast.officer)
    assert (rows_that_stand(), TreeEvent.objects.count()) == (before, 0)


# --- moves of members that are under way


def on_the_road(member, tree, to):
    return Transfer.objects.create(
        member=member, kind=TransferKind.INTERNAL, state="requested", from_organisation=tree.here,
        to_organisation=to, reason="đổi nơi ở", requested_on=date(2026, 2, 20), requested_by=_somebody(),
    )  # fmt: skip


def _somebody():
    from cells.models import User

    return User.objects.first()


def test_unfinished_moves_follow_the_member_and_the_body(tree, cast):
    leaving, coming = MemberFactory(home=tree.here), MemberFactory(home=tree.there)
    going = on_the_road(leaving, tree, tree.there)
    arriving = Transfer.objects.create(
        member=coming, kind=TransferKind.INTERNAL, state="requested", from_organisation=tree.there,
        to_organisation=tree.here, reason="đổi nơi ở", requested_on=date(2026, 2, 20), requested_by=cast.staff,
    )  # fmt: skip
    event = do(merge(tree), cast.officer)
    going.refresh_from_db()
    arriving.refresh_from_db()
    assert (going.from_organisation, going.to_organisation, going.common) == (event.organisation, tree.there, tree.root)
    assert arriving.to_organisation == event.organisation
    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)
    going.refresh_from_db()
    assert going.from_organisation == tree.here


def test_an_issued_slip_keeps_its_sender_and_finds_the_new_receiver(tree, cast):
    going = on_the_road(MemberFactory(home=tree.there), tree, tree.next_door)
    Transfer.objects.update(
        state="issued", slip_number=1, slip_year=2026, common=tree.root, issued_on=date(2026, 2, 21)
    )
    event = do(merge(tree), cast.officer)
    going.refresh_from_db()
    assert (going.from_organisation, going.to_organisation, going.common) == (tree.here, event.organisation, tree.root)


def test_a_move_not_issued_yet_is_issued_by_whoever_is_above_now(tree, cast):
    inside = on_the_road(MemberFactory(home=tree.here), tree, tree.next_door)
    Transfer.objects.update(common=tree.east)
    event = do(verbs.close(tree.east, decision=decision(), heir=tree.root, children_to=tree.root), cast.staff)
    inside.refresh_from_db()
    assert inside.common == tree.root
    undo_event(event, reason="nhầm", on=TODAY, by=cast.staff)
    inside.refresh_from_db()
    assert inside.common == tree.east


def a_guest(tree, cast):
    """Somebody of "there" is a guest next door, somebody of "here" a guest in "there"."""
    coming, going = MemberFactory(home=tree.there), MemberFactory(home=tree.here)
    moves = []
    for member, home, host in ((coming, tree.there, tree.next_door), (going, tree.here, tree.there)):
        day = date(2026, 1, 20)
        moves.append(
            Transfer.objects.create(
                member=member, kind=TransferKind.TEMPORARY, state="received", from_organisation=home,
                to_organisation=host, common=tree.root, reason="đi học", requested_on=day, requested_by=cast.staff,
                issued_on=day, slip_number=len(moves) + 1, slip_year=2026, received_on=day, until=date(2026, 12, 1),
            )
        )  # fmt: skip
        Membership.objects.create(
            member=member, organisation=host, kind="temporary", started_on=day, start_reason="temporary",
            transfer=moves[-1], recorded_by=cast.staff,
        )  # fmt: skip
    return moves


def test_a_guest_stays_with_his_host_and_returns_to_his_cell_wherever_they_went(tree, cast):
    coming, going = a_guest(tree, cast)
    event = do(merge(tree), cast.officer)
    for move in (coming, going):
        move.refresh_from_db()
    assert (coming.from_organisation, coming.to_organisation, coming.common) == (
        tree.there, event.organisation, tree.root,
    )  # fmt: skip
    assert (going.from_organisation, going.to_organisation) == (event.organisation, tree.there)
    assert Membership.objects.on(CHANGED).get(member=coming.member, kind="temporary").organisation == event.organisation
    assert asked_of("end_temporary", going)[1] == event.organisation

    undo_event(event, reason="nhầm", on=TODAY, by=cast.officer)

    for move in (coming, going):
        move.refresh_from_db()
    assert (coming.to_organisation, going.from_organisation) == (tree.next_door, tree.here)


def test_a_unit_does_not_leave_with_guests_who_are_not_back(tree, cast):
    a_guest(tree, cast)
    change = verbs.leave(tree.east, decision=decision(), heir=tree.root, went_to="abroad")
    assert "Còn 2 lần chuyển sinh hoạt chưa xong, hoặc sinh hoạt tạm thời chưa trở về" in refusal(change, cast.staff)


def test_a_unit_leaves_without_unfinished_moves(tree, cast):
    on_the_road(MemberFactory(home=tree.here), tree, tree.there)
    change = verbs.leave(tree.east, decision=decision(), heir=tree.root, went_to="abroad")
    assert "Còn 1 lần chuyển sinh hoạt chưa xong" in refusal(change, cast.staff)


def test_who_is_on_the_road_in_a_committee_goes_to_its_heir(tree, cast):
    member = MemberFactory(home=tree.east)  # between two cells of the base the base keeps him
    do(verbs.close(tree.east, decision=decision(), heir=tree.root, children_to=tree.root), cast.staff)
    assert Membership.objects.on(CHANGED).get(member=member).organisation == tree.root
