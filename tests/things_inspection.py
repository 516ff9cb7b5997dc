"""What stands in the addresses of the pages of an inspection: a case that names the inspection officer alone."""

from discipline.models import CaseViolation, Evidence
from tests.discipline.cases import accused_in, case_on


def of_inspection(tree, cast):
    case = case_on(accused_in(tree.here), cast.inspector)
    row = Evidence.objects.create(case=case, kind="document", title="Bản kê khai")
    violation = CaseViolation.objects.create(case=case, content="V04", description="Kê khai thiếu thửa đất")
    return {
        "inspected": {"pk": case.pk},
        "inspected_violation": {"pk": case.pk, "row_id": violation.pk},
        "inspected_row": {"pk": case.pk, "kind": "evidence", "row_id": row.pk},
    }
