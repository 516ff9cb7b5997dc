"""Coming back after an ending, from paper: rights restored, activity resumed, readmission."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.bodies import refuse_outside_life
from members.closing import close_again, close_rows, refuse_what_came_after, reopen_rows, written_anew
from members.enums import DECIDED_ENDINGS, EndReason, RestorationKind, StartReason
from members.models import Ending, Member, Membership, Restoration

# A person who was wronged was put out by others; what is interrupted by no fault of one's own was a removal.
WRONGED = [EndReason.EXPELLED, EndReason.NAME_REMOVED, EndReason.CANCELLED]
INTERRUPTED = [EndReason.NAME_REMOVED, EndReason.UNKNOWN]
READMITTED = [*DECIDED_ENDINGS, EndReason.UNSTATED, EndReason.UNKNOWN]


@dataclass(frozen=True)
class RestorationEntry:
    """What the decision says; `back_on` is the first day back, `organisation` where: a cell."""

    back_on: date
    organisation: Any
    decision: str
    decided_on: date
    decided_by: str = ""
    note: str = ""


@transaction.atomic
def restore_rights(member, entry, *, by):
    """Somebody who was wronged is a member as if he had never been out: the membership has no end any more.

    The row with the end is voided and one without is written, so that what was known before stays readable; the
    restoration keeps from when until when the books had him out. Posts are not given back.
    """
    membership, ending = _out(member, WRONGED, entry)
    _store(RestorationKind.RIGHTS, membership, ending, entry, by)
    words = f"khôi phục quyền đảng viên, {entry.decision}"
    _continue(membership, entry, words, by)
    if ending:
        reopen_rows(ending, posts=False)
    _come_home(membership.member, entry.organisation)
    record("members.restore_rights", membership.member, by=by, data=_said(entry))
    return membership.member


@transaction.atomic
def resume_activity(member, entry, *, by):
    """Activity goes on after an interruption that was not the member's fault; the gap stays (294-QĐ/TW, 4.5; 5.1)."""
    membership, ending = _out(member, INTERRUPTED, entry)
    _store(RestorationKind.RESUMED, membership, ending, entry, by)
    _begin(membership.member, StartReason.RESTORED, entry, by)
    record("members.resume_activity", membership.member, by=by, data=_said(entry))
    return membership.member


@transaction.atomic
def readmit(member, entry, *, by):
    """A former member was admitted again: a new membership from the ceremony on, a new probation.

    The record keeps the first decision and ceremony, from which Party age is counted (294-QĐ/TW, khoản 4.5); the new
    decision stands in the restoration. The day of recognition is emptied until the person is recognised again, and
    kept there too.
    """
    membership, ending = _out(member, READMITTED, entry)
    person = membership.member
    _store(RestorationKind.READMITTED, membership, ending, entry, by, former_official_on=person.official_on)
    _begin(person, StartReason.READMITTED, entry, by)
    person.official_on = None
    person.revision += 1
    person.save(update_fields=["official_on", "revision"])
    record("members.readmit", person, by=by, data=_said(entry))
    return person


@transaction.atomic
def void_restoration(restoration, *, reason, by):
    """Void a restoration that never was: the person is out again since the day of the ending, where he was then.

    What began or was opened again since then is closed with it; an ending with papers keeps how it was.
    """
    locked = _locked(restoration)
    opened, former = _opened_by(locked)
    if opened is None:
        raise ValidationError("Sau quyết định này đảng viên đã chuyển hoặc ra khỏi Đảng; không hủy được nữa.")
    _void(opened, reason, by)
    if former:
        end = {"ended_on": locked.out_on, "end_reason": locked.end_reason}
        ended = written_anew(former, reason=reason, by=by, **end)
        Ending.objects.standing().filter(pk=locked.ending_id).update(membership=ended)
    if locked.former_official_on and locked.member.official_on is None:
        locked.member.official_on = locked.former_official_on
        locked.member.save(update_fields=["official_on"])
    _void(locked, reason, by)
    _put_out_again(locked, by)
    record("members.void_restoration", locked.member, by=by, data={"how": str(locked), "reason": reason})
    return locked


def _opened_by(restoration):
    """(membership that the decision opened and that still holds, the one that it took the end from); None for each.

    Rights restored into the old cell open the very row again; into another cell, that row goes on until the day back.
    """
    rows = Membership.objects.standing().official().filter(member=restoration.member)
    now = rows.filter(ended_on__isnull=True).first()
    if now is None:
        return None, None
    if restoration.kind != RestorationKind.RIGHTS:
        is_own = now.started_on == restoration.back_on and now.organisation_id == restoration.organisation_id
        return (now, None) if is_own else (None, None)
    if now.started_on < restoration.out_on:
        return (now, now) if now.organisation_id == restoration.organisation_id else (None, None)
    before = rows.filter(ended_on=restoration.back_on, organisation=restoration.organisation_id).first()
    is_own = now.started_on == restoration.back_on and now.opened_by_id is None
    if not is_own or now.decision != restoration.decision or before is None:
        return None, None
    return now, before


def _put_out_again(restoration, by):
    """The home is the last place again, and nothing holds any more that hangs on a membership."""
    member = restoration.member
    last = Membership.objects.standing().official().filter(member=member).order_by("started_on", "id").last()
    if last:
        _come_home(member, last.organisation)
    ending = Ending.objects.standing().filter(pk=restoration.ending_id).select_related("member").first()
    if ending:
        close_again(ending, by)
    else:
        close_rows(member, restoration.out_on, by)


def _out(member, reasons, entry):
    """The last membership of a person who is out, locked, with its ending if its papers were entered."""
    Member.objects.standing().select_for_update(of=("self",)).get(pk=member.pk)
    rows = Membership.objects.standing().official().select_for_update(of=("self",))
    last = rows.filter(member=member).select_related("member__home", "organisation").order_by("started_on", "id").last()
    if last is None or last.ended_on is None:
        raise ValidationError(f"{member} đang trong danh sách đảng viên; không có gì để khôi phục.")
    if last.end_reason not in reasons:
        first = "hãy ghi giấy tờ rời Đảng trước" if last.end_reason == EndReason.UNSTATED else ""
        words = first or "không dùng cách trở lại này"
        raise ValidationError(f"{member} ra khỏi danh sách vì “{last.get_end_reason_display()}”; {words}.")
    refuse_what_came_after(member, last)
    if entry.back_on <= last.ended_on:
        raise ValidationError(f"Ngày trở lại phải sau ngày ra khỏi Đảng {last.ended_on:%d/%m/%Y}.")
    _refuse_closed(entry.organisation)
    refuse_outside_life(entry.organisation, entry.back_on)
    return last, Ending.objects.standing().filter(membership=last).first()


def _refuse_closed(organisation):
    if not (organisation.is_cell and organisation.is_open):
        raise ValidationError(f"{organisation} không nhận đảng viên sinh hoạt trực tiếp. Hãy chọn một chi bộ.")


def _store(kind, membership, ending, entry, by, **more):
    return Restoration.objects.create(
        member=membership.member,
        ending=ending,
        kind=kind,
        end_reason=membership.end_reason,
        was_probationary=ending.was_probationary if ending else membership.member.official_on is None,
        # rights restored: where he was; if he comes back elsewhere, the membership moves there on the day back
        organisation=membership.organisation if kind == RestorationKind.RIGHTS else entry.organisation,
        out_on=membership.ended_on,
        back_on=entry.back_on,
        decision=entry.decision,
        decided_on=entry.decided_on,
        decided_by=entry.decided_by,
        note=entry.note,
        recorded_by=by,
        **more,
    )


def _continue(membership, entry, words, by):
    """The membership without an end; where its cell is not the one to come back to, until the day of coming back."""
    if membership.organisation_id == entry.organisation.pk:
        written_anew(membership, reason=words, by=by)
        return
    end = {"ended_on": entry.back_on, "end_reason": EndReason.TREE}
    written_anew(membership, reason=words, by=by, **end)
    _begin(membership.member, StartReason.TREE, entry, by)


def _begin(member, reason, entry, by):
    Membership.objects.create(
        member=member, organisation=entry.organisation, started_on=entry.back_on, start_reason=reason,
        decision=entry.decision, recorded_by=by,
    )  # fmt: skip
    _come_home(member, entry.organisation)


def _come_home(member, organisation):
    member.home = organisation
    member.save(update_fields=["home"])


def _locked(restoration):
    Member.objects.standing().select_for_update(of=("self",)).get(pk=restoration.member_id)
    rows = Restoration.objects.standing().select_for_update(of=("self",)).select_related("member__home")
    found = rows.filter(pk=restoration.pk).first()
    if found is None:
        raise ValidationError("Mục này đã được hủy trước đó. Hãy mở lại hồ sơ.")
    return found


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _said(entry):
    return {"decision": entry.decision, "from": f"{entry.back_on:%d/%m/%Y}", "place": entry.organisation.name}
