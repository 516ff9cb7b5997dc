"""Points on the leaves of a frame: kept in the set of who gives them, their totals written into the reviews."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import OF_PERSONS, PointSet, SheetState
from evaluations.models import RatingSheet, Review, ReviewPoints, WrittenReview
from evaluations.rules.own_score import PLACES, SHEET, WRITTEN
from evaluations.rules.score_frame import GENERAL, RESULTS, has_points
from evaluations.score_totals import TOTALS, kept_groups, refuse_wrong, sum_up
from evaluations.scores import given, people_of, score_set_of
from evaluations.season_rules import rule_book

KEPT = ["appendix", "frame", "own", "appraised", "decided", "version", "changed_at", "changed_by"]
CHANGED = ["version", "changed_at", "changed_by"]


@dataclass(frozen=True)
class ScoresEdit:
    """Points typed for one member over one version of his set (None: an unknown one), `{key: Decimal, or None}`."""

    version: int | None
    values: dict[str, Any]

    @property
    def says_something(self):
        """Whether any points were typed at all."""
        return any(value is not None for value in self.values.values())


@transaction.atomic
def save_scores(sheet, *, kind, edits, by):
    """Keep the points of members of a sheet (`{review id: ScoresEdit}`) in the set `kind`; the reviews not written.

    A member whose points somebody else changed meanwhile is not written and is answered. NotAllowed when it is not
    the turn of that set, or for points that break the frame (366-QĐ/TW, Điều 10).
    """
    sheet, book = _open_sheet(sheet, kind)
    reviews = sheet.reviews.select_for_update(of=("self",)).select_related("member").filter(pk__in=edits)
    changed, clashing, before = [], [], {}
    for person in people_of(sheet, list(reviews), book):
        edit = edits[person.review.pk]
        points = _merged(person.row, kind, edit)
        if points == given(person.row, kind):
            continue
        if person.row.version != edit.version:
            clashing.append(person.review)
            continue
        refuse_wrong(person.name, book.rules.score_frame, person.tree, points)
        before[person.review.pk] = _replaced(person, kind)
        _put_aside(person, kind)
        setattr(person.row, kind, _texts(points))
        sum_up(person, kind)
        changed.append(person)
    _write(changed, by)
    if changed:
        rows = [_logged(person, kind) | before[person.review.pk] for person in changed]
        data = {"kind": PointSet(kind).label.lower(), "number": len(changed), "rows": rows}
        whose = sheet.decider if kind == PointSet.DECIDED else sheet.organisation
        record("evaluations.save_scores", sheet, by=by, organisation=whose, data=data)
    return clashing


def _open_sheet(sheet, kind):
    sheet = RatingSheet.objects.select_for_update(of=("self",)).for_page().get(pk=sheet.pk)
    book = rule_book(sheet.season)
    if not has_points(book.rules.score_frame):
        raise NotAllowed("Bộ quy tắc của đợt này không chấm điểm.")
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không chấm điểm được nữa.")
    if score_set_of(sheet) != kind:
        state = sheet.get_state_display()
        hint = " Hãy mở xem xét bảng trước." if sheet.state == SheetState.SENT else ""
        raise NotAllowed(
            f"Bảng đang ở trạng thái “{state}” nên không ghi được điểm {PointSet(kind).label.lower()}.{hint}"
        )
    return sheet, book


def _merged(row, kind, edit):
    points = given(row, kind) | edit.values
    return {key: value for key, value in points.items() if value is not None}


def _texts(points):
    return {key: str(value) for key, value in points.items()}


def _replaced(person, kind):
    """The total that stood elsewhere and gives way to own points scored now, for the log."""
    own = person.own
    gives_way = kind == PointSet.OWN and not person.row.own and own.total is not None
    return {"replaced": str(own.total)} if gives_way else {}


def _put_aside(person, kind):
    """Own points that are scored take the place of those that an earlier version kept with the self-review.

    Where the two differed before, both stay until somebody chooses.
    """
    written = person.proposal.written
    if kind == PointSet.OWN and kept_groups(written) and not person.own.differing:
        written.own_general = written.own_results = None
        written.version += 1
        written.save(update_fields=["own_general", "own_results", "version"])


def _write(changed, by):
    now = timezone.now()
    for each in (one for person in changed for one in (person.review, person.row)):
        each.version += 1
        each.changed_at, each.changed_by = now, by
    rows = [person.row for person in changed]
    known = [row for row in rows if row.pk]
    ReviewPoints.objects.bulk_create(row for row in rows if not row.pk)
    ReviewPoints.objects.bulk_update(known, KEPT, 100)
    Review.objects.bulk_update([person.review for person in changed], [*TOTALS, *CHANGED], 100)


def _logged(person, kind):
    total = person.total(kind).total
    points = getattr(person.row, kind)
    return {"member": str(person.review.member_id), "points": points, "total": "" if total is None else str(total)}


@transaction.atomic
def choose_appendix(review, *, appendix, reason, by):
    """Say after which appendix a member is scored while he has no points; another than his form's needs a reason."""
    sheet, person = _own_turn(review)
    if appendix not in OF_PERSONS:
        raise NotAllowed("Hãy chọn một phụ lục dành cho cá nhân trong danh sách.")
    row = person.row
    if not row.is_empty:
        raise NotAllowed(f"{person.name} đã được chấm điểm. Hãy xóa trống các điểm rồi mới đổi phụ lục.")
    follows = appendix == person.proposal.appendix
    if not follows and not reason:
        raise NotAllowed(f"Chấm theo phụ lục khác thì phải ghi lý do. {person.proposal.words}")
    row.appendix, row.frame_id = appendix, sheet.frames.get(appendix)
    row.appendix_reason = "" if follows else reason
    row.version += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    data = {"appendix": row.get_appendix_display(), "reason": row.appendix_reason}
    record("evaluations.choose_appendix", person.review, by=by, organisation=sheet.organisation, data=data)
    return row


def _own_turn(review):
    """(sheet, person) while the cell gives the member's own points."""
    sheet, book = _open_sheet(review.sheet, PointSet.OWN)
    rows = sheet.reviews.select_for_update(of=("self",)).select_related("member")
    found = people_of(sheet, [rows.get(pk=review.pk)], book)
    if not found:
        raise NotAllowed(f"{review.member} không thuộc đối tượng xếp loại nên không chấm điểm.")
    return sheet, found[0]


@transaction.atomic
def choose_own_score(review, *, keep, by):
    """Settle which of the own points that an earlier version stored in two places counts; the log keeps both.

    NotAllowed where nothing differs, or for a place that has none.
    """
    sheet, person = _own_turn(review)
    own = person.own
    if keep not in [each.place for each in own.differing]:
        raise NotAllowed("Điểm tự chấm không còn ghi khác nhau ở hai nơi. Hãy tải lại trang để xem điểm đang có.")
    before = dict(person.row.own)
    if keep == WRITTEN:
        _take_written(person)
    if keep == SHEET:
        person.review.own_points = person.review.points
    if keep != WRITTEN or person.tree.frame is None:
        WrittenReview.objects.filter(pk=person.proposal.written.pk).update(own_general=None, own_results=None)
    _write([person], by)
    data = {"kept": PLACES[keep], "stored": own.difference, "points": before}
    record("evaluations.choose_own_score", person.review, by=by, organisation=sheet.organisation, data=data)
    return person.review


def _take_written(person):
    """Let the points kept with the self-review count: as the two groups, or as a total where a frame has criteria."""
    review, row, groups = person.review, person.row, kept_groups(person.proposal.written)
    if person.tree.frame is None:
        points = {GENERAL: groups.general, RESULTS: groups.results}
        row.own = _texts({key: value for key, value in points.items() if value is not None})
        sum_up(person, PointSet.OWN)
        return
    row.own = {}
    sum_up(person, PointSet.OWN)
    review.points = review.own_points = groups.total
