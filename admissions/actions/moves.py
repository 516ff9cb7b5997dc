"""A candidate who moves before the ceremony: ordered, file sent on, received, doubted and answered (06-HD/TW, 3.9)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.deciding import decision_in_force
from admissions.enums import MoveOutcome, MoveStage, State
from admissions.models import CandidateMove, StepTaken
from admissions.moving import MoveEnds, consequence_of
from admissions.rulebook import AdmissionBook
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed

ANSWERED_FIRST = "Chưa có đề nghị xem lại nào đang chờ trả lời."
# Where a candidate goes on at the new place: a resolved file waits for the committee there; a cancelled one too.
GOES_ON = {MoveStage.RESOLVED: State.UNDER_DECISION, MoveStage.AT_DECIDER: State.UNDER_DECISION}


@dataclass(frozen=True)
class MoveEntry:
    """The order to move, to a cell here or to an organisation outside, and the paper that goes along."""

    ordered_on: date
    to: Any = None
    outside: str = ""
    letter: str = ""


@transaction.atomic
def move_candidate(candidate, entry, *, by):
    """The candidate moves: what becomes of file and decision follows from how far the procedure was.

    A decision dated too long after the order to move is cancelled; never is the ceremony held at the place left.
    """
    found = locked(candidate)
    if _open_move(found):
        raise NotAllowed("Người này đang chuyển đi rồi. Hãy tải lại trang.")
    _refuse_ends(found, entry)
    book = AdmissionBook()
    follows = consequence_of(found, MoveEnds(entry.ordered_on, entry.to, entry.outside), book)
    move = CandidateMove.objects.create(
        candidate=found, from_organisation=found.organisation, to_organisation=entry.to, outside_name=entry.outside,
        ordered_on=entry.ordered_on, stage=follows.stage, outcome=follows.outcome, letter=entry.letter, recorded_by=by,
    )  # fmt: skip
    data = {"on": f"{entry.ordered_on:%d/%m/%Y}", "to": str(entry.to or entry.outside), "outcome": follows.next_step}
    record("admissions.move_candidate", found, by=by, data=data)
    return move


@transaction.atomic
def forward_file(move, *, on, letter="", by):
    """The file, and the decision where it stands, left for the new place; a decision out of time is cancelled."""
    found, row = _locked(move)
    if row.forwarded_on:
        raise NotAllowed(f"Đã chuyển hồ sơ ngày {row.forwarded_on:%d/%m/%Y}. Hãy tải lại trang.")
    _refuse_before(on, row.ordered_on, "ngày quyết định chuyển")
    row.forwarded_on, row.letter = on, letter or row.letter
    row.save(update_fields=["forwarded_on", "letter"])
    if row.outcome == MoveOutcome.CANCELLED:
        _cancel_decision(found, row, by)
    record("admissions.forward_file", found, by=by, data={"on": f"{on:%d/%m/%Y}", "outcome": row.get_outcome_display()})
    return row


@transaction.atomic
def receive_candidate(move, *, on, by):
    """The cell of the new place takes the candidate in; a file without a valid decision is decided on there."""
    found, row = _locked(move)
    if row.received_on:
        raise NotAllowed(f"Nơi đến đã nhận ngày {row.received_on:%d/%m/%Y}. Hãy tải lại trang.")
    if row.to_organisation is None:
        raise NotAllowed("Nơi đến ở ngoài danh mục tổ chức đảng; không tiếp nhận ở đây được.")
    if row.outcome in (MoveOutcome.FORWARDED, MoveOutcome.CANCELLED) and row.forwarded_on is None:
        raise NotAllowed("Hồ sơ chưa được nơi đi chuyển. Hãy ghi ngày chuyển hồ sơ trước.")
    _refuse_before(on, row.forwarded_on or row.ordered_on, "ngày chuyển hồ sơ")
    row.received_on = on
    row.save(update_fields=["received_on"])
    before, found.organisation = found.state, row.to_organisation
    found.state = GOES_ON.get(row.stage, found.state)
    found.revision += 1
    found.save(update_fields=["organisation", "state", "revision"])
    _keep_step(found, row, before, on, by)
    record(
        "admissions.receive_candidate", found, by=by, data={"on": f"{on:%d/%m/%Y}", "from": str(row.from_organisation)}
    )
    return row


@transaction.atomic
def ask_review(move, text, *, on, by):
    """The receiving base doubts the file and asks the sender to look at it again."""
    found, row = _locked(move)
    if row.review_asked_on and not row.review_answered_on:
        raise NotAllowed("Đã có đề nghị xem lại đang chờ trả lời.")
    _refuse_before(on, row.ordered_on, "ngày quyết định chuyển")
    row.review_asked_on, row.review_answered_on, row.review = on, None, text
    row.save(update_fields=["review_asked_on", "review_answered_on", "review"])
    record("admissions.ask_review", found, by=by, data={"on": f"{on:%d/%m/%Y}", "what": text})
    return row


@transaction.atomic
def answer_review(move, text, *, on, by):
    """The sender answers the review."""
    found, row = _locked(move)
    if row.review_asked_on is None or row.review_answered_on:
        raise NotAllowed(ANSWERED_FIRST)
    _refuse_before(on, row.review_asked_on, "ngày đề nghị xem lại")
    row.review_answered_on, row.review = on, f"{row.review} → {text}"[:1000]
    row.save(update_fields=["review_answered_on", "review"])
    record("admissions.answer_review", found, by=by, data={"on": f"{on:%d/%m/%Y}", "answer": text})
    return row


def _open_move(candidate):
    return CandidateMove.objects.standing().filter(candidate=candidate, received_on__isnull=True).first()


def _refuse_ends(candidate, entry):
    if (entry.to is None) == (not entry.outside):
        raise ValidationError({"to": "Chọn chi bộ nơi đến, hoặc ghi tổ chức đảng ngoài danh mục; chỉ một trong hai."})
    if entry.to is not None and entry.to.pk == candidate.organisation_id:
        raise ValidationError({"to": f"{candidate} đang ở {entry.to} rồi."})
    if entry.to is not None and not (entry.to.is_cell and entry.to.is_open):
        raise ValidationError({"to": f"{entry.to} không phải là chi bộ đang hoạt động."})


def _refuse_before(on, earliest, what):
    if on < earliest:
        raise ValidationError({"on": f"Ngày này trước {what} {earliest:%d/%m/%Y}. Hãy kiểm tra lại ngày."})


def _cancel_decision(candidate, move, by):
    """The decision is void, and the person is before the decider again, at the new place."""
    decision = decision_in_force(candidate)
    decision.void(f"quá thời hạn từ khi có quyết định chuyển ngày {move.ordered_on:%d/%m/%Y} (06-HD/TW, 3.9c)", by)
    before, candidate.state = candidate.state, State.UNDER_DECISION
    candidate.revision += 1
    candidate.save(update_fields=["state", "revision"])
    _keep_step(candidate, move, before, move.forwarded_on, by, step="cancel_decision")


def _keep_step(candidate, move, before, on, by, step="receive_candidate"):
    StepTaken.objects.create(
        candidate=candidate, step=step, from_state=before, to_state=candidate.state, on=on,
        organisation=candidate.organisation, document=move.letter, note=move.get_outcome_display(), recorded_by=by,
    )  # fmt: skip


def _locked(move):
    """The candidate and the move, locked; NotAllowed when the move was voided meanwhile."""
    found = locked(move.candidate)
    rows = CandidateMove.objects.standing().select_for_update(of=("self",))
    row = rows.select_related("to_organisation", "from_organisation").filter(pk=move.pk).first()
    if row is None:
        raise NotAllowed("Lần chuyển này đã được hủy. Hãy tải lại trang.")
    return found, row
