"""Where somebody stands in screening, in a pill: of whom a removal was proposed, as far as that matter has come."""

from uuid import UUID

from evaluations.enums import ScreeningState
from evaluations.models import Removal, ScreeningStep
from evaluations.removal_page import PILLS
from evaluations.screening_cell_page import LOOKS


def pills_of(subjects):
    """{key: (look, words)} of some people, in two queries at most; how a removal ends is read from its matter."""
    proposed = [one.pk for one in subjects if one.state == ScreeningState.REMOVAL_PROPOSED]
    matters = _matters(proposed) if proposed else {}
    return {one.pk: _pill(one, matters.get(one.pk)) for one in subjects}


def _pill(subject, matter):
    if matter is None:
        return LOOKS[subject.state], subject.get_state_display()
    words = f"đề nghị xóa tên: {matter.get_state_display().lower()}"
    return PILLS.get(matter.state, LOOKS[subject.state]), words


def _matters(keys):
    """The matter that the proposal of each opened."""
    steps = ScreeningStep.objects.standing().filter(subject__in=keys, step="propose_removal").order_by("on", "id")
    opened = {key: UUID(data["removal"]) for key, data in steps.values_list("subject_id", "data") if "removal" in data}
    found = Removal.objects.in_bulk(opened.values())
    return {key: found[pk] for key, pk in opened.items() if pk in found}
