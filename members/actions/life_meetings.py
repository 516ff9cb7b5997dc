"""Writing the register of meetings: one meeting with the attendance of the whole cell at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from members.life_enums import Presence
from members.life_roll import read_roll
from members.models import Attendance, Meeting
from members.settling import CLASH, WRITE, Clash, Stale, settle

HEAD = {
    "kind": "Loại", "held_on": "Ngày", "minutes_number": "Số biên bản", "place": "Nơi họp", "agenda": "Nội dung",
}  # fmt: skip
CORRECTED = "ghi lại điểm danh"
GONE = "Buổi này đã bị hủy ở nơi khác. Hãy mở lại trang của tháng."


@dataclass(frozen=True)
class Line:
    """What was ticked for one member: no presence is no row; `reason` None leaves the reason as it stands."""

    member_id: UUID
    presence: str
    reason: str | None = ""
    seen: int | None = None


@dataclass(frozen=True)
class MeetingEntry:
    """The head as typed, by field, over a version of a meeting or for a new one, and the lines of the members."""

    head: dict[str, Any]
    lines: tuple[Line, ...]
    meeting: Meeting | None = None
    version: int = 1


@transaction.atomic
def keep_meeting(organisation, entry, *, by):
    """Write a meeting of a cell with its attendance; `Stale` names what others wrote meanwhile, nothing is written."""
    cell = Organisation.objects.select_for_update().get(pk=organisation.pk)
    meeting = _locked(entry) if entry.meeting else Meeting(organisation=cell, recorded_by=by)
    before = _head_of(meeting) if meeting.pk else None
    clashes = _head_clashes(meeting, entry) if meeting.pk else []
    _refuse_twin(cell, meeting, entry.head)
    changes, row_clashes = _changes(cell, meeting, entry)
    if clashes or row_clashes:
        raise Stale(clashes + row_clashes, meeting.version)
    _write_head(meeting, entry.head)
    _write_rows(meeting, changes, by)
    _sum_up(meeting)
    record("members.keep_meeting", meeting, by=by, data=_said(meeting, before))
    return meeting


@transaction.atomic
def void_meeting(meeting, *, reason, by):
    """Void a meeting that was entered wrongly, with its attendance."""
    locked = Meeting.objects.select_for_update().select_related("organisation").get(pk=meeting.pk)
    if locked.voided_at:
        raise NotAllowed(GONE)
    voided = {"voided_at": timezone.now(), "voided_by": by, "void_reason": reason}
    Attendance.objects.standing().filter(meeting=locked).update(**voided)
    for name, value in voided.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*voided])
    record("members.void_meeting", locked, by=by, data={"reason": reason})
    return locked


def _locked(entry):
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=entry.meeting.pk)
    if meeting.voided_at:
        raise NotAllowed(GONE)
    return meeting


def _refuse_twin(cell, meeting, head):
    same = Meeting.objects.standing().filter(
        organisation=cell, held_on=head["held_on"], kind=head["kind"], agenda=head["agenda"]
    )
    regular = Meeting.objects.standing().regular().filter(organisation=cell, held_on=head["held_on"])
    twins = same | regular if head["kind"] == "regular" else same
    if twins.exclude(pk=meeting.pk).exists():
        raise ValidationError(
            f"Đã có buổi cùng loại ghi ngày {head['held_on']:%d/%m/%Y}. Hãy mở buổi đó ở đầu trang của tháng để sửa."
        )


def _head_of(meeting):
    return {name: getattr(meeting, name) for name in HEAD}


def _head_clashes(meeting, entry):
    if meeting.version == entry.version:
        return []
    stored = _head_of(meeting)
    return [
        Clash(name, label, _words(entry.head[name]), _words(stored[name]))
        for name, label in HEAD.items()
        if entry.head[name] != stored[name]
    ]


def _words(value):
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "để trống")


def _write_head(meeting, head):
    if meeting.pk and _head_of(meeting) == head:
        return
    meeting.version += 1 if meeting.pk else 0
    for name, value in head.items():
        setattr(meeting, name, value)
    meeting.save()


def _changes(cell, meeting, entry):
    """(lines to write with the row that each replaces, clashes); who is not on the roll of the day gets no row."""
    held_on = entry.head["held_on"]
    roll = read_roll(cell, held_on.replace(day=1)).by_id
    standing = Attendance.objects.standing().filter(meeting=meeting) if meeting.pk else Attendance.objects.none()
    current = {row.member_id: row for row in standing}
    seen = Attendance.objects.in_bulk([line.seen for line in entry.lines if line.seen])
    changes, clashes = [], []
    for line in entry.lines:
        person, row, read = roll.get(line.member_id), current.get(line.member_id), seen.get(line.seen)
        if row is None and (person is None or not person.takes_part_on(held_on)):
            continue
        typed = _value(line, row)
        known = (row.pk, (row.presence, row.reason)) if row else None
        verdict = settle(typed, known, seen_key=line.seen, seen=(read.presence, read.reason) if read else None)
        if verdict == CLASH:
            name = person.member.full_name if person else str(row.member)
            clashes.append(Clash(line.member_id, name, _presence(typed), _presence(known and known[1])))
        elif verdict == WRITE:
            changes.append((line.member_id, typed, row))
    return changes, clashes


def _value(line, row):
    """(presence, reason) as it would be stored, None for no row; a reason belongs to an absence."""
    if not line.presence:
        return None
    reason = (row.reason if row else "") if line.reason is None else line.reason
    return line.presence, "" if line.presence == Presence.PRESENT else reason


def _presence(value):
    return Presence(value[0]).label.lower() if value else "chưa ghi"


def _write_rows(meeting, changes, by):
    voided = [row.pk for _, _, row in changes if row]
    Attendance.objects.filter(pk__in=voided).update(voided_at=timezone.now(), voided_by=by, void_reason=CORRECTED)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member_id=member_id, presence=typed[0], reason=typed[1], recorded_by=by)
        for member_id, typed, _ in changes
        if typed
    )


def _sum_up(meeting):
    rows = list(Attendance.objects.standing().filter(meeting=meeting).values_list("presence", flat=True))
    for presence in Presence.values:
        setattr(meeting, presence, rows.count(presence))
    meeting.save(update_fields=[*Presence.values])


def _said(meeting, before):
    """The whole sheet, without the words of the reasons: they may speak of health."""
    rows = Attendance.objects.standing().filter(meeting=meeting).order_by("pk").values_list("member_id", "presence")
    head = {name: _words(value) for name, value in _head_of(meeting).items()}
    former = {name: _words(value) for name, value in before.items()} if before else {}
    return {
        **{presence: getattr(meeting, presence) for presence in Presence.values},
        "head": head,
        "before": {name: value for name, value in former.items() if value != head[name]},
        "rows": [{"member": str(member_id), "presence": presence} for member_id, presence in rows],
    }
