"""A decided result of one person annulled and given anew, and such an act voided; every version stays (Mẫu 03)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.actions.decisions import OverCap
from evaluations.cap_groups import cap_data
from evaluations.enums import CapEnforcement, NotRated, SheetState
from evaluations.models import ReRating
from evaluations.reratings import caps_with, locked_review, result_words
from evaluations.season_rules import rule_book
from members.models import AnnualGrade

CHANGED = "Kết quả này vừa được thay đổi ở nơi khác. Hãy xem lại kết quả đang có rồi làm tiếp."


@dataclass(frozen=True)
class ReRatingEntry:
    """The decision of form 03: of which body, its number, day and reason; a level of the season's scale, or why none.

    `version` is that of the review which the person saw.
    """

    organisation: Any
    number: str
    decided_on: date
    reason: str
    version: int
    level: str = ""
    not_rated_reason: str = ""
    over_cap_reason: str = ""


@transaction.atomic
def rerate(review, *, entry, by):
    """Annul the standing result and give another (366-QĐ/TW, Điều 13, khoản 15.3), in a closed season too.

    NotAllowed for a body that neither decided nor stands directly above, and for a result that changed meanwhile;
    OverCap where the group would be further over the cap than it is, until there is a reason.
    """
    sheet, review = locked_review(review)
    book = rule_book(sheet.season)
    _check_entry(sheet, review, entry, book.scale)
    before = _standing_grade(sheet, review)
    _check_day(before, entry)
    cap = _checked_cap(sheet, review, entry, book)
    row = ReRating(
        review=review, organisation=entry.organisation, number=entry.number, decided_on=entry.decided_on,
        reason=entry.reason, before_level=review.decided_level, before_not_rated=review.not_rated_reason,
        before_reason=review.decided_reason, before_grade=before, after_level=entry.level,
        after_not_rated=entry.not_rated_reason, cap=cap_data(cap),
        over_cap_reason=entry.over_cap_reason if cap.is_over else "", recorded_by=by,
    )  # fmt: skip
    before.void(f"Xếp loại lại theo quyết định số {row}: {entry.reason}", by)
    row.after_grade = _graded_anew(row, before, by)
    row.save(force_insert=True)
    _set_result(review, (entry.level, entry.not_rated_reason, entry.reason), by)
    record("evaluations.rerate", review, by=by, data=_log_data(row, book.scale))
    return row


@transaction.atomic
def void_rerating(rerating, *, reason, by):
    """Void a re-rating that was entered wrongly: the result before it stands again. Refused unless it is the last.

    A correction is not refused for what it brings to light: the cap with that result stands in the log.
    """
    sheet, review = locked_review(rerating.review)
    row = ReRating.objects.standing().select_related("before_grade", "after_grade").filter(pk=rerating.pk).first()
    if row is None:
        raise NotAllowed("Lần xếp loại lại này đã được hủy trước đó.")
    if row.after_grade.voided_at or row.after_grade.member_id != review.member_id:
        raise NotAllowed(
            "Sau lần này kết quả đã được xếp loại lại hoặc được thay trong hồ sơ. Hãy hủy lần thay đổi sau cùng trước."
        )
    book = rule_book(sheet.season)
    cap = caps_with(review, sheet, row.before_level, book)[1].cap
    row.void(reason, by)
    row.after_grade.void(f"Hủy lần xếp loại lại theo quyết định số {row}: {reason}", by)
    again = _copy(row.before_grade, review.member_id, by)
    # the one before, if any, led to the result that stands again
    ReRating.objects.standing().filter(after_grade=row.before_grade).update(after_grade=again)
    _set_result(review, (row.before_level, row.before_not_rated, row.before_reason), by)
    data = _log_data(row, book.scale) | {"reason": reason, "cap": cap_data(cap)}
    record("evaluations.void_rerating", review, by=by, data=data)
    return row


def _check_entry(sheet, review, entry, scale):
    if sheet.state != SheetState.DECIDED:
        raise NotAllowed("Đảng viên này chưa có quyết định xếp loại nên chưa xếp loại lại được.")
    if entry.version != review.version:
        raise NotAllowed(CHANGED)
    if entry.organisation.pk not in (sheet.decider_id, sheet.decider.parent_id):
        raise NotAllowed(
            f"Chỉ cấp đã quyết định ({sheet.decider}) hoặc cấp ủy trên trực tiếp được xếp loại lại "
            "(366-QĐ/TW, Điều 13). Hãy chọn lại cấp quyết định."
        )
    if not (entry.number and entry.reason):
        raise NotAllowed("Hãy ghi số quyết định và lý do xếp loại lại.")
    known = {level.code for level in scale.levels}
    rated, not_rated = entry.level in known, entry.not_rated_reason in NotRated.values
    if rated == not_rated or (entry.level and not rated):
        raise NotAllowed("Hãy chọn một mức của thang xếp loại năm này, hoặc không xếp loại kèm lý do.")
    if (entry.level, entry.not_rated_reason) == (review.decided_level, review.not_rated_reason):
        raise NotAllowed(
            f"Kết quả đang có đã là “{result_words(scale, entry.level, entry.not_rated_reason)}”; "
            "không có gì thay đổi để quyết định lại."
        )


def _standing_grade(sheet, review):
    """The result on file that this sheet gave; NotAllowed when another one stands, or none."""
    rows = AnnualGrade.objects.of_year(sheet.season.year).select_for_update(of=("self",))
    grade = rows.select_related("organisation").filter(member=review.member_id).first()
    if grade is None:
        raise NotAllowed(
            f"Hồ sơ của {review.member} không còn kết quả năm {sheet.season.year} do bảng này ghi "
            "(hồ sơ đã gộp hoặc kết quả đã hủy). Hãy kiểm tra hồ sơ trước."
        )
    if (grade.organisation_id, grade.level) != (sheet.organisation_id, review.decided_level):
        raise NotAllowed(
            f"Kết quả năm {sheet.season.year} đang có trong hồ sơ do {grade.organisation} ghi "
            f"({grade.decision or 'không ghi số quyết định'}), không phải của bảng này. Hãy hủy kết quả đó trước."
        )
    return grade


def _check_day(before, entry):
    if before.decided_on and entry.decided_on < before.decided_on:
        raise NotAllowed(
            f"Ngày quyết định {entry.decided_on:%d/%m/%Y} trước ngày của quyết định đang có hiệu lực "
            f"({before.decided_on:%d/%m/%Y}). Hãy kiểm tra lại."
        )
    if not entry.organisation.versions.on(entry.decided_on).exists():
        raise NotAllowed(
            f"Ngày {entry.decided_on:%d/%m/%Y} không có {entry.organisation}. Hãy chọn cấp đang có vào ngày đó."
        )


def _checked_cap(sheet, review, entry, book):
    """The cap with the new level. What makes an excess larger needs a reason; one more HTXSNV may be stopped wholly."""
    before, group = caps_with(review, sheet, entry.level, book)
    now, cap, enforcement = before.cap, group.cap, sheet.season.cap_enforcement
    if cap.over_by <= max(now.over_by, 0) or enforcement == CapEnforcement.OFF:
        return cap
    words = group.over_words(sheet.decider)
    if enforcement == CapEnforcement.BLOCK and entry.level == book.scale.levels[0].code:
        raise OverCap(cap, f"{words} Đợt này không cho quyết định vượt tỷ lệ.")
    if not entry.over_cap_reason:
        raise OverCap(cap, f"{words} Hãy ghi lý do vượt tỷ lệ.")
    return cap


def _graded_anew(row, before, by):
    """The result of a re-rating on file."""
    return AnnualGrade.objects.create(
        member_id=before.member_id, year=before.year, scale=before.scale, level=row.after_level,
        not_rated_reason=row.after_not_rated, reason_text=row.get_after_not_rated_display(),
        organisation_id=before.organisation_id, decided_on=row.decided_on, decision=str(row), recorded_by=by,
    )  # fmt: skip


def _copy(grade, member_id, by):
    """The same result on file again, entered today."""
    return AnnualGrade.objects.create(
        member_id=member_id, year=grade.year, scale=grade.scale, level=grade.level,
        not_rated_reason=grade.not_rated_reason, reason_text=grade.reason_text,
        organisation_id=grade.organisation_id, decided_on=grade.decided_on, decision=grade.decision, recorded_by=by,
    )  # fmt: skip


def _set_result(review, result, by):
    review.decided_level, review.not_rated_reason, review.decided_reason = result
    review.version += 1
    review.changed_at, review.changed_by = timezone.now(), by
    review.save(
        update_fields=["decided_level", "not_rated_reason", "decided_reason", "version", "changed_at", "changed_by"]
    )


def _log_data(row, scale):
    return {
        "number": row.number,
        "date": f"{row.decided_on:%d/%m/%Y}",
        "body": str(row.organisation),
        "before": result_words(scale, row.before_level, row.before_not_rated),
        "after": result_words(scale, row.after_level, row.after_not_rated),
        "reason": row.reason,
        "cap": row.cap,
        "over_cap_reason": row.over_cap_reason,
    }
