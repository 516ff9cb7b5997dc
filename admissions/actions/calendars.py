"""The address of a person's calendar: made anew, which closes the one before, or revoked."""

import secrets

from django.db import transaction
from django.utils import timezone

from admissions.calendars import digest_of
from admissions.models import CalendarToken
from cells.audit import record
from cells.models import User
from config.lib.workflow import NotAllowed


@transaction.atomic
def renew_calendar(*, by):
    """A new address for the calendar of `by`; answers its secret part, which is kept nowhere."""
    User.objects.select_for_update().get(pk=by.pk)
    _close(by)
    token = secrets.token_urlsafe(32)
    CalendarToken.objects.create(user=by, digest=digest_of(token))
    record("admissions.renew_calendar", by, by=by)
    return token


@transaction.atomic
def revoke_calendar(*, by):
    """Close the address of the calendar of `by`; NotAllowed where none is open."""
    if not _close(by):
        raise NotAllowed("Không có đường dẫn lịch nào đang mở.")
    record("admissions.revoke_calendar", by, by=by)


def _close(user):
    return CalendarToken.objects.open().filter(user=user).update(revoked_at=timezone.now())
