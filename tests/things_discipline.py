"""What stands in the addresses of the pages of discipline: a case of the cell "here" that names the inspector alone."""

from discipline import actions
from discipline.enums import Part
from tests.discipline.cases import accused_in, case_on, named


def of_discipline(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector)  # opened by whoever registers it
    asked = actions.ask_opening(
        case, user=cast.officer, part=Part.BODY, reason="thẩm tra", second=cast.head, by=cast.inspector
    )
    other = named(case, cast.other_officer, part=Part.TEAM, by=cast.inspector)
    actions.close_for(other, reason="thôi tổ kiểm tra", by=cast.inspector)
    return {
        "sealed_case": {"pk": case.pk},
        "seal_opening": {"pk": asked.pk},
        "seal_reader": {"pk": case.pk, "reader_id": case.readers.open().get().pk},
    }
