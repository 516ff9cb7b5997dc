"""What stands in the addresses of the pages of admission, in the cell "here"."""

from tests.admissions.candidate_cases import listed


def of_admissions(tree, cast):
    candidate = listed(tree.here, by=cast.secretary)
    return {"candidate": {"pk": candidate.pk}}
