"""After decisions: a complaint answered and its result given anew in the closed season; one that waits in this one."""

from datetime import date

from evaluations.actions.complaints import answer_complaint, receive_complaint
from evaluations.actions.reratings import ReRatingEntry, rerate
from evaluations.enums import SheetState
from evaluations.models import Review
from members.models import AnnualGrade


def play_after_decisions(tree, on, *, by):
    """What came after two decisions of the base of the story."""
    year = on.year - 1
    review = _decided(tree, year, "HTNV")
    if review:
        received, answered = (min(date(on.year, 1, day), on) for day in (6, 15))
        complaint = receive_complaint(
            review, received_on=received, summary="Đề nghị xem lại việc đánh giá hai nhiệm vụ chậm hạn (mẫu)", by=by
        )
        answer_complaint(
            complaint, answered_on=answered, upheld=True,
            answer="Hai nhiệm vụ được cấp có thẩm quyền cho gia hạn (mẫu)", by=by,
        )  # fmt: skip
        entry = ReRatingEntry(
            organisation=review.sheet.decider, number="03-QĐ/ĐU", decided_on=answered, level="HTTNV",
            reason="Hai nhiệm vụ được gia hạn, hoàn thành đúng hạn mới (mẫu)", version=review.version,
        )  # fmt: skip
        rerate(review, entry=entry, by=by)
    waiting = _decided(tree, on.year, "HTTNV")
    if waiting:
        receive_complaint(waiting, received_on=on, summary="Đề nghị xem lại mức tự nhận (mẫu)", by=by)


def _decided(tree, year, level):
    """The first result of that level which the base of the story decided and which stands on file."""
    rows = Review.objects.filter(
        sheet__season__year=year, sheet__state=SheetState.DECIDED, sheet__decider=tree.story.deciding_base,
        decided_level=level, member__in=AnnualGrade.objects.of_year(year).values("member"),
    )  # fmt: skip
    return rows.select_related("sheet__decider").order_by("sheet__organisation__position", "member__sort_key").first()
