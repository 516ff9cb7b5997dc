"""Moves on the desk: slips to issue, members to receive, guests to call back; what is overdue among others' work."""

from django.db.models import Case, Count, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from cells.permissions import Permission
from cells.rights import Asker
from config.desk.entries import Entry, deadline
from config.lib.statements import kept_statement
from members.enums import TransferState
from members.models import Transfer
from members.move_rules import move_rules, overdue_limits
from members.rules.moves import present_due

SHOWN = 5
MINE, LATE = "mine", "late"
WAITS = (Permission.TRANSFERS_ISSUE, Permission.TRANSFERS_RECEIVE)
VERBS = {
    TransferState.REQUESTED: ("Cấp giấy giới thiệu", "Chi bộ đã giới thiệu ngày {asked}, chờ cấp giấy.", "Cấp giấy"),
    TransferState.REFUSED: ("Giấy bị trả lại", "{to} chưa tiếp nhận: {refusal}.", "Xem, cấp giấy thay thế"),
    TransferState.ISSUED: ("Tiếp nhận đảng viên", "Giấy số {number} ngày {issued}, chưa nộp.", "Xem giấy tờ"),
    TransferState.PRESENTED: ("Tiếp nhận đảng viên", "Đã nộp giấy ngày {presented}, chờ tiếp nhận.", "Tiếp nhận"),
    TransferState.RECEIVED: ("Hết hạn sinh hoạt tạm thời", "Ở {to} đến hết ngày {last}.", "Gia hạn hoặc ghi trở về"),
}


def read_moves(user, today):
    """(mine, others) of the moves in sight, in one query."""
    if not any(map(user.holds, WAITS)):
        return [], []
    groups = {MINE: [], LATE: []}
    for transfer in _first(Asker.of(user, today), overdue_limits(today)):
        groups[transfer.part].append(transfer)
    return list(_mine(groups[MINE][:SHOWN], today)), list(_late(groups[LATE][:SHOWN]))


@kept_statement
def _first(asker, limits):
    """The oldest moves of both parts, each with the `total` of its part; what is mine is not told as overdue again.

    The firsts of both parts come first, then the seconds: no place has to be computed twice to leave the others out.
    """
    rows = Transfer.objects.visible_to(asker)
    mine, late = rows.waiting_for(asker, asker.day).values("pk"), rows.overdue(limits).values("pk")
    found = rows.filter(pk__in=mine) | rows.filter(pk__in=late)
    found = found.annotate(part=Case(When(pk__in=mine, then=Value(MINE)), default=Value(LATE)))
    place = Window(RowNumber(), partition_by="part", order_by=["requested_on", "id"])
    found = found.annotate(total=Window(Count("pk"), partition_by="part"))
    return found.with_ends().order_by(place, "part")[: 2 * SHOWN]


def _mine(transfers, today):
    rules = move_rules(today)
    for transfer in transfers:
        title, reason, verb = VERBS[transfer.state]
        due = present_due(rules, transfer.issued_on, transfer.kind) if transfer.state == TransferState.ISSUED else None
        yield Entry(
            title=f"{title}: {transfer.member}",
            reason=reason.format(**_words(transfer)),
            url=reverse("members:transfer", args=[transfer.pk]),
            verb=verb,
            due_on=due,
            pill=deadline(due, today),
            first=transfer.state == TransferState.REFUSED,
        )
    if more := _more(transfers):
        yield Entry(f"Và {more} lần chuyển sinh hoạt khác", "", reverse("members:transfers"), "Xem tất cả", count=more)


def _late(transfers):
    if not transfers:
        return
    total = transfers[0].total
    yield Entry(
        title=f"{total} lần chuyển sinh hoạt quá hạn",
        reason=", ".join(str(transfer.member) for transfer in transfers) + (" …" if _more(transfers) else "."),
        url=f"{reverse('members:transfers')}?tab=overdue",
        verb="Xem danh sách quá hạn",
    )


def _more(transfers):
    return transfers[0].total - len(transfers) if transfers else 0


def _words(transfer):
    days = {"asked": transfer.requested_on, "issued": transfer.issued_on, "presented": transfer.presented_on,
            "last": transfer.last_day}  # fmt: skip
    said = {name: f"{day:%d/%m/%Y}" if day else "" for name, day in days.items()}
    return {**said, "to": transfer.destination, "refusal": transfer.refusal, "number": transfer.number_text}
