"""Every state × every step × everybody of the cast, against the grid of `expected/admission_grid.txt`.

A step that the grid does not have for a state is refused with a sentence; one that it has is open to those alone whom
it names, through the body whose turn it is.
"""

from datetime import date
from pathlib import Path

import pytest

from admissions.enums import MEMBER_STATES, State
from admissions.models import Candidate, Profile
from admissions.stations import acting_body, read_way, steps_open_to
from admissions.workflow import ADMISSION
from cells.actions.tree import OrganisationEntry, add_organisation
from config.lib.workflow import NotAllowed
from tests.conftest import FOUNDED
from tests.factories import MemberFactory

GRID = Path(__file__).parent.parent / "expected" / "admission_grid.txt"
ON = date(2026, 3, 20)
WHO = {"cell": {"secretary"}, "base": {"officer", "staff"}, "committee": {"staff"}, "-": set()}


def grid():
    """{(state, step): (within a section, directly under the base)}."""
    lines = [line.split("|") for line in GRID.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]
    rows = [[part.strip() for part in line] for line in lines]
    assert len({tuple(row[:2]) for row in rows}) == len(rows), "a line stands twice"
    return {(state, step): (section, plain) for state, step, section, plain in rows}


@pytest.fixture
def cells(tree, cast, system):
    """A cell within a section of the eastern base, whose secretary is the one of "here", and "here" itself."""
    section = add_organisation(OrganisationEntry("Đảng bộ bộ phận Chợ", "part", FOUNDED), parent=tree.east, by=system)
    within = add_organisation(OrganisationEntry("Chi bộ Chợ", "cell", FOUNDED), parent=section, by=system)
    cast.secretary.role_assignments.create(
        role="cell_secretary", organisation=within, started_on=FOUNDED, recorded_by=system
    )
    return within, tree.here


def test_the_grid_speaks_of_every_state_and_every_step():
    known = grid()

    assert {state for state, _ in known} <= set(State.values)
    assert {step for _, step in known} == set(ADMISSION.steps)
    assert set(State.values) - {state for state, _ in known} == {"withdrawn", "struck_off", "cancelled"}


@pytest.mark.parametrize("place", [0, 1], ids=["section", "plain"])
def test_every_state_and_every_step(cells, cast, place):
    expected, wrong = grid(), []
    member = MemberFactory(home=cells[place])
    for state in State.values:
        candidate = _in(cells[place], state, member)
        way = read_way(candidate, ON, votes=[])
        for name, user in vars(cast).items():
            seen = user.may("admissions.view", cells[place])
            found = {step.name for step in steps_open_to(user, candidate, way)} if seen else set()
            wanted = {step for (known, step), who in expected.items() if known == state and name in WHO[who[place]]}
            if found != wanted:
                wrong.append(f"{state}, {name}: {sorted(found ^ wanted)}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("place", [0, 1], ids=["section", "plain"])
def test_what_is_not_open_is_refused_in_words(cells, place):
    expected, member = grid(), MemberFactory(home=cells[place])
    for state in State.values:
        candidate = _in(cells[place], state, member)
        for step in ADMISSION.steps:
            if expected.get((state, step), ("-", "-"))[place] != "-":
                _take(candidate, step)
                continue
            with pytest.raises(NotAllowed, match=r"[a-zà-ỹ]{2,}.*\.$"):
                _take(candidate, step)


def _take(candidate, step):
    """What every action asks first: the state, then the body whose turn it is."""
    ADMISSION.refuse_closed(candidate, step)
    acting_body(candidate, step, ON)


def _in(cell, state, member):
    """A candidate in a state, not stored: who may do what asks for the state, the place and the profile alone."""
    candidate = Candidate(organisation=cell, state=state, member=member if state in MEMBER_STATES else None)
    candidate.profile = Profile(candidate=candidate)
    return candidate
