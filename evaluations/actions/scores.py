"""Points on the leaves of a frame: kept in the set of who gives them, their totals written into the reviews."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import OF_PERSONS, PointSet, SheetState
from evaluations.frames import trees_of
from evaluations.models import RatingSheet, Review, ReviewPoints
from evaluations.rules import number_text
from evaluations.rules.score_frame import has_points, points_problems, total_of
from evaluations.scores import given, new_points, score_set_of, tree_key, used_total
from evaluations.season_rules import rule_book

KEPT = ["own", "appraised", "decided", "version", "changed_at", "changed_by"]
WRITTEN = ["own_points", "points", "is_scored", "version", "changed_at", "changed_by"]
STEP = Decimal("0.1")  # a total is stored with one decimal


@dataclass(frozen=True)
class ScoresEdit:
    """Points typed for one member over one version of his set, `{key: Decimal, or None for none}`."""

    version: int
    values: dict[str, Any]


@transaction.atomic
def save_scores(sheet, *, kind, edits, by):
    """Keep the points of members of a sheet (`{review id: ScoresEdit}`) in the set `kind`; the reviews not written.

    A member whose points somebody else changed meanwhile is not written and is answered. NotAllowed when it is not
    the turn of that set, or for points that break the frame (366-QĐ/TW, Điều 10).
    """
    sheet, rules = _open_sheet(sheet, kind)
    reviews = sheet.reviews.select_for_update(of=("self",)).select_related("member").filter(pk__in=edits)
    reviews = [review for review in reviews if review.is_due]
    records = {row.review_id: row for row in ReviewPoints.objects.filter(review__in=reviews)}
    trees = trees_of({tree_key(sheet, review, records.get(review.pk)) for review in reviews}, rules)
    changed, clashing = [], []
    for review in reviews:
        row = records.get(review.pk) or new_points(sheet, review)
        tree = trees[tree_key(sheet, review, row)]
        points = _merged(row, kind, edits[review.pk])
        if points == given(row, kind):
            continue
        if row.version != edits[review.pk].version:
            clashing.append(review)
            continue
        _refuse_wrong(review, rules, tree, points)
        setattr(row, kind, {key: str(value) for key, value in points.items()})
        _sum_up(review, row, tree)
        changed.append((review, row))
    _write(changed, by)
    if changed:
        data = {"kind": PointSet(kind).label.lower(), "number": len(changed), "rows": _logged(changed, kind)}
        record("evaluations.save_scores", sheet, by=by, data=data)
    return clashing


def _open_sheet(sheet, kind):
    sheet = RatingSheet.objects.select_for_update(of=("self",)).for_page().get(pk=sheet.pk)
    rules = rule_book(sheet.season).rules.score_frame
    if not has_points(rules):
        raise NotAllowed("Bộ quy tắc của đợt này không chấm điểm.")
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không chấm điểm được nữa.")
    if score_set_of(sheet) != kind:
        state = sheet.get_state_display()
        hint = " Hãy mở xem xét bảng trước." if sheet.state == SheetState.SENT else ""
        raise NotAllowed(
            f"Bảng đang ở trạng thái “{state}” nên không ghi được điểm {PointSet(kind).label.lower()}.{hint}"
        )
    return sheet, rules


def _merged(row, kind, edit):
    points = given(row, kind) | edit.values
    return {key: value for key, value in points.items() if value is not None}


def _refuse_wrong(review, rules, tree, points):
    if problems := points_problems(rules, tree.lines, points):
        raise NotAllowed(f"{review.member}: {problems[0].message}")
    total = total_of(tree.lines, points).total
    if total is not None and total % STEP:
        raise NotAllowed(f"{review.member}: tổng {number_text(total)} điểm chỉ được lẻ đến 0,1. Hãy xem lại điểm lẻ.")


def _sum_up(review, row, tree):
    """The totals that the review shows; None while a set is not whole."""
    review.own_points = total_of(tree.lines, given(row, PointSet.OWN)).total
    review.points = used_total(row, tree).total
    review.is_scored = not row.is_empty


def _write(changed, by):
    now = timezone.now()
    for each in (one for pair in changed for one in pair):
        each.version += 1
        each.changed_at, each.changed_by = now, by
    known = [row for _, row in changed if row.pk]
    ReviewPoints.objects.bulk_create(row for _, row in changed if not row.pk)
    ReviewPoints.objects.bulk_update(known, KEPT, 100)
    Review.objects.bulk_update([review for review, _ in changed], WRITTEN, 100)


def _logged(changed, kind):
    return [
        {"member": str(review.member_id), "points": getattr(row, kind), "total": str(review.points or "")}
        for review, row in changed
    ]


@transaction.atomic
def choose_appendix(review, *, appendix, by):
    """Say after which appendix a member is scored, while he has no points yet."""
    sheet, _ = _open_sheet(review.sheet, PointSet.OWN)
    review = sheet.reviews.select_for_update(of=("self",)).select_related("member").get(pk=review.pk)
    if appendix not in OF_PERSONS:
        raise NotAllowed("Hãy chọn một phụ lục dành cho cá nhân trong danh sách.")
    row = ReviewPoints.objects.filter(review=review).first() or new_points(sheet, review)
    if not row.is_empty:
        raise NotAllowed(f"{review.member} đã được chấm điểm. Hãy xóa trống các điểm rồi mới đổi phụ lục.")
    row.appendix, row.frame_id = appendix, sheet.frames.get(appendix)
    row.version += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    data = {"appendix": row.get_appendix_display()}
    record("evaluations.choose_appendix", review, by=by, organisation=sheet.organisation, data=data)
    return row
