"""Two records of one person made one, and taken apart again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.audit import record
from cells.models import LogEntry, User
from evaluations.models import Review
from members.actions.facts import add_post
from members.actions.merging import MergeEntry, merge_members, undo_merge
from members.actions.record import correct_member, reveal_number
from members.merging import merge_plan, relations
from members.models import (
    AnnualGrade,
    Attendance,
    Badge,
    CardCheck,
    Ending,
    FeePayment,
    Finding,
    Hold,
    Meeting,
    Member,
    Membership,
    Merge,
    Overlay,
    Particular,
    PartyCard,
    Post,
)
from members.ports import merge_ports
from members.reports.readers import asker_of, looks
from tests.evaluations.rating_cases import open_season
from tests.factories import MemberFactory
from tests.members.moving import request
from tests.queries import MOST, queries_of

ON = date(2026, 11, 23)


def url(name, *parts):
    return reverse(f"members:{name}", args=parts)


@pytest.fixture
def survivor(tree):
    return MemberFactory(home=tree.here, full_name="Lê Thị Hòa", sex="female", personal_id="096180600001")


@pytest.fixture
def merged(tree):
    return MemberFactory(
        home=tree.there, full_name="Lê Thị Hoà", sex="female", personal_id="", alias="Tư Hòa",
        card_number="096180600001", admitted_on=date(2005, 5, 20), since=date(2026, 1, 1),
    )  # fmt: skip


def merge(survivor, merged, by, reason="cùng một căn cước", **picks):
    entry = MergeEntry(picks, reason, (survivor.revision, merged.revision))
    return merge_members(survivor, merged, entry, on=ON, by=by)


def asked_of_one_only(survivor, merged):
    return [each for each in merge_plan(survivor, merged, sensitive=True).choices if each.name.startswith("only_")]


def refreshed(*members):
    return [Member.objects.get(pk=member.pk) for member in members]


def columns(member):
    return {each.attname: getattr(member, each.attname) for each in Member._meta.concrete_fields
            if each.attname != "revision"}  # fmt: skip


def rows_of(member):
    """Every row that points at a member, standing or not, by table."""
    found = {}
    for each in relations():
        keys = each.model._default_manager.filter(**{each.name: member}).values_list("pk", flat=True)
        if keys := sorted(map(str, keys)):
            found[each.key] = keys
    return found


def standing_rows():
    """Keys of the facts that stand, by table."""
    tables = (Membership, Particular, Post, Overlay, AnnualGrade, Ending)
    return {table: sorted(table.objects.standing().values_list("pk", flat=True)) for table in tables}


def test_field_by_field_the_value_chosen_stands(cast, survivor, merged):
    merge(survivor, merged, cast.staff, admitted="merged", full_name="survivor")
    kept, gone = refreshed(survivor, merged)
    assert (kept.full_name, kept.admitted_on) == ("Lê Thị Hòa", date(2005, 5, 20))
    assert (kept.alias, kept.card_number, kept.revision) == ("Tư Hòa", "096180600001", 2)
    assert gone.void_reason == f"đã gộp vào hồ sơ Lê Thị Hòa ({survivor.pk})"
    assert list(Member.objects.standing()) == [kept]
    [entry] = LogEntry.objects.about(survivor).filter(action="members.merge_members")
    assert entry.data["changes"]["ngày vào Đảng"] == ["19/05/2005", "20/05/2005"]
    assert entry.data["changes"]["số thẻ đảng viên (12 số)"] == ["", "••••••••0001"]


def test_all_dated_facts_go_to_the_survivor(tree, cast, survivor, merged):
    Post.objects.create(member=merged, organisation=tree.there, title="deputy", started_on=date(2026, 1, 1))
    Overlay.objects.create(member=merged, kind="exempt", started_on=date(2024, 1, 1), ended_on=date(2024, 6, 1))
    AnnualGrade.objects.create(member=merged, year=2024, scale="nhiem_vu", level="HTTNV", organisation=tree.there)
    Hold.objects.create(member=merged, started_on=date(2026, 3, 1))
    before = rows_of(merged)
    assert set(before) == {"members.membership.member", "members.post.member", "members.overlay.member",
                           "members.annualgrade.member", "members.hold.member"}  # fmt: skip
    done = merge(survivor, merged, cast.staff)
    after = rows_of(survivor)
    assert [key for key, rows in before.items() if key != "members.membership.member" and after[key] != rows] == []
    assert rows_of(merged) == {}
    assert done.moved["members.hold.member"]
    assert "members.hold.member" not in done.shown_moves


def test_of_overlapping_stays_those_chosen_stand(tree, cast, survivor, merged):
    merge(survivor, merged, cast.staff, stays="merged")
    [stay] = Membership.objects.standing()
    assert (stay.organisation, stay.member) == (tree.there, survivor)
    assert Member.objects.get(pk=survivor.pk).home == tree.there
    [voided] = Membership.objects.exclude(voided_at=None)
    assert (voided.organisation, voided.void_reason) == (tree.here, "gộp hồ sơ: cùng một căn cước")


def test_stays_that_do_not_overlap_follow_each_other(tree, cast, survivor):
    former = MemberFactory(home=tree.there, full_name="Lê Thị Hòa", personal_id="", since=date(2024, 1, 1))
    former.memberships.update(ended_on=date(2025, 7, 1), end_reason="moved_out")
    assert [choice.name for choice in merge_plan(survivor, former, sensitive=True).choices] == ["sex"]
    merge(survivor, former, cast.staff, sex="survivor")
    assert list(Membership.objects.standing().filter(member=survivor).values_list("organisation", flat=True)) == [
        tree.there.pk, tree.here.pk,
    ]  # fmt: skip
    assert Member.objects.get(pk=survivor.pk).home == tree.here


def test_an_ending_of_a_stay_that_gives_way_is_voided_with_it(cast, survivor, merged):
    stay = merged.memberships.get()
    stay.ended_on, stay.end_reason = date(2026, 6, 1), "name_removed"
    stay.save()
    Ending.objects.create(member=merged, membership=stay, reason="name_removed", ended_on=stay.ended_on)
    done = merge(survivor, merged, cast.staff)
    assert Ending.objects.standing().count() == 0
    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert Ending.objects.standing().count() == 1


def test_of_two_answers_and_two_grades_one_stands(tree, cast, survivor, merged):
    for member, degree, level in ((survivor, "bachelor", "HTTNV"), (merged, "master", "HTXSNV")):
        Particular.objects.create(member=member, topic="degree", value=degree, started_on=date(2025, 7, 1))
        AnnualGrade.objects.create(member=member, year=2025, scale="nhiem_vu", level=level, organisation=tree.here)
    plan = merge_plan(survivor, merged, sensitive=True)
    asked = {choice.name: (choice.survivor, choice.merged) for choice in plan.choices}
    assert asked["topic_degree"] == ("Đại học", "Thạc sĩ")
    assert asked["grade_2025"] == ("HTTNV", "HTXSNV")
    merge(survivor, merged, cast.staff, topic_degree="merged", grade_2025="survivor")
    assert Particular.objects.standing().get(member=survivor).value == "master"
    assert AnnualGrade.objects.standing().get().level == "HTTNV"


@pytest.mark.parametrize("side", ["survivor", "merged"])
def test_an_award_outweighs_a_proposal_and_a_fee_paid_one_owed(tree, cast, survivor, merged, side):
    more, less = (survivor, merged) if side == "survivor" else (merged, survivor)
    award = Badge.objects.create(member=more, level=30, number="CM 00000001", decision="5-QĐ", decided_on=ON)
    Badge.objects.create(member=less, level=30, proposed_on=ON)
    fee = {"month": date(2026, 3, 1), "amount": 50_000}
    paid = FeePayment.objects.create(member=more, organisation=more.home, paid_on=date(2026, 3, 9), **fee)
    FeePayment.objects.create(member=less, organisation=less.home, **fee)
    before = [rows_of(survivor), rows_of(merged)]
    assert asked_of_one_only(survivor, merged) == []
    done = merge(survivor, merged, cast.staff)
    assert (Badge.objects.standing().get(), FeePayment.objects.standing().get()) == (award, paid)
    assert Badge.objects.standing().get().member == survivor
    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert [rows_of(survivor), rows_of(merged)] == before
    assert (Badge.objects.standing().count(), FeePayment.objects.standing().count()) == (2, 2)


def test_of_two_facts_of_which_there_is_one_somebody_chooses(tree, cast, survivor, merged, as_):
    mine, theirs = (
        Badge.objects.create(member=member, level=30, number=f"CM 0000000{n}", decision=f"{n}-QĐ", decided_on=ON)
        for n, member in enumerate((survivor, merged), start=1)
    )
    meeting = Meeting.objects.create(organisation=tree.here, held_on=date(2026, 3, 5))
    for member, presence in ((survivor, "unexcused"), (merged, "present")):
        Attendance.objects.create(meeting=meeting, member=member, presence=presence)
    alike = {"checked_on": date(2026, 3, 5), "state": "in_order"}
    for member in (survivor, merged):
        CardCheck.objects.create(member=member, **alike)
    asked = {choice.label: choice for choice in asked_of_one_only(survivor, merged)}
    assert list(asked) == ["Điểm danh Sinh hoạt thường kỳ ngày 05/03/2026", "Huy hiệu Đảng 30"]
    choice = asked["Huy hiệu Đảng 30"]
    assert choice.survivor.startswith("số Huy hiệu: CM 00000001; số quyết định: 1-QĐ (ghi lúc ")
    assert choice.merged.startswith("số Huy hiệu: CM 00000002; số quyết định: 2-QĐ (ghi lúc ")
    assert "CM 00000002" in as_(cast.staff).get(url("merge_members", survivor.pk, merged.pk)).content.decode()
    done = merge(survivor, merged, cast.staff, **{choice.name: "merged"})
    assert Badge.objects.standing().get() == theirs
    assert Attendance.objects.standing().get().presence == "unexcused"
    assert CardCheck.objects.standing().count() == 1
    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert list(Badge.objects.standing().order_by("pk")) == [mine, theirs]


def test_the_reason_of_a_badge_is_not_told_to_whoever_merges(survivor, merged):
    for member, paper in ((survivor, "Giấy 12/BV"), (merged, "Giấy 13/BV")):
        Badge.objects.create(member=member, level=30, kind="early", proposed_on=ON, reason=paper)
    [choice] = asked_of_one_only(survivor, merged)
    assert "BV" not in choice.survivor + choice.merged
    assert choice.survivor.startswith("căn cứ đề nghị: khác nhau")


@pytest.mark.parametrize("pick", ["survivor", "merged"])
def test_the_card_chosen_is_the_card_in_use(cast, survivor, merged, pick):
    numbers = {"survivor": "096180600009", "merged": "096180600001"}
    people = {"survivor": survivor, "merged": merged}
    for name, member in people.items():
        Member.objects.filter(pk=member.pk).update(card_number=numbers[name])
        PartyCard.objects.create(member=member, kind="first", number=numbers[name], issued_on=date(2025, 12, 1))
    done = merge(*refreshed(survivor, merged), cast.staff, card=pick)
    card = PartyCard.objects.in_use().get()
    assert (card.member, card.number) == (survivor, numbers[pick])
    assert Member.objects.get(pk=survivor.pk).card_number == card.number
    undo_merge(done, reason="hai người", on=ON, by=cast.staff)
    assert set(PartyCard.objects.in_use().values_list("member", "number")) == {
        (people[name].pk, number) for name, number in numbers.items()
    }


def test_the_only_card_in_use_gives_way_to_another_number_chosen(cast, survivor, merged):
    Member.objects.filter(pk=survivor.pk).update(card_number="096180600009")
    PartyCard.objects.create(member=survivor, kind="first", number="096180600009", issued_on=date(2025, 12, 1))
    merge(*refreshed(survivor, merged), cast.staff, card="merged")
    assert PartyCard.objects.standing().count() == 0  # the columns alone say the card of the merged record
    assert Member.objects.get(pk=survivor.pk).card_number == "096180600001"


def test_states_that_overlap_are_refused_in_words_and_nothing_is_written(cast, survivor, merged):
    Overlay.objects.create(member=survivor, kind="exempt", started_on=date(2026, 1, 1))
    Overlay.objects.create(member=merged, kind="exempt", started_on=date(2026, 3, 1))
    with pytest.raises(ValidationError, match=r"từ 01/01/2026; từ 01/03/2026\. Hãy sửa hoặc hủy một mục trước"):
        merge(survivor, merged, cast.staff)
    assert (Member.objects.standing().count(), Merge.objects.count(), LogEntry.objects.about(survivor).count()) == (
        2,
        0,
        0,
    )
    Overlay.objects.filter(member=merged).update(started_on=date(2026, 1, 1))
    merge(survivor, merged, cast.staff)
    assert Overlay.objects.standing().get().member == survivor


def test_a_move_under_way_and_two_accounts_are_refused(tree, cast, survivor, merged):
    Member.objects.filter(pk=survivor.pk).update(user=cast.secretary)
    Member.objects.filter(pk=merged.pk).update(user=cast.stranger)
    request(survivor, tree.there, by=cast.secretary)
    with pytest.raises(ValidationError) as refused:
        merge(*refreshed(survivor, merged), cast.staff)
    assert [words.split(".")[0] for words in refused.value.messages] == [
        "Cả hai hồ sơ đều gắn với một tài khoản",
        "Lê Thị Hòa (Chi bộ Khóm 1) đang có lần chuyển sinh hoạt chưa xong",
    ]


def test_the_account_of_the_merged_record_goes_along_and_back(cast, survivor, merged):
    Member.objects.filter(pk=merged.pk).update(user=cast.stranger)
    done = merge(*refreshed(survivor, merged), cast.staff)
    assert User.objects.get(pk=cast.stranger.pk).member == survivor
    undo_merge(done, reason="nhầm", on=ON, by=cast.staff)
    assert User.objects.get(pk=cast.stranger.pk).member == merged


def test_a_second_click_and_a_stale_page_are_refused(cast, survivor, merged):
    with pytest.raises(ValidationError, match="vừa được người khác sửa"):
        merge_members(survivor, merged, MergeEntry({}, "x", (1, 7)), on=ON, by=cast.staff)
    merge(survivor, merged, cast.staff)
    with pytest.raises(ValidationError, match="không còn"):
        merge(survivor, merged, cast.staff)
    with pytest.raises(ValidationError, match="hai hồ sơ là một"):
        merge(survivor, survivor, cast.staff)


# --- taken apart


def test_undoing_puts_both_records_back_as_they_were(tree, cast, survivor, merged):
    Particular.objects.create(member=survivor, topic="degree", value="bachelor", started_on=date(2025, 7, 1))
    Particular.objects.create(member=merged, topic="degree", value="master", started_on=date(2025, 7, 1))
    Post.objects.create(member=merged, organisation=tree.there, title="deputy", started_on=date(2026, 1, 1))
    before = [columns(member) for member in refreshed(survivor, merged)]
    rows, standing = [rows_of(survivor), rows_of(merged)], standing_rows()
    done = merge(survivor, merged, cast.staff, stays="merged", topic_degree="merged", admitted="merged")
    assert rows_of(merged) == {}
    undo_merge(done, reason="hai người khác nhau", on=ON, by=cast.staff)
    assert [columns(member) for member in refreshed(survivor, merged)] == before
    assert [rows_of(survivor), rows_of(merged)] == rows
    assert standing_rows() == standing
    done.refresh_from_db()
    assert (done.void_reason, done.voided_by) == ("hai người khác nhau", cast.staff)
    with pytest.raises(ValidationError, match="hoàn tác trước đó"):
        undo_merge(done, reason="lần nữa", on=ON, by=cast.staff)
    merge(*refreshed(survivor, merged), cast.staff)


@pytest.mark.parametrize("act", ["correct", "post"])
def test_what_was_done_since_stands_against_it(tree, cast, survivor, merged, act):
    done = merge(survivor, merged, cast.staff)
    [kept] = refreshed(survivor)
    if act == "correct":
        correct_member(kept, {"alias": "Hai"}, revision=kept.revision, reason="giấy", by=cast.secretary)
    else:
        values = {"organisation": tree.here, "title": "deputy", "started_on": date(2026, 2, 1)}
        add_post(kept, values, by=cast.officer)
    with pytest.raises(ValidationError, match="đã được dùng tiếp sau khi gộp"):
        undo_merge(done, reason="nhầm", on=ON, by=cast.staff)


def test_looking_and_a_hold_do_not_stand_against_it(cast, survivor, merged):
    done = merge(survivor, merged, cast.staff)
    reveal_number(survivor, by=cast.secretary)
    record("members.read_scan", survivor, by=cast.officer, data={"paper": "Thẻ", "purpose": "đối chiếu"})
    Hold.objects.create(member=survivor, started_on=ON)
    undo_merge(done, reason="nhầm", on=ON, by=cast.staff)
    assert Member.objects.standing().count() == 2


# --- the apps above


def test_every_table_that_points_at_a_member_is_taken_along():
    covered = {table for port in merge_ports() for table in port.tables}
    assert [each.key for each in relations() if each.model._meta.app_label != "members"
            and each.model._meta.label_lower not in covered] == []  # fmt: skip


def test_reviews_go_along_but_not_from_an_open_season_of_both(tree, cast, survivor, merged):
    merged.memberships.update(started_on=date(2025, 8, 1))
    season = open_season(tree, cast.staff)
    assert Review.objects.filter(sheet__season=season).count() == 2
    with pytest.raises(ValidationError, match=f"danh sách xếp loại năm {season.year}"):
        merge(survivor, merged, cast.staff)
    Review.objects.filter(member=survivor).delete()
    done = merge(survivor, merged, cast.staff)
    assert Review.objects.get().member == survivor
    undo_merge(done, reason="nhầm", on=ON, by=cast.staff)
    assert Review.objects.get().member == merged


# --- pages


def test_side_by_side_then_one_then_two_again(tree, cast, survivor, merged, as_):
    Finding.objects.create(member=survivor, other=merged, rule="duplicate", organisation=tree.root, found_on=ON,
                           seen_on=ON, due_on=ON)  # fmt: skip
    client, page = as_(cast.staff), url("merge_members", survivor.pk, merged.pk)
    shown = client.get(page)
    assert "096180600001" not in shown.content.decode()
    data = {choice.name: choice.default for choice in shown.context["form"].choices}
    assert client.post(page, {**data, "revisions": "1-1", "reason": ""}).status_code == 200
    assert client.post(page, {**data, "revisions": "1-1", "reason": "x", "full_name": "hai"}).status_code == 200
    assert Merge.objects.count() == 0
    answer = client.post(page, {**data, "revisions": "1-1", "reason": "căn cước"}, follow=True)
    done = Merge.objects.get()
    assert answer.redirect_chain == [(url("merge", done.pk), 302)]
    assert Finding.objects.get(rule="duplicate").state == "fixed"
    assert client.get(page).status_code == 404
    assert "Gộp một hồ sơ trùng vào hồ sơ này" in client.get(url("member", survivor.pk)).content.decode()
    client.post(url("undo_merge", done.pk), {"reason": "hai người"})
    assert client.get(page).status_code == 200


def test_who_keeps_only_one_of_the_two_does_not_learn_of_the_other(cast, survivor, merged, as_):
    for one, other in ((survivor, merged), (merged, survivor)):
        page = url("merge_members", one.pk, other.pk)
        assert as_(cast.officer).get(page).status_code == 404
        assert as_(cast.officer).post(page, {}).status_code == 404
    assert as_(cast.staff).get(url("merge_members", survivor.pk, survivor.pk)).status_code == 404


def pair_of(tree, number="096180600001"):
    """Two records of one person, next door to each other, who differ in an open and in restricted answers."""
    pair = [MemberFactory(home=home, full_name="Lê Thị Hòa", sex="female", personal_id=number, card_number=number)
            for home, number in ((tree.here, number), (tree.next_door, ""))]  # fmt: skip
    for member, religion, health, degree in zip(
        pair, ("none", "buddhism"), ("good", "poor"), ("bachelor", "master"), strict=True
    ):
        for topic, value in (("religion", religion), ("health", health), ("degree", degree)):
            Particular.objects.create(member=member, topic=topic, value=value, started_on=date(2025, 7, 1))
    return pair


def test_what_is_restricted_is_chosen_unseen_by_who_may_not_see_it(tree, cast, as_):
    one, other = pair_of(tree)
    plain = merge_plan(*pair_of(tree, "096180600002"), sensitive=False)
    bare = merge_plan(*(MemberFactory(home=tree.here) for _ in range(2)), sensitive=False)
    asked = [[choice for choice in plan.choices if choice.name == "restricted"] for plan in (plain, bare)]
    assert asked[0] == asked[1] != []
    client, page = as_(cast.officer), url("merge_members", one.pk, other.pk)
    shown = client.get(page)
    names = {choice.name for choice in shown.context["form"].choices}
    assert "topic_degree" in names
    assert names & {"topic_religion", "topic_health"} == set()
    assert "Phật giáo" not in shown.content.decode()
    data = {choice.name: choice.default for choice in shown.context["form"].choices}
    data |= {"revisions": "1-1", "reason": "căn cước", "restricted": "merged", "topic_degree": "survivor"}
    client.post(page, data)
    stand = dict(Particular.objects.standing().filter(member=one).values_list("topic", "value"))
    assert stand == {"religion": "buddhism", "health": "poor", "degree": "bachelor"}
    above = as_(cast.staff).get(url("merge_members", *(each.pk for each in pair_of(tree, "096180600003"))))
    assert "Phật giáo" in above.content.decode()


def test_where_the_merged_record_was_is_told_and_undone_only_by_who_reaches_it(tree, cast, survivor, merged, as_):
    done = merge(survivor, merged, cast.staff)
    for user, told in ((cast.officer, False), (cast.secretary, False), (cast.staff, True)):
        shown = as_(user).get(url("merge", done.pk)).content.decode()
        assert ("Ấp Thượng" in shown, url("undo_merge", done.pk) in shown) == (told, told), user
        log = as_(user).get("/log/", {"action": "members.merge_members"}).content.decode()
        assert "gộp hồ sơ trùng của Lê Thị Hoà" in log
        assert "Ấp Thượng" not in log
    reveal_number(merged, by=cast.stranger)
    places = {user.username: [line.place for line in looks(survivor, asker_of(user, survivor)).lines]
              for user in (cast.officer, cast.staff)}  # fmt: skip
    assert places == {"officer": [""], "staff": ["Chi bộ Ấp Thượng"]}
    assert as_(cast.officer).get(url("undo_merge", done.pk)).status_code == 403
    assert as_(cast.officer).post(url("undo_merge", done.pk), {"reason": "nhầm"}).status_code == 403
    done.refresh_from_db()
    assert done.voided_at is None
    assert as_(cast.staff).post(url("undo_merge", done.pk), {"reason": "nhầm"}).status_code == 302


def test_a_merge_is_not_undone_by_who_does_not_keep_the_place_it_goes_back_to(tree, cast, survivor, merged, as_):
    done = merge(survivor, merged, cast.staff, stays="merged")
    assert Member.objects.get(pk=survivor.pk).home == tree.there
    assert as_(cast.other_officer).get(url("merge", done.pk)).status_code == 200
    assert as_(cast.other_officer).post(url("undo_merge", done.pk), {"reason": "nhầm"}).status_code == 403


def test_the_pair_page_asks_few_questions(tree, cast, survivor, merged, as_):
    page = url("merge_members", survivor.pk, merged.pk)
    for year in range(2000, 2025):
        grade = {"year": year, "scale": "nhiem_vu", "level": "HTTNV", "organisation": tree.here}
        AnnualGrade.objects.bulk_create(AnnualGrade(member=member, **grade) for member in (survivor, merged))
    assert queries_of(as_(cast.staff), page) <= MOST
