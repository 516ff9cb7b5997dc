"""Indicators of inspection for inspection officers: over announced decisions and the cases that name the reader."""

from dataclasses import dataclass

from django.db.models import Q

from cells.models import Organisation
from cells.permissions import Permission
from discipline.decided import decided_on
from discipline.enums import OWN_FINDINGS, Handler
from discipline.models import Case, CaseDecision
from discipline.rulebook import PROCEDURE, CaseBook
from discipline.rules.indicators import middle, percent, share
from discipline.rules.terms import announcement_due

CELL = "cell"  # key of the topic discipline_authority: a cell announces at its meeting


@dataclass(frozen=True)
class Indicators:
    """Figures of a year; every percentage beside what it is a part of."""

    year: int
    cases: int
    own: int
    by_cell: int
    decisions: int
    days: float | None
    signed: int
    late: int

    @property
    def own_percent(self):
        return percent(share(self.own, self.cases))

    @property
    def by_cell_percent(self):
        return percent(share(self.by_cell, self.cases))

    @property
    def late_percent(self):
        return percent(share(self.late, self.signed))


def read_indicators(user, year):
    """Announced decisions in scope are known to all; of a case before that only whoever it names learns."""
    bodies = Organisation.objects.visible_to(user, Permission.CASES_WORK)
    announced = CaseDecision.objects.standing().filter(
        announced_on__year=year, replaces__isnull=True, organisation__in=bodies.values("pk"),
        case__voided_at__isnull=True,
    )  # fmt: skip
    decisions = list(announced.select_related("case", "organisation", "vote"))
    named = Case.objects.visible_to(user).filter(signal_on__year=year)
    known = Case.objects.standing().filter(Q(pk__in=named.values("pk")) | Q(pk__in=announced.values("case")))
    handlers = list(known.values_list("source", "handler"))
    own = [handler for source, handler in handlers if source in OWN_FINDINGS]
    lateness = _lateness(decisions)
    return Indicators(
        year=year, cases=len(handlers), own=len(own), by_cell=own.count(Handler.CELL), decisions=len(decisions),
        days=middle([(decided_on(row) - row.case.signal_on).days for row in decisions]),
        signed=len(lateness), late=sum(lateness),
    )  # fmt: skip


def _lateness(decisions):
    """Whether each decision of a body above the cell was announced too late."""
    book, found = CaseBook(), []
    for row in decisions:
        if row.body == CELL or row.signed_on is None:
            continue
        term = announcement_due(book.rules(PROCEDURE, row.organisation, row.signed_on), row.signed_on)
        if term is not None:
            found.append(term.is_over(row.announced_on))
    return found
