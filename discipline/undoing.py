"""What each step wrote, and how it is taken back; called within the action that takes a step back.

A step that is not named here is not taken back. What it took out of the record of a member is put back as it was, what
it put there is voided; where the record went on since, the step stays.
"""

from discipline.decided import current_decision
from discipline.effects import put_back_on_record, put_out_again, take_off_record
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
    take_off_record(decision, by=by)
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
    """The answer is not announced any more: the decision that was appealed against stands as it stood."""
    rows = Appeal.objects.standing().filter(case=step.case, pk__in=step.data.get("appeals", ()))
    if step.data.get("before") != step.data.get("after"):
        answer = rows.order_by("lodged_on", "recorded_at").last()
        for new in CaseDecision.objects.standing().filter(case=step.case, pk=step.data.get("decision")):
            take_off_record(new, by=by)
            new.replaces = None  # the one that it replaced may be replaced again; the step says which that was
            new.save(update_fields=["replaces"])
            new.void(reason, by)
        put_out_again(step.case, answer.number, answer.decided_on, by=by)
        _stands_again(step, step.data["replaced"], by=by)
    rows.update(announced_on=None)


def annulment(step, *, reason, by):
    """The decision was never annulled."""
    put_out_again(step.case, step.document, step.on, by=by)
    _stands_again(step, step.data["decision"], by=by)


def _stands_again(step, pk, *, by):
    decision = CaseDecision.objects.standing().get(case=step.case, pk=pk)
    decision.annulled_on = None
    decision.save(update_fields=["annulled_on"])
    put_back_on_record(step.case, decision, step.data.get("withdrawn"), by=by)


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
    "annul": annulment,
}
