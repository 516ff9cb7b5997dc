"""Endings of membership, from paper: death, removal of the name, leaving, expulsion, a cancelled admission.

Each ends the membership on the first day out, and with it temporary memberships, states and posts that still hold.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.bodies import refuse_outside_life
from members.closing import close_rows, move_rows, refuse_what_came_after, reopen_rows, written_anew
from members.enums import DECIDED_ENDINGS, GROUND_OF_ENDING, GROUNDS_BY_ENDING, EndReason, ExitGround
from members.models import Ending, Member, Membership, Proceeding
from members.readmissions import Readmissions
from members.rules.exits import card_comes_back
from members.seen import seen_row
from members.standing_rules import StandingBook

ONE_DAY = timedelta(days=1)
PAPERS_CAME = "ghi giấy tờ rời Đảng"


@dataclass(frozen=True)
class EndingEntry:
    """What the paper says; `ended_on` is the first day out: that on which a decision takes effect, the day after a
    death."""

    ended_on: date
    grounds: tuple[str, ...] = ()
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    notified_on: date | None = None
    received_on: date | None = None
    note: str = ""


@transaction.atomic
def record_death(member, entry, *, by):
    """A member died: the card and the badge stay with the family, the file goes up."""
    ending = _end(member, entry, EndReason.DIED, by)
    record("members.record_death", ending.member, by=by, data=_said(ending))
    return ending


@transaction.atomic
def remove_name(member, entry, *, by):
    """The name was removed by decision (294-QĐ/TW, khoản 8.1); of a probationary member, from his own list."""
    ending = _end(member, entry, EndReason.NAME_REMOVED, by)
    record("members.remove_name", ending.member, by=by, data=_said(ending))
    return ending


@transaction.atomic
def let_leave(member, entry, *, by):
    """A member left on application; refused while proceedings are open: discipline comes first (06-HD/TW, 11)."""
    _refuse_proceedings(member, entry.ended_on)
    ending = _end(member, entry, EndReason.LEFT, by)
    record("members.let_leave", ending.member, by=by, data=_said(ending))
    return ending


@transaction.atomic
def expel(member, entry, *, by):
    """A member was expelled, from paper; a probationary member is never expelled but removed from the list."""
    ending = _end(member, entry, EndReason.EXPELLED, by)
    _refuse_probationary(ending)
    record("members.expel", ending.member, by=by, data=_said(ending))
    return ending


@transaction.atomic
def cancel_admission(member, entry, *, by):
    """The decision of admission was cancelled."""
    ending = _end(member, entry, EndReason.CANCELLED, by)
    record("members.cancel_admission", ending.member, by=by, data=_said(ending))
    return ending


@transaction.atomic
def enter_ending_papers(member, reason, entry, *, by):
    """The papers of an ending that stands without them, as a list brought it: how it truly was, on which day.

    What a death and a leaving close is closed now, unless the person has come back since.
    """
    locked = Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)
    stay = _without_papers(locked, reason)
    if stay.end_reason != reason:
        stay = written_anew(stay, reason=PAPERS_CAME, by=by, ended_on=stay.ended_on, end_reason=reason)
    ending = _with_papers(stay, locked, reason, entry, by)
    if reason == EndReason.EXPELLED:
        _refuse_probationary(ending)
    if reason == EndReason.LEFT:
        _refuse_proceedings(locked, ending.ended_on)
    record("members.enter_ending_papers", locked, by=by, data=_said(ending))
    return ending


@transaction.atomic
def recover_card(ending, *, on, by):
    """The card was handed back and up; the family of the dead keeps it."""
    locked = _locked(ending)
    if not card_comes_back(StandingBook().standing(locked.member.home, locked.ended_on), locked.reason):
        raise ValidationError("Đảng viên từ trần: gia đình được giữ thẻ và huy hiệu, không phải thu lại.")
    return _step(locked, "members.recover_card", {"card_recovered_on": on}, by)


@transaction.atomic
def send_file_up(ending, *, on, to, by):
    """The file of the member went to the committee above base level."""
    return _step(_locked(ending), "members.send_file_up", {"file_sent_on": on, "file_sent_to": to}, by)


@transaction.atomic
def record_notice(ending, *, on, by):
    """The notice (phiếu báo) of a death or of an ending: from it the time to hand the file up runs."""
    return _step(_locked(ending), "members.record_notice", {"notified_on": on}, by)


@transaction.atomic
def record_receipt(ending, *, on, by):
    """The member received the decision: from it the time to complain runs."""
    locked = _locked(ending)
    _refuse_for_the_dead(locked)
    return _step(locked, "members.record_receipt", {"received_on": on}, by)


@transaction.atomic
def record_appeal(ending, *, on, by):
    """The member complained; not before the decision was received (294-QĐ/TW, khoản 8.2)."""
    locked = _locked(ending)
    _refuse_for_the_dead(locked)
    if locked.received_on is None or on < locked.received_on:
        raise ValidationError("Không nhận khiếu nại trước khi đảng viên nhận quyết định. Hãy ghi ngày nhận trước.")
    return _step(locked, "members.record_appeal", {"appealed_on": on}, by)


@transaction.atomic
def correct_ending(ending, values, *, reason, seen=None, by):
    """Void an ending that was written wrongly and write it anew; another first day out moves the membership too.

    `seen` is the digest of the row that the person saw; refused when a later step was written in it since.
    """
    locked = _locked(ending)
    if seen is not None and seen != seen_row(locked):
        raise ValidationError("Mục này vừa được người khác ghi thêm. Hãy tải lại trang rồi sửa tiếp.")
    values = {**values, "grounds": _grounds(locked.reason, values.get("grounds", locked.grounds))}
    if all(getattr(locked, name) == value for name, value in values.items()):
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    columns = {name: getattr(locked, name) for name in KEPT} | {**values, "recorded_by": by}
    _void(locked, reason, by)
    if columns["ended_on"] != locked.ended_on:
        columns["membership"] = _moved(locked, columns["ended_on"], reason, by)
        columns["was_probationary"] = _is_probationary(locked.member, columns["ended_on"])
    corrected = Ending.objects.create(**columns)
    locked.restorations.update(ending=corrected)
    record("members.correct_ending", locked.member, by=by, data={**_said(corrected), "reason": reason})
    return corrected


@transaction.atomic
def void_ending(ending, *, reason, by):
    """Void an ending that never was: the membership goes on, and with it what the ending had closed.

    Refused once something came after: another membership, or a decision that brought the person back.
    """
    locked = _locked(ending)
    refuse_what_came_after(locked.member, locked.membership)
    _refuse_restored(locked)
    refuse_outside_life(locked.membership.organisation, locked.membership.started_on)
    _void(locked, reason, by)
    written_anew(locked.membership, reason=reason, by=by)
    reopen_rows(locked)
    record("members.void_ending", locked.member, by=by, data={**_said(locked), "reason": reason})
    return locked


KEPT = (
    *("member", "membership", "reason", "grounds", "ended_on", "was_probationary", "decision", "decided_on"),
    *("decided_by", "notified_on", "received_on", "card_recovered_on", "file_sent_on", "file_sent_to", "appealed_on"),
    *("note", "closed_rows"),
)


def _without_papers(member, reason):
    """The last membership that ended for good and has no ending on record; locked."""
    rows = Membership.objects.left_for_good().with_papers_left("papers").select_for_update(of=("self",))
    stay = rows.filter(member=member).last()
    if stay is None:
        raise ValidationError(f"Giấy tờ rời Đảng của {member} đã ghi rồi. Nếu ghi sai, hãy sửa mục ra khỏi Đảng.")
    if reason not in ([EndReason.DIED] if stay.end_reason == EndReason.DIED else DECIDED_ENDINGS):
        how = stay.get_end_reason_display()
        raise ValidationError(f"{member} ra khỏi danh sách vì “{how}”; không dùng giấy tờ của hình thức khác.")
    return stay


def _with_papers(stay, member, reason, entry, by):
    """The ending of a membership that ended before; another day than the one that stands moves it."""
    back = Membership.objects.standing().official().filter(member=member, started_on__gte=stay.ended_on).exists()
    ending = Ending(
        member=member,
        membership=stay,
        reason=reason,
        closed_rows=[] if back else close_rows(member, stay.ended_on, by),
        recorded_by=by,
        **{**asdict(entry), "grounds": _grounds(reason, entry.grounds), "ended_on": stay.ended_on},
    )
    ending.save()
    answered = member.restorations.standing().filter(ending=None, out_on=stay.ended_on)
    answered.update(ending=ending, end_reason=reason)
    if entry.ended_on != stay.ended_on:
        ending.membership, ending.ended_on = _moved(ending, entry.ended_on, PAPERS_CAME, by), entry.ended_on
    ending.was_probationary = _is_probationary(member, ending.ended_on)
    ending.save()
    return ending


def _refuse_proceedings(member, ended_on):
    open_stage = Proceeding.objects.weighing(ended_on).filter(member=member).first()
    if open_stage:
        raise ValidationError(
            f"Đảng viên đang trong quá trình tố tụng ({open_stage}, từ {open_stage.started_on:%d/%m/%Y}): xem xét kỷ "
            "luật trước, sau đó mới xét cho ra khỏi Đảng (khoản 11 Hướng dẫn 06-HD/TW)."
        )


def _refuse_probationary(ending):
    if ending.was_probationary:
        raise ValidationError(
            "Đảng viên dự bị không bị khai trừ (Điều 35 Điều lệ Đảng). Nếu không đủ tư cách thì ghi xóa tên."
        )


def _end(member, entry, reason, by):
    """End the open membership of a member, with everything that hangs on it."""
    locked = Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)
    rows = Membership.objects.standing().official().select_for_update(of=("self",))
    membership = rows.filter(member=locked, ended_on__isnull=True).first()
    if membership is None:
        raise ValidationError(f"{locked} không còn trong danh sách đảng viên; không ghi ra khỏi Đảng lần nữa.")
    if entry.ended_on <= membership.started_on:
        raise ValidationError(
            f"{locked} sinh hoạt ở {membership.organisation} từ ngày {membership.started_on:%d/%m/%Y}; ngày ra khỏi "
            "Đảng phải sau ngày đó. Nếu ngày bắt đầu ghi sai, hãy sửa mục đó trước."
        )
    membership.ended_on, membership.end_reason = entry.ended_on, reason
    membership.save(update_fields=["ended_on", "end_reason"])
    values = {**asdict(entry), "grounds": _grounds(reason, entry.grounds)}
    return Ending.objects.create(
        member=locked,
        membership=membership,
        reason=reason,
        was_probationary=_is_probationary(locked, entry.ended_on),
        closed_rows=close_rows(locked, entry.ended_on, by),
        recorded_by=by,
        **values,
    )


def _is_probationary(member, ended_on):
    """What the member was on the last day, though he may have been admitted again since."""
    return Readmissions([member.pk]).official_on(member, ended_on - ONE_DAY) is None


def _grounds(reason, grounds):
    """The codes that go on file: those of this ending alone, with the one that it always has."""
    always = GROUND_OF_ENDING.get(reason)
    asked = {*grounds, always} if always else {*grounds}
    wrong = asked - set(GROUNDS_BY_ENDING.get(reason, ()))
    if wrong:
        words = "; ".join(ExitGround(code).label for code in sorted(wrong))
        raise ValidationError(f"Căn cứ này không dùng cho hình thức “{EndReason(reason).label}”: {words}.")
    return [code.value for code in ExitGround if code in asked]


def _moved(ending, ended_on, reason, by):
    """The membership written anew with another first day out."""
    refuse_what_came_after(ending.member, ending.membership)
    _refuse_restored(ending)
    if ended_on <= ending.membership.started_on:
        raise ValidationError(
            f"Ngày ra khỏi Đảng phải sau ngày bắt đầu sinh hoạt {ending.membership.started_on:%d/%m/%Y}."
        )
    move_rows(ending, ended_on)
    end = {"ended_on": ended_on, "end_reason": ending.reason}
    return written_anew(ending.membership, reason=reason, by=by, **end)


def _refuse_restored(ending):
    if ending.restorations.filter(voided_at__isnull=True).exists():
        raise ValidationError("Đã có quyết định cho trở lại sinh hoạt sau lần ra khỏi Đảng này; hãy hủy mục đó trước.")


def _refuse_for_the_dead(ending):
    if ending.reason == EndReason.DIED:
        raise ValidationError("Đảng viên từ trần: không có quyết định để nhận hoặc khiếu nại.")


def _step(ending, action, values, by):
    """Write a later fact of an ending once; a wrong one is mended by correcting the ending."""
    name = next(iter(values))
    if getattr(ending, name):
        raise ValidationError(
            f"Đã ghi {Ending._meta.get_field(name).verbose_name}: {getattr(ending, name):%d/%m/%Y}. "
            "Nếu ghi sai, hãy sửa mục ra khỏi Đảng."
        )
    for field, value in values.items():
        setattr(ending, field, value)
    ending.save(update_fields=list(values))
    record(action, ending.member, by=by, data={"on": f"{values[name]:%d/%m/%Y}"})
    return ending


def _locked(ending):
    """The ending, locked with its member; `ValidationError` when it was voided meanwhile."""
    Member.objects.standing().select_for_update(of=("self",)).get(pk=ending.member_id)
    rows = Ending.objects.standing().select_for_update(of=("self",)).select_related("member__home", "membership")
    found = rows.filter(pk=ending.pk).first()
    if found is None:
        raise ValidationError("Mục này đã được hủy hoặc sửa trước đó. Hãy mở lại hồ sơ.")
    return found


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _said(ending):
    said = {"how": ending.get_reason_display(), "from": f"{ending.ended_on:%d/%m/%Y}"}
    return {**said, "decision": ending.decision} if ending.decision else said
