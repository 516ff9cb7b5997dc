"""What the page of the procedure says: the chain, votes, decisions, deadlines, and what is open to a person."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from admissions.actions.corrections import VOIDABLE
from admissions.bases import base_of_vote
from admissions.deadlines import deadlines_of
from admissions.enums import MEMBER_STATES, OUT_OF_PARTY
from admissions.models import AdmissionDecision, AdmissionVote, CandidateMove, Ceremony, StepTaken
from admissions.move_pages import MOVE_PAGES, may_move, may_order
from admissions.moving import STAGES
from admissions.probations import probation_start
from admissions.procedure_steps import LABELS, STEP_PAGES
from admissions.rulebook import AdmissionBook
from admissions.rules.chain import PROPOSE, Station
from admissions.rules.votes import CELL
from admissions.stations import may_take, read_way, steps_open_to
from admissions.workflow import ADMISSION
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from members.forms.votes import options_of_base
from members.models import Member

FIRST_ABOVE = ("appraise", "vote_in_base", "submit")


class ProcedureFacts:
    """Votes, decisions, steps, the ceremony of one candidate, each read once."""

    def __init__(self, candidate):
        self.candidate = candidate
        self.organisation = candidate.scope_organisation

    @cached_property
    def votes(self):
        rows = AdmissionVote.objects.standing().filter(candidate=self.candidate).select_related("organisation")
        return list(rows.order_by("held_on", "id"))

    @cached_property
    def decisions(self):
        held = Ceremony.objects.standing().filter(candidate=OuterRef("candidate")).values("held_on")[:1]
        rows = AdmissionDecision.objects.standing().filter(candidate=self.candidate)
        rows = rows.select_related("organisation", "vote").order_by("signed_on", "recorded_at")
        return list(rows.annotate(ceremony_on=Subquery(held)))

    @cached_property
    def steps(self):
        rows = StepTaken.objects.standing().filter(candidate=self.candidate).select_related("organisation")
        found = list(rows.order_by("on", "id"))
        for step in found:
            step.candidate = self.candidate
        return found

    @cached_property
    def moves(self):
        return list(CandidateMove.objects.standing().filter(candidate=self.candidate).with_ends())

    @cached_property
    def ceremony_on(self):
        if self.candidate.member_id is None:
            return None
        held = next((each.ceremony_on for each in self.decisions), None)
        return held if held or self.candidate.state not in MEMBER_STATES else probation_start(self.candidate)

    @property
    def started_on(self):
        return self.ceremony_on

    def vote(self, purpose, voting_as):
        """The last vote of a kind of body on a matter."""
        found = [vote for vote in self.votes if (vote.purpose, vote.voting_as) == (purpose, voting_as)]
        return found[-1] if found else None

    def decision(self, purpose):
        found = [each for each in self.decisions if each.purpose == purpose]
        return found[-1] if found else None

    def sent_up_on(self, since):
        """When a body above first acted on the vote of the cell."""
        later = [each.on for each in self.steps if each.on >= since and each.step in FIRST_ABOVE]
        return later[0] if later else None


@dataclass(frozen=True)
class ProcedurePage:
    """The page of one candidate on a day for one person."""

    way: object
    open_steps: tuple
    votes: tuple
    decisions: tuple
    deadlines: tuple
    moves: tuple
    last_step: StepTaken | None = None


def read_procedure(candidate, user, today):
    """The procedure as it stands: who acts next, what is open to `user`, what was voted and decided."""
    book, facts = AdmissionBook(), ProcedureFacts(candidate)
    way = read_way(candidate, today, book=book, votes=facts.votes)
    return ProcedurePage(
        way=way,
        open_steps=tuple(open_steps(candidate, user, way)),
        votes=tuple(facts.votes),
        decisions=tuple(facts.decisions),
        deadlines=tuple(deadlines_of(facts, book, today)),
        moves=tuple((move, move_steps(move, user)) for move in facts.moves),
        last_step=facts.steps[-1] if facts.steps and may_void(user, facts.steps[-1]) else None,
    )


def open_steps(candidate, user, way):
    """(words, address) of the steps of this part that are open to `user`."""
    for step in steps_open_to(user, candidate, way):
        if step.name in STEP_PAGES:
            yield step.label, reverse(f"admissions:{step.name}", args=[candidate.pk])
    if candidate.state in STAGES and may_order(user, candidate):
        yield "Ghi chuyển nơi", reverse("admissions:move_candidate", args=[candidate.pk])
    is_in = candidate.state in MEMBER_STATES and candidate.state not in OUT_OF_PARTY
    if is_in and may_take(user, "repair_admission", candidate, way):
        yield LABELS["repair_admission"], reverse("admissions:repair_admission", args=[candidate.pk])


def may_void(user, step):
    """Whether a person acts for the body that took a step which may be taken back."""
    if step.step not in VOIDABLE:
        return False
    right = ADMISSION.steps[step.step].permission
    return user.may(right, step.candidate if right == P.ADMISSIONS_FILE else step.organisation)


def move_steps(move, user):
    """(words, address) of what is open to `user` on a move."""
    found = [name for name in MOVE_PAGES if MOVE_PAGES[name].is_open(move) and may_move(user, name, move)]
    return tuple((MOVE_PAGES[name].title, reverse(f"admissions:{name}", args=[move.pk])) for name in found)


def vote_options(candidate, way, step, book):
    """What the form of a vote held on a day asks: who may have come all the same, and for a base written by hand."""
    of_cell = ADMISSION.steps[step].permission == P.ADMISSIONS_FILE if step in ADMISSION.steps else False

    def options(day):
        if of_cell:
            return options_of_base(cell_base(candidate.scope_organisation, day, book), by_hand=False)
        stop = way.taker(step)
        base = _base(Organisation.objects.get(pk=stop.organisation_id), stop.station, day, book) if stop else None
        return options_of_base(base, by_hand=True)

    return options


def cell_members(candidate, day):
    """Official members of the cell on a day, in the order of names."""
    return Member.objects.standing().in_cell(candidate.scope_organisation, day).filter(official_on__lte=day)


def cell_base(cell, day, book=None):
    """The base of a vote of a cell on a day, those exempt or away not being there."""
    station = Station(PROPOSE, CELL, CELL, "")
    return base_of_vote((book or AdmissionBook()).on(cell, day).votes, station, cell, day)


def _base(organisation, station, day, book):
    try:
        return base_of_vote(book.on(organisation, day).votes, station, organisation, day)
    except NotAllowed:
        return None
