"""Temporary moves: prolonged, and ended by the return home."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from members.move_rules import move_rules
from members.rules.moves import STOP, extension_finding
from members.slips import lock_transfer
from members.whereabouts import end_guest
from members.workflow import take_step


@transaction.atomic
def extend_temporary(transfer, *, until, reason, by):
    """A later end, noted on the slip; `until` is the first day after (38-HD/BTCTW, II.4.3.2c)."""
    locked = lock_transfer(transfer)
    take_step(locked, "extend_temporary")
    found = extension_finding(move_rules(locked.until, locked.common), locked.until, until)
    if found.status == STOP:
        raise ValidationError({"last_day": f"{found.reason} ({found.source})."})
    before, locked.until = locked.until, until
    locked.save(update_fields=["until"])
    data = {"to": locked.destination, "before": _last_day(before), "until": _last_day(until), "reason": reason}
    record("members.extend_temporary", locked, by=by, data=data)
    return locked


@transaction.atomic
def end_temporary(transfer, *, on, by):
    """The member is back: the host no longer has the guest from `on`."""
    locked = lock_transfer(transfer)
    take_step(locked, "end_temporary")
    if on <= locked.received_on:
        raise ValidationError({"on": f"Ngày trở về phải sau ngày nơi đến tiếp nhận {locked.received_on:%d/%m/%Y}."})
    locked.returned_on = on
    locked.save(update_fields=["state", "returned_on"])
    end_guest(locked, on=on)
    record("members.end_temporary", locked, by=by, data={"from": locked.destination, "on": f"{on:%d/%m/%Y}"})
    return locked


def _last_day(until):
    return f"{until - timedelta(days=1):%d/%m/%Y}"
