"""Name lists of a body on a day: chosen, printed, taken as a workbook."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from members.forms.dates import DayField
from members.forms.name_lists import NameListForm
from members.listing_printing import NAME_LISTS


@require_safe
@requires(P.REPORTS_VIEW)
def name_lists(request):
    """The lists of the body and the day asked for; at first those of one's own body and of today."""
    today = timezone.localdate()
    bodies = Organisation.objects.visible_to(request.user, P.REPORTS_VIEW)
    first = {"organisation": bodies.order_by("path").first(), "on": today}
    form = NameListForm(request.GET or None, user=request.user, initial=first)
    chosen = form.cleaned_data if form.is_valid() else {} if form.is_bound else first
    context = {
        "form": form,
        "organisation": chosen.get("organisation"),
        "on": chosen.get("on") or today,
        "lists": list(NAME_LISTS.items()),
        "may_issue": request.user.holds(P.DOCUMENTS_ISSUE),
    }
    return render(request, "members/name_lists.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_name_list(request, organisation_id, name):
    """One list on paper; a long one is drafted as a document, which prints beside the page."""
    body, source, on = _asked(request, organisation_id, name)
    names = source.collect(body, year=on.year, on=on)
    name = f"ds-{name}-{body.pk}-{on:%Y%m%d}"
    frame = draft_frame(body, source, names, on=on)
    return paper_answer(request, source, names, frame, name=name, back="members:name_lists")


@require_safe
@requires(P.REPORTS_VIEW)
def export_name_list(request, organisation_id, name):
    """The same list as a workbook."""
    body, source, on = _asked(request, organisation_id, name)
    content = source.render_xlsx(source.collect(body, year=on.year, on=on))
    return file_answer(content, f"ds-{name}-{body.pk}-{on:%Y%m%d}.xlsx")


def _asked(request, organisation_id, name):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    if name not in NAME_LISTS:
        raise Http404
    return body, NAME_LISTS[name], _day(request.GET.get("on", ""))


def _day(text):
    """The day asked for, today when none is; 404 for what is no day."""
    if not text:
        return timezone.localdate()
    try:
        return DayField().clean(text)
    except ValidationError:
        raise Http404 from None
