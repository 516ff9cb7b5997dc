"""The queue of moves by its tabs, and the cells that a move may go to."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from cells.models import Organisation
from members.enums import TEMPORARY_KINDS, TransferState
from members.models import Transfer
from members.move_rules import move_rules, overdue_limits
from members.reports.transfers import STATE_PILLS, state_word
from members.rules.moves import present_due
from members.workflow import steps_open_to

OFFERED = 50
TABS = {
    "mine": "Việc của tôi",
    "to_issue": "Chờ cấp giấy",
    "moving": "Đang chuyển",
    "to_receive": "Chờ tiếp nhận",
    "away": "Tạm thời",
    "overdue": "Quá hạn",
    "done": "Đã xong",
}
BULK = {"to_issue": "issue_slips", "to_receive": "accept_transfers", "moving": "accept_transfers"}
_AWAY = Q(kind__in=TEMPORARY_KINDS, state=TransferState.RECEIVED)
_STATES = {
    "to_issue": Q(state=TransferState.REQUESTED),
    "moving": Q(state__in=[TransferState.ISSUED, TransferState.REFUSED]),
    "to_receive": Q(state__in=[TransferState.ISSUED, TransferState.PRESENTED], to_organisation__isnull=False),
    "away": _AWAY,
    "done": Q(state__in=[TransferState.RECEIVED, TransferState.RETURNED, TransferState.WITHDRAWN]) & ~_AWAY,
}


def queue(rows, tab, user, today):
    """The moves of one tab among `rows`, what waits longest first; what is settled, the latest first."""
    if tab == "mine":
        found = rows.waiting_for(user, today)
    elif tab == "overdue":
        found = rows.overdue(overdue_limits(today))
    else:
        found = rows.filter(_STATES[tab])
    order = ["-received_on", "-created_at"] if tab == "done" else [F("issued_on").asc(nulls_last=True), "requested_on"]
    return found.order_by(*order, "id").with_ends().prefetch_related("replaced_by")


def tab_counts(rows, user, today):
    """How many moves stand in each tab, in one query."""
    counted = {name: Count("pk", filter=test) for name, test in _STATES.items() if name != "done"}
    mine = rows.waiting_for(user, today).values("pk")
    late = rows.overdue(overdue_limits(today)).values("pk")
    counted |= {"mine": Count("pk", filter=Q(pk__in=mine)), "overdue": Count("pk", filter=Q(pk__in=late))}
    return rows.order_by().aggregate(**counted)


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue: the move, its state as a pill, its next date in words, and whether it may be picked."""

    transfer: Transfer
    pill: str
    word: str
    due: str
    late: bool = False
    pickable: bool = False


def queue_rows(transfers, tab, user, today):
    """Lines of the queue, without a query of their own."""
    rules = move_rules(today)
    return [_row(transfer, tab, user, today, rules) for transfer in transfers]


def _row(transfer, tab, user, today, rules):
    due = _due(transfer, rules)
    step = {"issue_slips": "issue_slip", "accept_transfers": "accept_transfer"}.get(BULK.get(tab, ""), "")
    return QueueRow(
        transfer=transfer,
        pill=STATE_PILLS[transfer.state],
        word=state_word(transfer),
        due=f"{due:%d/%m/%Y}" if due else "",
        late=bool(due and due < today),
        pickable=bool(step) and step in steps_open_to(user, transfer),
    )


def _due(transfer, rules):
    """The day by which the next thing has to happen; None where nothing is set."""
    if transfer.state in (TransferState.ISSUED, TransferState.REFUSED):
        return present_due(rules, transfer.issued_on, transfer.kind)
    if transfer.kind in TEMPORARY_KINDS and transfer.state == TransferState.RECEIVED and transfer.until:
        return transfer.last_day
    return None


def destinations(words, home):
    """Open cells whose names have the words, those nearest to `home` first; at most OFFERED, and whether more exist."""
    rows = Organisation.objects.open().cells().exclude(pk=home.pk).select_related("parent__parent")
    rows = rows.named_like(words) if words.strip() else rows.filter(parent=home.parent_id)
    found = list(rows.order_by("parent__path", "position", "id")[: OFFERED + 1])
    return found[:OFFERED], len(found) > OFFERED


def destination(text):
    """The open cell of that id; None for anything else."""
    if not (text.isdecimal() and len(text) < 19):
        return None
    return Organisation.objects.open().cells().select_related("parent").filter(pk=int(text)).first()
