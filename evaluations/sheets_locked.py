"""A sheet and its reviews locked for an act of the cell: they are with the cell, and the season is open."""

from config.lib.workflow import NotAllowed
from evaluations.models import RatingSheet, Review


def locked_sheet(sheet):
    """The sheet locked while the cell may write; NotAllowed says why it may not."""
    rows = RatingSheet.objects.select_for_update(of=("self",)).select_related("season", "organisation")
    sheet = rows.get(pk=sheet.pk)
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không ghi thêm được nữa.")
    if not sheet.is_with_cell:
        raise NotAllowed("Bảng đã gửi lên cấp trên nên chi bộ không ghi được. Hãy thu hồi hoặc đề nghị trả lại trước.")
    return sheet


def locked_review(review):
    """(sheet, review), both fresh, while the cell may write."""
    sheet = locked_sheet(review.sheet)
    return sheet, Review.objects.select_related("member", "sheet__organisation").get(pk=review.pk)
