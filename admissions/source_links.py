"""Pages of admission about a body, shown on the page of the body."""

from django.urls import reverse
from django.utils import timezone

from cells.permissions import Permission as P


def body_links(organisation, user):
    """Plan and results of this year, for whoever reads reports of the body."""
    if not user.may(P.REPORTS_VIEW, organisation):
        return []
    year = timezone.localdate().year
    words = f"Phát triển đảng viên năm {year}: kế hoạch, kết quả, chất lượng"
    return [(words, reverse("admissions:board", args=[organisation.pk, year]))]
