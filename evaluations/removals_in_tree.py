"""Matters of leaving when the tree changes: the turn follows the new tree, what has ended passes to its heir."""

from django.db.models import Q

from evaluations.models import Removal
from evaluations.removal_enums import ABOVE_STATES, RemovalState
from evaluations.removal_stations import read_removal_way
from evaluations.removal_steps import HELD

BODIES = ("holder_id", "chosen_body_id", "organisation_id")


def follow_removals(event, moves):
    """Let matters go the way of the new tree; answers who had them before, and who has them now."""
    kept, ended = {}, set(moves.ended)
    rows = Removal.objects.standing().select_for_update(of=("self",)).with_place()
    touched = Q(state__in=ABOVE_STATES) | Q(holder__in=ended) | Q(chosen_body__in=ended)
    awaited = Q(member__home__is_cell=False, organisation__in=ended)
    for removal in rows.filter(touched | awaited):
        before = {name: getattr(removal, name) for name in BODIES}
        if removal.chosen_body_id in ended:
            removal.chosen_body_id = _heir(removal.chosen_body_id, event, moves)
        if removal.organisation_id in ended and not removal.member.home.is_cell:
            removal.organisation_id = _heir(removal.organisation_id, event, moves)
        removal.holder_id = _holder(removal, event, moves)
        if before != {name: getattr(removal, name) for name in BODIES}:
            kept[str(removal.pk)] = [before, removal.holder_id]
            removal.save(update_fields=["holder", "chosen_body", "organisation"])
    return kept


def _holder(removal, event, moves):
    """Whose turn it is from the day of the change; where no rule says it, whoever inherits from the one of before."""
    way = read_removal_way(removal, event.effective_on)
    if removal.state not in HELD:
        return None
    stop = way.decider if removal.state == RemovalState.REMOVED else way.turn
    if stop is not None:
        return stop.organisation_id
    old = removal.holder_id
    return _heir(old, event, moves) if old in moves.ended else old


def _heir(organisation_id, event, moves):
    return moves.bodies.get(organisation_id) or event.heir_id


def give_back_removals(kept):
    """Everything with whom it was; what went on to another body since stays there."""
    for key, (before, now) in kept.items():
        Removal.objects.filter(pk=key, holder=now).update(**before)
