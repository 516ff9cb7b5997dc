"""Score frames of the committee for this year's season, a draft of one base, and a few members scored on them."""

from datetime import date
from decimal import Decimal

from evaluations.actions.frames import FrameEntry, edit_frame, found_frame, issue_frame
from evaluations.actions.scores import ScoresEdit, save_scores
from evaluations.enums import Appendix, SheetState
from evaluations.frames import pattern_set, patterns
from evaluations.models import RatingSheet
from evaluations.scores import read_scores

MAXIMA = {  # how the committee of the demo splits 30 and 70 over the groups of the appendix; () leaves them whole
    Appendix.PL3: {"general": (8, 8, 7, 4, 3), "results": (35, 25, 10)},
    Appendix.PL4: {"general": (15, 10, 5), "results": ()},
    Appendix.PL5: {"general": (20, 10), "results": (40, 15, 15)},
    Appendix.PL1: {"general": (5, 5, 5, 5, 5, 5), "results": (50, 20)},
}
SCORED = 5  # members


def issue_frames(tree, on, *, by):
    """The frames that the season of this year takes, and a copy that a base has begun to change."""
    known = pattern_set(on.year)
    if known is None:
        return
    day = min(on, date(on.year, 10, 15))
    for number, (appendix, maxima) in enumerate(MAXIMA.items(), start=11):
        frame = found_frame(FrameEntry(tree.root, known.code, appendix), on=day, by=by)
        frame = edit_frame(frame, revision=frame.revision, values=_split(frame, maxima), by=by)
        frame = issue_frame(frame, number=f"{number}-HD/ĐU", issued_on=day, revision=frame.revision, by=by)
        if appendix == Appendix.PL4:
            found_frame(FrameEntry(tree.story.deciding_base, known.code, appendix, source=frame), on=day, by=by)


def _split(frame, maxima):
    groups = patterns(frame.rule_code)[frame.appendix].groups
    values = {}
    for root, parts in maxima.items():
        rows = frame.criteria.filter(parent__root=root)
        for row, group, most in zip(rows, groups[root], parts, strict=True):
            values[row.pk] = (group.name, Decimal(most))
    return values


def score_some(tree, on, *, by):
    """Own points of the first members of a cell that is still writing; they add up to what its sheet already says."""
    rows = RatingSheet.objects.for_page().filter(season__year=on.year, state=SheetState.DRAFT, held_on__isnull=False)
    sheet = rows.exclude(organisation=tree.story.story_cell).order_by("organisation__path").first()
    if sheet is None or not sheet.frames:
        return
    reviews = sheet.reviews.select_related("member").filter(points__isnull=False)[:SCORED]
    people = read_scores(sheet, list(reviews), by).people
    edits = {each.review.pk: ScoresEdit(0, spread(each.tree.leaves, each.review.points)) for each in people}
    save_scores(sheet, kind="own", edits=edits, by=by)


def spread(leaves, total):
    """Full marks from the first leaf on, as far as the total goes."""
    points = {}
    for leaf in leaves:
        points[leaf.key] = min(leaf.node.maximum, total)
        total -= points[leaf.key]
    return points
