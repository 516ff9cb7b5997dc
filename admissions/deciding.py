"""Writing one decision of the competent body within an action, which has its transaction and writes its log entry."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from admissions.enums import Purpose
from admissions.models import AdmissionDecision
from admissions.voting import VoteEntry, store_vote
from cells.models import Organisation

NUMBER_USED = "Số {number} ngày {on} đã dùng cho {person}. Mỗi người một quyết định, một số riêng; hãy kiểm tra lại số."
SIGNED_BEFORE_VOTE = "Ngày quyết định {signed} trước ngày họp {held}. Hãy kiểm tra lại ngày."
RECEIVED_BEFORE = "Ngày chi bộ nhận {received} trước ngày quyết định {signed}. Hãy kiểm tra lại ngày."


@dataclass(frozen=True)
class DecisionEntry:
    """What the decision says; of a body that voted with the vote, which says yes or no."""

    number: str
    signed_on: date
    vote: VoteEntry | None = None
    received_on: date | None = None
    reason: str = ""


def store_decision(candidate, purpose, body, entry, *, rules, by):
    """The decision with the vote that carries or refuses it; `body` is (organisation, station).

    ValidationError for a number that another person's decision has, and for days out of order.
    """
    organisation, station = body
    _refuse_order(entry)
    _refuse_number(candidate, organisation, entry)
    vote = store_vote(candidate, purpose, body, entry.vote, rules=rules, by=by) if entry.vote else None
    return AdmissionDecision.objects.create(
        candidate=candidate, purpose=purpose, approves=vote.carried if vote else True, organisation=organisation,
        body=station.body, number=entry.number, signed_on=entry.signed_on, received_on=entry.received_on, vote=vote,
        reason=entry.reason, rules=rules.sets, recorded_by=by,
    )  # fmt: skip


def decision_in_force(candidate, purpose=Purpose.ADMISSION):
    """The last standing decision that says yes; None without one."""
    rows = AdmissionDecision.objects.standing().filter(candidate=candidate, purpose=purpose, approves=True)
    return rows.order_by("signed_on", "recorded_at").last()


def _refuse_order(entry):
    if entry.vote and entry.signed_on < entry.vote.held_on:
        held, signed = f"{entry.vote.held_on:%d/%m/%Y}", f"{entry.signed_on:%d/%m/%Y}"
        raise ValidationError({"signed_on": SIGNED_BEFORE_VOTE.format(signed=signed, held=held)})
    if entry.received_on and entry.received_on < entry.signed_on:
        received, signed = f"{entry.received_on:%d/%m/%Y}", f"{entry.signed_on:%d/%m/%Y}"
        raise ValidationError({"received_on": RECEIVED_BEFORE.format(received=received, signed=signed)})


def _refuse_number(candidate, organisation, entry):
    """One number a person: the same number of one body in one year stands for one decision (△ the year)."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two persons at once, one number
    same = AdmissionDecision.objects.standing().filter(
        organisation=organisation, number=entry.number, signed_on__year=entry.signed_on.year
    )
    used = same.select_related("candidate").first()
    if used:
        on = f"{used.signed_on:%d/%m/%Y}"
        raise ValidationError({"number": NUMBER_USED.format(number=entry.number, on=on, person=used.candidate)})
