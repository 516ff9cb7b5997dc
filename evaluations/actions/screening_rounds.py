"""Rounds of screening: opened, computed anew as often as records change, closed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.actions.jobs import start_job
from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from evaluations.enums import FlagStatus, RoundHalf, RoundState
from evaluations.models import ScreeningFlag, ScreeningRound, ScreeningSubject
from evaluations.screening_board import left_of
from evaluations.screening_facts import read_facts
from evaluations.screening_flags import flags_of, slip_flag
from evaluations.screening_rules import ScreeningBook
from evaluations.screening_steps import locked_round
from members.models import Membership

COMPUTE = "evaluations.compute_round"  # the kind of its job
BATCH = 1000
OF_A_CELL = "Đợt rà soát do cấp ủy mở cho các chi bộ trực thuộc. Hãy chọn đảng bộ, không chọn chi bộ."
SECOND = "Kỳ này đã có {round}. Hãy dùng đợt đó."
WHY_CLOSE = "Còn {left}. Hãy ghi vì sao đóng đợt."
WITHDRAWN = "Hồ sơ đã sửa: tính lại ngày {on} không còn căn cứ này."
CHANGED = "Số liệu thay đổi khi tính lại ngày {on}."


@dataclass(frozen=True)
class RoundEntry:
    """What the committee sets when it opens a round."""

    year: int
    cutoff_on: date
    half: int = RoundHalf.YEAR


@dataclass(frozen=True)
class Changes:
    """What a computation changed: flags new, with other figures, withdrawn."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0

    @property
    def words(self):
        return f"Mới {self.added}, số liệu thay đổi {self.changed}, rút {self.withdrawn} căn cứ."


@transaction.atomic
def open_round(entry, *, organisation, by):
    """Open a round for the cells of `organisation`; flags come with the first computation.

    NotAllowed for a single cell, and where a body above or below has a round of the same period.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.is_cell:
        raise NotAllowed(OF_A_CELL)
    same = ScreeningRound.objects.touching(organisation, entry.year).filter(half=entry.half)
    if other := same.select_related("organisation").first():
        raise NotAllowed(SECOND.format(round=other))
    one = ScreeningRound.objects.create(
        organisation=organisation, year=entry.year, half=entry.half, cutoff_on=entry.cutoff_on, recorded_by=by
    )
    record("evaluations.open_round", one, by=by, data={"on": f"{entry.cutoff_on:%d/%m/%Y}"})
    return one


@transaction.atomic
def start_computing(one, *, by):
    """Have the worker compute a round of many members."""
    locked_round(one)
    params = {"round": str(one.pk)}
    job = start_job(COMPUTE, f"Tính căn cứ: {one}", params=params, organisation=one.organisation, by=by)
    record("evaluations.start_computing", one, by=by)
    return job


@transaction.atomic
def compute_round(one, *, today, by):
    """Compare what the records show with the flags that stand: withdraw, correct, add; people's own flags stay."""
    found = locked_round(one)
    cells = {cell.pk: cell for cell in Organisation.objects.cells().below(found.organisation)}
    wanted = _wanted(found, cells, today)
    standing = ScreeningFlag.objects.standing().filter(round=found).select_related("member", "organisation")
    known = {(flag.member_id, flag.code): flag for flag in standing}
    entered = {key for key, flag in known.items() if flag.status == FlagStatus.ENTERED}
    gone = [flag for key, flag in known.items() if key not in wanted and key not in entered]
    changed = [key for key in wanted.keys() & known.keys() - entered if _differs(wanted[key], known[key])]
    for key in changed:
        wanted[key].found_on = known[key].found_on
    _withdraw(gone, WITHDRAWN, today, by)
    _withdraw([known[key] for key in changed], CHANGED, today, by)
    new = [key for key in wanted if key not in known]
    ScreeningFlag.objects.bulk_create([_signed(wanted[key], by) for key in [*changed, *new]], BATCH)
    found.computed_at = timezone.now()
    found.save(update_fields=["computed_at"])
    changes = Changes(len(new), len(changed), len(gone))
    data = {"added": changes.added, "changed": changes.changed, "withdrawn": changes.withdrawn}
    record("evaluations.compute_round", found, by=by, data=data)
    return changes


@transaction.atomic
def close_round(one, *, reason="", by):
    """Close a round; what was begun in it goes on to its end.

    ValidationError without a reason while somebody is not considered or a cell has not gone through its members.
    """
    found = locked_round(one)
    left = left_of(found)
    if left and not reason:
        raise ValidationError({"reason": WHY_CLOSE.format(left=left)})
    found.state, found.closed_at, found.closed_by = RoundState.CLOSED, timezone.now(), by
    found.save(update_fields=["state", "closed_at", "closed_by"])
    record("evaluations.close_round", found, by=by, data={"reason": reason or "đã xem xét xong", "left": left})
    return found


@transaction.atomic
def reopen_round(one, *, reason, by):
    """Open a round again that was closed by mistake."""
    found = locked_round(one, closed_too=True)
    if found.is_open:
        raise NotAllowed("Đợt rà soát này đang mở. Hãy tải lại trang.")
    found.state, found.closed_at, found.closed_by = RoundState.OPEN, None, None
    found.save(update_fields=["state", "closed_at", "closed_by"])
    record("evaluations.reopen_round", found, by=by, data={"reason": reason})
    return found


def _wanted(one, cells, today):
    """The flags that the records show, by member and code."""
    book, facts = ScreeningBook(), read_facts(one.organisation, one.cutoff_on)
    found = {}
    for person in facts.people.values():
        for flag in flags_of(person, facts, book, cells[person.cell_id]):
            found[person.member_id, flag.code] = _row(one, person.member_id, person.cell_id, flag, today)
    for slip in facts.slips:
        cell = cells.get(slip.to_id)
        flag = slip_flag(slip, book, cell, one.cutoff_on) if cell else None
        if flag:
            found[slip.member_id, flag.code] = _row(one, slip.member_id, slip.to_id, flag, today)
    return _with_the_cells_of_today(found, one, cells)


def _with_the_cells_of_today(found, one, cells):
    """Flags of whom another cell took in after the cutoff stand there; out of the reach of the round they end, unless
    his matter of the round went along."""
    rows = Membership.objects.standing().official().open().filter(started_on__gt=one.cutoff_on)
    moved = dict(rows.filter(organisation__is_cell=True).values_list("member_id", "organisation_id"))
    if not moved:
        return found
    followed = set(ScreeningSubject.objects.standing().filter(round=one).values_list("member_id", flat=True))
    kept = {}
    for (member, code), flag in found.items():
        flag.organisation_id = moved.get(member, flag.organisation_id)
        if flag.organisation_id in cells or member in followed:
            kept[member, code] = flag
    return kept


def _row(one, member, cell, flag, today):
    return ScreeningFlag(
        round=one, member_id=member, organisation_id=cell, code=flag.code, status=flag.status,
        reason=flag.reason, article=flag.article[:500], details=list(flag.details), figures=dict(flag.figures),
        found_on=today,
    )  # fmt: skip


def _differs(new, old):
    names = ("organisation_id", "status", "reason", "figures", "details")
    return any(getattr(new, name) != getattr(old, name) for name in names)


def _signed(flag, by):
    flag.recorded_by = by
    return flag


def _withdraw(flags, reason, today, by):
    """Each flag that goes leaves a line in the log of its cell."""
    for flag in flags:
        flag.void(reason.format(on=f"{today:%d/%m/%Y}"), by)
        data = {"code": flag.code, "reason": flag.void_reason}
        record("screening.withdraw_flag", flag.member, by=by, organisation=flag.organisation, data=data)
