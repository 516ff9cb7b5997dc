"""The last step of the procedure taken back when it was entered wrongly; what it wrote is voided with it."""

from django.db import transaction

from admissions.enums import State
from admissions.models import AdmissionDecision, AdmissionVote, CandidateMove, StepTaken
from admissions.steps import locked
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib.workflow import NotAllowed

VOTES = (
    "vote_in_cell",
    "vote_in_base",
    "vote_recognition",
    "vote_recognition_in_base",
    "vote_removal",
    "vote_removal_in_base",
)
WITHOUT_VOTE = (
    "appraise",
    "submit",
    "return_to_cell",
    "notify_refusal",
    "end_probation",
    "appraise_recognition",
    "submit_recognition",
    "return_recognition",
)
# From the ceremony on a member stands on the roll: what is wrong there goes by a decision (294-QĐ/TW, khoản 4.4).
VOIDABLE = (*VOTES, *WITHOUT_VOTE, "decide")
NOT_LAST = "Chỉ hủy được bước gần nhất, khi chưa có bước tiếp theo. Hãy tải lại trang."
MOVED = "Người này đã chuyển nơi sau bước ấy; không hủy được nữa. Hãy ghi bước tiếp theo ở nơi mới."


@transaction.atomic
def void_procedure_step(step, *, reason, by):
    """Void a step entered wrongly with its vote or decision: the candidate is where he was before it.

    NotAllowed when another step or a move followed, and for steps that made or changed a member.
    """
    candidate = locked(step.candidate)
    last = StepTaken.objects.standing().filter(candidate=candidate).order_by("on", "id").last()
    if last is None or last.pk != step.pk or last.step not in VOIDABLE or not last.from_state:
        raise NotAllowed(NOT_LAST)
    if CandidateMove.objects.standing().filter(candidate=candidate, recorded_at__gt=last.recorded_at).exists():
        raise NotAllowed(MOVED)
    for row in (*_written_by(last), last):
        row.void(reason, by)
    candidate.state, candidate.revision = State(last.from_state), candidate.revision + 1
    candidate.save(update_fields=["state", "revision"])
    said = {"step": ADMISSION.steps[last.step].label, "on": f"{last.on:%d/%m/%Y}", "reason": reason}
    record("admissions.void_procedure_step", candidate, by=by, data=said)
    return candidate


def _written_by(step):
    """The vote, or the decision with its vote, that the step wrote."""
    if step.step in VOTES:
        rows = AdmissionVote.objects.standing().filter(candidate=step.candidate, held_on=step.on)
        return rows.filter(organisation=step.organisation).order_by("-id")[:1]
    if step.step == "decide":
        rows = AdmissionDecision.objects.standing().filter(candidate=step.candidate, signed_on=step.on)
        decision = rows.select_related("vote").order_by("-recorded_at").first()
        return [each for each in (decision, decision.vote if decision else None) if each]
    return []
