"""The deadlines of a procedure: from the facts of a candidate and the rules in force when each clock started."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from admissions.enums import MoveOutcome, MoveStage, Purpose
from admissions.rules.clocks import (
    RECEIVED,
    Deadline,
    agreed_deadline,
    base_resolution_due,
    cell_sends_up_due,
    ceremony_due,
    decision_due,
)
from admissions.rules.moving import file_forward_due, receiving_decision_due, review_due
from admissions.rules.votes import CELL
from members.rules.probation import proposal_due, recognition_due, recognition_latest


@dataclass(frozen=True)
class Due:
    """One deadline in words, when it was met, and whether it is over."""

    words: str
    deadline: Deadline
    met_on: date | None = None
    today: date | None = None

    @property
    def state(self):
        """A pill and its word: met in time, met late, open, over."""
        if self.met_on:
            late = self.deadline.is_over(self.met_on)
            return ("warn", f"muộn, ngày {self.met_on:%d/%m/%Y}") if late else ("success", "đúng hạn")
        return ("error", "quá hạn") if self.deadline.is_over(self.today) else ("waiting", "chưa đến hạn")

    @property
    def is_late(self):
        return self.deadline.is_over(self.met_on or self.today)


def ceremony_deadline(book, decision):
    """Until when the ceremony is held, by the rules of the day of the decision; None while its clock has not begun.

    In the gap of 2026 the earlier of two days, with a note.
    """
    return _agreed(book, decision.organisation, decision.signed_on, lambda clocks: _ceremony(clocks, decision))


def waits_for_receipt(book, decision):
    """Whether the days to the ceremony run from a receipt that nobody has recorded."""
    clocks = book.on(decision.organisation, decision.signed_on).clocks
    return clocks.ceremony_clock == RECEIVED and decision.received_on is None


def _ceremony(clocks, decision):
    return ceremony_due(clocks, issued_on=decision.signed_on, received_on=decision.received_on)


def _agreed(book, organisation, day, ask):
    """The deadline that starts on a day; in the gap of 2026 the next set is asked as well."""
    coming = book.coming_clocks(organisation, day)
    found = ask(book.on(organisation, day).clocks)
    return agreed_deadline(found, ask(coming)) if coming else found


def deadlines_of(facts, book, today):
    """Every deadline that has begun to run: of admission, then of recognition."""
    found = [*_of_admission(facts, book), *_of_moves(facts, book), *_of_recognition(facts, book)]
    return [Due(words, limit, met, today) for words, limit, met in found if limit is not None]


def _of_admission(facts, book):
    cell = facts.vote(Purpose.ADMISSION, CELL)
    if cell:
        clocks = book.on(cell.organisation, cell.held_on).clocks
        decided = facts.decision(Purpose.ADMISSION)
        base = facts.vote(Purpose.ADMISSION, "committee")
        sent = cell_sends_up_due(clocks, cell.held_on)
        yield "Chi bộ gửi hồ sơ lên", sent, sent and facts.sent_up_on(cell.held_on)
        yield "Đảng ủy cơ sở ra nghị quyết", base_resolution_due(clocks, cell.held_on), base and base.held_on
        limit = _agreed(book, cell.organisation, cell.held_on, partial(decision_due, resolved_on=cell.held_on))
        yield "Quyết định kết nạp", limit, decided and decided.signed_on
        if decided and decided.approves:
            yield "Lễ kết nạp", ceremony_deadline(book, decided), facts.ceremony_on


def _of_moves(facts, book):
    for move in facts.moves:
        clocks = book.on(move.from_organisation, move.ordered_on).clocks
        if move.stage == MoveStage.AT_DECIDER:
            yield "Chuyển hồ sơ đến nơi mới", file_forward_due(clocks, move.ordered_on), move.forwarded_on
        if move.received_on and move.outcome in (MoveOutcome.FORWARDED, MoveOutcome.CANCELLED):
            there = book.on(move.to_organisation, move.received_on).clocks
            decided = facts.decision(Purpose.ADMISSION)
            yield "Cấp ủy nơi đến quyết định", receiving_decision_due(there, move.received_on), _after(decided, move)
        if move.review_asked_on:
            asked = book.on(move.from_organisation, move.review_asked_on).clocks
            yield "Trả lời đề nghị xem lại", review_due(asked, move.review_asked_on), move.review_answered_on


def _after(decision, move):
    """The day of a decision of the new place; one that came along is none."""
    return decision.signed_on if decision and decision.signed_on >= move.received_on else None


def _of_recognition(facts, book):
    if facts.started_on:
        rules = book.on(facts.organisation, facts.started_on).probation
        cell = facts.vote(Purpose.RECOGNITION, CELL)
        proposal = proposal_due(rules, facts.started_on)
        yield "Chi bộ xét công nhận chính thức", _as_deadline(proposal), cell and cell.held_on
        if cell:
            rules = book.on(cell.organisation, cell.held_on).probation
            decided = facts.decision(Purpose.RECOGNITION)
            clock, latest = recognition_due(rules, cell.held_on), recognition_latest(rules, cell.held_on)
            yield "Quyết định công nhận", _as_deadline(clock, latest), decided and decided.signed_on


def _as_deadline(clock, latest=None):
    if clock is None:
        return None
    return Deadline(due_on=clock.due_on, reason=clock.reason, article=clock.article, latest_on=latest and latest.due_on)
