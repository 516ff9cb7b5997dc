"""The bodies above the cell: appraisal, vote of the base, the decision that ends the membership, steps taken back."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from evaluations.models import RemovalComplaint, RemovalDecision, RemovalPaper, RemovalStep, RemovalVote
from evaluations.removal_book import RemovalBook
from evaluations.removal_endings import ending_of
from evaluations.removal_enums import OPEN_STATES, RemovalPaperKind, RemovalState
from evaluations.removal_gates import refuse_violation
from evaluations.removal_stations import read_removal_way, removal_body
from evaluations.removal_steps import RemovalTaken, hold, locked_removal, step_label, take
from evaluations.removal_voting import RemovalVoteEntry, store_removal_vote, vote_said
from evaluations.workflow import REMOVAL
from members.actions import endings

NOT_CARRIED = (RemovalState.CELL_NOT_CARRIED, RemovalState.BASE_NOT_CARRIED)
SAY_WHY = "Cấp dưới không đủ phiếu đề nghị. Hãy ghi căn cứ xem xét tiếp, hoặc trả lại chi bộ."
NUMBER_USED = "Số {number} ngày {on} đã dùng cho {person}. Mỗi người một quyết định, một số riêng; hãy kiểm tra lại số."
SIGNED_BEFORE_VOTE = "Ngày quyết định {signed} trước ngày họp {held}. Hãy kiểm tra lại ngày."
EFFECT_BEFORE = "Ngày có hiệu lực {effective} trước ngày quyết định {signed}. Hãy kiểm tra lại ngày."
NO_CODE = "Hãy chọn căn cứ ra khỏi Đảng: căn cứ quyết định việc xét kết nạp lại."
TEXT_NAMES = "Quy định đang áp dụng nói rõ cấp quyết định; hồ sơ đi theo quy trình đó."
NOT_LAST = "Chỉ hủy được bước gần nhất, khi chưa có bước tiếp theo. Hãy tải lại trang."
NEVER_VOIDED = ("start_removal", "apply_to_leave", "answer_removal_complaint")
OF_ENDING = ("decide_removal", "receive_removal_complaint")  # what they write stands in the ending too
VOTE_STEPS = ("vote_removal_in_cell", "vote_removal_in_base")


@dataclass(frozen=True, kw_only=True)
class RemovalDecisionEntry:
    """What the decision says; whether it ends the membership says the vote. `grounds` are codes of `ExitGround`."""

    number: str
    signed_on: date
    vote: RemovalVoteEntry
    effective_on: date | None = None
    grounds: tuple[str, ...] = ()
    reason: str = ""


@transaction.atomic
def appraise_leaving(removal, entry, *, by):
    """The committee of a section says its word on an application; it does not vote."""
    return _act(removal, "appraise_leaving", entry, by)


@transaction.atomic
def vote_removal_in_base(removal, entry, *, by):
    """The base committee votes on one person; after a cell that did not carry it, only with its reason."""
    found = locked_removal(removal)
    REMOVAL.refuse_closed(found, "vote_removal_in_base")
    _refuse_unexplained(found, entry.despite, "despite")
    organisation, station = removal_body(found, "vote_removal_in_base", entry.held_on)
    rules = RemovalBook().on(organisation, entry.held_on)
    vote = store_removal_vote(found, (organisation, station), entry, rules=rules, by=by)
    taken = RemovalTaken(entry.held_on, organisation, entry.number, entry.despite, rules.sets)
    to = RemovalState.BASE_CARRIED if vote.carried else RemovalState.BASE_NOT_CARRIED
    take(found, "vote_removal_in_base", taken, by=by, to=to, data=vote_said(vote))
    return vote


@transaction.atomic
def submit_removal(removal, entry, *, by):
    """The office of the deciding committee takes the file; after a failed vote below only with its reason."""
    return _act(removal, "submit_removal", entry, by)


@transaction.atomic
def return_removal(removal, entry, *, by):
    """The body whose turn it is gives the matter back to the cell, with its reason."""
    found = locked_removal(removal)
    organisation = _acting(found, "return_removal", entry.on)
    taken = RemovalTaken(entry.on, organisation, entry.document, entry.note)
    take(found, "return_removal", taken, by=by, data={"note": entry.note})
    return found


@transaction.atomic
def decide_removal(removal, entry, *, by):
    """The competent body decides by the way of the day of its decision; yes ends the membership, nothing before does.

    The ending keeps the exact codes of the grounds; an application falls where a violation came up meanwhile.
    """
    found = locked_removal(removal)
    REMOVAL.refuse_closed(found, "decide_removal")
    organisation, station = removal_body(found, "decide_removal", entry.signed_on)
    _refuse_days(entry)
    _refuse_number(found, organisation, entry)
    rules = RemovalBook().on(organisation, entry.signed_on)
    vote = store_removal_vote(found, (organisation, station), entry.vote, rules=rules, by=by)
    ending = _end(found, organisation, entry, by) if vote.carried else None
    decision = RemovalDecision.objects.create(
        removal=found, approves=vote.carried, organisation=organisation, body=station.body, number=entry.number,
        signed_on=entry.signed_on, effective_on=ending.ended_on if ending else None,
        grounds=ending.grounds if ending else [], vote=vote, ending=ending, reason=entry.reason, rules=rules.sets,
        recorded_by=by,
    )  # fmt: skip
    taken = RemovalTaken(entry.signed_on, organisation, entry.number, entry.reason, rules.sets)
    to = RemovalState.REMOVED if vote.carried else RemovalState.KEPT
    take(found, "decide_removal", taken, by=by, to=to, data=vote_said(vote) | {"number": entry.number})
    return decision


@transaction.atomic
def choose_removal_body(removal, organisation, *, reason, on=None, by):
    """Name the committee that decides where the text of the day does not say it for sure, today's unless told.

    The matter goes through the bodies up to it. NotAllowed where the text names the body, or once the matter is ended.
    """
    found = locked_removal(removal)
    if found.state not in OPEN_STATES:
        raise NotAllowed("Hồ sơ đã kết thúc; không chọn cấp quyết định được nữa.")
    if not read_removal_way(found, on or timezone.localdate()).is_open:
        raise NotAllowed(TEXT_NAMES)
    if organisation.pk not in found.scope_organisation.ancestor_ids() or organisation.is_cell:
        raise ValidationError({"organisation": "Cấp quyết định phải là cấp ủy ở trên chi bộ này."})
    found.chosen_body, found.chosen_reason = organisation, reason
    found.save(update_fields=["chosen_body", "chosen_reason"])
    last = RemovalStep.objects.standing().filter(removal=found).order_by("on", "id").last()
    hold(found, last.on if last else found.opened_on)
    record("evaluations.choose_removal_body", found, by=by, data={"body": organisation.name, "reason": reason})
    return found


@transaction.atomic
def void_removal_step(step, *, reason, by):
    """Void the last step, entered wrongly, with what it wrote: the matter is where it was before it.

    A decision taken back puts the member on the roll again; refused once something came after it.
    """
    found = locked_removal(step.removal)
    last = RemovalStep.objects.standing().filter(removal=found).order_by("on", "id").last()
    if last is None or last.pk != step.pk or last.step in NEVER_VOIDED:
        raise NotAllowed(NOT_LAST)
    ending = ending_of(found, locking=True) if last.step in OF_ENDING else None
    for row in (*_written_by(last), last):
        row.void(reason, by)
    _undo_ending(last.step, ending, reason, by)
    found.state = RemovalState(last.from_state)
    hold(found, last.on)
    said = {"step": step_label(last.step), "on": f"{last.on:%d/%m/%Y}", "reason": reason}
    record("evaluations.void_removal_step", found, by=by, data=said)
    return found


def _undo_ending(step, ending, reason, by):
    """A decision taken back ends nothing; a complaint taken back was never made."""
    if ending and step == "decide_removal":
        endings.void_ending(ending, reason=reason, by=by)
    elif ending and ending.appealed_on and not _complained(ending.member):
        endings.correct_ending(ending, {"appealed_on": None}, reason=reason, by=by)


def _complained(member):
    return RemovalComplaint.objects.standing().filter(removal__member=member).exists()


def _act(removal, step, entry, by):
    found = locked_removal(removal)
    REMOVAL.refuse_closed(found, step)
    _refuse_unexplained(found, entry.note, "note")
    organisation = _acting(found, step, entry.on)
    rules = RemovalBook().on(organisation, entry.on)
    taken = RemovalTaken(entry.on, organisation, entry.document, entry.note, rules.sets)
    take(found, step, taken, by=by, data={"note": entry.note})
    return found


def _acting(removal, step, on):
    REMOVAL.refuse_closed(removal, step)
    return removal_body(removal, step, on)[0]


def _refuse_unexplained(removal, words, field):
    if removal.state in NOT_CARRIED and not words:
        raise ValidationError({field: SAY_WHY})


def _refuse_days(entry):
    signed = f"{entry.signed_on:%d/%m/%Y}"
    if entry.signed_on < entry.vote.held_on:
        held = f"{entry.vote.held_on:%d/%m/%Y}"
        raise ValidationError({"signed_on": SIGNED_BEFORE_VOTE.format(signed=signed, held=held)})
    if entry.effective_on and entry.effective_on < entry.signed_on:
        effective = f"{entry.effective_on:%d/%m/%Y}"
        raise ValidationError({"effective_on": EFFECT_BEFORE.format(effective=effective, signed=signed)})


def _refuse_number(removal, organisation, entry):
    """One number a person: the same number of one body in one year stands for one decision."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two persons at once, one number
    same = RemovalDecision.objects.standing().filter(
        organisation=organisation, number=entry.number, signed_on__year=entry.signed_on.year
    )
    used = same.exclude(removal=removal).select_related("removal__member").first()
    if used:
        on = f"{used.signed_on:%d/%m/%Y}"
        raise ValidationError({"number": NUMBER_USED.format(number=entry.number, on=on, person=used.removal)})


def _end(removal, organisation, entry, by):
    """The ending that the decision means, from the day on which it takes effect."""
    if not (entry.grounds or removal.is_leaving):
        raise ValidationError({"grounds": NO_CODE})
    written = endings.EndingEntry(
        ended_on=entry.effective_on or entry.signed_on, grounds=entry.grounds, decision=entry.number[:100],
        decided_on=entry.signed_on, decided_by=str(organisation)[:200], note=entry.reason[:300],
    )  # fmt: skip
    if not removal.is_leaving:
        return endings.remove_name(removal.member, written, by=by)
    refuse_violation(removal.member, entry.signed_on, by=by)
    return endings.let_leave(removal.member, written, by=by)


def _written_by(step):
    """The vote, decision, paper or complaint that the step wrote."""
    if step.step in VOTE_STEPS:
        rows = RemovalVote.objects.standing().filter(removal=step.removal, decision__isnull=True)
        return rows.filter(held_on=step.on, organisation=step.organisation).order_by("-id")[:1]
    if step.step == "receive_self_review":
        rows = RemovalPaper.objects.standing().filter(removal=step.removal, kind=RemovalPaperKind.SELF_REVIEW)
        return rows.order_by("-id")[:1]
    if step.step == "receive_removal_complaint":
        return RemovalComplaint.objects.standing().filter(removal=step.removal, answered_on=None)
    if step.step == "decide_removal":
        rows = RemovalDecision.objects.standing().filter(removal=step.removal).select_related("vote")
        decision = rows.order_by("-recorded_at").first()
        return [decision, decision.vote] if decision else []
    return []
