"""What a person settles about one member before the sheet is sent: eligibility against the rule, doors, leniency."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import NotRated, Outcome
from evaluations.models import RatingSheet, Review
from evaluations.rules import door_name, doors_of
from evaluations.rules.doors import DOOR_NAMES
from evaluations.season_rules import rule_book


@dataclass(frozen=True)
class Findings:
    """What was confirmed about a member: doors to KHTNV by code, leniency, whether he is a leader."""

    doors: tuple
    lenient: bool
    is_leader: bool


@transaction.atomic
def override_eligibility(review, *, outcome, not_rated_reason, reason, by):
    """Settle by hand whether a member is rated; the reason is kept beside what the rule found."""
    review = _with_cell(review)
    if not reason:
        raise NotAllowed("Hãy ghi lý do xét khác quy tắc.")
    if outcome == Outcome.NEEDS_HUMAN or (outcome != Outcome.RATE and not_rated_reason not in NotRated.values):
        raise NotAllowed("Hãy chọn đối tượng, và lý do nếu không xếp loại.")
    before = review.outcome
    review.outcome, review.override_reason = outcome, reason
    review.not_rated_reason = "" if outcome == Outcome.RATE else not_rated_reason
    if outcome != Outcome.RATE:
        review.proposed_level = ""
    fields = ["outcome", "override_reason", "not_rated_reason", "proposed_level"]
    _save(review, fields, by)
    data = {"before": before, "after": outcome, "reason": reason}
    record("evaluations.override_eligibility", review, by=by, data=data)
    return review


@transaction.atomic
def confirm_doors(review, *, findings, reason, by):
    """Record which doors to "không hoàn thành nhiệm vụ" a person confirmed, and leniency; both need a reason."""
    review = _with_cell(review)
    if (findings.doors or findings.lenient) and not reason:
        raise NotAllowed("Hãy ghi căn cứ của trường hợp được xác nhận.")
    _refuse_what_does_not_apply(findings, rule_book(review.sheet.season).rules)
    review.doors, review.lenient = list(findings.doors), findings.lenient
    review.is_leader = findings.is_leader
    review.is_leader_settled = findings.is_leader != bool(review.leader_posts)
    if reason:
        review.reason = reason
    _save(review, ["doors", "lenient", "is_leader", "is_leader_settled", "reason"], by)
    data = {"doors": review.doors, "lenient": review.lenient, "leader": review.is_leader, "reason": reason}
    record("evaluations.confirm_doors", review, by=by, data=data)
    return review


def _refuse_what_does_not_apply(findings, rules):
    """Leaders have doors of their own (366-QĐ/TW, Điều 11); not every regulation knows leniency."""
    known = doors_of(rules.conditions, findings.is_leader)
    if wrong := [code for code in findings.doors if code not in known]:
        whom = "cán bộ lãnh đạo, quản lý" if findings.is_leader else "đảng viên không giữ chức vụ lãnh đạo, quản lý"
        names = "; ".join(door_name(code) if code in DOOR_NAMES else code for code in wrong)
        raise NotAllowed(f"Trường hợp không áp dụng cho {whom}: {names}. Hãy chọn lại trong danh sách.")
    if findings.lenient and not rules.discipline_effect.leniency_self_detected:
        raise NotAllowed("Quy định của năm này không có việc giảm nhẹ khi tự phát hiện, khắc phục. Hãy bỏ đánh dấu.")


def _with_cell(review):
    """The review locked, while its sheet may be written."""
    sheet = RatingSheet.objects.select_for_update(of=("self",)).select_related("season").get(pk=review.sheet_id)
    if not sheet.is_with_cell or not sheet.season.is_open:
        raise NotAllowed("Bảng đã gửi lên cấp trên nên không sửa được. Hãy thu hồi trước.")
    return Review.objects.select_related("member", "sheet__organisation", "sheet__season").get(pk=review.pk)


def _save(review, fields, by):
    review.version += 1
    review.changed_at, review.changed_by = timezone.now(), by
    review.save(update_fields=[*fields, "version", "changed_at", "changed_by"])
