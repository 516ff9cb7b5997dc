"""What each step wrote, and how it is taken back; called within the action that takes a step back.

A step that is not named here wrote nothing but itself. Steps of an appeal that changed a record of a member are not
taken back: another decision mends them.
"""

from config.lib.workflow import NotAllowed
from discipline.decided import current_decision
from discipline.effects import take_off_record
from discipline.models import Appeal, CaseDecision, CaseExemption, CaseVote, Notice, Postponement

CHANGED_A_MEMBER = (
    "Bước này đã đổi hình thức kỷ luật hoặc đưa đảng viên trở lại; không hủy được ở đây. Nếu ghi nhầm, hãy sửa bằng "
    "quyết định của cấp có thẩm quyền."
)
ANNOUNCED = ("announced_on", "announcement", "received_on", "refused_to_receive", "in_force_on", "lapses_on")


def vote(step, *, reason, by):
    """The vote with the decision that came of it."""
    for row in CaseDecision.objects.standing().filter(case=step.case, vote=step.data.get("vote")):
        row.void(reason, by)
    for row in CaseVote.objects.standing().filter(case=step.case, pk=step.data.get("vote")):
        row.void(reason, by)


def exemption(step, *, reason, by):
    for row in CaseExemption.objects.standing().filter(case=step.case, pk=step.data.get("exemption")):
        row.void(reason, by)


def postponement(step, *, reason, by):
    for row in Postponement.objects.standing().filter(case=step.case, pk=step.data.get("postponement")):
        row.void(reason, by)


def resumption(step, *, reason, by):
    """The postponement holds again."""
    Postponement.objects.standing().filter(case=step.case, pk=step.data.get("resumed")).update(ended_on=None)


def announcement(step, *, reason, by):
    """The decision is not announced any more: what it wrote of the member never was."""
    decision = current_decision(step.case)
    if decision is None:
        return
    take_off_record(decision, reason=reason, by=by)
    empty = {name: decision._meta.get_field(name) for name in ANNOUNCED}
    for name, column in empty.items():
        setattr(decision, name, None if column.null else column.get_default())
    decision.save(update_fields=ANNOUNCED)


def notices(step, *, reason, by):
    for row in Notice.objects.standing().filter(case=step.case, pk__in=step.data.get("notices", ())):
        row.void(reason, by)


def appeal(step, *, reason, by):
    for row in Appeal.objects.standing().filter(case=step.case, pk=step.data.get("appeal")):
        row.void(reason, by)


def appeal_decision(step, *, reason, by):
    """The appeal waits for its answer again."""
    Appeal.objects.standing().filter(case=step.case, pk=step.data.get("appeal")).update(
        outcome="", refusal="", new_form="", number="", decided_on=None, decided_by="", note=""
    )


def appeal_announcement(step, *, reason, by):
    """The answer is not announced any more, where it left the form as it was; NotAllowed where it changed it."""
    if step.data.get("before") != step.data.get("after"):
        raise NotAllowed(CHANGED_A_MEMBER)
    rows = Appeal.objects.standing().filter(case=step.case, pk__in=step.data.get("appeals", ()))
    rows.update(announced_on=None)


def nothing(step, *, reason, by):
    """The step wrote nothing but itself."""


UNDO = {
    **dict.fromkeys(("triage", "file_signal", "announce_inspection", "submit_report", "close_case"), nothing),
    **dict.fromkeys(("receive_proposal", "return_to_cell", "report_verification", "enforce", "lapse"), nothing),
    "vote_in_cell": vote,
    "vote_above": vote,
    "exempt": exemption,
    "postpone": postponement,
    "resume": resumption,
    "announce": announcement,
    "notify": notices,
    "appeal": appeal,
    "decide_appeal": appeal_decision,
    "announce_appeal": appeal_announcement,
}
