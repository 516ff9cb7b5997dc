"""What a cell has not finished of admission."""

from django.db.models import Count, Q
from django.urls import reverse

from admissions.enums import ENDED_STATES, MEMBER_STATES, ON_PROBATION, State
from admissions.models import Candidate
from members.ports import OpenWork


def open_work(organisation, day):
    """People whom the cell helps or considers, and probationary members whose recognition is on its way."""
    helped = ~Q(state__in=(*ENDED_STATES, *MEMBER_STATES))
    waiting = Q(state__in=ON_PROBATION) & ~Q(state=State.PROBATION)
    rows = Candidate.objects.standing().below(organisation)
    found = rows.aggregate(helped=Count("pk", filter=helped), waiting=Count("pk", filter=waiting))
    address = f"{reverse('admissions:candidates')}?organisation={organisation.pk}"
    return [
        OpenWork("người đang được giúp đỡ, xét kết nạp", found["helped"], address),
        OpenWork("đảng viên dự bị đang xét công nhận, xóa tên", found["waiting"], address),
    ]
