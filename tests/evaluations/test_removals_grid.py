"""Every state × every step × everybody of the cast, against the grid of `expected/removal_grid.txt`."""

from datetime import date
from pathlib import Path

import pytest

from cells.actions.tree import OrganisationEntry, add_organisation
from config.lib.workflow import NotAllowed
from evaluations.models import Removal
from evaluations.removal_enums import RemovalState
from evaluations.removal_stations import read_removal_way, removal_body, removal_steps_open_to
from evaluations.workflow import REMOVAL
from tests.conftest import FOUNDED
from tests.factories import MemberFactory

GRID = Path(__file__).parent.parent / "expected" / "removal_grid.txt"
ON = date(2026, 3, 20)
WHO = {
    "cell": {"secretary"},
    "section": {"officer", "staff"},
    "base": {"officer", "staff"},
    "committee": {"staff"},
    "-": set(),
}
COMPLAINT = ("receive_removal_complaint", "answer_removal_complaint")


def grid():
    """{(state, step): (who of a removal, who of a leaving)}."""
    lines = [line.split("|") for line in GRID.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]
    rows = [[part.strip() for part in line] for line in lines]
    assert len({tuple(row[:2]) for row in rows}) == len(rows), "a line stands twice"
    return {(state, step): (removal, leaving) for state, step, removal, leaving in rows}


@pytest.fixture
def cell(tree, cast, system):
    """A cell within a section of the eastern base, whose secretary is the one of "here"."""
    section = add_organisation(OrganisationEntry("Đảng bộ bộ phận Chợ", "part", FOUNDED), parent=tree.east, by=system)
    within = add_organisation(OrganisationEntry("Chi bộ Chợ", "cell", FOUNDED), parent=section, by=system)
    cast.secretary.role_assignments.create(
        role="cell_secretary", organisation=within, started_on=FOUNDED, recorded_by=system
    )
    return within


def test_the_grid_speaks_of_every_state_and_every_step():
    known = grid()

    assert {step for _, step in known} == set(REMOVAL.steps)
    assert set(RemovalState.values) - {state for state, _ in known} == {"kept", "withdrawn", "annulled"}


@pytest.mark.parametrize("kind", ["removal", "leaving"])
def test_every_state_and_every_step(cell, cast, kind):
    expected, wrong = grid(), []
    place, member = ["removal", "leaving"].index(kind), MemberFactory(home=cell)
    for state in RemovalState.values:
        removal = Removal(kind=kind, member=member, organisation=cell, state=state)
        way = read_removal_way(removal, ON, votes=[])
        for name, user in vars(cast).items():
            found = {
                step.name
                for waits in (False, True)
                for step in removal_steps_open_to(user, removal, way, complained=waits)
            }
            wanted = {step for (known, step), who in expected.items() if known == state and name in WHO[who[place]]}
            if found != wanted:
                wrong.append(f"{state}, {name}: {sorted(found ^ wanted)}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("waits", [False, True])
def test_a_complaint_is_received_or_answered(cell, cast, waits):
    removal = Removal(kind="removal", member=MemberFactory(home=cell), organisation=cell, state="removed")
    way = read_removal_way(removal, ON, votes=[])

    found = removal_steps_open_to(cast.staff, removal, way, complained=waits)

    assert [step.name for step in found] == [COMPLAINT[waits]]


@pytest.mark.parametrize("kind", ["removal", "leaving"])
def test_what_is_not_open_is_refused_in_words(cell, kind):
    expected, place, member = grid(), ["removal", "leaving"].index(kind), MemberFactory(home=cell)
    for state in RemovalState.values:
        removal = Removal(kind=kind, member=member, organisation=cell, state=state)
        for step in REMOVAL.steps:
            if expected.get((state, step), ("-", "-"))[place] != "-" or step in COMPLAINT:
                continue
            with pytest.raises(NotAllowed, match=r"[a-zà-ỹ]{2,}.*\.$"):
                _take(removal, step)


def _take(removal, step):
    """What every action asks first: the state, then the body whose turn it is (no votes are stored here)."""
    REMOVAL.refuse_closed(removal, step)
    way = read_removal_way(removal, ON, votes=[])
    if way.body_of(step) is None:
        raise NotAllowed(f"Việc này do {way.turn.words if way.turn else 'cấp khác'} làm.")


def test_the_turn_is_named_in_the_refusal(tree, cast):
    member = MemberFactory(home=tree.here)
    removal = Removal.objects.create(
        kind="removal", member=member, organisation=tree.here, state="cell_carried", opened_on=ON
    )

    with pytest.raises(NotAllowed, match="Đảng ủy cơ sở \\(Đảng bộ Phường Đông\\)"):
        removal_body(removal, "submit_removal", ON)
