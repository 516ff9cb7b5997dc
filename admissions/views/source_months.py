"""The monthly resolution of a cell on its list of sympathisers: one page a month."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from admissions.actions import source_resolutions as actions
from admissions.models import MonthlyResolution
from admissions.resolution_page import ResolutionPage
from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.workdays import add_months
from config.lib.workflow import NotAllowed
from members.forms.facts import VoidForm

FIRST_YEAR = 2011


@requires(P.ADMISSIONS_VIEW)
def resolve_month(request, organisation_id, month):
    """Read the list of a cell in a month, and record or correct what it resolved."""
    cell = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW).cells(), pk=organisation_id)
    today = timezone.localdate()
    if not month.year >= FIRST_YEAR or month > today:
        raise Http404
    page = ResolutionPage(cell, month, today, posted(request))
    if request.method != "POST":
        return _answer(request, page)
    check(request.user, P.ADMISSIONS_FILE, cell)
    lines = page.read()
    if lines is None:
        return _answer(request, page)
    try:
        _act(page, lines, request.user)
    except NotAllowed as refusal:
        page.form.add_error(None, str(refusal))
        return _answer(request, page)
    except ValidationError as refusal:
        page.form.add_error(None, refusal)
        return _answer(request, page)
    messages.success(request, f"Đã ghi nghị quyết tháng {month:%m/%Y} cho {len(lines)} người.")
    return redirect("admissions:resolve_month", cell.pk, month)


def _act(page, lines, by):
    if page.resolution is None:
        return actions.resolve_month(page.cell, page.head, lines, by=by)
    reason = page.form.cleaned_data["reason"]
    return actions.correct_resolution(page.resolution, page.head, lines, reason=reason, by=by)


def _answer(request, page):
    month, cell = page.month, page.cell
    around = [(add_months(month, -1), "chevron-left"), (add_months(month, 1), "chevron-right")]
    context = {
        "page": page,
        "cell": cell,
        "form": page.form,
        "may_file": request.user.may(P.ADMISSIONS_FILE, cell),
        "months": [
            (f"Tháng {each:%m/%Y}", reverse("admissions:resolve_month", args=[cell.pk, each]), icon)
            for each, icon in around
            if each.year >= FIRST_YEAR and each <= page.today
        ],
    }
    is_wrong = page.data is not None and (page.form.errors or page.faulty)
    return render(request, "admissions/resolve_month.html", context, status=422 if is_wrong else 200)


@requires(P.ADMISSIONS_FILE)
def void_resolution(request, resolution_id):
    """Take back a monthly resolution with all that it did."""
    rows = MonthlyResolution.objects.visible_to(request.user, P.ADMISSIONS_VIEW).standing()
    resolution = find(rows.select_related("organisation"), pk=resolution_id)
    cell = resolution.organisation
    check(request.user, P.ADMISSIONS_FILE, cell)
    page = {
        "back": reverse("admissions:resolve_month", args=[cell.pk, resolution.month]),
        "crumb": f"{cell}, tháng {resolution.month:%m/%Y}",
        "title": "Hủy nghị quyết ghi nhầm",
        "lead": "Mọi người trong nghị quyết trở về trạng thái trước đó. Muốn sửa vài dòng thì sửa ngay ở trang tháng.",
        "submit": "Hủy nghị quyết",
        "done": "Đã hủy nghị quyết.",
    }

    def act(values):
        actions.void_resolution(resolution, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)
