"""From the dossier to the decision: the cell votes, a section appraises, the base votes, the file goes up or back."""

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.enums import Purpose, State
from admissions.gate import cell_met_on, refuse_blocked
from admissions.rules.check import VOTE
from admissions.stations import acting_body
from admissions.steps import Taken, locked, take
from admissions.voting import said, taken_by_vote, vote_of_body
from admissions.workflow import ADMISSION
from config.lib.workflow import NotAllowed


@transaction.atomic
def act_without_vote(candidate, step, entry, *, by):
    """A step of the body whose turn it is on the day of the entry."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, step)
    organisation, _ = acting_body(found, step, entry.on)
    take(found, step, Taken(entry.on, organisation, entry.document, entry.note), by=by, data={"note": entry.note})
    return found


@transaction.atomic
def vote_in_cell(candidate, entry, *, by):
    """The members' meeting of the cell votes on one person; below two thirds is reported upwards all the same.

    Refused while the check of the day has something that blocks the vote (admissions.md §2).
    """
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_in_cell")
    findings = refuse_blocked(found, VOTE, entry.held_on)
    states = (State.CELL_ADOPTED, State.CELL_NOT_ADOPTED)
    return _vote(found, "vote_in_cell", entry, states=states, findings=findings, by=by)


@transaction.atomic
def vote_together(entries, *, by):
    """One meeting of a cell that votes on several persons, one after the other: (candidate, entry) of each.

    All or none; what is refused names of whom.
    """
    return [_vote_on_one(candidate, entry, by) for candidate, entry in entries]


@transaction.atomic
def appraise(candidate, entry, *, by):
    """The committee of a section appraises; it does not vote (06-HD/TW, 3.6b)."""
    return act_without_vote(candidate, "appraise", entry, by=by)


@transaction.atomic
def vote_in_base(candidate, entry, *, by):
    """The base committee votes on one person; below two thirds is reported upwards all the same."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "vote_in_base")
    findings = refuse_blocked(found, VOTE, cell_met_on(found, entry.held_on))
    states = (State.BASE_ADOPTED, State.BASE_NOT_ADOPTED)
    return _vote(found, "vote_in_base", entry, states=states, findings=findings, by=by)


@transaction.atomic
def submit(candidate, entry, *, by):
    """The office of the deciding committee takes the file, appraises it anew, sends extracts to the members."""
    return act_without_vote(candidate, "submit", entry, by=by)


@transaction.atomic
def return_to_cell(candidate, entry, *, by):
    """The body whose turn it is gives the file back to the cell, with its reason."""
    return act_without_vote(candidate, "return_to_cell", entry, by=by)


def _vote_on_one(candidate, entry, by):
    try:
        return vote_in_cell(candidate, entry, by=by)
    except NotAllowed as refusal:
        raise NotAllowed(f"{candidate}: {refusal}") from None
    except ValidationError as refusal:
        raise ValidationError(f"{candidate}: {' '.join(refusal.messages)}") from None


def _vote(found, step, entry, *, states, findings, by):
    vote, rules = vote_of_body(found, Purpose.ADMISSION, step, entry, by=by)
    to = states[0] if vote.carried else states[1]
    take(found, step, taken_by_vote(vote, rules, findings), by=by, to=to, data=said(vote))
    return vote
