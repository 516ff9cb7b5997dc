"""A cell is handed over in one step: posts, roles, inventory, record; and taken back while nothing followed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.actions.accounts import grant_role
from cells.actions.documents import draft_document
from cells.models import LogEntry, RoleAssignment, Term, User
from cells.permissions import Role
from members.actions import facts
from members.actions.handovers import HandoverEntry, hand_over_cell, undo_handover
from members.models import Handover, Post, Transfer
from members.ports import open_work
from members.rules.posts import NewSecretary, PostRules, cannot_take_over
from tests.evaluations.rating_cases import open_season, people
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

SINCE, DAY = date(2025, 9, 1), date(2026, 3, 1)


@pytest.fixture
def old(tree):
    member = MemberFactory(home=tree.here, full_name="Lê Văn Cũ")
    Post.objects.create(member=member, organisation=tree.here, title="secretary", started_on=SINCE)
    return member


@pytest.fixture
def new(tree):
    return MemberFactory(home=tree.here, full_name="Trần Thị Mới")


@pytest.fixture
def account(tree, system):
    """The account that the new secretary gets the role with; so far it works elsewhere."""
    user = User.objects.create_user("thimoi", "mat-khau-thu-10", full_name="Trần Thị Mới")
    grant_role(user, Role.READER, organisation=tree.east, started_on=SINCE, by=system)
    return user


def old_role(cast):
    return cast.secretary.role_assignments.get()


def entry(to_member, **more):
    return HandoverEntry(
        **{"to_member": to_member, "handed_on": DAY, "manner": "appointed", "decision": "QĐ 5", **more}
    )


def heads(tree, day):
    rows = Post.objects.on(day).filter(organisation=tree.here, title="secretary")
    return [post.member.full_name for post in rows]


def secretaries(tree, day):
    rows = RoleAssignment.objects.on(day).filter(organisation=tree.here, role=Role.CELL_SECRETARY)
    return [role.user.username for role in rows]


# --- the rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, None),
        ({"holds_it_already": True}, "đang là bí thư"),
        ({"in_the_cell": False}, "không sinh hoạt ở chi bộ này"),
        ({"official": False}, "chưa là đảng viên chính thức"),
    ],
)
def test_to_whom_a_cell_goes(changes, words):
    rules = PostRules(probationary_holds_posts=False)
    fit = {"holds_it_already": False, "in_the_cell": True, "official": True}
    answer = cannot_take_over(rules, NewSecretary(person="A", **{**fit, **changes}))
    assert answer is None if words is None else words in answer


# --- the act ----------------------------------------------------------------------------------------------------------


def test_posts_roles_and_record_change_in_one_step(tree, cast, old, new, account, today):
    term = Term.objects.create(organisation=tree.here, name="2025–2027", started_on=date(2025, 7, 1))
    given = entry(new, old_role=old_role(cast), username="ThiMoi")
    handover = hand_over_cell(tree.here, given, on=today, by=cast.officer)

    assert (heads(tree, DAY - timedelta(days=1)), heads(tree, DAY)) == (["Lê Văn Cũ"], ["Trần Thị Mới"])
    assert (secretaries(tree, today - timedelta(days=1)), secretaries(tree, today)) == (["secretary"], ["thimoi"])
    assert (handover.from_member, handover.to_member, handover.recorded_by) == (old, new, cast.officer)
    assert (handover.to_post.term, handover.to_post.manner) == (term, "appointed")
    assert handover.from_role.user == cast.secretary
    assert handover.to_role.user == account
    [log] = LogEntry.objects.about(tree.here).filter(action="members.hand_over_cell")
    assert (log.data["from"], log.data["to"], log.data["account"]) == ("Lê Văn Cũ", "Trần Thị Mới", "thimoi")
    assert LogEntry.objects.about(account).filter(action="accounts.grant_role", organisation=tree.here).count() == 1


def test_the_inventory_is_frozen(tree, cast, old, new, today):
    Transfer.objects.create(
        member=old, kind="official", from_organisation=tree.here, to_organisation=tree.there, reason="x",
        requested_on=DAY, requested_by=cast.secretary,
    )  # fmt: skip
    draft = draft_document("committee", tree.here, params={"year": 2026}, on=DAY, by=cast.staff)
    people(tree.here, 2)
    open_season(tree, cast.staff)
    handover = hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    draft.delete()
    handover.refresh_from_db()
    assert [(item["number"], item["noun"]) for item in handover.inventory] == [
        (4, "đảng viên trong danh sách chi bộ"),
        (1, "lần chuyển sinh hoạt đảng chưa xong"),
        (1, "văn bản đang dự thảo, chưa ban hành"),
        (1, "danh sách xếp loại năm 2025 chưa gửi"),
        (1, "bản tự xếp loại chi bộ năm 2025 chưa gửi"),
    ]
    assert [work.noun for work in open_work(tree.here, DAY)] == [
        "lần chuyển sinh hoạt đảng chưa xong", "danh sách xếp loại năm 2025 chưa gửi",
        "bản tự xếp loại chi bộ năm 2025 chưa gửi",
    ]  # fmt: skip
    [moves, *_] = open_work(tree.there, DAY)
    assert (moves.noun, moves.url) == (
        "lần chuyển sinh hoạt đảng chưa xong", f"{reverse('members:transfers')}?organisation={tree.there.pk}",
    )  # fmt: skip
    assert [work.noun for work in open_work(tree.far, DAY)] == [
        "danh sách xếp loại năm 2025 chưa gửi", "bản tự xếp loại chi bộ năm 2025 chưa gửi",
    ]  # fmt: skip


def test_the_second_click_is_refused(tree, cast, old, new, today):
    hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    with pytest.raises(ValidationError, match="phải sau ngày đó"):
        hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"home": "next_door"}, "không sinh hoạt ở chi bộ này"),
        ({"official_on": None}, "chưa là đảng viên chính thức"),
        ({"handed_on": SINCE}, "ngày bàn giao phải sau ngày đó"),
    ],
)
def test_what_cannot_be_leaves_everything_as_it_was(tree, cast, old, today, case, words):
    home = getattr(tree, case.get("home", "here"))
    to_member = MemberFactory(home=home, official_on=case.get("official_on", date(2006, 5, 19)))
    given = entry(to_member, old_role=old_role(cast), handed_on=case.get("handed_on", DAY))
    with pytest.raises(ValidationError, match=words):
        hand_over_cell(tree.here, given, on=today, by=cast.officer)
    assert heads(tree, today) == ["Lê Văn Cũ"]
    assert secretaries(tree, today) == ["secretary"]
    assert not Handover.objects.exists()


@pytest.mark.parametrize("username", ["inspector", "head", "administrator", "không-có", "tests", "secretary"])
@pytest.mark.usefixtures("old")
def test_accounts_out_of_reach_get_one_answer(tree, cast, new, today, username):
    given = entry(new, old_role=old_role(cast), username=username)
    with pytest.raises(ValidationError) as refused:
        hand_over_cell(tree.here, given, on=today, by=cast.officer)
    words = "tài khoản của bí thư cũ" if username == "secretary" else "Không có tài khoản nào dùng được"
    assert words in refused.value.messages[0]
    assert heads(tree, today) == ["Lê Văn Cũ"]  # whatever was done before is rolled back
    assert secretaries(tree, today) == ["secretary"]


def test_an_account_of_somebody_else_or_a_closed_one_is_out_of_reach(tree, cast, old, new, account, today):
    MemberFactory(home=tree.far, user=account)
    with pytest.raises(ValidationError, match="Không có tài khoản nào dùng được"):
        hand_over_cell(tree.here, entry(new, username="thimoi"), on=today, by=cast.officer)
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="Không có tài khoản nào dùng được"):
        hand_over_cell(tree.here, entry(new, username="stranger"), on=today, by=cast.officer)


@pytest.mark.parametrize("username", ["stranger", "other_officer", "staff", "reader"])
def test_an_account_with_roles_elsewhere_is_out_of_reach(tree, cast, new, today, username):
    with pytest.raises(ValidationError, match="Không có tài khoản nào dùng được"):
        hand_over_cell(tree.here, entry(new, username=username), on=today, by=cast.officer)
    assert getattr(cast, username).role_assignments.count() == 1
    if username == "stranger":
        hand_over_cell(tree.here, entry(new, username=username), on=today, by=cast.staff)
        assert secretaries(tree, today) == ["secretary", "stranger"]


def test_nobody_gives_a_role_to_himself(tree, cast, new, today):
    with pytest.raises(ValidationError, match="tự giao vai trò"):
        hand_over_cell(tree.here, entry(new, username="Officer"), on=today, by=cast.officer)
    assert (Handover.objects.count(), cast.officer.role_assignments.count()) == (0, 1)


@pytest.mark.parametrize("linked", ["officer", "administrator", "inspector", "head"])
def test_a_linked_account_that_stands_apart_gets_no_role(tree, cast, new, today, linked):
    new.user = getattr(cast, linked)
    new.save()
    handover = hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    assert (handover.to_role, new.user.role_assignments.count()) == (None, 1)
    assert heads(tree, today) == [new.full_name]


def test_only_the_role_of_that_very_cell_ends(tree, cast, old, new, today):
    for role in (cast.stranger.role_assignments.get(), cast.officer.role_assignments.get()):
        with pytest.raises(ValidationError, match="chính chi bộ này"):
            hand_over_cell(tree.here, entry(new, old_role=role), on=today, by=cast.officer)
        role.refresh_from_db()
        assert role.ended_on is None


def test_the_linked_account_is_taken_when_none_is_named(tree, cast, old, new, account, today):
    new.user = account
    new.save(update_fields=["user"])
    hand_over_cell(tree.here, entry(new, old_role=old_role(cast)), on=today, by=cast.officer)
    assert secretaries(tree, today) == ["thimoi"]


def test_a_cell_without_secretary_and_a_member_without_account(tree, cast, new, today):
    handover = hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    assert (handover.from_member, handover.to_role, heads(tree, DAY)) == (None, None, ["Trần Thị Mới"])
    assert secretaries(tree, today) == ["secretary"]  # nobody asked to end that one


# --- taking it back ---------------------------------------------------------------------------------------------------


def test_a_handover_is_taken_back_with_its_trace(tree, cast, old, new, account, today):
    given = entry(new, old_role=old_role(cast), username="thimoi")
    handover = hand_over_cell(tree.here, given, on=today, by=cast.officer)
    undo_handover(handover, reason="ghi nhầm người", on=today, by=cast.officer)
    assert heads(tree, today) == ["Lê Văn Cũ"]
    assert secretaries(tree, today) == ["secretary"]
    handover.refresh_from_db()
    assert (handover.void_reason, handover.voided_by) == ("ghi nhầm người", cast.officer)
    assert LogEntry.objects.about(tree.here).filter(action="members.undo_handover").count() == 1
    with pytest.raises(ValidationError, match="đã được hủy trước đó"):
        undo_handover(handover, reason="nữa", on=today, by=cast.officer)
    hand_over_cell(tree.here, given.__class__(**{**vars(given), "old_role": None}), on=today, by=cast.officer)
    assert heads(tree, today) == ["Trần Thị Mới"]


def test_what_has_been_followed_stays(tree, cast, old, new, today):
    first = hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    second = hand_over_cell(tree.here, entry(old, handed_on=date(2026, 6, 1)), on=today, by=cast.officer)
    with pytest.raises(ValidationError, match="đã có thay đổi khác"):
        undo_handover(first, reason="nhầm", on=today, by=cast.officer)
    undo_handover(second, reason="nhầm", on=today, by=cast.officer)
    undo_handover(first, reason="nhầm", on=today, by=cast.officer)
    assert heads(tree, today) == ["Lê Văn Cũ"]


def test_a_post_that_ended_since_cannot_be_taken_back(tree, cast, old, new, today):
    handover = hand_over_cell(tree.here, entry(new), on=today, by=cast.officer)
    facts.end_fact(handover.to_post, ended_on=date(2026, 8, 1), paper="QĐ", by=cast.officer)
    with pytest.raises(ValidationError, match="đã có thay đổi khác"):
        undo_handover(handover, reason="nhầm", on=today, by=cast.officer)
    handover.refresh_from_db()
    assert handover.voided_at is None


# --- pages ------------------------------------------------------------------------------------------------------------


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("secretary", 403), ("officer", 200), ("staff", 200)])
def test_who_hands_a_cell_over(tree, cast, as_, old, who, status):
    assert as_(getattr(cast, who)).get(url("hand_over_cell", tree.here.pk)).status_code == status


@pytest.mark.usefixtures("account", "old")
def test_the_whole_way_on_pages(tree, cast, as_, new):
    client = as_(cast.officer)
    page = client.get(url("hand_over_cell", tree.here.pk))
    text = page.content.decode()
    assert "đồng chí Lê Văn Cũ (từ 01/09/2025)" in text
    assert "Người lập tài khoản: Người administrator" in text
    assert page.context["form"].fields["old_role"].initial == str(old_role(cast).pk)
    form = {
        "to_member": new.pk, "handed_on": "01/03/2026", "manner": "elected", "decision": "NQ 3",
        "old_role": old_role(cast).pk, "username": "thimoi",
    }  # fmt: skip
    answer = client.post(url("hand_over_cell", tree.here.pk), form, follow=True)
    handover = Handover.objects.get()
    text = answer.content.decode()
    assert "Hãy in biên bản để ký" in text
    assert "Trần Thị Mới (thimoi)" in text
    assert client.get(url("print_handover", handover.pk)).content.startswith(b"%PDF")
    assert "Lê Văn Cũ" in as_(cast.inspector).get(url("handovers")).content.decode()
    assert "Lê Văn Cũ" not in as_(cast.other_officer).get(url("handovers")).content.decode()
    undo = url("undo_handover", handover.pk)
    assert as_(cast.officer).post(undo, {"reason": ""}).status_code == 200
    again = as_(cast.officer).post(undo, {"reason": "ghi nhầm"}, follow=True).content.decode()
    assert "đã hủy" in again
    assert undo not in again


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(tree, cast, as_, old, new):
    form = {"to_member": new.pk, "handed_on": "01/03/2026", "manner": "elected", "username": "inspector"}
    answer = as_(cast.officer).post(url("hand_over_cell", tree.here.pk), form)
    assert "Không có tài khoản nào dùng được" in answer.context["form"].errors["username"][0]
    assert 'value="01/03/2026"' in answer.content.decode()
    early = as_(cast.officer).post(url("hand_over_cell", tree.here.pk), form | {"handed_on": "01/09/2025"})
    assert "phải sau ngày đó" in early.context["form"].errors["handed_on"][0]
    future = as_(cast.officer).post(url("hand_over_cell", tree.here.pk), form | {"handed_on": "01/09/2999"})
    assert "tương lai" in future.content.decode()
    assert not Handover.objects.exists()


def test_the_choice_of_people_is_the_official_members_of_that_cell(tree, cast, as_, old, new):
    MemberFactory(home=tree.here, official_on=None)
    MemberFactory(home=tree.next_door)
    form = as_(cast.officer).get(url("hand_over_cell", tree.here.pk)).context["form"]
    assert set(form.fields["to_member"].queryset) == {old, new}


def test_as_many_queries_for_many_as_for_few(tree, cast, as_, old, new):
    def add(count):
        for member in MemberFactory.create_batch(count, home=tree.here):
            Handover.objects.create(organisation=tree.here, from_member=old, to_member=member, handed_on=DAY)

    add(1)
    client = as_(cast.officer)
    pages = [url("handovers"), url("hand_over_cell", tree.here.pk), url("handover", Handover.objects.get().pk)]
    few = [queries_of(client, page) for page in pages]
    add(29)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST, few
