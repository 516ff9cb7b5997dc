"""What a cell has not finished, as far as members and documents know."""

from django.db.models import Q
from django.urls import reverse

from cells.enums import UNISSUED
from cells.models import IssuedDocument
from members.models import Transfer
from members.ports import OpenWork


def open_work(organisation, day):
    """Moves that wait for somebody, and papers that were drafted and not issued."""
    moves = Transfer.objects.unsettled().filter(Q(from_organisation=organisation) | Q(to_organisation=organisation))
    drafts = IssuedDocument.objects.filter(organisation=organisation, state__in=UNISSUED)
    of_cell = f"?organisation={organisation.pk}"
    return [
        OpenWork("lần chuyển sinh hoạt đảng chưa xong", moves.count(), reverse("members:transfers") + of_cell),
        OpenWork("văn bản đang dự thảo, chưa ban hành", drafts.count(), reverse("cells:documents") + of_cell),
    ]
