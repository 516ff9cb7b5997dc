"""Every state × every step × every part, against the grid of `expected/discipline_grid.txt`; and where steps lead."""

from pathlib import Path

import pytest

from config.lib.workflow import NotAllowed
from discipline.enums import ENDED_STATES, Handler, Part, State
from discipline.models import Case
from discipline.sealing import may_take, open_steps
from discipline.workflow import CASE

GRID = Path(__file__).parent.parent / "expected" / "discipline_grid.txt"
WHO = {
    "officer": (Part.OFFICER, Handler.COMMISSION),
    "cell": (Part.CELL, Handler.COMMISSION),
    "own": (Part.CELL, Handler.CELL),
    "team": (Part.TEAM, Handler.COMMISSION),
    "body": (Part.BODY, Handler.COMMITTEE),
}
PLACES = [state for state in State.values if state != "postponed"]
PLACES += [f"postponed/{state}" for state in ("verifying", "cell_meeting", "upper_vote")]
# "Next" of section 11; on a proposal the level above may only propose again where it cannot decide (section 7).
NEXT = {
    "signal": {"triage"},
    "triage": {"planned", "transferred", "closed_no_violation", "proposed"},
    "planned": {"self_review"},
    "self_review": {"verifying"},
    "verifying": {"cell_meeting", "closed_no_violation", "closed_fault_only", "postponed", "transferred"},
    "cell_meeting": {
        "decided_cell", "proposed", "time_barred", "exempt", "postponed", "closed_no_violation", "closed_fault_only",
    },
    "decided_cell": {"announced"},
    "proposed": {"upper_verify"},
    "upper_verify": {"upper_vote", "cell_meeting"},
    "upper_vote": {
        "decided_upper", "time_barred", "exempt", "postponed", "closed_no_violation", "closed_fault_only", "proposed",
    },
    "decided_upper": {"announced"},
    "announced": {"notified"},
    "notified": {"in_force", "exit"},
    "in_force": {"appealed", "expired", "annulled_wrongful"},
    "appealed": {"appeal_decided"},
    "appeal_decided": {"in_force", "exit", "appealed", "annulled_wrongful"},
    "exit": {"appealed", "annulled_wrongful"},
    "postponed": {"verifying", "cell_meeting", "upper_vote"},
}  # fmt: skip


def grid():
    """{(state, step): who}."""
    lines = [line.split("|") for line in GRID.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]
    rows = [[part.strip() for part in line] for line in lines]
    assert len({tuple(row[:2]) for row in rows}) == len(rows), "a line stands twice"
    return {(state, step): who.split() for state, step, who in rows}


def case_in(place, handler):
    state, _, earlier = place.partition("/")
    return Case(state=state, postponed_from=earlier, handler=handler)


def test_the_grid_speaks_of_every_state_and_every_step():
    known = grid()
    assert {place for place, _ in known} == set(PLACES) - set(ENDED_STATES)
    assert {step for _, step in known} == set(CASE.steps)


@pytest.mark.parametrize("place", PLACES)
def test_every_step_and_every_part(place):
    expected, wrong = grid(), []
    for step in CASE.steps:
        for name, (part, handler) in WHO.items():
            case = case_in(place, handler)
            found = step in {each.name for each in open_steps(part, case)}
            if found != (name in expected.get((place, step), ())):
                wrong.append(f"{step}, {name}: {'open' if found else 'not open'}")
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_open_is_refused_in_words(place):
    expected = grid()
    for step in CASE.steps:
        if (place, step) in expected:
            CASE.refuse_closed(case_in(place, Handler.COMMISSION), step)
            continue
        with pytest.raises(NotAllowed, match=r"^Không thể “.+” khi đang ở trạng thái “.+”\. Hãy tải lại trang\.$"):
            CASE.refuse_closed(case_in(place, Handler.COMMISSION), step)


def test_nobody_else_takes_any_step():
    assert [step for step in CASE.steps if may_take(None, step, case_in("triage", Handler.CELL))] == []


@pytest.mark.parametrize("state", State.values)
def test_a_state_leads_where_section_11_says(state):
    found = {to for step in CASE.steps.values() if state in step.sources for to in (step.target, *step.other_targets)}
    assert found == NEXT.get(state, set())
