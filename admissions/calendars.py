"""The deadlines of one person as a calendar: by kind and day, with numbers and without names."""

import hashlib
from collections import defaultdict

from django.utils.crypto import constant_time_compare

from admissions.clocks import ClockBook
from admissions.duties import read_duties
from admissions.models import CalendarToken
from cells.rights import Asker
from config.lib.calendar_file import CalendarEntry, calendar_file

NAME = "Hạn kết nạp, công nhận đảng viên"
PROBATION = "probation"


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def open_token(token):
    """The open token of that address with its user; None for one that is unknown, revoked or of a closed account."""
    digest = digest_of(token)
    row = CalendarToken.objects.open().filter(digest=digest, user__is_active=True).select_related("user").first()
    return row if row is not None and constant_time_compare(row.digest, digest) else None


def calendar_of(row, today, url):
    """The calendar of the user of a token; whoever sees it learns how many files are due, never whose."""
    groups = defaultdict(list)
    for duty in read_duties(Asker.of(row.user, today)):
        if duty.mine and duty.clock:
            groups[duty.due_on, duty.clock.code].append(duty)
    alarms = _alarms(today) if any(code == PROBATION for _, code in groups) else ()
    entries = [
        _entry(row, key, duties, url=url, alarms=alarms if key[1] == PROBATION else ())
        for key, duties in sorted(groups.items())
    ]
    return calendar_file(NAME, entries)


def _alarms(today):
    return ClockBook().known("admission_reminders", "", today).days_before


def _entry(row, key, duties, *, url, alarms):
    due_on, code = key
    what = duties[0].clock.what.partition(";")[0]
    uid = hashlib.sha256(f"{row.digest}|{code}|{due_on:%Y%m%d}".encode()).hexdigest()[:32]
    since = [duty.since for duty in duties if duty.since]
    return CalendarEntry(
        uid=f"{uid}@party-records",
        day=due_on,
        stamp=max(since, default=due_on),
        title=f"Hạn: {what[:1].lower()}{what[1:]} – {len(duties)} hồ sơ",
        text=duties[0].clock.deadline.article,
        url=url,
        alarms=alarms,
    )
