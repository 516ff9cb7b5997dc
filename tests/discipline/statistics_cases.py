"""Twelve cases for the discipline tables, written out by hand; what they come to is typed in test_statistics."""

from datetime import date
from types import SimpleNamespace

from discipline.models import CaseDecision, CaseViolation
from members.models import Overlay
from members.statistics.rules import Span
from tests.discipline.cases import accused_in, case_on
from tests.factories import MemberFactory

HALF = Span(date(2026, 1, 1), date(2026, 7, 1))
# number, form, body, organisation, announced on, post then, contents, by law, by the state
TWELVE = (
    (1, "KT", "cell", "here", date(2026, 1, 10), "none", ["V02"], "", False),
    (2, "KT", "cell", "next_door", date(2026, 2, 5), "none", ["V04"], "none", False),
    (3, "KT", "cell", "there", date(2026, 2, 6), "cell_committee", ["V04", "V02"], "", False),
    (4, "KT", "cell", "school", date(2026, 3, 3), "state_post", ["V07"], "", True),
    (5, "CC", "cell", "here", date(2026, 3, 10), "none", ["V05"], "", False),
    (6, "CC", "base_committee", "east", date(2026, 3, 12), "committee", ["V01", "V03"], "", False),
    (7, "CC", "base_committee", "west", date(2026, 4, 1), "none", ["V04"], "other", False),
    (8, "CCH", "upper_committee", "root", date(2026, 4, 2), "cell_committee", ["V06", "V09"], "", False),
    (9, "KTR", "upper_standing_board", "root", date(2026, 5, 5), "none", ["V06"], "prison", True),
    (10, "KTR", "upper_inspection", "root", date(2026, 5, 6), "state_post", ["V10"], "", False),
    (11, "CC", "upper_inspection", "root", date(2026, 6, 8), "none", ["V08"], "", False),
    (12, "KT", "cell", "here", date(2026, 7, 1), "none", ["V02"], "", False),
)
CELLS = {"east": "here", "west": "there", "root": "here"}


def twelve_cases(tree, by):
    """The decisions by number; the eleventh was changed on appeal within the half-year, a suspension began in it."""
    decisions = {row[0]: decided(tree, row, by) for row in TWELVE}
    eleventh = decisions[11]
    CaseDecision.objects.create(
        case=eleventh.case, form="KT", subject="official", organisation=tree.root, body="upper_committee",
        number="90-QĐ/ĐU", signed_on=date(2026, 6, 18), announced_on=date(2026, 6, 20), replaces=eleventh,
    )  # fmt: skip
    suspended = MemberFactory(home=tree.there)
    Overlay.objects.create(member=suspended, kind="suspended", started_on=date(2026, 2, 2))
    return SimpleNamespace(decisions=decisions, suspended=suspended)


def decided(tree, row, by, **changes):
    """One case with its decision as the actions write it."""
    number, form, body, where, announced_on, post, contents, legal, administrative = row
    cell = getattr(tree, CELLS.get(where, where))
    case = case_on(accused_in(cell, full_name=f"Người Bị Kỷ Luật {number}"), by, organisation=tree.root)
    for content in contents:
        CaseViolation.objects.create(case=case, content=content, description="vi phạm", is_concluded=True)
    values = {
        "case": case, "form": form, "subject": "official", "organisation": getattr(tree, where), "body": body,
        "number": f"{number:02d}-QĐ", "signed_on": announced_on, "announced_on": announced_on, "post_then": post,
        "in_force_on": announced_on, "legal": legal, "is_administrative": administrative,
    }  # fmt: skip
    return CaseDecision.objects.create(**values | changes)
