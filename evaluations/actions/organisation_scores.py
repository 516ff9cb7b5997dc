"""Points of a collective on the leaves of its frame, in the set of who gives them; their sums stand in its rating."""

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import OrganisationState, PointSet
from evaluations.models import OrganisationReview, Season
from evaluations.organisation_scores import TOTAL_OF, collective_of
from evaluations.rules.score_frame import has_points
from evaluations.score_totals import STEP, group_sums, refuse_wrong
from evaluations.scores import given
from evaluations.season_rules import rule_book

OWN_SUMS = ["general_points", "results_points"]


@transaction.atomic
def save_organisation_scores(review, *, kind, edit, by):
    """Keep the points of one collective in the set `kind`; the review where somebody else was faster, else None.

    NotAllowed when it is not the turn of that set, for own points without a frame (they are typed on form 01), and
    for points that break the frame (366-QĐ/TW, Điều 10).
    """
    Season.objects.select_for_update().get(pk=review.season_id)  # before the review, as deciding and closing do
    review = OrganisationReview.objects.select_for_update(of=("self",)).for_page().get(pk=review.pk)
    book = rule_book(review.season)
    _refuse_turn(review, kind, book)
    found = collective_of(review, book)
    points = {key: value for key, value in (given(found.row, kind) | edit.values).items() if value is not None}
    if points == given(found.row, kind):
        return None
    if found.row.version != edit.version:
        return review
    refuse_wrong(found.name, book.rules.score_frame, found.tree, points)
    _sum_up(review, found, kind, points)
    _save(found, kind, points, by)
    total = found.total(kind).total
    data = {"kind": PointSet(kind).label.lower(), "points": getattr(found.row, kind), "total": str(total or "")}
    whose = review.decider if kind == PointSet.DECIDED else review.organisation
    record("evaluations.save_organisation_scores", review, by=by, organisation=whose, data=data)
    return None


def _refuse_turn(review, kind, book):
    if not has_points(book.rules.score_frame):
        raise NotAllowed("Bộ quy tắc của đợt này không chấm điểm.")
    if not review.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không chấm điểm được nữa.")
    if kind == PointSet.OWN and review.frame_id is None:
        raise NotAllowed("Tập thể này chưa có khung điểm, chỉ có hai nhóm: hãy ghi điểm tự chấm ở Mẫu 01.")
    turns = {
        PointSet.OWN: review.is_with_organisation,
        PointSet.APPRAISED: review.state == OrganisationState.SENT and review.proposer_id is not None,
        PointSet.DECIDED: review.state == OrganisationState.SENT,
    }
    if not turns.get(kind):
        raise NotAllowed(
            f"Bản tự xếp loại đang ở trạng thái “{review.get_state_display()}” nên chưa đến lượt ghi điểm này."
        )


def _sum_up(review, found, kind, points):
    """The sums that the rating of the collective shows; None while a set is not whole."""
    sums = group_sums(found.tree, points)
    if any(part is not None and part % STEP for part in (sums.general, sums.results)):
        raise NotAllowed(f"{found.name}: điểm của mỗi nhóm chỉ được lẻ đến 0,1. Hãy xem lại điểm lẻ.")
    if kind == PointSet.OWN:
        review.general_points, review.results_points = sums.general, sums.results
    else:
        setattr(review, TOTAL_OF[kind], sums.total)
        review.version += 1  # whoever is about to decide upon other points is told


def _save(found, kind, points, by):
    row, review, now = found.row, found.review, timezone.now()
    setattr(row, kind, {key: str(value) for key, value in points.items()})
    if found.tree.frame is None:
        row.own = {}  # they stand on form 01
    row.version += 1
    row.changed_at, row.changed_by = now, by
    row.save()
    review.changed_at, review.changed_by = now, by
    sums = OWN_SUMS if kind == PointSet.OWN else [TOTAL_OF[kind]]
    review.save(update_fields=[*sums, "version", "changed_at", "changed_by"])
