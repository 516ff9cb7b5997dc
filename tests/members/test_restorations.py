"""Coming back: rights restored, activity resumed, readmission; and taken back when entered wrongly."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from cells.models import LogEntry
from members.actions.endings import EndingEntry, correct_ending, let_leave, record_death, remove_name, void_ending
from members.actions.restorations import (
    RestorationEntry,
    readmit,
    restore_rights,
    resume_activity,
    void_restoration,
)
from members.enums import OverlayKind, StartReason
from members.models import Member, Membership, Overlay, Post, Restoration
from members.reports.party_age import AgeFacts
from members.reports.registers import read_register
from tests.factories import MemberFactory

OUT, BACK = date(2026, 6, 15), date(2026, 10, 20)


@pytest.fixture
def by(cast):
    return cast.officer


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Lê Văn Oan", official_on=date(2010, 5, 19))


def removed(member, by):
    return remove_name(member, EndingEntry(OUT, decision="5-QĐ/ĐU", decided_on=OUT), by=by)


def entry(organisation, back_on=BACK):
    return RestorationEntry(back_on, organisation, "20-QĐ/TU", BACK, "Ban Thường vụ")


def status(member, day):
    return Member.objects.with_status(day).get(pk=member.pk).status


def moment(*parts):
    return datetime(*parts, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def places(member, day, as_known=None):
    rows = Membership.objects.on(day, as_known).official().filter(member=member)
    return [row.organisation.name for row in rows]


def test_m19_wronged_and_restored_both_readings(tree, member, by):
    """[M19]"""
    Membership.objects.filter(member=member).update(recorded_at=moment(2025, 7, 1))
    ending = removed(member, by)
    restore_rights(member, entry(tree.here), by=by)
    # as the acts would have been recorded on their own days
    Membership.objects.filter(member=member, voided_at__isnull=False).update(voided_at=moment(2026, 10, 20))
    Membership.objects.standing().filter(member=member).update(recorded_at=moment(2026, 10, 20))
    day = date(2026, 6, 30)
    assert places(member, day, as_known=moment(2026, 7, 1)) == []
    assert places(member, day) == ["Chi bộ Khóm 1"]
    assert status(member, day) == "official"
    [row] = member.memberships.standing()
    assert (row.started_on, row.ended_on) == (date(2025, 7, 1), None)
    [back] = Restoration.objects.all()
    assert (back.kind, back.out_on, back.back_on, back.end_reason) == ("rights", OUT, BACK, "name_removed")
    assert (back.ending, back.organisation, back.was_probationary) == (ending, tree.here, False)
    ending.refresh_from_db()
    assert ending.voided_at is None  # it was a decision, and the books of its month counted it


def test_rights_restored_give_back_states_and_no_posts(tree, member, by):
    exempt = Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 2, 1))
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    removed(member, by)
    restore_rights(member, entry(tree.here), by=by)
    exempt.refresh_from_db(), post.refresh_from_db()
    assert (exempt.ended_on, post.ended_on) == (None, OUT)


def test_who_comes_back_to_another_cell_moves_there_on_that_day(tree, member, by):
    removed(member, by)
    restore_rights(member, entry(tree.there), by=by)
    days = (date(2026, 6, 30), date(2026, 10, 19), BACK)
    assert [places(member, day) for day in days] == [["Chi bộ Khóm 1"], ["Chi bộ Khóm 1"], ["Chi bộ Ấp Thượng"]]
    member.refresh_from_db()
    assert (member.home, Restoration.objects.get().organisation) == (tree.there, tree.here)


def test_activity_resumed_keeps_the_gap(tree, member, by):
    removed(member, by)
    resume_activity(member, entry(tree.next_door), by=by)
    assert [status(member, day) for day in (date(2026, 6, 14), OUT, date(2026, 10, 19), BACK)] == [
        "official", "ended", "ended", "official",
    ]  # fmt: skip
    row = member.memberships.standing().last()
    assert (row.start_reason, row.organisation, row.decision) == ("restored", tree.next_door, "20-QĐ/TU")
    member.refresh_from_db()
    assert member.home == tree.next_door
    assert LogEntry.objects.about(member).order_by("-id").first().action == "members.resume_activity"


def test_readmission_is_a_new_probation_and_keeps_the_first_decision(tree, member, by):
    removed(member, by)
    readmit(member, entry(tree.here), by=by)
    member.refresh_from_db()
    assert (member.decided_on, member.admitted_on) == (date(2005, 5, 10), date(2005, 5, 19))
    assert member.official_on is None
    back = Restoration.objects.get()
    assert (back.kind, back.decision, back.decided_on) == ("readmitted", "20-QĐ/TU", BACK)
    assert back.former_official_on == date(2010, 5, 19)
    assert member.memberships.standing().last().start_reason == "readmitted"
    days = (date(2026, 6, 1), date(2026, 7, 1), BACK)
    assert [status(member, day) for day in days] == ["official", "ended", "probationary"]
    assert list(Member.objects.in_status("official", date(2026, 6, 1))) == [member]


@pytest.mark.parametrize(
    ("end", "act", "words"),
    [
        (record_death, readmit, "Từ trần"),
        (record_death, restore_rights, "Từ trần"),
        (let_leave, restore_rights, "Xin ra khỏi Đảng"),
        (let_leave, resume_activity, "Xin ra khỏi Đảng"),
    ],
)
def test_some_endings_have_no_such_way_back(tree, member, by, end, act, words):
    end(member, EndingEntry(OUT), by=by)
    with pytest.raises(ValidationError, match=f"“{words}”; không dùng cách trở lại này"):
        act(member, entry(tree.here), by=by)
    assert Restoration.objects.count() == 0


def test_who_is_in_is_not_restored_and_nobody_comes_back_twice(tree, member, by):
    with pytest.raises(ValidationError, match="đang trong danh sách"):
        restore_rights(member, entry(tree.here), by=by)
    removed(member, by)
    with pytest.raises(ValidationError, match="Ngày trở lại phải sau ngày ra khỏi Đảng 15/06/2026"):
        resume_activity(member, entry(tree.here, OUT), by=by)
    with pytest.raises(ValidationError, match="Hãy chọn một chi bộ"):
        resume_activity(member, entry(tree.east), by=by)
    resume_activity(member, entry(tree.here), by=by)
    with pytest.raises(ValidationError, match="đang trong danh sách"):
        resume_activity(member, entry(tree.here), by=by)
    assert Restoration.objects.count() == 1


@pytest.mark.parametrize("act", [restore_rights, resume_activity, readmit])
def test_a_restoration_that_never_was(tree, member, by, act):
    ending = removed(member, by)
    act(member, entry(tree.here), by=by)
    void_restoration(Restoration.objects.get(), reason="nhầm người", by=by)
    [row] = member.memberships.standing()
    assert (row.ended_on, row.end_reason) == (OUT, "name_removed")
    member.refresh_from_db(), ending.refresh_from_db()
    assert (member.official_on, ending.membership) == (date(2010, 5, 19), row)
    assert Restoration.objects.standing().count() == 0
    void_ending(ending, reason="cũng nhầm", by=by)
    assert status(member, BACK) == "official"


def test_a_restoration_followed_by_an_ending_stays(tree, member, by):
    removed(member, by)
    resume_activity(member, entry(tree.here), by=by)
    record_death(member, EndingEntry(date(2026, 11, 2)), by=by)
    with pytest.raises(ValidationError, match="không hủy được nữa"):
        void_restoration(Restoration.objects.get(), reason="nhầm", by=by)
    assert Restoration.objects.get().voided_at is None


def test_an_ending_that_was_answered_by_a_restoration_is_not_voided_before_it(tree, member, by):
    ending = removed(member, by)
    restore_rights(member, entry(tree.here), by=by)
    with pytest.raises(ValidationError, match="hãy hủy mục đó trước"):
        void_ending(ending, reason="nhầm", by=by)


def test_a_return_to_another_cell_that_never_was_leaves_the_home_of_before(tree, member, by):
    removed(member, by)
    resume_activity(member, entry(tree.there), by=by)
    void_restoration(Restoration.objects.get(), reason="nhầm người", by=by)
    member.refresh_from_db()
    assert member.home == tree.here
    assert [row.organisation for row in member.memberships.standing()] == [tree.here]


def test_rights_restored_into_another_cell_are_voided_with_both_memberships(tree, member, by):
    ending = removed(member, by)
    restore_rights(member, entry(tree.there), by=by)
    void_restoration(Restoration.objects.get(), reason="nhầm người", by=by)
    [row] = member.memberships.standing()
    assert (row.organisation, row.started_on, row.ended_on, row.end_reason) == (
        tree.here, date(2025, 7, 1), OUT, "name_removed",
    )  # fmt: skip
    member.refresh_from_db(), ending.refresh_from_db()
    assert (member.home, ending.membership) == (tree.here, row)
    assert [status(member, day) for day in (date(2026, 6, 14), OUT, BACK)] == ["official", "ended", "ended"]
    void_ending(ending, reason="cũng nhầm", by=by)
    assert status(member, BACK) == "official"


def test_who_moved_on_after_rights_restored_elsewhere_is_not_put_out(tree, member, by):
    removed(member, by)
    restore_rights(member, entry(tree.there), by=by)
    moved = date(2026, 11, 2)
    member.memberships.standing().filter(ended_on=None).update(ended_on=moved, end_reason="moved_out")
    Membership.objects.create(
        member=member, organisation=tree.next_door, started_on=moved, start_reason=StartReason.MOVED_IN
    )
    with pytest.raises(ValidationError, match="không hủy được nữa"):
        void_restoration(Restoration.objects.get(), reason="nhầm", by=by)
    assert Restoration.objects.get().voided_at is None


def test_states_that_a_false_return_reopened_are_closed_again(tree, member, by):
    exempt = Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2026, 2, 1))
    later = Overlay.objects.create(member=member, kind=OverlayKind.INTERRUPTED, started_on=date(2026, 9, 1))
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    ending = removed(member, by)
    restore_rights(member, entry(tree.here), by=by)
    given = Post.objects.create(member=member, organisation=tree.here, title="secretary", started_on=BACK)
    void_restoration(Restoration.objects.get(), reason="nhầm người", by=by)
    for row in (exempt, later, post, given):
        row.refresh_from_db()
    assert (exempt.ended_on, post.ended_on) == (OUT, OUT)
    assert (later.voided_at is None, given.voided_at is None) == (False, False)
    ending.refresh_from_db()
    void_ending(ending, reason="cũng nhầm", by=by)
    for row in (exempt, later, post, given):
        row.refresh_from_db()
    assert (exempt.ended_on, later.voided_at, post.ended_on, given.voided_at) == (None, None, None, None)


# --- an ending corrected after it was answered ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "words"), [(restore_rights, "hãy hủy mục đó trước"), (resume_activity, "đã sinh hoạt ở Chi bộ Khóm 1")]
)
def test_an_ending_corrected_after_the_return_keeps_its_answer(tree, member, by, act, words):
    ending = removed(member, by)
    act(member, entry(tree.here), by=by)
    corrected = correct_ending(ending, {"decided_on": date(2026, 6, 10)}, reason="ghi nhầm ngày", by=by)
    assert Restoration.objects.get().ending == corrected
    assert "từ 20/10/2026" in read_register("leavers", tree.root, year=2026).rows[0][4]
    with pytest.raises(ValidationError, match=words):
        void_ending(corrected, reason="nhầm", by=by)
    with pytest.raises(ValidationError, match=words):
        correct_ending(corrected, {"ended_on": date(2026, 6, 20)}, reason="nhầm", by=by)
    void_restoration(Restoration.objects.get(), reason="nhầm người", by=by)
    corrected.refresh_from_db()
    assert corrected.membership == member.memberships.standing().get()


def test_a_corrected_day_of_the_decision_reaches_the_party_age(tree, member, by):
    ending = removed(member, by)
    resume_activity(member, entry(tree.here), by=by)
    correct_ending(ending, {"decided_on": date(2026, 6, 10)}, reason="ghi nhầm ngày", by=by)
    [gap] = AgeFacts([member.pk]).record(member).gaps
    assert (gap.start, gap.end) == (date(2026, 6, 10), BACK)
