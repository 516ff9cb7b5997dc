"""Papers of endings that a list brought: how somebody left, on which paper; what stands until they are entered."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from members.actions import badges
from members.actions.endings import EndingEntry, enter_ending_papers, recover_card
from members.actions.imports import FileToCheck, UndoRefused, check_file, commit_batch, undo_batch
from members.actions.restorations import RestorationEntry, readmit, restore_rights, resume_activity
from members.models import Ending, Member, Membership, Post, Proceeding, Restoration
from members.reports.party_age import AgeFacts
from members.reports.registers import read_register
from tests.factories import MemberFactory
from tests.members.importing.sheets import person, workbook
from tests.queries import MOST, queries_of

OUT, BACK = date(2026, 6, 15), date(2026, 10, 20)


@pytest.fixture
def by(cast):
    return cast.officer


def brought(tree, reason="left_unstated", name="Lê Văn Tệp", **values):
    """Somebody whom a list knows as gone."""
    gone = MemberFactory(home=tree.here, full_name=name, **values)
    gone.memberships.update(ended_on=OUT, end_reason=reason)
    return gone


def entry(ended_on=OUT, **values):
    return EndingEntry(ended_on, decision="12-QĐ/TU", decided_on=date(2026, 6, 10), **values)


def back(tree):
    return RestorationEntry(BACK, tree.here, "20-QĐ/TU", BACK)


def stay_of(member):
    [row] = member.memberships.standing()
    return row.end_reason, row.ended_on


# --- the act ----------------------------------------------------------------------------------------------------------


def test_papers_say_how_somebody_left_and_close_what_still_held(tree, by):
    member = brought(tree)
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    with pytest.raises(ValidationError, match="hãy ghi giấy tờ rời Đảng trước"):
        restore_rights(member, back(tree), by=by)
    ending = enter_ending_papers(member, "expelled", entry(grounds=("convicted_corruption",)), by=by)
    assert (ending.reason, ending.ended_on, ending.decision) == ("expelled", OUT, "12-QĐ/TU")
    assert (ending.grounds, ending.was_probationary) == (["expelled", "convicted_corruption"], False)
    assert stay_of(member) == ("expelled", OUT)
    assert ending.membership == member.memberships.standing().get()
    assert [row.end_reason for row in member.memberships.filter(voided_at__isnull=False)] == ["left_unstated"]
    post.refresh_from_db()
    assert post.ended_on == OUT
    assert LogEntry.objects.about(member).order_by("-id").first().action == "members.enter_ending_papers"
    recover_card(ending, on=date(2026, 7, 1), by=by)
    restore_rights(member, back(tree), by=by)
    assert Restoration.objects.get().end_reason == "expelled"


def test_papers_are_entered_once(tree, by):
    member = brought(tree)
    enter_ending_papers(member, "left", entry(), by=by)
    with pytest.raises(ValidationError, match="đã ghi rồi"):
        enter_ending_papers(member, "name_removed", entry(grounds=("removed_x2",)), by=by)
    with pytest.raises(ValidationError, match="đã ghi rồi"):
        enter_ending_papers(MemberFactory(home=tree.here), "left", entry(), by=by)
    assert Ending.objects.get().reason == "left"


def test_a_death_and_a_leaving_are_not_confused(tree, by):
    dead, gone = brought(tree, "died"), brought(tree)
    for member, reason in ((dead, "left"), (gone, "died"), (gone, "left_unstated"), (gone, "moved_out")):
        with pytest.raises(ValidationError, match="không dùng giấy tờ của hình thức khác"):
            enter_ending_papers(member, reason, entry(), by=by)
    ending = enter_ending_papers(dead, "died", EndingEntry(OUT, notified_on=OUT), by=by)
    assert (ending.membership, ending.notified_on) == (dead.memberships.get(), OUT)  # the very row: nothing changed


def test_what_is_refused_leaves_everything_as_it_was(tree, by):
    probationary, charged = brought(tree, official_on=None), brought(tree)
    with pytest.raises(ValidationError, match="Đảng viên dự bị không bị khai trừ"):
        enter_ending_papers(probationary, "expelled", entry(), by=by)
    Proceeding.objects.create(member=charged, stage="charged", started_on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="xem xét kỷ luật trước"):
        enter_ending_papers(charged, "left", entry(), by=by)
    with pytest.raises(ValidationError, match="không dùng cho hình thức “Xóa tên”"):
        enter_ending_papers(charged, "name_removed", entry(grounds=("convicted_serious",)), by=by)
    assert [stay_of(each) for each in (probationary, charged)] == [("left_unstated", OUT)] * 2
    assert Ending.objects.count() == 0


def test_the_day_of_the_decision_replaces_that_of_the_list(tree, by):
    member = brought(tree, official_on=date(2026, 6, 16))
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=date(2025, 7, 1))
    ending = enter_ending_papers(member, "expelled", entry(date(2026, 6, 20)), by=by)
    post.refresh_from_db()
    assert (stay_of(member), post.ended_on) == (("expelled", date(2026, 6, 20)), date(2026, 6, 20))
    assert (ending.ended_on, ending.was_probationary) == (date(2026, 6, 20), False)
    assert ending.membership == member.memberships.standing().get()
    with pytest.raises(ValidationError, match="phải sau ngày bắt đầu sinh hoạt 01/07/2025"):
        enter_ending_papers(brought(tree), "left", entry(date(2025, 7, 1)), by=by)


def test_who_was_admitted_again_before_the_papers_came_keeps_what_he_has_now(tree, by):
    member = brought(tree)
    with pytest.raises(ValidationError, match="hãy ghi giấy tờ rời Đảng trước"):
        resume_activity(member, back(tree), by=by)
    readmit(member, back(tree), by=by)
    post = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=BACK)
    [gap] = AgeFacts([member.pk]).record(member).gaps
    assert (gap.start, gap.end, gap.cause) == (OUT, BACK, "left_unstated")
    ending = enter_ending_papers(member, "expelled", entry(), by=by)
    post.refresh_from_db()
    assert (post.ended_on, post.voided_at, ending.was_probationary) == (None, None, False)
    answer = Restoration.objects.get()
    assert (answer.ending, answer.end_reason) == (ending, "expelled")
    [gap] = AgeFacts([member.pk]).record(member).gaps
    assert (gap.start, gap.end, gap.cause) == (date(2026, 6, 10), BACK, "expelled")


# --- what stands until then -------------------------------------------------------------------------------------------


def test_a_list_that_says_left_does_not_say_how(tree, system, by):
    rows = [
        person(**{"Trạng thái hoạt động": "Rời khỏi Đảng", "Ngày rời/mất/miễn": "15/06/2026"}),
        person("Lê Bình", **{"Số định danh cá nhân": "096080000002", "Trạng thái hoạt động": "Từ trần",
                             "Ngày rời/mất/miễn": "14/06/2026"}),
    ]  # fmt: skip
    file = FileToCheck(workbook(*rows), "ds.xlsx", date(2026, 6, 30))
    batch = commit_batch(check_file(file, organisation=tree.root, by=system), by=system)
    an, binh = Member.objects.order_by("full_name")
    assert [stay_of(each) for each in (an, binh)] == [("left_unstated", OUT), ("died", OUT)]
    line = read_register("leavers", tree.root, year=2026).rows[0]
    assert line[4:7] == ("Rời khỏi Đảng, chưa rõ hình thức", "chưa ghi giấy tờ", "15/06/2026")
    enter_ending_papers(an, "expelled", entry(), by=by)
    assert read_register("leavers", tree.root, year=2026).rows[0][4] == "Khai trừ; Bị khai trừ"
    with pytest.raises(UndoRefused, match="Lê An"):
        undo_batch(batch, by=system)


def test_the_badge_of_a_dead_member_waits_for_no_paper(tree, by):
    member = brought(
        tree, "died", decided_on=date(1996, 8, 20), admitted_on=date(1996, 8, 30), official_on=date(1997, 8, 30)
    )
    badge = badges.propose_posthumous(member, badges.OwnProposal(30, date(2026, 11, 23), "tờ khai 104"), by=by)
    assert (badge.kind, badge.due_on) == ("posthumous", date(2026, 8, 20))


def test_lists_that_were_written_before_say_it_too(tree, system):
    file = FileToCheck(
        workbook(person(**{"Trạng thái hoạt động": "Rời khỏi Đảng", "Ngày rời/mất/miễn": "15/06/2026"})), "ds.xlsx",
        date(2026, 6, 30),
    )  # fmt: skip
    batch = commit_batch(check_file(file, organisation=tree.root, by=system), by=system)
    other, migration = brought(tree, "left"), import_module("members.migrations.0017_leaving_of_unknown_manner")
    migration.put_together(apps, None)
    assert set(Membership.objects.values_list("end_reason", flat=True)) == {"left"}
    migration.tell_apart(apps, None)
    assert Membership.objects.get(end_reason="left_unstated").note == "Theo trạng thái “Rời khỏi Đảng” của tệp nhập."
    assert stay_of(other) == ("left", OUT)  # entered by hand, without that note
    undo_batch(batch, by=system)
    assert Member.objects.standing().get() == other


# --- pages ------------------------------------------------------------------------------------------------------------


def page(member):
    return reverse("members:enter_ending_papers", args=[member.pk])


VALUES = {"reason": "name_removed", "decision": "12-QĐ/TU", "decided_on": "10/06/2026", "ended_on": "15/06/2026"}


def test_papers_are_entered_from_the_list_and_from_the_page_of_the_member(as_, cast, tree):
    member, client = brought(tree), as_(cast.officer)
    assert page(member) in client.get(reverse("members:endings")).content.decode()
    assert page(member) in client.get(reverse("members:member", args=[member.pk])).content.decode()
    html = client.get(page(member)).content.decode()
    assert "Rời khỏi Đảng, chưa rõ hình thức; không còn trong danh sách từ 15/06/2026" in html
    assert 'value="15/06/2026"' in html
    wrong = client.post(page(member), VALUES)
    assert wrong.context["form"].errors.keys() == {"grounds"}
    assert "12-QĐ/TU" in wrong.content.decode()
    assert client.post(page(member), VALUES | {"grounds": ["convicted_serious", "removed_x2"]}).status_code == 200
    assert client.post(page(member), VALUES | {"grounds": ["removed_x2"]}).status_code == 302
    ending = Ending.objects.get()
    assert (ending.reason, ending.grounds, ending.ended_on) == ("name_removed", ["removed_x2"], OUT)
    assert client.get(page(member)).status_code == 404
    html = client.get(reverse("members:member", args=[member.pk])).content.decode()
    assert page(member) not in html
    assert reverse("members:ending", args=[ending.pk]) in html


def test_the_cell_enters_the_papers_of_a_death_and_no_others(as_, cast, tree):
    dead, gone, client = brought(tree, "died", "Lê Thị Mất"), brought(tree), as_(cast.secretary)
    html = client.get(reverse("members:endings")).content.decode()
    assert (page(dead) in html, page(gone) in html) == (True, False)
    assert (client.get(page(dead)).status_code, client.get(page(gone)).status_code) == (200, 403)
    assert client.get(page(MemberFactory(home=tree.here))).status_code == 404
    assert client.post(page(dead), {"died_on": "14/06/2026", "notified_on": "15/06/2026"}).status_code == 302
    ending = Ending.objects.get()
    assert (ending.reason, ending.ended_on, ending.notified_on) == ("died", OUT, OUT)
    assert as_(cast.stranger).get(page(gone)).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_thirty_without_papers(as_, cast, tree):
    brought(tree)
    client, url = as_(cast.officer), reverse("members:endings")
    one = queries_of(client, url)
    for _ in range(29):
        brought(tree)
    assert queries_of(client, url) == one <= MOST
    assert queries_of(client, reverse("members:member", args=[brought(tree).pk])) <= MOST
