"""The registers of a body and a year: chosen, printed, taken as a workbook."""

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
from members.forms.left import FIRST_YEAR, LAST_YEAR
from members.forms.registers import RegisterForm
from members.listing_printing import REGISTERS


@require_safe
@requires(P.REPORTS_VIEW)
def registers(request):
    """The registers of the body and the year asked for; at first those of one's own body and of this year."""
    year = timezone.localdate().year
    bodies = Organisation.objects.visible_to(request.user, P.REPORTS_VIEW)
    first = {"organisation": bodies.order_by("path").first(), "year": year}
    form = RegisterForm(request.GET or None, user=request.user, initial=first)
    chosen = form.cleaned_data if form.is_valid() else {} if form.is_bound else first
    context = {
        "form": form,
        "organisation": chosen.get("organisation"),
        "year": chosen.get("year"),
        "registers": [(name, each) for name, each in REGISTERS.items()],
        "may_issue": request.user.holds(P.DOCUMENTS_ISSUE),
    }
    return render(request, "members/registers.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_register(request, organisation_id, name):
    """One register on paper; a long one is drafted as a document, which prints beside the page."""
    body, source, year = _asked(request, organisation_id, name)
    on = _as_of(year)
    figures = source.collect(body, year=year, on=on)
    name = f"so-{name}-{body.pk}-{year}"
    frame = draft_frame(body, source, figures, on=on)
    return paper_answer(request, source, figures, frame, name=name, back="members:registers")


@require_safe
@requires(P.REPORTS_VIEW)
def export_register(request, organisation_id, name):
    """The same register as a workbook."""
    body, source, year = _asked(request, organisation_id, name)
    content = source.render_xlsx(source.collect(body, year=year, on=_as_of(year)))
    return file_answer(content, f"so-{name}-{body.pk}-{year}.xlsx")


def _asked(request, organisation_id, name):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    if name not in REGISTERS:
        raise Http404
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return body, REGISTERS[name], year


def _as_of(year):
    """Today within this year, else the last day of the year."""
    today = timezone.localdate()
    return today if today.year == year else today.replace(year=year, month=12, day=31)
