"""Accounts and roles: what administrators and inspection heads may do, and to whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cells.actions.accounts import Grant, create_account, end_role, grant_role
from cells.models import LogEntry, Organisation, RoleAssignment, User
from cells.permissions import Permission, Role
from config.lib.workflow import NotAllowed
from tests.queries import MOST, queries_of

ACTS = ["grant_role", "reset_password", "deactivate_account", "reactivate_account", "end_sessions", "unlock_account"]


@pytest.fixture
def east_administrator(tree, cast, today):
    return create_account(
        username="quantri_dong",
        full_name="Quản trị Phường Đông",
        password="mat-khau-thu-10",
        grant=Grant(Role.ADMINISTRATOR, tree.east, today),
        by=cast.administrator,
    )


@pytest.fixture
def as_east(east_administrator, as_):
    east_administrator.must_change_password = False
    east_administrator.save()
    return as_(east_administrator)


def act(client, verb, account, **values):
    return client.post(reverse(f"cells:{verb}", args=[account.pk]), values)


def new_account(**values):
    return {
        "username": "nguyenvana",
        "full_name": " Nguyễn  Văn A",
        "role": Role.CELL_SECRETARY,
        "organisation": "Chi bộ Khóm 2",
        "started_on": "",
    } | values


def test_an_account_is_made_with_a_role_and_a_password_shown_once(tree, cast, as_, today, client):
    form = new_account(started_on=today.strftime("%d/%m/%Y"))
    page = as_(cast.administrator).post(reverse("cells:create_account"), form)
    account = User.objects.get(username="nguyenvana")
    password = page.context["password"]
    assert password in page.content.decode()
    assert account.check_password(password)
    assert (account.full_name, account.must_change_password) == ("Nguyễn Văn A", True)
    [role] = account.role_assignments.all()
    assert (role.role, role.organisation, role.recorded_by) == (Role.CELL_SECRETARY, tree.next_door, cast.administrator)
    assert [entry.action for entry in LogEntry.objects.about(account)] == [
        "accounts.grant_role",
        "accounts.create_account",
    ]
    assert password not in as_(cast.administrator).get(reverse("cells:account", args=[account.pk])).content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"username": "SECRETARY"}, "Tên đăng nhập này đã có người dùng"),
        ({"organisation": "Chi bộ Khóm 9"}, "Không có tổ chức nào như vậy trong phạm vi"),
        ({"organisation": "Chi bộ Khóm"}, "Có 2 tổ chức khớp, hãy ghi rõ hơn"),
        ({"role": Role.INSPECTION_OFFICER}, "không có trong danh sách"),
        ({"started_on": "01/01/2026"}, "Vai trò chỉ giao từ hôm nay trở đi"),
        ({"last_day": "01/01/2026"}, "Ngày cuối không thể trước ngày bắt đầu"),
    ],
)
def test_a_wrong_new_account_is_refused_in_words(cast, as_, today, values, words):
    form = new_account(started_on=today.strftime("%d/%m/%Y")) | values
    assert words in as_(cast.administrator).post(reverse("cells:create_account"), form).content.decode()
    assert not User.objects.filter(username="nguyenvana").exists()


def test_nobody_grants_beyond_the_own_scope(tree, cast, as_east, today):
    form = new_account(started_on=today.strftime("%d/%m/%Y"), organisation="Chi bộ Ấp Thượng")
    assert "trong phạm vi của đồng chí" in as_east.post(reverse("cells:create_account"), form).content.decode()
    assert not User.objects.filter(username="nguyenvana").exists()


def test_an_account_with_a_role_above_is_seen_but_not_touched(tree, cast, as_east, system, today):
    grant_role(cast.secretary, Role.READER, organisation=tree.root, started_on=today, by=system)
    assert as_east.get(reverse("cells:account", args=[cast.secretary.pk])).status_code == 200
    assert {verb: act(as_east, verb, cast.secretary).status_code for verb in ACTS} == dict.fromkeys(ACTS, 403)


def test_an_account_outside_the_scope_is_not_there(cast, as_east):
    assert as_east.get(reverse("cells:account", args=[cast.stranger.pk])).status_code == 404
    assert {verb: act(as_east, verb, cast.stranger).status_code for verb in ACTS} == dict.fromkeys(ACTS, 404)
    assert "stranger" not in as_east.get(reverse("cells:accounts")).content.decode()


@pytest.mark.parametrize("name", ["inspector", "head"])
def test_inspection_accounts_do_not_exist_for_an_administrator(cast, as_, name):
    client, account = as_(cast.administrator), getattr(cast, name)
    [role] = account.role_assignments.all()
    assert account.full_name not in client.get(reverse("cells:accounts")).content.decode()
    assert client.get(reverse("cells:account", args=[account.pk])).status_code == 404
    assert {verb: act(client, verb, account).status_code for verb in ACTS} == dict.fromkeys(ACTS, 404)
    assert client.post(reverse("cells:end_role", args=[role.pk])).status_code == 404
    assert account.full_name not in client.get("/log/").content.decode()


def test_an_ended_inspection_role_still_keeps_the_account_apart(cast, as_, today):
    [role] = cast.inspector.role_assignments.all()
    end_role(role, ended_on=today, by=cast.head)
    assert as_(cast.administrator).get(reverse("cells:account", args=[cast.inspector.pk])).status_code == 404
    assert as_(cast.head).get(reverse("cells:account", args=[cast.inspector.pk])).status_code == 200


def test_an_inspection_head_grants_and_ends_inspection_roles_alone(tree, cast, as_, today):
    client = as_(cast.head)
    day = today.strftime("%d/%m/%Y")
    form = new_account(
        username="kiemtra2", role=Role.INSPECTION_OFFICER, organisation="Đảng bộ Phường Đông", started_on=day
    )
    assert client.post(reverse("cells:create_account"), form).status_code == 200
    inspector = User.objects.get(username="kiemtra2")
    [role] = inspector.role_assignments.all()
    assert client.post(reverse("cells:end_role", args=[role.pk]), {"last_day": ""}).status_code == 302
    assert not inspector.role_assignments.on(today).exists()
    assert (
        client.post(reverse("cells:create_account"), form | {"username": "x1", "role": Role.STAFF}).status_code == 200
    )
    assert not User.objects.filter(username="x1").exists()
    assert client.get(reverse("cells:account", args=[cast.secretary.pk])).status_code == 404


@pytest.mark.parametrize(("name", "role"), [("secretary", Role.INSPECTION_OFFICER), ("inspector", Role.STAFF)])
def test_inspection_roles_and_others_never_meet_on_one_account(tree, cast, system, today, name, role):
    with pytest.raises(ValidationError, match="phải có tài khoản riêng"):
        grant_role(getattr(cast, name), role, organisation=tree.root, started_on=today, by=system)


def test_an_administrator_does_not_touch_the_own_account(cast, as_):
    client = as_(cast.administrator)
    assert client.get(reverse("cells:account", args=[cast.administrator.pk])).status_code == 200
    assert {verb: act(client, verb, cast.administrator).status_code for verb in ACTS} == dict.fromkeys(ACTS, 403)


def test_an_administrator_sees_no_content(cast, as_):
    pages = ["/members/", "/cells/", "/cells/documents/", "/cells/rules/", "/evaluations/"]
    assert {page: as_(cast.administrator).get(page).status_code for page in pages} == dict.fromkeys(pages, 403)


@pytest.mark.parametrize(
    ("period", "day", "holds"),
    [
        ((0, None), -1, False),
        ((0, None), 0, True),
        ((0, 5), 4, True),
        ((0, 5), 5, False),  # the end is the first day without the role
        ((1, None), 0, False),
    ],
)
def test_a_role_holds_between_its_days(tree, cast, today, period, day, holds):
    started, ended = (None if days is None else today + timedelta(days=days) for days in period)
    by = cast.administrator
    role = grant_role(cast.reader, Role.STAFF, organisation=tree.east, started_on=started, ended_on=ended, by=by)
    on = RoleAssignment.objects.on(today + timedelta(days=day))
    assert on.filter(pk=role.pk).exists() is holds


def test_the_same_role_is_not_given_twice(tree, cast, system, today):
    with pytest.raises(ValidationError, match="đã có vai trò này"):
        grant_role(cast.secretary, Role.CELL_SECRETARY, organisation=tree.here, started_on=today, by=system)
    row = {"user": cast.secretary, "role": Role.CELL_SECRETARY, "organisation": tree.here, "started_on": today}
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(**row)


def test_ending_a_role_closes_the_door_at_once(tree, cast, as_, today):
    [role] = cast.secretary.role_assignments.all()
    as_(cast.administrator).post(reverse("cells:end_role", args=[role.pk]), {"last_day": ""})
    role.refresh_from_db()
    assert (role.ended_on, role.voided_at) == (today, None)
    assert not Organisation.objects.visible_to(User.objects.get(pk=cast.secretary.pk)).exists()
    assert LogEntry.objects.about(cast.secretary).first().data["until"] == str(today)


def test_a_role_that_ends_before_it_begins_is_voided(tree, cast, system, today):
    role = grant_role(cast.reader, Role.STAFF, organisation=tree.east, started_on=today, by=system)
    end_role(role, ended_on=today, by=cast.administrator)
    role.refresh_from_db()
    assert (role.ended_on, role.voided_by) == (None, cast.administrator)
    assert not RoleAssignment.objects.on(today).filter(pk=role.pk).exists()


def test_a_second_click_ends_nothing_twice(cast, today):
    [role] = cast.secretary.role_assignments.all()
    end_role(role, ended_on=today, by=cast.administrator)
    with pytest.raises(NotAllowed, match="đã thôi từ trước"):
        end_role(role, ended_on=today, by=cast.administrator)
    assert LogEntry.objects.filter(action="accounts.end_role").count() == 1


def test_a_second_click_on_close_says_so(cast, as_):
    client = as_(cast.administrator)
    act(client, "deactivate_account", cast.secretary)
    page = client.post(reverse("cells:deactivate_account", args=[cast.secretary.pk]), follow=True)
    assert "Tài khoản này đã khóa từ trước." in page.content.decode()
    assert LogEntry.objects.filter(action="accounts.deactivate_account").count() == 1
    act(client, "reactivate_account", cast.secretary)
    cast.secretary.refresh_from_db()
    assert cast.secretary.is_active


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nguoi+SECRETARY", ["secretary"]),
        ("role=cell_secretary", ["secretary", "stranger"]),
        ("state=closed", []),
        ("q=kh%C3%B4ng+ai", []),
    ],
)
def test_the_list_is_searched_and_filtered(cast, as_, query, found):
    page = as_(cast.administrator).get(f"{reverse('cells:accounts')}?{query}")
    assert [account.username for account in page.context["page"]] == found


def test_the_list_takes_as_many_queries_for_thirty_accounts_as_for_one(tree, cast, as_east, system, today):
    for number in range(30):
        account = User.objects.create_user(f"bithu{number}", "x", full_name=f"Bí thư {number}")
        grant_role(account, Role.CELL_SECRETARY, organisation=tree.here, started_on=today, by=system)
    url = reverse("cells:accounts")
    assert len(as_east.get(f"{url}?q=bithu29").context["page"]) == 1
    assert len(as_east.get(f"{url}?q=bithu").context["page"]) == 30
    assert queries_of(as_east, f"{url}?q=bithu29") == queries_of(as_east, f"{url}?q=bithu") <= MOST


def test_scope_of_the_list_and_of_the_single_page_agree(cast, east_administrator):
    listed = set(User.objects.visible_to(east_administrator, Permission.ACCOUNTS_MANAGE))
    assert listed == {cast.secretary, cast.officer, east_administrator}
