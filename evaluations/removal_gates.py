"""What stands around a step of leaving: violations on file, requests for the self-review, the term of an answer.

Only facts of `members` are read: what is sealed, and a hold, neither stops an application here nor shows in its answer.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from cells.permissions import Permission
from config.lib.workflow import NotAllowed
from evaluations.models import RemovalStep
from evaluations.removal_enums import ComplaintLevel
from evaluations.rules.screening import may_leave
from members.models import Proceeding
from members.rules.exits import answers_due

ASK_INSPECTION = "Chưa xét được đơn này. Hãy liên hệ Ủy ban Kiểm tra cấp trên trực tiếp."
BEFORE = "Ngày {on} trước {what} ({first}). Hãy kiểm tra lại ngày."
TO_COME = "Ngày {on} chưa tới. Hãy kiểm tra lại ngày."
ADMITTED, DECIDED = "ngày vào Đảng của đảng viên", "ngày quyết định"
PROCEEDINGS = "Có thông tin tố tụng đang mở."


def refuse_violation(member, on, *, declared=False, by):
    """NotAllowed for an application while a violation is open, as declared or by proceedings on file.

    What the cell itself declares is answered with the reason. Legal proceedings (C7) are for inspection officers:
    they alone read why, everybody else a sentence that says nothing, at every step alike. Such proceedings take their
    member out of the voting base, which names him to the meeting (294-QĐ/TW, 9.3.2d), so that a refusal tells the cell
    no more than its own minutes. A sealed case is not asked about: it refuses nothing, sooner or later.
    """
    allowed, words = may_leave(open_violation=declared)
    if not allowed:
        raise NotAllowed(words)
    if Proceeding.objects.weighing(on).filter(member=member).exists():
        reads = by.may(Permission.SANCTIONS_RECORD, member)
        raise NotAllowed(f"{PROCEEDINGS} {may_leave(open_violation=True)[1]}" if reads else ASK_INSPECTION)


def times_asked(removal):
    """How many times the cell asked for the self-review."""
    return RemovalStep.objects.standing().filter(removal=removal, step="ask_self_review").count()


def complaint_answer_due(rules, received_on, level):
    """Until when a body of that level answers a complaint; None where the rule set does not say it."""
    due = answers_due(rules, received_on)
    place = [ComplaintLevel.PROVINCE, ComplaintLevel.CENTRE].index(level)
    return due[place][1].due_on if len(due) > place else None


def refuse_odd_day(field, on, first, what):
    """ValidationError for a day that cannot be: before `first`, which `what` names, or after today."""
    written = f"{on:%d/%m/%Y}"
    if first and on < first:
        raise ValidationError({field: BEFORE.format(on=written, what=what, first=f"{first:%d/%m/%Y}")})
    if on > timezone.localdate():
        raise ValidationError({field: TO_COME.format(on=written)})
