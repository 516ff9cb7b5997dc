"""What merging two records of one person does to their reviews.

A review goes to the record that stays, with what was written for it. Where both were reviewed in one season, the
sheets must be decided first; then each paper stays as it was signed, the second review with the record that was merged.
"""

from django.db.models import Exists, OuterRef

from evaluations.enums import SheetState
from evaluations.models import QuarterRating, RaisedPoint, ResidenceComment, Review, WrittenReview
from evaluations.screening_merging import TABLES, carry_screening, give_back_screening
from members.ports import MergePort


def refusals(survivor, merged):
    """Seasons in which both are on sheets that nobody has decided yet."""
    reviews = list(_reviews(survivor, merged))
    mine = {review.sheet.season_id: review for review in reviews if review.member_id == survivor.pk}
    found = []
    for review in reviews:
        other = mine.get(review.sheet.season_id) if review.member_id == merged.pk else None
        if other and {review.sheet.state, other.sheet.state} != {SheetState.DECIDED}:
            found.append(
                f"Cả hai hồ sơ đều có trong danh sách xếp loại năm {review.sheet.season.year} "
                f"({other.sheet.organisation}; {review.sheet.organisation}). Hãy để cấp có thẩm quyền quyết định xong "
                "hoặc bỏ bớt một người khỏi danh sách trước."
            )
    return found


def _reviews(*members):
    return Review.objects.filter(member__in=members).select_related("sheet__season", "sheet__organisation")


def carry_out(survivor, merged):
    """Move the reviews of seasons in which the survivor has none."""
    seasons = Review.objects.filter(member=survivor).values("sheet__season")
    moving = list(Review.objects.filter(member=merged).exclude(sheet__season__in=seasons).values_list("pk", flat=True))
    Review.objects.filter(pk__in=moving).update(member=survivor)
    papers = _carry_papers(survivor, merged)
    return {
        "reviews": [str(pk) for pk in moving],
        "papers": papers,
        "quarters": _carry_quarters(survivor, merged),
        "screening": carry_screening(survivor, merged),
    }


def _carry_quarters(survivor, merged):
    """Quarters of which nothing stands about the survivor go to him, with their earlier versions."""
    known = set(QuarterRating.objects.standing().filter(member=survivor).values_list("year", "quarter"))
    rows = QuarterRating.objects.filter(member=merged).values_list("pk", "year", "quarter")
    moving = [pk for pk, *quarter in rows if tuple(quarter) not in known]
    QuarterRating.objects.filter(pk__in=moving).update(member=survivor)
    return [str(pk) for pk in moving]


def _carry_papers(survivor, merged):
    """Papers of seasons in which the survivor has none of their kind go to him, points all; the others stay."""
    moved = {}
    for model in (WrittenReview, ResidenceComment, RaisedPoint):
        rows = model.objects.filter(member=merged)
        if model is not RaisedPoint:
            alike = ("season", "kind") if model is ResidenceComment else ("season",)
            own = model.objects.filter(member=survivor, **{name: OuterRef(name) for name in alike})
            rows = rows.exclude(Exists(own))
        moved[model._meta.model_name] = [str(pk) for pk in rows.values_list("pk", flat=True)]
        model.objects.filter(pk__in=moved[model._meta.model_name]).update(member=survivor)
    return moved


def depends(merge, kept):
    """Reviews that were written on since."""
    moved = Review.objects.filter(pk__in=kept["reviews"], changed_at__gt=merge.recorded_at)
    return [
        f"Danh sách xếp loại năm {review.sheet.season.year} đã được ghi tiếp cho người này sau khi gộp."
        for review in moved.select_related("sheet__season")
    ]


def undo(merge, kept):
    """Give the reviews back."""
    Review.objects.filter(pk__in=kept["reviews"]).update(member=merge.merged)
    QuarterRating.objects.filter(pk__in=kept.get("quarters", [])).update(member=merge.merged)
    for model in (WrittenReview, ResidenceComment, RaisedPoint):
        rows = model.objects.filter(pk__in=kept.get("papers", {}).get(model._meta.model_name, []))
        rows.update(member=merge.merged)
    give_back_screening(merge.merged, kept.get("screening", {}))


REVIEWS_IN_A_MERGE = MergePort(
    name="evaluations",
    tables=frozenset(
        {
            "evaluations.quarterrating",
            "evaluations.raisedpoint",
            "evaluations.residencecomment",
            "evaluations.review",
            "evaluations.writtenreview",
        }
    )
    | TABLES,
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
