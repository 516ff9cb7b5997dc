"""The pages of one month as they are first shown: everybody present, everybody paid, or what stands in the register."""

from collections import Counter

from django.db.models import OuterRef, Subquery

from members.enums import OverlayKind
from members.forms.life import EXEMPT, PAID, REDUCED, UNPAID, SheetRow
from members.life_enums import FeeBasis, Presence
from members.models import Attendance, FeePayment, Meeting

AS_DECIDED = "as_decided"


def meeting_rows(roll, meeting, *, day):
    """The rows of a meeting; of a new one everybody is present who is expected on `day`."""
    standing = Attendance.objects.standing().filter(meeting=meeting) if meeting else Attendance.objects.none()
    recorded = {row.member_id: row for row in standing.select_related("member")}
    rows = [_meeting_row(person, recorded.pop(person.member.pk, None), meeting, day) for person in roll.attending]
    rows += [_recorded_row(row) for row in recorded.values()]
    return sorted(rows, key=lambda row: (row.member.sort_key, row.key))


def _meeting_row(person, recorded, meeting, day):
    notes = _notes(person, day)
    expected = person.state_on(day) is None and person.takes_part_on(day)
    presence = recorded.presence if recorded else Presence.PRESENT if expected and meeting is None else ""
    reason = recorded.reason if recorded else ""
    shown = {"presence": presence, "reason": reason}
    return SheetRow(person.member.pk.hex, person.member, shown, str(recorded.pk) if recorded else "", notes)


def _recorded_row(row):
    shown = {"presence": row.presence, "reason": row.reason}
    return SheetRow(row.member.pk.hex, row.member, shown, str(row.pk), ["không còn ở chi bộ trong tháng"])


def _notes(person, day):
    state = person.state_on(day)
    notes = [OverlayKind(state.kind).label.lower()] if state else []
    if any(stay.guest and stay.place == person.cell_id for stay in person.stays):
        notes.append("sinh hoạt tạm thời")
    if not person.takes_part_on(day):
        since = [stay.started_on for stay in person.stays if stay.place == person.cell_id and stay.started_on > day]
        notes.append(f"từ {min(since):%d/%m/%Y}" if since else f"không ở chi bộ ngày {day:%d/%m/%Y}")
    return notes


def fee_rows(roll, month, recorded, *, exempt_rule):
    """The rows of a month of the ledger; in a month not begun everybody has paid the amount of the month before.

    `exempt_rule()` is asked only where the fee of somebody exempt has to be proposed.
    """
    left = {row.member_id: row for row in recorded}
    fresh = not recorded
    former = _former([person.member.pk for person in roll.paying if person.member.pk not in left], month)
    rows = []
    for person in roll.paying:
        row = left.pop(person.member.pk, None)
        shown = fee_shown(row) if row else _proposed(person, former.get(person.member.pk), month, fresh, exempt_rule)
        rows.append(
            SheetRow(person.member.pk.hex, person.member, shown, str(row.pk) if row else "", _notes(person, month))
        )
    rows += [
        SheetRow(row.member.pk.hex, row.member, fee_shown(row), str(row.pk), ["không còn ở chi bộ trong tháng"])
        for row in left.values()
    ]
    return sorted(rows, key=lambda row: (row.member.sort_key, row.key))


def take_usual_amount(rows):
    """The amount that most of those shown as paid pay, taken out of their rows: it stands once, above all of them."""
    paid = [row for row in rows if row.shown["choice"] == PAID and not row.seen and row.shown["amount"]]
    if not paid:
        return ""
    [(usual, _)] = Counter(row.shown["amount"] for row in paid).most_common(1)
    for row in paid:
        if row.shown["amount"] == usual:
            row.shown["amount"] = ""
    return usual


def fee_shown(row):
    """A stored fee as it stands in the controls."""
    choice = UNPAID
    if row.basis == FeeBasis.EXEMPT:
        choice = EXEMPT
    elif row.paid_on:
        choice = REDUCED if row.basis == FeeBasis.REDUCED else PAID
    return {
        "choice": choice,
        "amount": money(row.amount),
        "paid_on": f"{row.paid_on:%d/%m/%Y}" if row.paid_on else "",
        "decision": row.decision,
    }


def money(amount):
    """30000 as "30.000"."""
    return f"{amount:,.0f}".replace(",", ".") if amount is not None else ""


def _proposed(person, former, month, fresh, exempt_rule):
    """The proposal for who has no row: as in the last month recorded; the exempt by the rule, else left to a person."""
    blank = {"choice": "", "amount": money(former.amount) if former else "", "paid_on": "", "decision": ""}
    if not fresh:
        return blank
    if former and former.basis != FeeBasis.DUE:
        choice = EXEMPT if former.basis == FeeBasis.EXEMPT else REDUCED
        return blank | {"choice": choice, "decision": former.decision}
    state = person.state_on(month)
    if state and state.kind == OverlayKind.EXEMPT and exempt_rule() in (None, AS_DECIDED):
        return blank
    if state and state.kind == OverlayKind.INTERRUPTED:
        return blank
    return blank | {"choice": PAID}


def _former(members, month):
    """The last standing fee before a month, by member."""
    if not members:
        return {}
    rows = FeePayment.objects.standing().filter(member=OuterRef("member"), month__lt=month).order_by("-month")
    last = FeePayment.objects.standing().filter(member__in=members, month__lt=month)
    found = last.filter(pk=Subquery(rows.values("pk")[:1]))
    return {row.member_id: row for row in found}


def study_sessions(cell, year):
    """The sessions of a year, the latest first."""
    return Meeting.objects.of_year(year).studies().filter(organisation=cell).order_by("-held_on", "-pk")
