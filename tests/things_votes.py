"""What stands in the addresses of votes, decisions and appeals: a case of the cell "here" that has voted.

It names the inspection officer and the secretary of the cell; both have opened it today.
"""

from discipline import actions
from discipline.enums import Part
from tests.discipline.cases import named, opened
from tests.discipline.vote_cases import ballot, cell_of, waiting


def of_votes(tree, cast):
    accused, _ = cell_of(tree.here, 5)
    case = waiting(accused, cast.inspector)
    named(case, cast.secretary, Part.CELL, cast.inspector)
    opened(case, cast.inspector, cast.secretary)
    actions.vote_in_cell(case, ballot({"CC": 4}), by=cast.inspector)
    return {
        "voted_case": {"pk": case.pk},
        "voted_step": {"pk": case.pk, "step_id": case.steps.get().pk},
    }
