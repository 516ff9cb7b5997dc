"""All that waits in admission, on one page: what is mine, what is overdue or due soon, what others are late with."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.duties import read_duties
from cells.access import requires
from cells.permissions import Permission as P
from cells.rights import Asker

PAGE = 50
SHOWN = {
    "mine": "Việc của tôi",
    "late": "Quá hạn",
    "soon": "Sắp đến hạn",
    "others": "Chờ nơi khác",
}


@require_safe
@requires(P.ADMISSIONS_VIEW)
def list_tasks(request):
    """What waits in scope, fifty a page; `show` narrows it."""
    today = timezone.localdate()
    duties = read_duties(Asker.of(request.user, today))
    shown = request.GET.get("show")
    shown = shown if shown in SHOWN else "mine"
    parts = {
        "mine": [duty for duty in duties if duty.mine],
        "late": [duty for duty in duties if duty.is_over(today)],
        "soon": [duty for duty in duties if duty.is_soon(today)],
        "others": [duty for duty in duties if not duty.mine],
    }
    tabs = [(f"{words} ({len(parts[name])})", f"?show={name}", name == shown) for name, words in SHOWN.items()]
    page = Paginator(parts[shown], PAGE).get_page(request.GET.get("page"))
    return render(request, "admissions/tasks.html", {"page": page, "tabs": tabs, "today": today})
