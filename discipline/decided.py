"""The decision of a case that stands: when it is in force, when it lapses, whether it does so by itself."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from discipline.enums import DECIDED_WITHOUT, Form, State
from discipline.models import Case, CaseDecision, CaseViolation
from discipline.rulebook import CaseBook
from discipline.rules.terms import Expiry, Served, expiry
from members.models import Sanction

SIGNING = "signing"
FIRST = ("replaces__vote", "replaces__organisation")
NEVER_LAPSES = "Kỷ luật này không có thời hạn chấm dứt hiệu lực."


def current_decision(case):
    """The decision of a case that neither an appeal has replaced nor a body annulled; None before there is one."""
    replaced = CaseDecision.objects.standing().filter(case=case, replaces__isnull=False).values("replaces")
    rows = CaseDecision.objects.standing().filter(case=case, annulled_on__isnull=True).exclude(pk__in=replaced)
    rows = rows.select_related("vote", "organisation", "sanction", "ending", *FIRST)
    return rows.order_by("recorded_at").last()


def decided_on(decision):
    """The day of a decision: that on which it was signed, of a cell that has not written it yet the day of the vote."""
    return decision.signed_on or decision.vote.held_on


def in_force_on(decision, announced_on):
    """From when a decision holds, by the rules of the day on which it was made."""
    day = decided_on(decision)
    rules = CaseBook.of(decision.case).on(decision.organisation, day).procedure
    of_cell = is_of_cell(decision)
    event = rules.cell_decision_in_force_from if of_cell else rules.upper_decision_in_force_from
    return decision.signed_on if event == SIGNING and decision.signed_on else announced_on


def is_of_cell(decision):
    """Whether a cell made the decision itself."""
    return decision.vote is not None and decision.body in ("cell", "temporary_cell")


@dataclass(frozen=True)
class Lapse:
    """When a decision lapses and whether people confirm it; the reader is not told of what else there is on file."""

    found: Expiry
    to_confirm: bool

    @property
    def lapses_on(self):
        return self.found.lapses_on


def lapse_of(decision, book=None) -> Lapse:
    """When the decision in force lapses, by the rules of the day of its vote, with what has happened since."""
    first = first_of(decision)
    changed = decision.announced_on if decision.pk != first.pk else None
    rules = _violation_rules(first, book)
    if rules.expiry_months is None and decision.lapses_on is None:
        return Lapse(Expiry(lapses_on=None, reason=NEVER_LAPSES, article=""), False)
    plain = Served(form=decision.form, announced_on=first.announced_on, changed_on=changed)
    until = expiry(rules, plain)
    appealed = decision.case.state in (State.APPEALED, State.APPEAL_DECIDED)
    anew = _violated_anew(decision, first.announced_on, until.lapses_on) if until.lapses_on else None
    found = expiry(
        rules,
        Served(
            form=decision.form, announced_on=first.announced_on, changed_on=changed, new_violation_on=anew,
            appeal_open=appealed,
        ),
    )  # fmt: skip
    return Lapse(found, found.to_confirm)


def first_of(decision):
    """The first decision of which an appeal made this one."""
    while decision.replaces_id:
        decision = decision.replaces
    return decision


def lapse_day(decision, first_announced_on, changed_on=None):
    """When a decision announced on a day lapses; served time counts or not, as the rule set chooses."""
    rules = _violation_rules(first_of(decision))
    served = Served(form=decision.form, announced_on=first_announced_on, changed_on=changed_on)
    return expiry(rules, served).lapses_on


def _violation_rules(first, book=None):
    """The rules of the violation are those of the day of the vote (discipline.md, section 2)."""
    return (book or CaseBook.of(first.case)).on(first.organisation, first.vote.held_on).violation


def _violated_anew(decision, since: date, until: date):
    """The first day of a new violation while the discipline held; of a case that ended without discipline none."""
    member = decision.case.member_id
    if member is None:
        return None
    cases = Case.objects.standing().filter(member=member).exclude(pk=decision.case_id)
    cases = cases.exclude(state__in=[*DECIDED_WITHOUT, State.TRANSFERRED])
    rows = CaseViolation.objects.standing().filter(case__in=cases.values("pk")).exclude(is_concluded=False)
    within = Q(began_on__range=(since, until)) | Q(ended_on__range=(since, until))
    own = CaseDecision.objects.filter(case=decision.case_id, sanction__isnull=False).values("sanction")
    others = Sanction.objects.standing().filter(member=member, act_to__range=(since, until)).exclude(pk__in=own)
    acts = rows.filter(within).annotate(day=Coalesce("began_on", "ended_on")).order_by().values_list("day")
    days = [day for (day,) in acts.union(others.order_by().values_list("act_to"), all=True)]
    return max(min(days), since) if days else None


def is_expulsion(decision):
    return decision.form == Form.EXPULSION
