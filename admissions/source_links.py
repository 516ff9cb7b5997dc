"""Pages of admission about a body, shown on the page of the body."""

from django.urls import reverse
from django.utils import timezone

from cells.permissions import Permission as P


def body_links(organisation, user):
    """The people of the body on their way, and the plan and results of this year, for whoever reads each."""
    return [*_people(organisation, user), *_results(organisation, user)]


def _people(organisation, user):
    if user.may(P.ADMISSIONS_VIEW, organisation):
        yield "Người được giúp đỡ vào Đảng", f"{reverse('admissions:candidates')}?organisation={organisation.pk}"


def _results(organisation, user):
    if user.may(P.REPORTS_VIEW, organisation):
        year = timezone.localdate().year
        words = f"Phát triển đảng viên năm {year}: kế hoạch, kết quả, chất lượng"
        yield words, reverse("admissions:board", args=[organisation.pk, year])
