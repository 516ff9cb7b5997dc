"""A person's calendar: its address, what it opens and to whom, what stands in the file."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from admissions.actions.calendars import renew_calendar, revoke_calendar
from admissions.calendars import digest_of
from admissions.enums import State
from admissions.models import CalendarToken
from cells.models import LogEntry, RoleAssignment
from config.lib.calendar_file import CalendarEntry, calendar_file
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import in_state
from tests.admissions.paper_cases import decided, vote_of


def file_of(client, token):
    return client.get(reverse("admissions:calendar_file", args=[token]))


def approved(tree, cast, today, cell=None, **columns):
    candidate = in_state(cell or tree.here, State.APPROVED, by=cast.secretary, **columns)
    decided(candidate, tree.root, today, received_on=today)
    return candidate


def test_only_the_digest_is_kept_and_a_new_address_closes_the_old(cast):
    first, second = renew_calendar(by=cast.secretary), renew_calendar(by=cast.secretary)

    assert first != second
    rows = {row.digest: row.revoked_at is None for row in CalendarToken.objects.all()}
    assert rows == {digest_of(first): False, digest_of(second): True}
    assert [entry.action for entry in LogEntry.objects.about(cast.secretary)] == ["admissions.renew_calendar"] * 2
    assert first not in str(LogEntry.objects.values_list("data", flat=True))


def test_an_address_is_revoked_once(cast):
    renew_calendar(by=cast.secretary)
    revoke_calendar(by=cast.secretary)

    with pytest.raises(NotAllowed):
        revoke_calendar(by=cast.secretary)


def test_the_file_needs_no_sign_in_and_holds_no_name(client, tree, cast, today):
    for name in ("Phạm Thị Bí Mật", "Phạm Văn Bí Mật"):
        approved(tree, cast, today, full_name=name)
    answer = file_of(client, renew_calendar(by=cast.secretary))
    text = answer.content.decode().replace("\r\n ", "")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "SUMMARY:Hạn: lễ kết nạp – 2 hồ sơ" in text
    assert "/admissions/tasks/" in text
    assert not re.search("Bí Mật|Phạm|Khóm", text)


def test_the_bytes_depend_on_the_data_alone(client, tree, cast, today):
    approved(tree, cast, today)
    token = renew_calendar(by=cast.secretary)

    first, again = file_of(client, token).content, file_of(client, token).content
    assert first == again
    assert first.count(b"BEGIN:VEVENT") == 1
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    assert b"\n" not in first.replace(b"\r\n", b"")


@pytest.mark.parametrize("closed", ["unknown", "revoked", "inactive", "no role"])
def test_what_opens_nothing_answers_alike(client, tree, cast, today, closed):
    token = renew_calendar(by=cast.secretary)
    if closed == "unknown":
        token = "x" * 43
    if closed == "revoked":
        revoke_calendar(by=cast.secretary)
    if closed == "inactive":
        type(cast.secretary).objects.filter(pk=cast.secretary.pk).update(is_active=False)
    if closed == "no role":
        RoleAssignment.objects.filter(user=cast.secretary).delete()
    answer = file_of(client, token)

    assert answer.status_code == 404
    assert answer.content == file_of(client, "y" * 43).content


def test_each_calendar_shows_the_scope_of_its_own_person(client, tree, cast, today):
    approved(tree, cast, today)
    vote_of(in_state(tree.there, State.CELL_ADOPTED, by=cast.stranger), tree.there, today)

    def summaries(user):
        text = file_of(client, renew_calendar(by=user)).content.decode().replace("\r\n ", "")
        return re.findall("SUMMARY:(.*)\r", text)

    assert summaries(cast.secretary) == ["Hạn: lễ kết nạp – 1 hồ sơ"]
    assert summaries(cast.other_officer) == ["Hạn: quyết định kết nạp – 1 hồ sơ"]
    assert summaries(cast.stranger) == summaries(cast.officer) == []


def test_the_address_is_shown_once(as_, cast):
    shown = as_(cast.secretary).post(reverse("admissions:renew_calendar")).content.decode()
    [token] = re.findall(r"/admissions/calendar/([\w-]{43})\.ics", shown)

    assert CalendarToken.objects.open().get().digest == digest_of(token)
    assert token not in as_(cast.secretary).get(reverse("admissions:calendar")).content.decode()


def test_revoking_on_the_page(as_, cast):
    renew_calendar(by=cast.secretary)
    page = as_(cast.secretary).post(reverse("admissions:revoke_calendar"), follow=True).content.decode()
    assert "Đã thu hồi đường dẫn lịch." in page
    again = as_(cast.secretary).post(reverse("admissions:revoke_calendar"), follow=True).content.decode()
    assert "Không có đường dẫn lịch nào đang mở." in again


def test_signs_are_escaped_and_lines_folded_between_letters():
    day = date(2026, 3, 5)
    entry = CalendarEntry("a@b", day, day - timedelta(days=3), "Hạn: một, hai; ba\n" + "ế" * 60, alarms=(90, 7))
    content = calendar_file("Tên", [entry])

    assert b"m\xe1\xbb\x99t\\, hai\\; ba\\n" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n ", b"").decode().count("ế" * 60) == 3
    assert b"DTSTAMP:20260302T000000Z\r\nDTSTART;VALUE=DATE:20260305\r\nDTEND;VALUE=DATE:20260306\r\n" in content
    assert b"TRIGGER:-P90D" in content
