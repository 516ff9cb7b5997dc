"""Opening a case, reading it, naming others on it: nobody is named later without a reason and a second person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.permissions import Permission
from config.lib.workflow import NotAllowed
from discipline import beside_journal
from discipline.beside_enums import DenunciationState
from discipline.enums import Handler, JournalKind, Part, State
from discipline.journal import record
from discipline.models import Case, CaseReader, CaseSuspension, Denunciation, SealOpening
from discipline.sealing import inspectors_over, is_accused
from discipline.steps import locked
from discipline.subjects import refuse_before_admission, refuse_before_founding

ACCUSED = "Không giao hồ sơ cho chính người bị xem xét."
NO_OFFICER = "Hãy chọn ít nhất một cán bộ kiểm tra để giao hồ sơ."
BEFORE_PLAN = (State.SIGNAL, State.TRIAGE)
PLANNED_ALREADY = "Chỉ hủy hồ sơ mở nhầm khi chưa lập kế hoạch kiểm tra. Nay hãy kết thúc hồ sơ theo trình tự."
SUSPENDED = "Hồ sơ có quyết định đình chỉ sinh hoạt. Hãy hủy mục đình chỉ ghi nhầm trước."
NO_SECOND = "Người xác nhận phải là cán bộ kiểm tra khác, không phải người đề nghị và người được mở."
LEFT_OFFICE = "Đồng chí không còn là cán bộ kiểm tra của cấp này; người đề nghị phải chọn người xác nhận khác."
NO_INSPECTOR = "Chỉ giao cho cán bộ kiểm tra đang công tác của cấp này hoặc cấp trên."
LAST_OFFICER = "Hồ sơ phải còn ít nhất một cán bộ kiểm tra được phân công. Hãy mở cho người khác trước."


@dataclass(frozen=True, kw_only=True)
class SignalEntry:
    """A sign of a violation as it came in; `officers` are the accounts to which the case is given at once."""

    signal_on: date
    source: str
    summary: str
    officers: tuple = ()
    code: str = ""
    document: str = ""
    scope: str = "own"
    is_managed_above: bool = False
    handler: str = Handler.COMMISSION


@transaction.atomic
def register_signal(subject, organisation, entry, *, by):
    """Open a case: `subject` is the (member, None) or (None, organisation) that it is about.

    It names whoever registers it and the officers chosen now; everybody else is named by a second person.
    """
    member, accused = subject
    refuse_before_admission(member, entry.signal_on, "signal_on")
    refuse_before_founding(accused, entry.signal_on, "signal_on")
    case = Case(
        organisation=organisation, handler=entry.handler, member=member, accused=accused,
        cell=member.home if member else accused, source=entry.source, signal_on=entry.signal_on, code=entry.code,
        document=entry.document, summary=entry.summary, scope=entry.scope, is_managed_above=entry.is_managed_above,
        recorded_by=by,
    )  # fmt: skip
    known = {user.pk for user in inspectors_over(organisation)}
    people = {user.pk: Part.OFFICER for user in entry.officers}
    if by.pk not in people:
        people[by.pk] = Part.OFFICER if by.holds(Permission.CASES_WORK) else Part.CELL
    users = {user.pk: user for user in (by, *entry.officers)}
    if any(is_accused(user, case) for user in users.values()):
        raise ValidationError(ACCUSED)
    if not any(part == Part.OFFICER and pk in known for pk, part in people.items()):
        raise ValidationError({"officers": NO_OFFICER})
    case.save()
    for pk, part in people.items():
        CaseReader.objects.create(case=case, user=users[pk], part=part, named_by=by, reason="Tiếp nhận, mở hồ sơ")
    names = [str(user) for user in users.values()]
    record("register_signal", case, by=by, data={"source": case.get_source_display(), "readers": names})
    record("open_case", case, by=by, kind=JournalKind.READ, reason="Tiếp nhận, mở hồ sơ")
    return case


@transaction.atomic
def open_case(case, *, reason, by):
    """Open the file for today: the journal keeps who, when and why."""
    return record("open_case", locked(case), by=by, kind=JournalKind.READ, reason=reason)


@transaction.atomic
def void_case(case, *, reason, by):
    """Take back a case opened by mistake, before an inspection is planned; its letters may lead to another.

    Nobody sees it any more, the journal stays.
    """
    found = locked(case)
    if found.state not in BEFORE_PLAN:
        raise NotAllowed(PLANNED_ALREADY)
    if CaseSuspension.objects.standing().filter(case=found).exists():
        raise NotAllowed(SUSPENDED)
    letters = Denunciation.objects.standing().filter(case=found)
    letters.filter(state=DenunciationState.INFORMATION).update(state=DenunciationState.RECEIVED)
    for letter in letters:
        beside_journal.record("case_voided", letter, by=by, reason=reason)
    letters.update(case=None)
    found.void(reason, by)
    record("void_case", found, by=by, reason=reason)
    return found


@transaction.atomic
def ask_opening(case, *, user, part, reason, second, by):
    """Ask a second person to open the seal for somebody: an inspection officer above the case, no one of the two."""
    found = locked(case)
    if is_accused(user, found):
        raise ValidationError({"user": ACCUSED})
    if CaseReader.objects.open().filter(case=found, user=user).exists():
        raise ValidationError({"user": "Đồng chí này đã được xem hồ sơ."})
    if SealOpening.objects.waiting().filter(case=found, user=user).exists():
        raise ValidationError({"user": "Đã có đề nghị mở cho đồng chí này, đang chờ xác nhận."})
    if part == Part.OFFICER and not inspectors_over(found.organisation).filter(pk=user.pk).exists():
        raise ValidationError({"part": "Đồng chí này không phải cán bộ kiểm tra của cấp này."})
    _refuse_second(found, second, user, by)
    asked = SealOpening.objects.create(case=found, user=user, part=part, reason=reason, asked_by=by, asked_of=second)
    data = {"for": str(user), "part": asked.get_part_display(), "second": str(second)}
    record("ask_opening", found, by=by, kind=JournalKind.SEAL, reason=reason, data=data)
    return asked


@transaction.atomic
def answer_opening(opening, *, grants, by):
    """The second person opens the seal for the other, or does not."""
    found = locked(opening.case)
    asked = SealOpening.objects.select_for_update(of=("self",)).waiting().filter(pk=opening.pk, asked_of=by).first()
    if asked is None:
        raise NotAllowed("Đề nghị này đã được trả lời. Hãy tải lại trang.")
    if not inspectors_over(found.organisation).filter(pk=by.pk).exists():
        raise NotAllowed(LEFT_OFFICE)
    asked.answered_at, asked.is_granted = timezone.now(), grants
    asked.save(update_fields=["answered_at", "is_granted"])
    if grants and not CaseReader.objects.open().filter(case=found, user=asked.user).exists():
        CaseReader.objects.create(
            case=found, user=asked.user, part=asked.part, named_by=asked.asked_by, confirmed_by=by, reason=asked.reason
        )
    data = {"for": str(asked.user), "answer": "đồng ý mở" if grants else "không mở"}
    record("answer_opening", found, by=by, kind=JournalKind.SEAL, reason=asked.reason, data=data)
    return asked


@transaction.atomic
def close_for(reader, *, reason, by):
    """Somebody is no longer named; one inspection officer in office always remains."""
    case = locked(reader.case)
    row = CaseReader.objects.select_for_update(of=("self",)).open().filter(pk=reader.pk).first()
    if row is None:
        raise NotAllowed("Đồng chí này đã thôi được xem hồ sơ. Hãy tải lại trang.")
    others = CaseReader.objects.open().filter(case=case, part=Part.OFFICER).exclude(pk=row.pk)
    others = others.filter(user__in=inspectors_over(case.organisation).order_by().values("pk"))
    if row.part == Part.OFFICER and not others.exists():
        raise NotAllowed(LAST_OFFICER)
    row.until = timezone.now()
    row.save(update_fields=["until"])
    record("close_for", case, by=by, kind=JournalKind.SEAL, reason=reason, data={"for": str(row.user)})
    return row


@transaction.atomic
def take_over_case(case, *, user, reason, by):
    """An inspection head gives a case without any officer in office to one; he is not named on it himself."""
    found = locked(case)
    if not Case.objects.orphaned(by, timezone.localdate()).filter(pk=found.pk).exists():
        raise NotAllowed("Hồ sơ này vẫn có cán bộ kiểm tra phụ trách.")
    if is_accused(user, found):
        raise ValidationError({"user": ACCUSED})
    if not inspectors_over(found.organisation).filter(pk=user.pk).exists():
        raise ValidationError({"user": NO_INSPECTOR})
    CaseReader.objects.open().filter(case=found, user=user).update(until=timezone.now())
    row = CaseReader.objects.create(
        case=found, user=user, part=Part.OFFICER, named_by=by, confirmed_by=by, reason=reason
    )
    record("take_over_case", found, by=by, kind=JournalKind.SEAL, reason=reason, data={"for": str(user)})
    return row


def _refuse_second(case, second: Any, user, by):
    known = inspectors_over(case.organisation).filter(pk=second.pk).exists()
    if not known or second.pk in (user.pk, by.pk) or is_accused(second, case):
        raise ValidationError({"second": NO_SECOND})
