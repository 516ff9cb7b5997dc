"""What stands in the addresses of the pages of an inspection: a case that names the inspection officer alone."""

from discipline.models import Evidence
from tests.discipline.cases import accused_in, case_on


def of_inspection(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector)
    row = Evidence.objects.create(case=case, kind="document", title="Bản kê khai")
    return {
        "inspected": {"pk": case.pk},
        "inspected_row": {"pk": case.pk, "kind": "evidence", "row_id": row.pk},
    }
