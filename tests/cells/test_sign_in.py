"""Signing in and out, the first password, the lockout, the end of sessions."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cells.actions.accounts import Grant, create_account, deactivate_account, end_sessions, reset_password
from cells.models import LogEntry, User
from cells.permissions import Role

PASSWORD = "mat-khau-thu-10"
NEW = "hoa-sen-trang-27"


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("login"), {"username": username, "password": password})


def test_signing_in_and_out(client, cast):
    assert sign_in(client, "secretary").url == "/"
    assert client.get("/cells/").status_code == 200
    client.post(reverse("logout"))
    assert client.get("/cells/").url == "/sign-in/?next=/cells/"


def test_a_wrong_password_is_told_in_words(client, cast):
    page = sign_in(client, "secretary", "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page


def test_the_fifth_wrong_try_locks_for_an_hour(client, cast):
    statuses = [sign_in(client, "secretary", "sai").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    locked = sign_in(client, "secretary")  # the right password does not help now
    assert locked.status_code == 429
    assert "thử lại sau một giờ, hoặc đề nghị người quản trị của cấp ủy mở khóa" in locked.content.decode()
    assert sign_in(client, "stranger").status_code == 302  # another account on the same machine may


def test_an_administrator_unlocks(client, cast, as_):
    for _ in range(5):
        sign_in(client, "secretary", "sai")
    as_(cast.administrator).post(reverse("cells:unlock_account", args=[cast.secretary.pk]))
    client.logout()
    assert sign_in(client, "secretary").status_code == 302


@pytest.fixture
def newcomer(tree, cast, today):
    return create_account(
        username="moi",
        full_name="Lê Thị Mới",
        password=PASSWORD,
        grant=Grant(Role.CELL_SECRETARY, tree.next_door, today),
        by=cast.administrator,
    )


def test_the_first_password_is_changed_before_anything_else(client, newcomer):
    sign_in(client, "moi")
    for page in ("/", "/cells/", "/members/"):
        assert client.get(page).url == reverse("password_change"), page
    form = {"old_password": PASSWORD, "new_password": NEW, "again": NEW}
    assert client.post(reverse("password_change"), form).url == "/"
    assert client.get("/cells/").status_code == 200
    client.logout()
    assert sign_in(client, "moi", NEW).url == "/"
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert LogEntry.objects.about(newcomer).first().action == "accounts.change_password"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"old_password": "sai"}, "Mật khẩu đang dùng chưa đúng"),
        ({"again": "khác hẳn đi"}, "Hai lần nhập mật khẩu mới chưa giống nhau"),
        ({"new_password": PASSWORD, "again": PASSWORD}, "Mật khẩu mới phải khác mật khẩu đang dùng"),
        ({"new_password": "ngan", "again": "ngan"}, "Mật khẩu quá ngắn; cần ít nhất 10 ký tự."),
        ({"new_password": "password123", "again": "password123"}, "Mật khẩu này quá phổ biến."),
        ({"new_password": "940271836205", "again": "940271836205"}, "Mật khẩu này hoàn toàn là số."),
        ({"new_password": "secretary12", "again": "secretary12"}, "Mật khẩu quá giống với"),
    ],
)
def test_a_bad_new_password_is_refused_in_words(client, cast, form, words):
    sign_in(client, "secretary")
    values = {"old_password": PASSWORD, "new_password": NEW, "again": NEW} | form
    assert words in client.post(reverse("password_change"), values).content.decode()
    assert sign_in(client, "secretary").status_code == 302  # the old one still holds


def test_a_changed_password_ends_the_other_sessions(client, cast, django_user_model):
    other = type(client)()
    sign_in(client, "secretary")
    sign_in(other, "secretary")
    client.post(reverse("password_change"), {"old_password": PASSWORD, "new_password": NEW, "again": NEW})
    assert client.get("/cells/").status_code == 200
    assert other.get("/cells/").status_code == 302


@pytest.mark.parametrize(
    "act",
    [
        end_sessions,
        deactivate_account,
        lambda account, by: reset_password(account, password=NEW, by=by),
    ],
    ids=["end_sessions", "deactivate_account", "reset_password"],
)
def test_acts_of_an_administrator_end_running_sessions(client, cast, act):
    sign_in(client, "secretary")
    assert client.get("/cells/").status_code == 200
    act(cast.secretary, by=cast.administrator)
    assert client.get("/cells/").status_code == 302


def test_a_closed_account_cannot_sign_in(client, cast):
    deactivate_account(cast.secretary, by=cast.administrator)
    assert "chưa đúng" in sign_in(client, "secretary").content.decode()


def test_a_session_ends_after_twelve_hours(client, cast):
    sign_in(client, "secretary")
    session = Session.objects.get()
    assert timedelta(hours=11, minutes=59) < session.expire_date - timezone.now() <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/cells/").status_code == 302


def test_pages_of_signed_in_people_are_kept_by_no_cache(client, cast):
    sign_in(client, "secretary")
    assert "no-store" in client.get("/cells/")["Cache-Control"]


@pytest.mark.parametrize(
    ("command", "role"),
    [("create_inspection_head", Role.INSPECTION_HEAD), ("create_administrator", Role.ADMINISTRATOR)],
)
def test_the_first_accounts_come_from_the_shell(client, tree, capsys, command, role):
    call_command(command, "dautien", full_name="Trần Văn Đầu")
    password = capsys.readouterr().out.split("Mật khẩu lần đầu: ")[1].strip()
    assert sign_in(client, "dautien", password).status_code == 302
    assert client.get("/").url == reverse("password_change")
    account = User.objects.get(username="dautien")
    assert [(each.role, each.organisation) for each in account.roles_today] == [(role, tree.root)]
    assert LogEntry.objects.about(account).first().actor.username == "manage.py"
