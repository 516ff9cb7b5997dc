"""Votes on discipline, of the cell and of a body above it: the ballot, what came of it, and the decision."""

from django.core.exceptions import ValidationError
from django.db import transaction

from discipline.balloting import read_ballot, refuse_forms, refuse_unexplained
from discipline.bodies import meeting_body
from discipline.enums import State
from discipline.limits import limitation_of, written
from discipline.models import CaseDecision, CaseVote
from discipline.rulebook import CaseBook
from discipline.steps import Taken, locked, refuse_before_last, take
from discipline.verdicts import FAULT_ONLY, GOES_UP, NO_VIOLATION, RECORDED, conclude
from discipline.workflow import CASE

ENDINGS = {
    GOES_UP: State.PROPOSED,
    FAULT_ONLY: State.CLOSED_FAULT_ONLY,
    NO_VIOLATION: State.CLOSED_NO_VIOLATION,
}
NOT_SIGNED = "Quyết định của cấp trên phải có số và ngày."
BEFORE_VOTE = "Quyết định không thể ký trước ngày biểu quyết {on}."
PAPERS = ("number", "signed_on", "signer", "position", "content", "post_then", "legal", "is_administrative")


@transaction.atomic
def vote_in_cell(case, entry, *, by):
    """The cell votes once, on named forms: what is within its power is decided, the rest proposed (22-QĐ/TW, 15)."""
    found = _ready(case, "vote_in_cell", entry)
    return _voted(found, "vote_in_cell", meeting_body(found, entry.held_on), entry, by=by)


@transaction.atomic
def vote_above(case, entry, *, by):
    """The body above that the entry names votes: it decides, or proposes to the next."""
    return _voted(_ready(case, "vote_above", entry), "vote_above", entry.body, entry, by=by)


def _ready(case, step, entry):
    found = locked(case)
    CASE.refuse_closed(found, step)
    refuse_before_last(found, entry.held_on)
    return found


def _voted(case, step, body, entry, *, by):
    """Store the vote, with a form that is decided in time its decision, and take the step; the vote."""
    book = CaseBook.of(case)
    reading = read_ballot(case, body, book, entry)
    refuse_forms(reading, entry, book)
    problems = refuse_unexplained(reading, entry)
    found = reading.outcome(entry)
    verdict = conclude(reading, found, entry)
    counted = verdict.form and reading.rules.are_known
    late = limitation_of(case, verdict.form, entry.held_on, reading.rules.violation) if counted else None
    barred = bool(late and late.barred and verdict.is_decided and not entry.in_time_reason)
    warnings = [*problems, *verdict.warnings, *([late.reason] if late and late.barred and not barred else [])]
    vote = _stored(case, reading, entry, _said(reading, found, warnings, entry), by)
    vote.form, vote.act = verdict.form, verdict.act
    vote.limitation = written(late) | {"overruled": entry.in_time_reason} if late else {}
    vote.save()
    decision = _decided(case, step, vote, reading, entry.paper, by) if verdict.is_decided and not barred else None
    data = {"vote": str(vote.pk), "decision": str(decision.pk) if decision else ""}
    taken = Taken(entry.held_on, body.organisation, entry.paper.number, data=data, rules=reading.rules.sets)
    take(case, step, taken, by=by, to=_target(step, verdict, barred))
    return vote


def _target(step, verdict, barred):
    if barred:
        return State.TIME_BARRED
    if verdict.ending:
        return ENDINGS[verdict.ending]
    if not verdict.is_decided:
        return State.PROPOSED
    return State.DECIDED_CELL if step == "vote_in_cell" else State.DECIDED_UPPER


def _said(reading, found, warnings, entry):
    """The outcome by the rules as the vote keeps it, with what each form needed and what the body may do with it."""
    names = ("form", "act", "reason", "article", "doubtful", "otherwise")
    kept = {name: getattr(found, name) for name in names} if found else {}
    more = {
        "needs": reading.needs(),
        "acts": {form: [each.act, each.reason, each.article] for form, each in reading.powers.items()},
        "warnings": warnings,
        "post": entry.post,
        "subject": reading.subject.value,
    }
    return kept | more


def _stored(case, reading, entry, outcome, by):
    base, found = reading.base, reading.outcome(entry)
    names = ("held_on", "votes", "none", "present", "issued", "collected", "invalid", "explanation", "chosen_reason")
    counts = {name: getattr(entry, name) for name in (*names, "absent_excused", "absent_unexcused")}
    return CaseVote(
        case=case, organisation=reading.body.organisation, body=reading.body.key, members=base.members,
        official=base.official, base=base.base, base_by_hand=base.by_hand, excluded=list(base.excluded),
        how=found.how if found else RECORDED, outcome=outcome, rules=reading.rules.sets, recorded_by=by,
        **counts, **entry.words,
    )  # fmt: skip


def _decided(case, step, vote, reading, paper, by):
    """The decision that a vote came to: of a body above with its number and day, of a cell as far as it is written."""
    if step == "vote_above" and not (paper.number and paper.signed_on):
        raise ValidationError({"number": NOT_SIGNED})
    if paper.signed_on and paper.signed_on < vote.held_on:
        raise ValidationError({"signed_on": BEFORE_VOTE.format(on=f"{vote.held_on:%d/%m/%Y}")})
    values = {name: getattr(paper, name) for name in PAPERS}
    return CaseDecision.objects.create(
        case=case, vote=vote, form=vote.form, subject=reading.subject, organisation=vote.organisation, body=vote.body,
        rules=vote.rules, recorded_by=by, **values,
    )  # fmt: skip
