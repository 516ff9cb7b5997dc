"""Moves for tests, as the product's own actions make them."""

from datetime import date

from cells.models import LogEntry, Organisation
from members import actions
from members.actions.reception import PresentedEntry
from members.actions.transfers import SlipEntry, TransferEntry
from members.models import Membership

FOUNDED = date(2025, 7, 1)
ASKED, ISSUED, PRESENTED, RECEIVED = date(2026, 9, 1), date(2026, 9, 10), date(2026, 10, 1), date(2026, 10, 5)


def request(member, to, *, by, **changes):
    """The cell of the member introduces him to `to`, a cell or the name of a body outside."""
    end = {"to_organisation": to}
    if isinstance(to, str):
        end = {"outside_name": to, "outside_area": "other_province"}
    values = {"kind": "official", "reason": "thay đổi nơi cư trú", "requested_on": ASKED, **end, **changes}
    return actions.request_transfer(member, TransferEntry(**values), by=by)


def issue(transfer, *, by, **changes):
    """The slip is issued."""
    values = {"issued_on": ISSUED, "today": ISSUED, "file_taken_on": ISSUED, **changes}
    return actions.issue_slip(transfer, SlipEntry(**values), by=by)


def present(transfer, *, by, **changes):
    """The slip is handed in."""
    return actions.present_slip(transfer, PresentedEntry(**{"presented_on": PRESENTED, **changes}), by=by)


def accept(transfer, *, by, received_on=RECEIVED, **changes):
    """The member is taken in."""
    entry = PresentedEntry(**{"presented_on": min(PRESENTED, received_on), **changes})
    return actions.accept_transfer(transfer, entry, received_on=received_on, by=by)


def whereabouts(member):
    """(place, first day, first day after) of every standing official membership."""
    rows = member.memberships.filter(voided_at__isnull=True, kind="official").order_by("started_on")
    return [(row.organisation, row.started_on, row.ended_on) for row in rows.select_related("organisation")]


def acts():
    """The acts on members in the log, the oldest first."""
    return list(LogEntry.objects.filter(action__contains="members.").order_by("id").values_list("action", flat=True))


def headcount(organisation, day):
    """People officially at or below an organisation on a day."""
    branch = Organisation.objects.below(organisation)
    return Membership.objects.on(day).official().filter(organisation__in=branch).count()
