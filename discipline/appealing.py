"""Appeals of one case: until when one is in time, which waits for an answer, what the answers leave of the form."""

from discipline.enums import AppealOutcome
from discipline.models import Appeal
from discipline.rulebook import CaseBook
from discipline.rules.terms import appeal_until


def appeals_of(case):
    """Standing appeals in the order in which they came in."""
    return list(Appeal.objects.standing().filter(case=case).order_by("lodged_on", "recorded_at"))


def open_appeal(case):
    """The appeal that nobody has decided; None when there is none."""
    return next((row for row in reversed(appeals_of(case)) if not row.outcome), None)


def unannounced(case):
    """Appeals that were decided and whose decisions are not announced yet, the first level first."""
    return [row for row in appeals_of(case) if row.outcome and row.announced_on is None]


def form_after(decision, rows):
    """The form that the decisions on some appeals leave in the place of that of the decision; empty when none."""
    form = decision.form
    for row in rows:
        if row.outcome == AppealOutcome.CHANGED:
            form = row.new_form
        elif row.outcome == AppealOutcome.ANNULLED:
            form = ""
    return form


def appeal_term(case, decision, *, book=None, rows=None):
    """Until when an appeal is in time: from receipt of the decision, of a next one from that of the answer before.

    None where the decision was not received or the rules of the day know no such term.
    """
    answered = [row for row in (appeals_of(case) if rows is None else rows) if row.outcome]
    received = decision.received_on
    if answered:
        received = answered[-1].announced_on or answered[-1].decided_on
    if received is None:
        return None
    rules = (book or CaseBook.of(case)).on(decision.organisation, received).procedure
    return appeal_until(rules, received)
