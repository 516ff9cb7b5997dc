"""Points that bodies above raise for the review of a member or of a cell (gợi ý kiểm điểm), and the answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import Outcome
from evaluations.models import RaisedPoint, Season
from evaluations.sheets_locked import locked_sheet
from evaluations.written_fields import seen


@dataclass(frozen=True)
class RaisedPointEntry:
    """What a body raises, and when; `review` None: to the cell as a whole."""

    body: Any
    raised_on: date
    text: str
    review: Any = None


@transaction.atomic
def raise_point(sheet, *, entry, by):
    """Raise a point while the cell still works at its sheet, so that it can answer."""
    sheet = locked_sheet(sheet)
    if entry.body.pk not in sheet.organisation.ancestor_ids() or entry.body.pk == sheet.organisation_id:
        raise NotAllowed("Chỉ cấp trên của chi bộ gợi ý kiểm điểm được (Hướng dẫn 43-HD/BTCTW, mục 1 và 2).")
    if entry.review and (entry.review.sheet_id != sheet.pk or entry.review.outcome == Outcome.OUTSIDE):
        raise NotAllowed("Đồng chí này không kiểm điểm ở chi bộ này trong năm. Hãy chọn người khác.")
    point = RaisedPoint.objects.create(
        season=sheet.season,
        organisation=sheet.organisation,
        member=entry.review.member if entry.review else None,
        body=entry.body,
        raised_on=entry.raised_on,
        text=entry.text,
        recorded_by=by,
    )
    record("evaluations.raise_point", point, by=by, data={"body": entry.body.name, "year": sheet.season.year})
    return point


@transaction.atomic
def answer_raised_point(point, sheet, *, answer, shown, by):
    """Write, or write again, what the cell or its member answers; `shown` is the digest of the answer that was seen."""
    sheet = locked_sheet(sheet)
    point = _standing(point)
    if seen(point.answer) != shown and point.answer != answer:
        raise NotAllowed(
            f"{point.answered_by} vừa ghi giải trình: “{point.answer}”. Nếu vẫn muốn thay, hãy bấm ghi lần nữa."
        )
    point.answer, point.answered_at, point.answered_by = answer, timezone.now(), by
    point.save(update_fields=["answer", "answered_at", "answered_by"])
    record(
        "evaluations.answer_raised_point", point, by=by, organisation=sheet.organisation, data={"body": point.body.name}
    )
    return point


@transaction.atomic
def void_raised_point(point, *, reason, by):
    """Void a point that was entered wrongly, with its answer."""
    season = Season.objects.select_for_update().get(pk=point.season_id)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không hủy gợi ý kiểm điểm được nữa.")
    point = _standing(point)
    point.void(reason, by)
    record("evaluations.void_raised_point", point, by=by, data={"body": point.body.name, "reason": reason})
    return point


def _standing(point):
    """The point locked: whoever answers or voids it second sees what the first one did."""
    rows = RaisedPoint.objects.select_for_update(of=("self",)).standing().filter(pk=point.pk)
    found = rows.select_related("organisation", "body", "member", "answered_by").first()
    if found is None:
        raise NotAllowed("Gợi ý kiểm điểm này đã được hủy trước đó.")
    return found
