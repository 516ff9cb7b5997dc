"""What a cell has not finished, as far as members and documents know."""

from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce
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
    found = _counted(organisation, moving=moves, assigned=tasks.filter(due_on__gte=day), drafted=drafts)
    of_cell = f"?organisation={organisation.pk}"
    return [
        OpenWork("lần chuyển sinh hoạt đảng chưa xong", found["moving"], reverse("members:transfers") + of_cell),
        OpenWork("việc đã phân công chưa xong", found["assigned"], _tasks_url(organisation, day)),
        OpenWork("văn bản đang dự thảo, chưa ban hành", found["drafted"], reverse("cells:documents") + of_cell),
    ]


def _counted(organisation, **rows):
    """How many rows there are of each kind, in one query."""
    one = {name: each.order_by().annotate(all=Value(1)).values("all") for name, each in rows.items()}
    numbers = {name: Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0) for name, each in one.items()}
    return type(organisation).objects.filter(pk=organisation.pk).values(**numbers).get()


def _tasks_url(organisation, day):
    return reverse("members:finish_tasks", args=[organisation.pk, day.year]) + "?state=open"
