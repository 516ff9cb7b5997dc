"""Writing one vote of one body within an action, which has its transaction and writes its log entry."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from admissions.bases import base_of_vote
from admissions.enums import Method
from admissions.models import AdmissionVote
from admissions.rulebook import AdmissionBook
from admissions.rules.votes import CELL, Votes, vote_problem, vote_result
from admissions.stations import acting_body
from admissions.steps import Taken, refuse_before_last
from cells.models import Ballot
from config.lib.workflow import NotAllowed

NO_SHARE = "Bộ quy tắc ngày {on} không có tỷ lệ biểu quyết cho cấp này. Hãy xem trang quy tắc."
NO_METHOD = "Quy định ngày {on} không có cách {method}."


@dataclass(frozen=True, kw_only=True)
class VoteEntry:
    """What the minutes say of one vote on one person: totals, never who voted how.

    `attended` are ids of members exempt or away who came and voted; `by_hand` (number, reason) is the base of a body
    whose posts are not kept; `outside` names people who were there and are not counted.
    """

    held_on: date
    present: int
    yes: int
    no: int = 0
    blank: int = 0
    method: str = Method.SECRET
    attended: tuple = ()
    outside: tuple = ()
    by_hand: tuple[int, str] | None = None
    chair: str = ""
    secretary: str = ""
    number: str = ""
    words: dict[str, Any] = field(default_factory=dict)


def vote_of_body(candidate, purpose, step, entry, *, by):
    """(vote, rules of its day) of the body that takes a step on the day of the meeting."""
    organisation, station = acting_body(candidate, step, entry.held_on)
    rules = AdmissionBook().on(organisation, entry.held_on)
    return store_vote(candidate, purpose, (organisation, station), entry, rules=rules, by=by), rules


def taken_by_vote(vote, rules, findings=()):
    """How the step that a vote is is kept."""
    return Taken(vote.held_on, vote.organisation, vote.number, findings=list(findings), rules=rules.sets)


def store_vote(candidate, purpose, body, entry, *, rules, by):
    """The vote with its ballot and the base of its day; `body` is (organisation, station).

    ValidationError for minutes that do not add up, NotAllowed where the rules or the posts say nothing, and for a
    meeting before the last step: nobody votes on a file that is not there yet.
    """
    organisation, station = body
    refuse_before_last(candidate, entry.held_on)
    _refuse_method(rules, entry)
    base = base_of_vote(rules.votes, station, organisation, entry.held_on, entry.attended, entry.by_hand)
    votes = Votes(base=base.entitled, present=entry.present, yes=entry.yes, no=entry.no, blank=entry.blank)
    if problem := vote_problem(votes):
        raise ValidationError({"yes": problem})
    result = vote_result(rules.votes, station.voting_as, votes)
    if result is None:
        raise NotAllowed(NO_SHARE.format(on=f"{entry.held_on:%d/%m/%Y}"))
    ballot = _ballot(organisation, entry, base)
    return AdmissionVote.objects.create(
        candidate=candidate, purpose=purpose, organisation=organisation, body=station.body, role=station.role,
        voting_as=station.voting_as, held_on=entry.held_on, method=entry.method, ballot=ballot,
        members=base.members, official=base.official, entitled=base.entitled, present=entry.present, yes=entry.yes,
        no=entry.no, blank=entry.blank, needed=result.needed, carried=result.carried, excluded=base.left_out,
        outside=list(entry.outside), chair=entry.chair, secretary=entry.secretary, number=entry.number,
        words=entry.words, rules=rules.sets, recorded_by=by,
    )  # fmt: skip


def said(vote):
    """What the log keeps of a vote."""
    return {**vote.figures, "number": vote.number}


def carried_in_cell(candidate, purpose):
    """How the votes of the cell on one matter went, in order."""
    votes = candidate.votes.filter(voided_at__isnull=True, purpose=purpose, voting_as=CELL)
    return list(votes.order_by("held_on", "id").values_list("carried", flat=True))


def _ballot(organisation, entry, base):
    cast = entry.yes + entry.no + entry.blank
    return Ballot.objects.create(
        organisation=organisation, held_on=entry.held_on, entitled=base.entitled, present=entry.present,
        issued=entry.present, collected=cast, valid=cast, invalid=0,
    )  # fmt: skip


def _refuse_method(rules, entry):
    known = rules.votes.vote_methods
    if known and entry.method not in known:
        method = Method(entry.method).label
        raise ValidationError({"method": NO_METHOD.format(on=f"{entry.held_on:%d/%m/%Y}", method=method)})
