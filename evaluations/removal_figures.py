"""Figures of leaving for the report of a screening round: names removed, left on request, cards, complaints.

Counted from decisions that took effect within the period, for members whose matter was opened in cells at or below a
body; a decision that was annulled on complaint is counted apart and in no other line.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from evaluations.models import RemovalComplaint, RemovalDecision
from evaluations.removal_enums import RemovalKind, RemovalState
from members.enums import EndReason, ExitGround
from members.models import Ending


@dataclass(frozen=True)
class RemovalFigures:
    """Lines of the report (screening.md, section 8); `by_ground` may count one person under several codes."""

    removed: int = 0
    removed_probationary: int = 0
    left_on_request: int = 0
    cards_recovered: int = 0
    cards_outstanding: int = 0
    complaints: int = 0
    complaints_open: int = 0
    annulled: int = 0
    expelled: int = 0
    by_ground: tuple[tuple[str, int], ...] = ()
    by_cell: tuple[tuple[str, int], ...] = field(default=())


def removal_figures(organisation, start, end):
    """The figures of a body for the half-open period; three queries whatever the number of matters."""
    rows = list(
        RemovalDecision.objects.counted(organisation, start, end)
        .with_ending_now()
        .values_list(
            "removal__kind", "removal__state", "removal__was_probationary", "removal__organisation__name", "ending_now"
        )
    )
    standing = [row for row in rows if row[1] != RemovalState.ANNULLED]
    removed = [row for row in standing if row[0] == RemovalKind.REMOVAL]
    complaints = _complaints(organisation, start, end)
    cards, grounds, expelled = _endings([row[4] for row in standing], organisation, start, end)
    return RemovalFigures(
        removed=len(removed),
        removed_probationary=sum(row[2] for row in removed),
        left_on_request=len(standing) - len(removed),
        cards_recovered=cards,
        cards_outstanding=len(standing) - cards,
        complaints=len(complaints),
        complaints_open=sum(answered is None for answered in complaints),
        annulled=len(rows) - len(standing),
        expelled=expelled,
        by_ground=tuple((ExitGround(code).label, number) for code, number in grounds),
        by_cell=tuple(sorted(Counter(row[3] for row in standing).items())),
    )


def _complaints(organisation, start, end):
    """The day of the answer, or None, of each complaint received in the period."""
    rows = RemovalComplaint.objects.standing().filter(removal__organisation__path__startswith=organisation.path)
    return list(rows.filter(received_on__gte=start, received_on__lt=end).values_list("answered_on", flat=True))


def _endings(ids, organisation, start, end):
    """(cards that came back, persons by code of exit in the order of the codes, how many were expelled meanwhile)."""
    expelled = Q(
        voided_at__isnull=True, reason=EndReason.EXPELLED, ended_on__gte=start, ended_on__lt=end,
        membership__organisation__path__startswith=organisation.path,
    )  # fmt: skip
    rows = list(Ending.objects.filter(Q(pk__in=ids) | expelled).values_list("pk", "card_recovered_on", "grounds"))
    mine = [(day, grounds) for pk, day, grounds in rows if pk in ids]
    codes = Counter(code for _, grounds in mine for code in grounds)
    order = [code.value for code in ExitGround]
    by_code = sorted(codes.items(), key=lambda each: order.index(each[0]))
    return sum(day is not None for day, _ in mine), by_code, len(rows) - len(mine)
