"""What a deciding body means to decide, member by member, before it decides on all its cells in one act."""

from django.db import transaction

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import WITH_STATION
from evaluations.models import RatingSheet, Review
from evaluations.rules.chain import DECIDE
from evaluations.season_rules import rule_book


class PlanRefused(NotAllowed):
    """Lines that cannot be planned so; `problems` maps review ids to words."""

    def __init__(self, problems):
        super().__init__(f"Chưa lưu dự kiến: {len(problems)} đảng viên cần xem lại.")
        self.problems = problems


@transaction.atomic
def plan(sheet, *, levels, version, by):
    """Keep the levels that the deciding body intends for members of one sheet, `{review id: (level, reason)}`.

    Another level than the cell proposed needs a reason; the level that was agreed before it takes a plan away. Nothing
    is on file until the body decides. PlanRefused names lines; a sheet changed since `version` is refused.
    """
    sheet = _locked(sheet, version)
    codes = {level.code for level in rule_book(sheet.season).scale.levels}
    changed, problems = [], {}
    for review in sheet.reviews.select_related("member").filter(pk__in=levels):
        level, reason = levels[review.pk]
        if not review.is_due or not review.agreed_level:
            continue
        if level not in codes:
            problems[review.pk] = "hãy chọn mức."
        elif level not in (review.proposed_level, review.agreed_level) and not reason:
            problems[review.pk] = "dự kiến khác mức chi bộ đề nghị thì phải ghi lý do."
        elif _plan_line(review, level, reason):
            changed.append(review)
    if problems:
        raise PlanRefused(problems)
    Review.objects.bulk_update(changed, ["planned_level", "planned_reason"], 100)
    if changed:
        sheet.version += 1
        sheet.save(update_fields=["version"])
        data = {"number": len(changed), "rows": _rows(changed)}
        record("evaluations.plan", sheet, by=by, organisation=sheet.decider, data=data)
    return changed


def _locked(sheet, version):
    """The sheet, locked, with the body that decides, in an open season, as it was when the page was opened."""
    sheet = RatingSheet.objects.select_for_update(of=("self",)).for_page().get(pk=sheet.pk)
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng.")
    if sheet.state not in WITH_STATION or sheet.role != DECIDE:
        raise NotAllowed(f"{sheet.organisation}: bảng không còn chờ cấp quyết định. Hãy tải lại trang.")
    if sheet.version != version:
        raise NotAllowed(
            f"{sheet.organisation}: bảng đã được sửa hoặc có người ghi dự kiến khác sau khi mở trang này. "
            "Hãy xem mức đang lưu cạnh mức vừa chọn rồi lưu lại."
        )
    return sheet


def _plan_line(review, level, reason):
    """Put the plan on a line; whether that changes it."""
    before = review.planned_level, review.planned_reason
    after = ("", "") if level == review.agreed_level else (level, reason)
    review.planned_level, review.planned_reason = after
    return before != after


def _rows(changed):
    return [
        {"member": str(review.member_id), "level": review.planned_level, "reason": review.planned_reason}
        for review in changed
    ]
