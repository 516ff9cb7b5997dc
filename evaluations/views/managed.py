"""Members of a sheet who are cadres of a higher level: put on a sheet of their own for that level, or put back."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cells.access import requires
from cells.permissions import Permission
from cells.views.act_pages import posted
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.enums import WITH_STATION
from evaluations.forms import ManagedForm
from evaluations.managed import managing_bodies, parts_of
from evaluations.views.sheet import find_sheet, take
from evaluations.workflow import may_take

# a cell that decides itself acts by its right to file
STATION = (Permission.RATINGS_DECIDE, Permission.RATINGS_FILE)


@requires(*STATION)
def split_managed(request, pk):
    """Choose the members and the level that manages them; those already apart, and how they stand."""
    sheet = _held_sheet(request, pk)
    reviews = sheet.reviews.select_related("member")
    form = ManagedForm(posted(request), bodies=managing_bodies(sheet), reviews=reviews)
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "members": [review.pk for review in form.cleaned_data["members"]]}
        try:
            part = actions.split_managed(sheet, by=request.user, **chosen)
            return redirect("evaluations:sheet", part.pk)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    context = {"sheet": sheet, "form": form, "parts": parts_of(sheet), "may_split": sheet.state in WITH_STATION}
    return render(request, "evaluations/split_managed.html", context, status=422 if form.errors else 200)


@requires(*STATION)
@require_POST
def rejoin_managed(request, pk):
    """Put the members of such a sheet back on the one of their cell."""
    part = find_sheet(request, pk)
    sheet = part.managed_from or part
    if not (may_take(request.user, "open_sheet", part) or may_take(request.user, "open_sheet", sheet)):
        raise PermissionDenied
    return take(request, sheet, lambda: actions.rejoin_managed(part, by=request.user), "Đã đưa về bảng của chi bộ.")


def _held_sheet(request, pk):
    sheet = find_sheet(request, pk)
    if not may_take(request.user, "open_sheet", sheet):
        raise PermissionDenied
    return sheet
