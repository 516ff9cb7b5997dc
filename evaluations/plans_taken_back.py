"""What a deciding body meant to decide, taken back where its members go to another body; the log keeps it."""

from django.db.models import F

from evaluations.models import ReviewPoints


def take_back_plans(reviews):
    """Of a query set of reviews: levels planned, groups under the cap, points of the body that was to decide."""
    points = ReviewPoints.objects.filter(review__in=reviews.values("pk")).exclude(decided={})
    points.update(decided={}, version=F("version") + 1)
    reviews.exclude(planned_level="").update(planned_level="", planned_reason="")
    reviews.exclude(cap_group=None).update(cap_group=None)
    reviews.exclude(decided_points=None).update(decided_points=None, version=F("version") + 1)
