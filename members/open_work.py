"""What a cell has not finished, as far as members and documents know."""

from django.db.models import Q
from django.urls import reverse

from cells.enums import UNISSUED
from cells.models import IssuedDocument
from members.models import Task, Transfer
from members.ports import OpenWork


def open_work(organisation, day):
    """Moves that wait for somebody, tasks not done yet, papers that were drafted and not issued."""
    moves = Transfer.objects.unsettled().filter(Q(from_organisation=organisation) | Q(to_organisation=organisation))
    drafts = IssuedDocument.objects.filter(organisation=organisation, state__in=UNISSUED)
    tasks = Task.objects.standing().filter(organisation=organisation, done_on__isnull=True)
    of_cell = f"?organisation={organisation.pk}"
    return [
        OpenWork("lần chuyển sinh hoạt đảng chưa xong", moves.count(), reverse("members:transfers") + of_cell),
        OpenWork("việc đã phân công chưa xong", tasks.filter(due_on__gte=day).count(), _tasks_url(organisation, day)),
        OpenWork("văn bản đang dự thảo, chưa ban hành", drafts.count(), reverse("cells:documents") + of_cell),
    ]


def _tasks_url(organisation, day):
    return reverse("members:finish_tasks", args=[organisation.pk, day.year]) + "?state=open"
