"""What a cell resolves in a month on its list: everybody in one act, corrected by taking lines back and adding."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.enums import LineChange
from admissions.helping import HelperEntry, end_helpers, give_helper
from admissions.models import Candidate, MonthlyResolution, ResolutionLine
from admissions.rulebook import AdmissionBook
from admissions.source_moves import day_rules, take_back, why_left
from admissions.steps import Taken, locked, take
from cells.audit import record
from config.lib.workflow import NotAllowed
from members.models import Member

STANDS = "Nghị quyết tháng này vừa được ghi ở nơi khác. Hãy tải lại trang rồi sửa."

HAVE_LEFT = "{people} không còn trong danh sách của chi bộ; ngày, số của nghị quyết này không sửa được nữa."


@dataclass(frozen=True)
class ResolutionHead:
    """Which month, the day of the meeting and the number of its resolution."""

    month: date
    held_on: date
    number: str = ""

    @property
    def document(self):
        return f"nghị quyết {self.number}".strip() if self.number else f"nghị quyết tháng {self.month:%m/%Y}"


@dataclass(frozen=True)
class Line:
    """What was resolved of one person; a helper for those who are added."""

    candidate: Candidate
    change: str
    note: str = ""
    helper: Member | None = None


@transaction.atomic
def resolve_month(cell, head, lines, *, by):
    """Record the monthly resolution of a cell: who becomes a sympathiser and with whose help, who stays, who leaves.

    All lines or none; ValidationError names everybody of whom something is refused.
    """
    resolution = _founded(cell, head, by)
    numbers = _carry_out(resolution, head, lines, by)
    record("admissions.resolve_month", resolution, by=by, data={"month": f"{head.month:%m/%Y}", **numbers})
    return resolution


@transaction.atomic
def correct_resolution(resolution, head, lines, *, reason, by):
    """Put a resolution right: lines that changed are voided and written anew; another head writes everything anew."""
    old = _standing(resolution)
    same_head = (old.held_on, old.number) == (head.held_on, head.number)
    known = {line.candidate_id: line for line in _lines(old) if not _has_left(line.candidate, old)}
    kept = {line.candidate.pk for line in lines if same_head and _is_same(known.get(line.candidate.pk), line)}
    _void_lines([line for pk, line in known.items() if pk not in kept], reason, by)
    if not same_head:
        _refuse_gone(old)
        old.void(reason, by)
        old = _founded(old.organisation, head, by)
    changed = [line for line in lines if line.candidate.pk not in kept]
    numbers = _carry_out(old, head, changed, by)
    said = {"month": f"{head.month:%m/%Y}", "reason": reason, **numbers}
    record("admissions.correct_resolution", old, by=by, data=said)
    return old


@transaction.atomic
def void_resolution(resolution, *, reason, by):
    """Take a resolution back with all that it did; NotAllowed while later steps rest on it."""
    old = _standing(resolution)
    _void_lines(list(_lines(old)), reason, by)
    old.void(reason, by)
    record("admissions.void_resolution", old, by=by, data={"month": f"{old.month:%m/%Y}", "reason": reason})


def _standing(resolution):
    rows = MonthlyResolution.objects.standing().select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=resolution.pk).first()
    if found is None:
        raise NotAllowed("Nghị quyết này đã được hủy hoặc sửa ở nơi khác. Hãy tải lại trang.")
    return found


def _founded(cell, head, by):
    if not cell.is_cell:
        raise ValidationError(f"{cell} không phải là chi bộ.")
    try:
        with transaction.atomic():
            return MonthlyResolution.objects.create(organisation=cell, recorded_by=by, **vars(head))
    except IntegrityError:
        raise NotAllowed(STANDS) from None


def _lines(resolution):
    rows = ResolutionLine.objects.standing().filter(resolution=resolution).order_by("candidate")
    return rows.select_related("candidate__organisation", "step")


def _has_left(candidate, resolution):
    """Whether somebody went on elsewhere, or was admitted since; what was resolved of him then stays as it is."""
    return candidate.member_id is not None or candidate.organisation_id != resolution.organisation_id


def _refuse_gone(resolution):
    """A head is written anew only with every line of it."""
    if left := [str(line.candidate) for line in _lines(resolution) if _has_left(line.candidate, resolution)]:
        raise NotAllowed(HAVE_LEFT.format(people=", ".join(left)))


def _is_same(old, line):
    if old is None or (old.change, old.note) != (line.change, line.note):
        return False
    if line.change != LineChange.ADDED:
        return True
    return line.helper is not None and old.step.candidate.helpers.standing().filter(
        member=line.helper, started_on=old.step.on
    ).exists()  # fmt: skip


def _void_lines(lines, reason, by):
    for line in lines:
        if line.step and line.step.voided_at is None:
            take_back(locked(line.candidate), line.step, reason, by)
        else:
            line.void(reason, by)


def _carry_out(resolution, head, lines, by):
    """Write the lines; how many of each kind, for the log."""
    taken = Taken(head.held_on, resolution.organisation, head.document)
    book, refused = AdmissionBook(), []
    for line in sorted(lines, key=lambda each: each.candidate.pk):
        try:
            _carry_out_one(resolution, line, taken, book, by)
        except (NotAllowed, ValidationError) as words:
            text = words.messages[0] if isinstance(words, ValidationError) else str(words)
            refused.append(f"{line.candidate}: {text}")
    if refused:
        raise ValidationError(refused)
    return {change.value: sum(line.change == change for line in lines) for change in LineChange}


def _carry_out_one(resolution, line, taken, book, by):
    candidate = locked(line.candidate)
    if candidate.organisation_id != resolution.organisation_id:
        raise NotAllowed(f"Không còn trong danh sách của {resolution.organisation}. Hãy tải lại trang.")
    ResolutionLine.objects.create(
        resolution=resolution, candidate=candidate, change=line.change, note=line.note, recorded_by=by,
        step=_step_of(candidate, line, _of_line(taken, line, candidate, book), by),
    )  # fmt: skip


def _of_line(taken: Taken, line: Line, candidate: Any, book: AdmissionBook) -> Taken:
    return replace(taken, note=line.note, rules=day_rules(candidate, taken.on, book).sets)


def _step_of(candidate, line, taken, by):
    """What the line does to the candidate; None where he stays what he is."""
    if line.change == LineChange.ADDED:
        if line.helper is None:
            raise ValidationError("Chưa phân công đảng viên chính thức giúp đỡ. Hãy chọn ở cùng dòng.")
        step = take(candidate, "recognise_sympathiser", taken, by=by, data={"helper": str(line.helper)})
        give_helper(candidate, HelperEntry(line.helper, taken.on, taken.document), by)
        return step
    if line.change == LineChange.DROPPED:
        if not line.note:
            raise ValidationError("Hãy ghi lý do đưa ra khỏi danh sách ở cùng dòng.")
        step = take(candidate, "drop", taken, by=by)
        end_helpers(candidate, taken.on, why_left(step))
        return step
    return None
