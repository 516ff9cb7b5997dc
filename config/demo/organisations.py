"""Organisations rated: those of last year all decided one level up, a few of this year sent, one given back."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from config.demo.frames import spread
from evaluations.enums import OrganisationState
from evaluations.frames import trees_of
from evaluations.models import OrganisationDecision, OrganisationGrade, OrganisationPoints, OrganisationReview, Season
from evaluations.rules.score_frame import GENERAL, RESULTS
from evaluations.season_rules import rule_book

LEVELS = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
BOUNDS = (13, 91, 99, 100)  # of a hundred organisations, so many at the level or better
STEP = 37  # has no divisor in common with a hundred: neighbours differ
WORK = {  # points of both groups; tasks: total, undone, late, beyond
    "HTXSNV": ("28.5", "65.0", 12, 0, 0, 5),
    "HTTNV": ("26.0", "58.5", 12, 0, 0, 2),
    "HTNV": ("21.0", "43.0", 12, 0, 2, 0),
    "KHTNV": ("15.0", "30.0", 12, 5, 0, 0),
}
TEXTS = {
    "principles": "Tập thể giữ nguyên tắc tập trung dân chủ, thực hiện đúng quy chế làm việc (mẫu).",
    "results": "Các nhiệm vụ trong chương trình công tác năm được triển khai, kiểm tra (mẫu).",
    "faults": "Một số nhiệm vụ triển khai còn chậm; công tác kiểm tra chưa thường xuyên (mẫu).",
    "directions": "Phân công cụ thể, kiểm tra hằng tháng, khắc phục các hạn chế đã nêu (mẫu).",
}
FIELDS = [
    "state", "held_on", "texts", "general_points", "results_points", "tasks_total", "tasks_undone", "tasks_late",
    "tasks_beyond", "undisciplined", "own_level", "return_reason", "sent_at", "version", "changed_by",
]  # fmt: skip
THIS_YEAR = ["sent", "sent", "returned", "sent", "draft", "draft"]
SHOWN = 60  # organisations of this year that have begun


def play_organisations(on, *, by):
    """Results of organisations of last year, and own ratings of this year on their way."""
    for season in Season.objects.filter(year=on.year - 1):
        _decide_all(season, by)
    for season in Season.objects.filter(year=on.year):
        rows = list(season.organisation_reviews.order_by("organisation__path")[:SHOWN])
        for place, review in enumerate(rows):
            _fill(review, place, THIS_YEAR[place % len(THIS_YEAR)], on, by)
        OrganisationReview.objects.bulk_update(rows, FIELDS, 500)
        _score(season, [review for review in rows if review.frame_id and review.points is not None], by)


def _decide_all(season, by):
    """Every organisation of a season rated, one decision for each body that decides."""
    day = date(season.year, 12, 28)
    rows = list(season.organisation_reviews.order_by("organisation__path"))
    for place, review in enumerate(rows):
        _fill(review, place, OrganisationState.DECIDED, date(season.year, 12, 20), by)
    OrganisationReview.objects.bulk_update(rows, FIELDS, 500)
    bodies = dict.fromkeys(review.decider_id for review in rows)
    decisions = {
        body: OrganisationDecision(
            season=season, organisation_id=body, number="04-QĐ/ĐU", decided_on=day, decided_by=by
        )
        for body in bodies
    }  # fmt: skip
    OrganisationDecision.objects.bulk_create(decisions.values(), 500)
    OrganisationGrade.objects.bulk_create((_grade(review, decisions[review.decider_id], by) for review in rows), 500)


def _fill(review, place, state, held_on, by):
    if state == OrganisationState.DRAFT:
        return
    level = _level(place)
    general, results, total, undone, late, beyond = WORK[level]
    review.state, review.own_level, review.held_on, review.texts = state, level, held_on, TEXTS
    review.general_points, review.results_points = Decimal(general), Decimal(results)
    review.tasks_total, review.tasks_undone, review.tasks_late, review.tasks_beyond = total, undone, late, beyond
    review.undisciplined, review.sent_at, review.version, review.changed_by = True, timezone.now(), 2, by
    if state == OrganisationState.RETURNED:
        review.return_reason = "Đề nghị nêu rõ nhiệm vụ vượt yêu cầu (mẫu)"


def _score(season, reviews, by):
    """Own points on the criteria of the frame; they add up to what the rating says."""
    trees = trees_of({review.frame_id for review in reviews}, rule_book(season).rules.score_frame)
    rows = [
        OrganisationPoints(review=each, own=_by_criteria(trees[str(each.frame_id)], each), version=1, changed_by=by)
        for each in reviews
    ]
    OrganisationPoints.objects.bulk_create(rows, 500)


def _by_criteria(tree, review):
    found = {}
    for root, total in ((GENERAL, review.general_points), (RESULTS, review.results_points)):
        top = next(line.path for line in tree.lines if line.node.root == root)
        found |= spread([leaf for leaf in tree.leaves if leaf.path.startswith(top)], total)
    return {key: str(points) for key, points in found.items()}


def _level(place):
    part = place * STEP % BOUNDS[-1]
    return next(level for level, end in zip(LEVELS, BOUNDS, strict=True) if part < end)


def _grade(review, decision, by):
    return OrganisationGrade(
        organisation_id=review.organisation_id, year=decision.season.year, group=review.group, scale="nhiem_vu",
        level=review.own_level, is_exemplary=review.own_level == LEVELS[0] and review.organisation_id % 5 == 0,
        review=review, decision=decision, recorded_by=by,
    )  # fmt: skip
