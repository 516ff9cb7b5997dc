"""What a cell has not finished of the yearly review."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from evaluations.enums import WITH_CELL, SeasonState
from evaluations.models import OrganisationReview, RatingSheet
from members.ports import OpenWork


def open_work(organisation, day):
    """Sheets of open seasons and own ratings of the cell that it has not sent."""
    own = OrganisationReview.objects.unsent().filter(season=OuterRef("season"), organisation=organisation)
    rows = RatingSheet.objects.filter(organisation=organisation, season__state=SeasonState.OPEN)
    rows = rows.annotate(own_rating=Subquery(own.values("pk")[:1])).order_by("season__year")
    return [work for row in rows.values_list("season__year", "pk", "state", "own_rating") for work in _of_season(*row)]


def _of_season(year, sheet, state, own_rating):
    if state in WITH_CELL:
        yield OpenWork(f"danh sách xếp loại năm {year} chưa gửi", 1, reverse("evaluations:sheet", args=[sheet]))
    if own_rating:
        address = reverse("evaluations:organisation", args=[own_rating])
        yield OpenWork(f"bản tự xếp loại chi bộ năm {year} chưa gửi", 1, address)
