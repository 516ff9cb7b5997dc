"""What a person settles about one member before the sheet is sent: eligibility against the rule, doors, leniency."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import NotRated, Outcome, SheetState
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
    """Record which doors to "không hoàn thành nhiệm vụ" a person confirmed, and leniency; both need a reason.

    The cell confirms while it has the sheet, afterwards the body that has it. Leniency is for the competent body, which
    answers for it (366-QĐ/TW, Điều 11): a cell that does not decide itself leaves what was found about it.
    """
    review = _in_hand(review)
    sheet = review.sheet
    weighs = not sheet.is_with_cell or sheet.decides_itself
    if (findings.doors or findings.lenient) and not reason:
        raise NotAllowed("Hãy ghi căn cứ của trường hợp được xác nhận.")
    if findings.lenient and not weighs:
        raise NotAllowed(
            "Việc giảm nhẹ do cấp có thẩm quyền xem xét và chịu trách nhiệm. Chi bộ ghi ý kiến ở phần căn cứ, lý do."
        )
    _refuse_what_does_not_apply(findings, rule_book(sheet.season).rules)
    review.doors, review.is_leader = list(findings.doors), findings.is_leader
    review.is_leader_settled = findings.is_leader != bool(review.leader_posts)
    review.lenient = findings.lenient if weighs else review.lenient
    if reason:
        setattr(review, "reason" if sheet.is_with_cell else "weighed_reason", reason)
    _save(review, ["doors", "lenient", "is_leader", "is_leader_settled", "reason", "weighed_reason"], by)
    if not sheet.is_with_cell:
        RatingSheet.objects.filter(pk=sheet.pk).update(version=F("version") + 1)  # pages of deciders are out of date
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
    """The review locked, while its sheet may be written by its cell."""
    review = _in_hand(review)
    if not review.sheet.is_with_cell:
        raise NotAllowed("Bảng đã gửi lên cấp trên nên không sửa được. Hãy thu hồi trước.")
    return review


def _in_hand(review):
    """The review locked, while somebody has its sheet: not decided, in an open season."""
    sheet = RatingSheet.objects.select_for_update(of=("self",)).select_related("season").get(pk=review.sheet_id)
    if not sheet.season.is_open or sheet.state == SheetState.DECIDED:
        raise NotAllowed("Bảng đã có quyết định, hoặc đợt xếp loại đã đóng, nên không sửa được nữa.")
    rows = Review.objects.select_related("member", "sheet__organisation", "sheet__season")
    return rows.get(pk=review.pk)


def _save(review, fields, by):
    review.version += 1
    review.changed_at, review.changed_by = timezone.now(), by
    review.save(update_fields=[*fields, "version", "changed_at", "changed_by"])
