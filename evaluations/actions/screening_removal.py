"""From the round to removal of the name: the cell goes over, the matter is opened with the evidence of the round."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from config.lib.workflow import NotAllowed
from evaluations.actions.removals import start_removal, withdraw_removal
from evaluations.enums import REMOVAL_CODES, FlagCode
from evaluations.models import Removal, ScreeningFlag
from evaluations.removal_enums import RemovalState
from evaluations.rules.screening import no_progress
from evaluations.screening_rules import ScreeningBook
from evaluations.screening_steps import Taken, frame_of, locked_subject, refuse_before_readmission, take
from evaluations.workflow import SCREENING
from members.rules.exits import MET

NO_GROUND = "{code} không phải căn cứ đang có đối với {member}. Hãy tải lại trang."
NOT_YET = "Chưa đủ căn cứ X4: {reason}"
WENT_ON = "Hồ sơ xóa tên của {member} đã có bước tiếp theo. Hãy hủy các bước đó trước khi hủy bước này."


@dataclass(frozen=True)
class RemovalEntry:
    """On which grounds the cell goes over to removal."""

    on: date
    grounds: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class _Withdrawal:
    """Why a matter that was opened by mistake is taken back."""

    on: date
    note: str
    document: str = ""


@transaction.atomic
def propose_removal(subject, entry, *, by):
    """The cell goes over to removal of the name, on grounds that stand today; X4 only after the months of assistance.

    Nobody is removed by this step: a matter of removal is opened with the evidence, and the cell votes there.
    """
    found = locked_subject(subject)
    SCREENING.refuse_closed(found, "propose_removal")
    refuse_before_readmission(found)
    opened_on = min(entry.on, timezone.localdate())  # no matter is opened on a day to come
    removal = start_removal(found.member, entry.grounds, list(_evidence(found, entry)), on=opened_on, by=by)
    data = {**frame_of(found), "grounds": list(entry.grounds), "removal": str(removal.pk)}
    return take(found, "propose_removal", Taken(entry.on, found.organisation, note=entry.note, data=data), by=by)


@transaction.atomic
def take_back_removal(step, *, reason, by):
    """With the step the matter that it opened, as long as nobody has gone on with it."""
    removal = Removal.objects.standing().filter(pk=step.data.get("removal")).first()
    if removal is None or removal.state == RemovalState.WITHDRAWN:
        return
    if removal.state != RemovalState.OPENED:
        raise NotAllowed(WENT_ON.format(member=removal.member))
    withdraw_removal(removal, _Withdrawal(step.on, reason), by=by)


def _evidence(subject, entry):
    """Each ground as the round shows it; NotAllowed for one that does not stand."""
    flags = ScreeningFlag.objects.counted().filter(round=subject.round, member=subject.member)
    standing = {flag.code: flag for flag in flags}
    for code in entry.grounds:
        if code == FlagCode.X4:
            yield _of_assistance(subject, entry.on)
        elif code in REMOVAL_CODES and code in standing:
            flag = standing[code]
            details = [*flag.details, *([flag.document] if flag.document else [])]
            yield {"code": code, "reason": flag.reason, "article": flag.article, "details": details}
        else:
            raise NotAllowed(NO_GROUND.format(code=code, member=subject.member))


def _of_assistance(subject, on):
    rules = ScreeningBook().of("removal", subject.organisation, on)
    flag = no_progress(rules, subject.assisted_since, on, recognised_on=subject.recognised_on)
    if flag is None or flag.status != MET:
        raise NotAllowed(NOT_YET.format(reason=flag.reason if flag else "bộ quy tắc không có căn cứ này."))
    return {"code": FlagCode.X4.value, "reason": flag.reason, "article": flag.article, "details": list(flag.details)}
