"""What a change of the tree does to candidates: who is not yet a member follows the body that takes over his cell.

From the ceremony on a candidate stands where his membership stands. Resolutions, votes and decisions stay with the body
that took them.
"""

from admissions.enums import ENDED_STATES
from admissions.models import Candidate, StepTaken
from cells.changes.undoing import new_ids
from cells.ports import Touched, TreePort


def touched(organisation_ids, on):
    """People who are helped or considered in some organisations."""
    return [Touched(_waiting(organisation_ids).count(), "người đang được giúp đỡ, xét kết nạp")]


def _waiting(organisation_ids):
    rows = Candidate.objects.standing().filter(organisation__in=organisation_ids, member__isnull=True)
    return rows.exclude(state__in=ENDED_STATES)


def refusals(change):
    """A unit that leaves whole takes no candidates along: their files go by the rules for those who move."""
    if change.went_to and (number := _waiting(change.ended_ids).count()):
        yield (
            f"Còn {number} người đang được giúp đỡ, xét kết nạp. Hãy chuyển hồ sơ của từng người đến nơi mới "
            "(06-HD/TW, mục 3.9) hoặc đưa ra khỏi danh sách trước khi chuyển giao."
        )


def carry_out(event, moves, *, on, by):
    """Candidates of a body that ends go to the one that its members go to, else to the heir."""
    rows = Candidate.objects.filter(organisation__in=moves.ended, member__isnull=True)
    kept = {}
    for candidate in rows.select_for_update():
        target = moves.bodies.get(candidate.organisation_id) or event.heir_id
        if target:
            kept[str(candidate.pk)] = candidate.organisation_id
            Candidate.objects.filter(pk=candidate.pk).update(organisation=target)
    return {"candidates": kept}


def depends(event):
    """Candidates listed in what the event made, or gone on since."""
    moved = event.kept.get("admissions", {}).get("candidates", {})
    if number := Candidate.objects.filter(organisation__in=new_ids(event)).exclude(pk__in=moved).count():
        yield f"Tổ chức mới đã đưa {number} người vào danh sách giúp đỡ, xét kết nạp."
    steps = StepTaken.objects.standing().filter(candidate__in=moved, recorded_at__gt=event.recorded_at)
    if number := steps.values("candidate").distinct().count():
        yield f"{number} người được xét kết nạp đã có bước tiếp theo ở tổ chức mới."


def undo(event, kept, *, on, by):
    """Candidates back in the cells that they came from."""
    for candidate, organisation in kept.get("candidates", {}).items():
        Candidate.objects.filter(pk=candidate).update(organisation=organisation)


CANDIDATES_IN_THE_TREE = TreePort(
    name="admissions", touched=touched, refusals=refusals, carry_out=carry_out, depends=depends, undo=undo
)
