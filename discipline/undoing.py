"""What each step wrote, and how it is taken back; called within the action that takes a step back.

A step that is not named here is not taken back. Steps of an appeal that changed a record of a member are not
taken back: another decision mends them.
"""

from config.lib.workflow import NotAllowed
from discipline.decided import current_decision
from discipline.effects import take_off_record
from discipline.models import (
    Appeal,
    CaseDecision,
    CaseExemption,
    CaseVote,
    CourtSentence,
    Notice,
    Postponement,
    SelfReview,
)

CHANGED_A_MEMBER = (
    "Bước này đã đổi hình thức kỷ luật hoặc đưa đảng viên trở lại; không hủy được ở đây. Nếu ghi nhầm, hãy sửa bằng "
    "quyết định của cấp có thẩm quyền."
)
ANNOUNCED = ("announced_on", "announcement", "received_on", "refused_to_receive", "in_force_on", "lapses_on")


def asking(step, *, reason, by):
    """Nobody was asked for a self-review yet."""
    for row in SelfReview.objects.standing().filter(case=step.case):
        row.void(reason, by)


def self_review(step, *, reason, by):
    """The self-review is waited for again, or was never asked for."""
    for row in SelfReview.objects.standing().filter(case=step.case, pk=step.data.get("self_review")):
        if step.data.get("note_before") is None:
            row.void(reason, by)
            continue
        row.received_on, row.is_refused, row.form_named, row.note = None, False, "", step.data["note_before"]
        row.save(update_fields=["received_on", "is_refused", "form_named", "note"])


def sentence(step, *, reason, by):
    for row in CourtSentence.objects.standing().filter(case=step.case, pk=step.data.get("sentence")):
        row.void(reason, by)


def vote(step, *, reason, by):
    """The vote with the decision that came of it."""
    for row in CaseVote.objects.standing().filter(case=step.case, pk=step.data.get("vote")):
        for decision in CaseDecision.objects.standing().filter(vote=row):
            decision.void(reason, by)
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
    **dict.fromkeys(("triage", "file_signal", "transfer_case", "plan_inspection", "submit_report"), nothing),
    **dict.fromkeys(("close_case", "receive_proposal", "return_to_cell", "report_verification"), nothing),
    **dict.fromkeys(("enforce", "lapse", "extend_inspection"), nothing),
    "announce_inspection": asking,
    "record_self_review": self_review,
    "report_sentence": sentence,
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
