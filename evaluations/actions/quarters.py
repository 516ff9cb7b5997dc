"""The quarterly follow-up written down, a whole cell in one act; a version is voided when the next one is written."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from evaluations.enums import NEEDS_NO_NOTE, QuarterNotRated
from evaluations.models import QuarterRating
from evaluations.quarter_fields import DECIDED, NOT_RATED, NOTE, OF_DECIDERS, is_empty, is_untouched, written_points
from evaluations.quarters import read_unit
from evaluations.rules.quarterly import Quarter

WRITTEN_ON = "ghi tiếp bản chưa có kết quả"
VOID = ["voided_at", "voided_by", "void_reason"]


@dataclass(frozen=True)
class QuarterEdit:
    """Values typed for one row, and what the page had shown of it (`seen_mark`)."""

    values: dict[str, Any]
    seen: str


@dataclass(frozen=True)
class QuarterEntry:
    """Rows of one page by key, the decision behind newly decided levels, why results are corrected, whose day it is.

    `body` None: the person writes own levels and points, decided levels stay as they are.
    """

    quarter: Quarter
    rows: dict[str, QuarterEdit]
    on: date
    body: Any = None
    number: str = ""
    decided_on: date | None = None
    correction: str = ""


@dataclass
class QuarterSaved:
    """What became of a page: rows written, rows that somebody else wrote meanwhile, by key."""

    written: list = field(default_factory=list)
    clashes: list = field(default_factory=list)


class QuarterRefused(NotAllowed):
    """Nothing was written; `problems` say why, by row."""

    def __init__(self, problems):
        super().__init__("Chưa ghi được: xem các dòng được đánh dấu.")
        self.problems = problems


@transaction.atomic
def save_quarter(organisation, *, entry, by):
    """Write the rows that were changed on one page; a row that changed meanwhile is left as it is and answered.

    Drafts may be incomplete. A decided level needs body, number and day; a result changes only with a reason.
    """
    unit = _open_unit(organisation, entry.quarter, entry.on)
    saved, changed, problems = QuarterSaved(), [], {}
    for row in unit.rows:
        edit = entry.rows.get(row.key)
        values = _typed(row, edit, entry) if edit else row.values
        if values == row.values or is_untouched(edit.seen, {**row.values, **edit.values}):
            continue
        if row.seen != edit.seen:
            saved.clashes.append(row.key)
        elif words := _problem(row, values, entry):
            problems[row.key] = words
        else:
            changed.append((row, values))
    if problems:
        raise QuarterRefused(problems)
    _void([row.rating for row, _ in changed if row.rating], entry.correction, by)
    new = [_rating(unit, row, values, entry, by) for row, values in changed]
    QuarterRating.objects.bulk_create(rating for rating in new if rating)
    saved.written = [row.key for row, _ in changed]
    if changed:
        record("evaluations.save_quarter", unit.organisation, by=by, data=_log(entry, changed))
    return saved


@transaction.atomic
def follow_member(organisation, *, quarter, member, reason, on, by):
    """Follow somebody in a quarter whom the record does not name: a head outside the Party, or one of the people."""
    unit = _open_unit(organisation, quarter, on)
    if member.pk not in {each.pk for each in unit.rest}:
        raise NotAllowed("Đồng chí này đã có trong danh sách, hoặc không sinh hoạt ở chi bộ này vào ngày cuối quý.")
    rating = QuarterRating.objects.create(
        organisation=unit.organisation,
        member=member,
        year=quarter.year,
        quarter=quarter.number,
        added_reason=reason,
        recorded_by=by,
    )
    data = {"quarter": quarter.name, "year": quarter.year, "reason": reason}
    record("evaluations.follow_member", rating, by=by, data=data)
    return rating


@transaction.atomic
def void_quarter(rating, *, reason, by):
    """Void what was written of somebody in a quarter; who was added goes from the list, others are written anew."""
    Organisation.objects.select_for_update().get(pk=rating.organisation_id)
    row = QuarterRating.objects.standing().select_related("member", "organisation").filter(pk=rating.pk).first()
    if row is None:
        raise NotAllowed("Mục này đã được người khác sửa hoặc hủy. Hãy tải lại trang.")
    row.void(reason, by)
    data = {"quarter": row.quarter_name, "year": row.year, "reason": reason, "level": row.decided_level}
    record("evaluations.void_quarter", row, by=by, data=data)
    return row


def _open_unit(organisation, quarter, on):
    """The quarter of a cell, locked, while it is followed there and has begun."""
    place = Organisation.objects.select_for_update().get(pk=organisation.pk)
    unit = read_unit(place, quarter.year, quarter.number)
    if unit is None:
        raise NotAllowed(
            f"{place} không theo dõi, đánh giá {quarter}. Cấp ủy bật việc này ở mục Quy tắc "
            "(khoản 1 Điều 15 Quy định 366-QĐ/TW)."
        )
    if on < quarter.start:
        raise NotAllowed(f"{quarter} chưa bắt đầu nên chưa ghi được.")
    return unit


def _typed(row, edit, entry):
    """What is to stand in the row; who does not decide leaves the decided level and points."""
    kept = {} if entry.body else {name: row.values[name] for name in OF_DECIDERS if name in row.values}
    return {**row.values, **edit.values, **kept}


def _problem(row, values, entry):
    """What stands against the new values of a row, in words, or nothing."""
    decided, reason = values[DECIDED], values[NOT_RATED]
    if decided and reason:
        return "Đã có mức quyết định thì không chọn lý do không đánh giá."
    if row.rating and row.rating.is_final and not entry.correction:
        return "Dòng này đã có kết quả: hãy ghi lý do sửa ở cuối trang."
    if decided and decided != row.values[DECIDED] and not (entry.number and entry.decided_on):
        return "Ghi mức quyết định thì ghi số và ngày quyết định ở cuối trang."
    if decided and decided != row.values[DECIDED] and entry.decided_on < entry.quarter.start:
        return f"Ngày quyết định trước khi {entry.quarter} bắt đầu."
    if decided and row.skip and not values[NOTE]:
        return f"Hồ sơ cho thấy không đánh giá trong quý. {row.skip.words} Nếu vẫn đánh giá, hãy ghi lý do ở ô ghi chú."
    return _reason_problem(row, reason, values[NOTE])


def _reason_problem(row, reason, note):
    """A reason that a person chose is explained, unless the record says the same or the authority need not say more."""
    if row.is_collective and reason:
        return "Lý do không đánh giá chỉ dành cho cá nhân."
    if not reason or note or reason in NEEDS_NO_NOTE or (row.skip and row.skip.code == reason):
        return ""
    return f"“{QuarterNotRated(reason).label}” không có trong hồ sơ: hãy ghi căn cứ ở ô ghi chú."


def _void(ratings, correction, by):
    now = timezone.now()
    for rating in ratings:
        rating.voided_at, rating.voided_by = now, by
        rating.void_reason = correction if rating.is_final else WRITTEN_ON
    QuarterRating.objects.bulk_update(ratings, VOID, 500)


def _rating(unit, row, values, entry, by):
    """The next version of a row; None where nothing is left to say of somebody whom the record names."""
    before = row.rating
    added = before.added_reason if before else ""
    if is_empty(values) and not added:
        return None
    decided = values[DECIDED]
    keeps = before is not None and decided == before.decided_level
    decision = {"body": before.body, "number": before.number, "decided_on": before.decided_on} if keeps else {}
    if decided and not keeps:
        decision = {"body": entry.body, "number": entry.number, "decided_on": entry.decided_on}
    return QuarterRating(
        organisation=unit.organisation,
        member=row.member,
        year=entry.quarter.year,
        quarter=entry.quarter.number,
        version=row.version + 1,
        added_reason=added,
        own_level=values["own_level"],
        points=written_points(values),
        decided_level=decided,
        not_rated_reason=values[NOT_RATED],
        note=values[NOTE],
        recorded_by=by,
        **decision,
    )


def _log(entry, changed):
    """What the log keeps: who, the levels before and after; notes and points stay with the row."""
    rows = [
        {
            "member": str(row.member.pk) if row.member else "",
            "own": values["own_level"],
            "before": row.values[DECIDED] or row.values[NOT_RATED],
            "after": values[DECIDED] or values[NOT_RATED],
        }
        for row, values in changed
    ]
    found = {"quarter": entry.quarter.name, "year": entry.quarter.year, "number": len(changed), "rows": rows}
    decision = {"decision": entry.number, "decided_on": f"{entry.decided_on:%d/%m/%Y}"} if entry.decided_on else {}
    return found | decision | {"correction": entry.correction}
