"""The check of the day as a gate: what stands in the way of a vote or a decision, and what is kept of it."""

from admissions.checking import check_candidate
from admissions.enums import Purpose
from admissions.rules.votes import CELL
from config.lib.workflow import NotAllowed

MOST_NAMED = 4


def refuse_blocked(candidate, step, on, *, decided_on=None):
    """The findings of the day as they are kept with the step; NotAllowed names what blocks it and what to do."""
    found = check_candidate(candidate, on, decided_on=decided_on)
    if blocks := found.blocking(step):
        lines = [" ".join(part for part in (each.reason, each.next_step) if part) for each in blocks[:MOST_NAMED]]
        more = f" (và {len(blocks) - MOST_NAMED} mục khác)" if len(blocks) > MOST_NAMED else ""
        raise NotAllowed(f"Chưa đủ điều kiện: {' '.join(lines)}{more}")
    return found.as_json()


def cell_met_on(candidate, day):
    """The day of the last vote of the cell on admission, whose conditions count (admissions.md §2); else `day`."""
    votes = candidate.votes.filter(voided_at__isnull=True, purpose=Purpose.ADMISSION, voting_as=CELL)
    last = votes.order_by("held_on", "id").last()
    return last.held_on if last else day
