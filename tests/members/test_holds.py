"""A hold says nothing: with it and without it, everything that anybody but inspection officers can open is the same."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse

from cells.models import LogEntry
from config.lib.sheets import read_workbook
from members.actions.holds import lift_hold, set_hold
from members.models import Hold
from tests.factories import MemberFactory
from tests.test_access import grid

NOBODY = ("secretary", "stranger", "officer", "other_officer", "staff", "reader", "administrator")
WALKED = ("secretary", "stranger", "officer", "staff", "administrator")
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|name="id" value=")[^"]+')
CLOCK = re.compile(r"(\d\d/\d\d/\d{4}) \d\d:\d\d")  # the walks themselves are looks, minutes apart


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


def url(name, *parts):
    return reverse(f"members:{name}", args=parts)


def addresses(tree, member):
    """Every page of the grid that needs no object, or the member, or the cell; and what people ask them."""
    _, rows = grid()
    objects = {"-": None, "member": {"member_id": member.pk}, "here": {"organisation_id": tree.here.pk}}
    pages = sorted({(page, thing) for page, method, thing in rows if method == "GET" and thing in objects})
    found = [reverse(page, kwargs=objects[thing]) for page, thing in pages]
    log, search = reverse("log"), reverse("search")
    asked = [f"{log}?action=holds.set_hold", f"{log}?about=Hòa", f"{search}?q=hoa", f"{reverse('members:list')}?q=hoa"]
    return [*found, *asked]


def seen(client, pages):
    """(status, text without tokens and times of day) of every page."""
    answers = {page: client.get(page) for page in pages}
    return {page: (answer.status_code, CLOCK.sub(r"\1", _text(answer))) for page, answer in answers.items()}


def _text(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content).hex()
    return TOKEN.sub(r"\1", answer.content.decode(errors="replace"))


@pytest.mark.parametrize("name", WALKED)
def test_nobody_learns_of_a_hold(as_, cast, tree, member, name):
    client, pages = as_(getattr(cast, name)), addresses(tree, member)
    assert len(pages) > 40
    seen(client, [reverse("desk")])  # what is read once a session
    with transaction.atomic():
        before = seen(client, pages)
        transaction.set_rollback(True)
    set_hold(member, on=date(2026, 1, 5), by=cast.inspector)
    with transaction.atomic():
        after = seen(client, pages)
        transaction.set_rollback(True)
    assert [page for page in pages if before[page] != after[page]] == []


@pytest.mark.parametrize("name", NOBODY)
def test_pages_of_a_hold_are_not_found(as_, cast, member, name):
    hold = set_hold(member, on=date(2026, 1, 5), by=cast.inspector)
    client = as_(getattr(cast, name))
    for page in (url("show_inspection", member.pk), url("set_hold", member.pk), url("lift_hold", member.pk, hold.pk)):
        assert [client.get(page).status_code, client.post(page, {}).status_code] == [404, 404]


def test_an_export_is_the_same_with_a_hold(as_, cast, member):
    client = as_(cast.staff)

    def rows():
        answer = client.post(reverse("members:export"))
        return read_workbook(BytesIO(b"".join(answer.streaming_content)).read(), "a.xlsx").sheets[0]

    before = rows()
    set_hold(member, on=date(2026, 1, 5), by=cast.inspector)
    assert rows() == before


def test_inspection_officers_set_and_lift_it_and_only_they_find_it_in_the_log(as_, cast, member):
    client = as_(cast.inspector)
    assert client.post(url("set_hold", member.pk), {"started_on": "05/01/2026"}).status_code == 302
    assert "đang tạm dừng" in client.get(url("show_inspection", member.pk)).content.decode()
    assert (
        "Đã có một lần tạm dừng"
        in client.post(url("set_hold", member.pk), {"started_on": "06/01/2026"}).content.decode()
    )
    hold = Hold.objects.get()
    lift = url("lift_hold", member.pk, hold.pk)
    assert "phải sau ngày bắt đầu" in client.post(lift, {"last_day": "04/01/2026"}).content.decode()
    assert client.post(lift, {"last_day": "31/01/2026"}).status_code == 302
    assert "đã kết thúc trước đó" in client.post(lift, {"last_day": "31/01/2026"}).content.decode()
    hold.refresh_from_db()
    assert (hold.started_on, hold.ended_on) == (date(2026, 1, 5), date(2026, 2, 1))
    acts = {user: LogEntry.objects.visible_to(getattr(cast, user)).about(member).count() for user in vars(cast)}
    assert acts == {**dict.fromkeys(NOBODY, 0), "inspector": 2, "head": 2}
    assert "tạm dừng cấp giấy chuyển sinh hoạt của Đặng Thị Hòa" in as_(cast.head).get(reverse("log")).content.decode()


def test_a_lifted_hold_may_be_followed_by_another(cast, member):
    hold = set_hold(member, on=date(2026, 1, 5), by=cast.inspector)
    lift_hold(hold, ended_on=date(2026, 2, 1), by=cast.inspector)
    set_hold(member, on=date(2026, 3, 1), by=cast.inspector)
    days = (date(2026, 1, 4), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1))
    assert [Hold.objects.on(day).count() for day in days] == [0, 1, 0, 1]
