"""The registers of a body and a year: chosen, printed, taken as a workbook."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from members.forms.left import FIRST_YEAR, LAST_YEAR
from members.forms.registers import RegisterForm
from members.listing_printing import REGISTERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    if source.is_long(figures):
        messages.error(request, "Danh sách dài, máy chủ in riêng: hãy lập văn bản rồi in ở đó, hoặc xuất Excel.")
        return redirect("members:registers")
    content = source.render_pdf(figures, draft_frame(body, source, figures, on=on), source.sections(figures))
    return _download(content, "application/pdf", f"{name}-{body.pk}-{year}.pdf")


@require_safe
@requires(P.REPORTS_VIEW)
def export_register(request, organisation_id, name):
    """The same register as a workbook."""
    body, source, year = _asked(request, organisation_id, name)
    content = source.render_xlsx(source.collect(body, year=year, on=_as_of(year)))
    return _download(content, XLSX, f"{name}-{body.pk}-{year}.xlsx")


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


def _download(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'{"inline" if name.endswith("pdf") else "attachment"}; filename="so-{name}"'
    return response
