"""Writing the register of tasks: given to several members at once, finished together, corrected by a new row."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from members.life_roll import read_roll
from members.life_words import result_words
from members.models import Task
from members.settling import CLASH, WRITE, Clash, Stale, settle

FINISHED = ("done_on", "beyond", "evidence")
GIVEN = ("title", "given_by", "due_on")
COPIED = ("key", "organisation_id", "member_id", "year", *GIVEN, *FINISHED)
CHANGED = "Việc này vừa được sửa hoặc hủy ở nơi khác. Hãy tải lại trang."


@dataclass(frozen=True)
class TaskEntry:
    """What is given, by whom, and the last day in time."""

    title: str
    given_by: str
    due_on: date


@dataclass(frozen=True)
class TaskLine:
    """What was typed beside one task, over the row `seen`."""

    key: object
    done_on: date | None
    beyond: bool
    evidence: str
    seen: int | None

    @property
    def value(self):
        return tuple(getattr(self, name) for name in FINISHED)


@transaction.atomic
def assign_tasks(organisation, entry, members, *, on, by):
    """Give the same task to several members of a cell; the same words with the same due day are given only once."""
    cell = Organisation.objects.select_for_update().get(pk=organisation.pk)
    roll = read_roll(cell, on.replace(day=1)).by_id
    if stranger := next((member for member in members if not _may_get(roll, member)), None):
        raise ValidationError(f"{stranger} hiện không sinh hoạt ở {cell}. Hãy tải lại trang rồi chọn lại.")
    year = entry.due_on.year
    same = Task.objects.of_year(year).filter(organisation=cell, title=entry.title, due_on=entry.due_on)
    have = set(same.values_list("member_id", flat=True))
    given = [member for member in members if member.pk not in have]
    if not given:
        raise ValidationError("Các đồng chí đã chọn đều đã được giao việc này với cùng thời hạn.")
    values = {"title": entry.title, "given_by": entry.given_by, "due_on": entry.due_on, "year": year}
    tasks = Task.objects.bulk_create(
        Task(organisation=cell, member=member, recorded_by=by, **values) for member in given
    )
    people = [str(member.pk) for member in given]
    said = {"title": entry.title, "due": f"{entry.due_on:%d/%m/%Y}", "people": len(given), "members": people}
    record("members.assign_tasks", cell, by=by, data=said)
    return tasks


def _may_get(roll, member):
    person = roll.get(member.pk)
    return person is not None and any(stay.place == person.cell_id for stay in person.stays)


@transaction.atomic
def finish_tasks(organisation, lines, *, by):
    """Write when tasks were done, whether beyond requirement, the evidence; `Stale` names what others wrote."""
    cell = Organisation.objects.select_for_update().get(pk=organisation.pk)
    found = Task.objects.standing().select_related("member").filter(organisation=cell, key__in=[x.key for x in lines])
    current = {task.key: task for task in found}
    seen = Task.objects.in_bulk([line.seen for line in lines if line.seen])
    changes, clashes = [], []
    for line in lines:
        if line.beyond and not line.done_on:
            raise ValidationError("Việc vượt yêu cầu phải có ngày hoàn thành.")
        if (task := current.get(line.key)) is None:
            raise NotAllowed(CHANGED)
        verdict = settle(
            line.value, (task.pk, _finished(task)), seen_key=line.seen, seen=_finished(seen.get(line.seen))
        )
        if verdict == CLASH:
            mine, theirs = result_words(line.value), result_words(_finished(task))
            clashes.append(Clash(line.key, f"{task.member}: {task}", mine, theirs))
        elif verdict == WRITE:
            changes.append((task, dict(zip(FINISHED, line.value, strict=True))))
    if clashes:
        raise Stale(clashes)
    if not changes:
        return 0
    _replace(changes, "ghi kết quả", by)
    rows = [
        {"member": str(task.member_id), "title": task.title, "result": result_words(tuple(new.values()))}
        for task, new in changes
    ]
    record("members.finish_tasks", cell, by=by, data={"tasks": len(rows), "rows": rows})
    return len(rows)


@transaction.atomic
def correct_task(task, entry, *, reason, by):
    """Correct what was given, by whom, until when."""
    locked = _locked(task)
    _replace([(locked, {name: getattr(entry, name) for name in GIVEN} | {"year": entry.due_on.year})], reason, by)
    said = {"title": entry.title, "before": locked.title, "member": str(locked.member), "reason": reason}
    record("members.correct_task", locked.organisation, by=by, data=said)


@transaction.atomic
def void_task(task, *, reason, by):
    """Void a task that was entered wrongly."""
    locked = _locked(task)
    _void([locked.pk], reason, by)
    said = {"title": locked.title, "member": str(locked.member), "reason": reason}
    record("members.void_task", locked.organisation, by=by, data=said)


def _locked(task):
    rows = Task.objects.select_for_update(of=("self",)).select_related("organisation", "member")
    locked = rows.get(pk=task.pk)
    if locked.voided_at:
        raise NotAllowed(CHANGED)
    return locked


def _finished(task):
    return tuple(getattr(task, name) for name in FINISHED) if task else None


def _replace(changes, reason, by):
    """Void rows and add their successors: (task, what is new)."""
    _void([task.pk for task, _ in changes], reason, by)
    Task.objects.bulk_create(
        Task(**{name: getattr(task, name) for name in COPIED} | new, recorded_by=by) for task, new in changes
    )


def _void(keys, reason, by):
    Task.objects.filter(pk__in=keys).update(voided_at=timezone.now(), voided_by=by, void_reason=reason[:500])
