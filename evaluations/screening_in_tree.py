"""People in screening whose cell ends, or who are assigned to another: what is not over goes along with them."""

from evaluations.enums import ScreeningState
from evaluations.models import ScreeningSubject

OVER = [ScreeningState.DISMISSED, ScreeningState.NOT_LISTED, ScreeningState.RECOGNISED]


def follow_screening(moves):
    """Open matters go to the cell of each person; answers where they were."""
    kept = {}
    for subject in ScreeningSubject.objects.standing().filter(organisation__in=moves.sources).exclude(state__in=OVER):
        target = moves.persons.get(str(subject.member_id))
        if target is None and subject.organisation_id in moves.ended:
            target = moves.bodies.get(subject.organisation_id)
        if target:
            kept[str(subject.pk)] = subject.organisation_id
            ScreeningSubject.objects.filter(pk=subject.pk).update(organisation=target)
    return kept


def give_back(kept):
    """Everything where it was."""
    for key, organisation in kept.items():
        ScreeningSubject.objects.filter(pk=key).update(organisation=organisation)
