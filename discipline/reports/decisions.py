"""Decisions that were announced, as the tables count them: of a body and those below it, in a period."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cells.models import OrganisationVersion
from discipline.enums import Subject
from discipline.models import CaseDecision, CaseViolation
from discipline.printed.heads import CELL, CELLS, COMMISSION
from discipline.rules.counting import Counted, Link, last_links
from members.enums import EndReason, OverlayKind
from members.models import Ending, Overlay


@dataclass(frozen=True)
class Standing:
    """One disciplining with the decision that stands at the end of the period, for the list behind a figure."""

    counted: Counted
    first: Any
    last: Any


def announced_decisions():
    """Standing decisions of standing cases that were announced, with their day and the kind of the body on it.

    The day is that of the paper, of a cell that of its vote, else of the announcement.
    """
    rows = CaseDecision.objects.standing().filter(announced_on__isnull=False, case__voided_at__isnull=True)
    rows = rows.select_related("organisation", "vote")
    decided = Coalesce("signed_on", "vote__held_on", "announced_on")
    versions = OrganisationVersion.objects.standing().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("decided_on")),
        organisation=OuterRef("organisation"),
        started_on__lte=OuterRef("decided_on"),
    )
    return rows.annotate(decided_on=decided).annotate(kind_then=Subquery(versions.values("kind")[:1]))


def standings(organisation, span, guide):
    """What was decided below a body and announced in a period, in the order of the announcement; two queries.

    With a decision comes what replaced it on appeal, up to the highest of the levels to which one may go.
    """
    steps = ("", "replaces__", "replaces__replaces__", "replaces__replaces__replaces__")
    own = reduce(or_, (Q(**{f"{step}organisation__path__startswith": organisation.path}) for step in steps))
    found = {row.pk: row for row in announced_decisions().filter(own, announced_on__lt=span.until)}
    links = [Link(row.pk, row.replaces_id, row.announced_on, row.annulled_on) for row in found.values()]
    pairs = [(found[first], found[last]) for first, last in last_links(links, span.since, span.until)]
    contents = _contents([first.case_id for first, _ in pairs])
    counted = [
        Standing(_counted(first, last, _level(first, guide), contents.get(first.case_id, frozenset())), first, last)
        for first, last in pairs
    ]
    return sorted(counted, key=lambda each: (each.first.announced_on, str(each.first.pk)))


def _counted(first, last, level, contents):
    return Counted(
        key=first.pk,
        case=first.case_id,
        form=last.form,
        level=level,
        of_commission=first.body.endswith(COMMISSION),
        post=first.post_then,
        contents=contents,
        legal=last.legal or first.legal,
        administrative=bool(last.is_administrative or first.is_administrative),
        is_organisation=first.subject == Subject.ORGANISATION,
    )


def _level(row, guide):
    """The level that the deciding body had on that day; a cell is a cell."""
    return CELL if row.body in CELLS else guide.levels.get(row.kind_then or row.organisation.kind, "")


def _contents(cases):
    """{case: contents} of the violations that were concluded, or not concluded against."""
    found: dict[Any, set] = {}
    rows = CaseViolation.objects.standing().filter(case__in=cases).exclude(is_concluded=False)
    for case, content in rows.values_list("case", "content"):
        found.setdefault(case, set()).add(content)
    return {case: frozenset(contents) for case, contents in found.items()}


def suspensions(organisation, span):
    """Suspensions from party life that began in the period, of members who then were below the body."""
    there = Q(
        member__memberships__organisation__path__startswith=organisation.path,
        member__memberships__started_on__lte=F("started_on"),
        member__memberships__voided_at__isnull=True,
    ) & (Q(member__memberships__ended_on__isnull=True) | Q(member__memberships__ended_on__gt=F("started_on")))
    rows = Overlay.objects.standing().filter(there, kind=OverlayKind.SUSPENDED)
    rows = rows.filter(started_on__gte=span.since, started_on__lt=span.until)
    return list(rows.distinct().order_by("started_on", "pk"))


def expulsions_on_the_books(organisation, span):
    """Members below the body who were expelled in the period by the books (C2 of form 1)."""
    rows = Ending.objects.standing().filter(reason=EndReason.EXPELLED, was_probationary=False)
    rows = rows.filter(membership__organisation__path__startswith=organisation.path)
    return rows.filter(ended_on__gte=span.since, ended_on__lt=span.until).count()


def in_force(each, span):
    """Whether an expulsion that is counted came into force in the period."""
    day: date | None = each.last.in_force_on or each.last.announced_on
    return day is not None and span.since <= day < span.until
