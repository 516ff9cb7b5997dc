"""What the points of a member add up to, and the total that his review shows for it."""

from decimal import Decimal

from config.lib.workflow import NotAllowed
from evaluations.enums import PointSet
from evaluations.rules import number_text
from evaluations.rules.own_score import Groups, own_score
from evaluations.rules.score_frame import GENERAL, RESULTS, points_problems, sums_of, total_of

STEP = Decimal("0.1")  # a total is stored with one decimal
TOTALS = ["own_points", "points", "decided_points", "is_scored"]


def group_sums(tree, points):
    """The sums of the two groups of criteria, each None until it is whole."""
    sums = sums_of(tree.lines, points)
    roots = {line.node.root: sums[line.key].total for line in tree.lines if line.node.root}
    return Groups(roots[GENERAL], roots[RESULTS])


def own_score_of(review, tree, own, written):
    """The one truth about the member's own points: `own` those scored, `written` his self-review or None."""
    typed = review.own_points if review.is_scored else review.points
    return own_score(
        scored=group_sums(tree, own) if own else None,
        written=kept_groups(written),
        sheet=None if own else typed,
    )


def kept_groups(written):
    """Points that an earlier version kept with the self-review; None where there are none."""
    if written is None or (written.own_general is None and written.own_results is None):
        return None
    return Groups(written.own_general, written.own_results)


def refuse_wrong(who, rules, tree, points):
    """NotAllowed for points that break the frame (366-QĐ/TW, Điều 10), or whose total cannot be stored."""
    if problems := points_problems(rules, tree.lines, points):
        raise NotAllowed(f"{who}: {problems[0].message}")
    total = total_of(tree.lines, points).total
    if total is not None and total % STEP:
        raise NotAllowed(f"{who}: tổng {number_text(total)} điểm chỉ được lẻ đến 0,1. Hãy xem lại điểm lẻ.")


def sum_up(person, kind):
    """Write the totals of all sets into the review after the set `kind` was written.

    A total that was typed on the sheet stays the member's own while nothing is scored in its place. The points of the
    deciding body stand apart: the cell reads the others until its sheet is decided.
    """
    review, row = person.review, person.row
    if row.own:
        review.own_points = person.total(PointSet.OWN).total
    elif kind == PointSet.OWN:
        review.own_points = None
    elif not review.is_scored:
        review.own_points = review.points
    used = person.used_among((PointSet.OWN, PointSet.APPRAISED))
    review.points = person.total(used).total if used else review.own_points
    review.decided_points = person.total(PointSet.DECIDED).total
    review.is_scored = bool(row.own or row.appraised)
