"""What a cell has not finished of the yearly review."""

from django.urls import reverse

from evaluations.enums import WITH_CELL, SeasonState
from evaluations.models import RatingSheet
from members.ports import OpenWork


def open_work(organisation, day):
    """Sheets of open seasons that the cell has not sent."""
    rows = RatingSheet.objects.filter(organisation=organisation, state__in=WITH_CELL, season__state=SeasonState.OPEN)
    return [
        OpenWork(f"danh sách xếp loại năm {year} chưa gửi", 1, reverse("evaluations:sheet", args=[key]))
        for key, year in rows.order_by("season__year").values_list("pk", "season__year")
    ]
