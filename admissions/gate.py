"""The check of the day as a gate: what stands in the way of a vote or a decision, and what is kept of it."""

from admissions.checking import check_candidate
from admissions.condition_page import RESTRICTED, TITLES
from admissions.enums import Purpose
from admissions.rules.findings import MISSING
from admissions.rules.votes import CELL
from config.lib.workflow import NotAllowed

MOST_NAMED = 4
# A refusal is no logged look at the background.
IN_THE_CONDITIONS = "còn vướng, xem nội dung giới hạn ở phần “Điều kiện”."


def refuse_blocked(candidate, step, on, *, decided_on=None):
    """The findings of the day as they are kept with the step; NotAllowed names what blocks it and what to do."""
    found = check_candidate(candidate, on, decided_on=decided_on)
    if blocks := found.blocking(step):
        lines = [blocking_words(each) for each in blocks[:MOST_NAMED]]
        more = f" (và {len(blocks) - MOST_NAMED} mục khác)" if len(blocks) > MOST_NAMED else ""
        raise NotAllowed(f"Chưa đủ điều kiện: {' '.join(lines)}{more}")
    return found.as_json()


def blocking_words(finding):
    """What blocks a step and what to do; of what few may see only that it is there, or that nothing is on file."""
    if finding.key in RESTRICTED and finding.status != MISSING:
        return f"{TITLES[finding.key]}: {IN_THE_CONDITIONS}"
    return " ".join(part for part in (finding.reason, finding.next_step) if part)


def cell_met_on(candidate, day):
    """The day of the last vote of the cell on admission, whose conditions count (admissions.md §2); else `day`."""
    votes = candidate.votes.filter(voided_at__isnull=True, purpose=Purpose.ADMISSION, voting_as=CELL)
    last = votes.order_by("held_on", "id").last()
    return last.held_on if last else day
