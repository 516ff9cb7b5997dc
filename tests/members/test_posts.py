"""Posts in bodies: what is refused and why, what is hinted at, who may write them, and the roles that end with them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.actions.accounts import grant_role
from cells.models import LogEntry, RoleAssignment, RuleSet, Term
from cells.permissions import Role
from config.lib.rulesets import restore, typed
from members.actions import facts
from members.actions.committees import end_post
from members.enums import PostTitle
from members.models import Post
from members.reports.committees import members_by_level
from members.rules.posts import (
    PostRules,
    Sitting,
    Tenure,
    hints,
    outside_term,
    title_does_not_fit,
    too_many_secretaries,
)
from tests.factories import MemberFactory

SINCE, LATER = date(2025, 9, 1), date(2026, 2, 1)


@pytest.fixture
def rules(db):
    return typed(PostRules, restore(RuleSet.objects.in_force("posts", SINCE).values))


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


@pytest.fixture
def other(tree):
    return MemberFactory(home=tree.here, full_name="Lê Văn Ba")


def values(body, title="secretary", started_on=SINCE, ended_on=None, **more):
    return {"organisation": body, "title": title, "started_on": started_on, "ended_on": ended_on, **more}


# --- the rules, pure --------------------------------------------------------------------------------------------------

TITLES = list(PostTitle)


@pytest.mark.parametrize(
    ("is_cell", "fitting"),
    [
        (True, ["secretary", "standing_deputy", "deputy", "committee_member", "group_head"]),
        (False, [
            "secretary", "standing_deputy", "deputy", "standing_member", "committee_member", "inspection_head",
            "inspection_deputy", "inspection_member",
        ]),
    ],
)  # fmt: skip
def test_titles_that_a_body_can_have(is_cell, fitting):
    assert [title for title in TITLES if title_does_not_fit(title, is_cell=is_cell) is None] == fitting


@pytest.mark.parametrize(
    ("started_on", "ended_on", "refused"),
    [
        (date(2025, 1, 1), date(2025, 9, 1), False),  # the day on which the other begins is the first without it
        (date(2025, 1, 1), date(2025, 9, 2), True),
        (date(2025, 10, 1), None, True),
        (date(2026, 1, 31), None, True),
        (date(2026, 2, 1), None, False),
    ],
)
def test_one_secretary_on_a_day(rules, started_on, ended_on, refused):
    held = Tenure("A", "secretary", SINCE, LATER)
    answer = too_many_secretaries(rules, Tenure("B", "secretary", started_on, ended_on), [held])
    assert bool(answer) is refused
    if refused:
        assert "Đồng chí A là bí thư từ 01/09/2025" in answer
        assert "mặc định" in answer  # the text of the rule was not read: it says so
    assert too_many_secretaries(rules, Tenure("B", "deputy", started_on, ended_on), [held]) is None
    assert too_many_secretaries(PostRules(), Tenure("B", "secretary", started_on, ended_on), [held]) is None


@pytest.mark.parametrize(
    ("started_on", "ended_on", "field"),
    [
        (date(2025, 7, 1), date(2030, 7, 1), None),
        (date(2025, 6, 30), date(2030, 7, 1), "started"),
        (date(2030, 7, 1), None, "started"),
        (date(2025, 7, 1), None, "last_day"),
        (date(2025, 7, 1), date(2030, 7, 2), "last_day"),
    ],
)
def test_a_post_lies_within_its_term(rules, started_on, ended_on, field):
    term = (date(2025, 7, 1), date(2030, 7, 1))
    answer = outside_term(rules, Tenure("A", "deputy", started_on, ended_on), term)
    assert (answer and answer[0]) == field
    assert outside_term(rules, Tenure("A", "deputy", date(2026, 1, 1)), (date(2025, 7, 1), None)) is None


@pytest.mark.parametrize(
    ("sitting", "words"),
    [
        (Sitting("A", frozenset({"standing_member"})), "chưa ghi là ủy viên ban chấp hành"),
        (Sitting("A", frozenset({"standing_member", "committee_member"})), None),
        (Sitting("A", frozenset({"standing_member", "deputy"})), None),
        (Sitting("A", frozenset({"committee_member"}), probationary=True), "đảng viên dự bị"),
        (Sitting("A", frozenset({"committee_member"}), on_roll=False), "không còn trong danh sách"),
    ],
)
def test_hints(rules, sitting, words):
    found = hints(rules, [sitting])
    assert len(found) == (words is not None)
    assert words is None or words in found[0]


def test_two_secretaries_from_a_list_are_hinted_at(rules):
    two = [Sitting("A", frozenset({"secretary"})), Sitting("B", frozenset({"secretary"}))]
    assert "Có 2 bí thư cùng lúc: A, B" in hints(rules, two)[0]
    assert hints(rules, two[:1]) == []


# --- the acts ---------------------------------------------------------------------------------------------------------


def test_a_post_is_written_with_term_manner_and_decision(tree, cast, member):
    term = Term.objects.create(organisation=tree.here, name="2025–2027", started_on=date(2025, 7, 1))
    facts.add_post(member, values(tree.here, term=term, manner="elected", decision="NQ 1"), by=cast.officer)
    [post] = Post.objects.all()
    assert (post.term, post.manner, post.decision, post.recorded_by) == (term, "elected", "NQ 1", cast.officer)
    [entry] = LogEntry.objects.about(member)
    assert (entry.action, entry.data["fact"]) == ("members.add_post", "Bí thư Chi bộ Khóm 1")


def test_a_second_secretary_is_refused_and_nothing_is_written(tree, cast, member, other):
    facts.add_post(member, values(tree.here), by=cast.officer)
    with pytest.raises(ValidationError, match="Đồng chí Đặng Thị Hòa là bí thư"):
        facts.add_post(other, values(tree.here, started_on=LATER), by=cast.officer)
    assert Post.objects.count() == 1
    assert not LogEntry.objects.about(other).exists()
    facts.add_post(other, values(tree.next_door), by=cast.officer)  # another body has its own
    facts.add_post(other, values(tree.here, "deputy"), by=cast.officer)


def test_a_correction_may_not_make_a_second_secretary_either(tree, cast, member, other):
    facts.add_post(member, values(tree.here), by=cast.officer)
    deputy = facts.add_post(other, values(tree.here, "deputy"), by=cast.officer)
    with pytest.raises(ValidationError, match="chỉ có một bí thư"):
        facts.correct_fact(deputy, values(tree.here), reason="nhầm", by=cast.officer)
    deputy.refresh_from_db()
    assert deputy.voided_at is None


def test_a_cell_has_no_standing_committee(tree, cast, member):
    with pytest.raises(ValidationError, match="không có ban thường vụ"):
        facts.add_post(member, values(tree.here, "standing_member"), by=cast.officer)
    facts.add_post(member, values(tree.east, "standing_member"), by=cast.officer)


def test_a_body_that_is_closed_takes_no_post_without_an_end(tree, cast, member):
    type(tree.here).objects.filter(pk=tree.here.pk).update(is_open=False)
    with pytest.raises(ValidationError, match="đã kết thúc hoạt động"):
        facts.add_post(member, values(tree.here), by=cast.officer)
    facts.add_post(member, values(tree.here, ended_on=LATER), by=cast.officer)  # history can still be written


def test_the_role_ends_with_the_post_but_never_in_the_past(tree, cast, member, today):
    post = facts.add_post(member, values(tree.here), by=cast.officer)
    [role] = RoleAssignment.objects.filter(user=cast.secretary)
    end_post(post, ended_on=LATER, paper="QĐ 7", roles=[role], on=today, by=cast.officer)
    role.refresh_from_db()
    post.refresh_from_db()
    assert (post.ended_on, role.ended_on) == (LATER, today)
    assert LogEntry.objects.about(cast.secretary).filter(action="accounts.end_role").count() == 1
    with pytest.raises(ValidationError, match="đã kết thúc"):
        end_post(post, ended_on=LATER, paper="", roles=[role], on=today, by=cast.officer)


def test_each_person_counts_once_at_the_highest_level(tree, cast, member, other):
    facts.add_post(member, values(tree.here), by=cast.officer)
    facts.add_post(member, values(tree.east, "committee_member"), by=cast.officer)
    facts.add_post(member, values(tree.root, "inspection_member"), by=cast.officer)  # no seat in the committee
    facts.add_post(other, values(tree.here, "deputy", ended_on=LATER), by=cast.officer)
    assert members_by_level(tree.root, date(2026, 1, 1)) == {4: {member.pk}, 6: {other.pk}}
    assert members_by_level(tree.root, LATER) == {4: {member.pk}}
    assert members_by_level(tree.here, date(2026, 1, 1)) == {6: {member.pk, other.pk}}


# --- the pages --------------------------------------------------------------------------------------------------------


def add_url(member):
    return reverse("members:add_post", args=[member.pk])


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("secretary", 403), ("officer", 200), ("staff", 200)])
def test_who_writes_posts(as_, cast, tree, member, who, status):
    post = facts.add_post(member, values(tree.here), by=cast.officer)
    client = as_(getattr(cast, who))
    assert client.get(add_url(member)).status_code == status
    for name in ("end_fact", "correct_fact", "void_fact"):
        assert client.get(reverse(f"members:{name}", args=[member.pk, "post", post.pk])).status_code == status, name


def test_the_secretary_sees_a_post_without_the_buttons(as_, cast, tree, member):
    post = facts.add_post(member, values(tree.here), by=cast.officer)
    url = reverse("members:fact", args=[member.pk, "post", post.pk])
    assert "Sửa mục ghi sai" not in as_(cast.secretary).get(url).content.decode()
    assert "Sửa mục ghi sai" in as_(cast.officer).get(url).content.decode()
    page = reverse("members:member", args=[member.pk])
    assert add_url(member) not in as_(cast.secretary).get(page).content.decode()
    assert add_url(member) in as_(cast.officer).get(page).content.decode()


def test_the_term_is_proposed_from_the_day(as_, cast, tree, member):
    term = Term.objects.create(organisation=tree.east, name="2025–2030", started_on=date(2025, 7, 1))
    Term.objects.create(organisation=tree.here, name="của chi bộ", started_on=date(2025, 7, 1))
    form = {"title": "deputy", "organisation": tree.east.pk, "started": "01/09/2025", "manner": "elected"}
    assert as_(cast.officer).post(add_url(member), form).status_code == 302
    assert Post.objects.get().term == term


def test_the_term_of_another_body_is_refused(as_, cast, tree, member):
    term = Term.objects.create(organisation=tree.here, name="của chi bộ", started_on=date(2025, 7, 1))
    form = {"title": "deputy", "organisation": tree.east.pk, "started": "01/09/2025", "manner": "elected"}
    answer = as_(cast.officer).post(add_url(member), form | {"term": term.pk})
    assert "không phải của Đảng bộ Phường Đông" in answer.content.decode()
    assert not Post.objects.exists()


def test_ending_the_post_of_a_secretary_proposes_ending_the_role(as_, cast, tree, member, today):
    post = facts.add_post(member, values(tree.here), by=cast.officer)
    deputy = facts.add_post(member, values(tree.east, "deputy"), by=cast.officer)
    grant_role(cast.stranger, Role.CELL_SECRETARY, organisation=tree.next_door, started_on=SINCE, by=cast.staff)
    url = reverse("members:end_fact", args=[member.pk, "post", post.pk])
    client = as_(cast.officer)
    page = client.get(url)
    [role] = page.context["form"].fields["roles"].queryset
    assert (role.user, page.context["form"].initial["roles"]) == (cast.secretary, [role.pk])
    other = client.get(reverse("members:end_fact", args=[member.pk, "post", deputy.pk]))
    assert "roles" not in other.context["form"].fields
    [stray] = RoleAssignment.objects.filter(user=cast.stranger, organisation=tree.next_door)
    assert client.post(url, {"last_day": "31/01/2026", "roles": [stray.pk]}).status_code == 200
    assert client.post(url, {"last_day": "31/01/2026", "roles": [role.pk]}).status_code == 302
    role.refresh_from_db()
    stray.refresh_from_db()
    assert (role.ended_on, stray.ended_on) == (today, None)
