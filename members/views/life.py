"""How a cell or a committee keeps its party life: figures by month and by body, names behind them, paper, workbook."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from members.forms.life_period import LifePeriodForm
from members.life_printing import LIFE
from members.paging import kept_page
from members.reports.life import Branch, read_life
from members.reports.life_names import KINDS, name_lines, names_behind
from members.views.life_months import life_tabs

PAGE_SIZE = 50


@require_safe
@requires(P.REPORTS_VIEW)
def choose_life(request):
    """The page of one's own body: the highest within one's scope."""
    own = Organisation.objects.visible_to(request.user, P.REPORTS_VIEW).order_by("path").first()
    if own is None:
        raise Http404
    return redirect("members:show_life", own.pk)


@require_safe
@requires(P.REPORTS_VIEW)
def show_life(request, organisation_id):
    """Members who do not come, without a task, who avoid study, who owe fees; by month and by body."""
    body, form, period = _asked(request, organisation_id)
    life = read_life(body, period)
    opens_names = request.user.may(P.MEMBERS_VIEW, body)
    context = {
        "body": body,
        "form": form,
        "life": life,
        "months": [(number, found, _register_url(body, period, number)) for number, found in life.months.items()],
        "period": period,
        "parts": Paginator(life.parts, PAGE_SIZE).get_page(request.GET.get("page")),
        "opens_names": opens_names,
        "keeps": request.user.may(P.MEMBERS_EDIT, body) and body.is_cell,
        "issues": request.user.may(P.DOCUMENTS_ISSUE, body),
        "tabs": life_tabs(body, "show_life", year=period.year) if body.is_cell and opens_names else [],
        "month": (period.since if period.month else period.last_day.replace(day=1)),
    }
    return render(request, "members/life/show.html", context)


@require_safe
@requires(P.MEMBERS_VIEW)
def list_life(request, organisation_id, what):
    """The people behind one figure."""
    if what not in KINDS:
        raise Http404
    body, _, period = _asked(request, organisation_id)
    check(request.user, P.MEMBERS_VIEW, body)
    branch = Branch(body, period.last_day)
    question = ("life", what, body.pk, period)
    page = kept_page(question, lambda: names_behind(what, branch, period), request.GET.get("page"), size=PAGE_SIZE)
    reach = tuple(request.user.paths_in_scope(P.MEMBERS_VIEW))
    may_assign = what == "untasked" and body.is_cell and request.user.may(P.MEMBERS_EDIT, body)
    lines = name_lines(what, page.object_list, period, branch)
    context = {
        "body": body,
        "period": period,
        "kind": KINDS[what],
        "what": what,
        "page": page,
        "assign_url": _assign_url(body, period, lines) if may_assign else "",
        "lines": [(line, line.home_path.startswith(reach)) for line in lines],
    }
    return render(request, "members/life/names.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_life(request, organisation_id):
    """The report of a year on paper; a long one is drafted as a document, which prints beside the page."""
    body, _, period = _asked(request, organisation_id)
    report = LIFE.collect(body, year=period.year, on=period.last_day)
    back = reverse("members:show_life", args=[body.pk])
    name = f"nen-nep-sinh-hoat-{period.year}"
    frame = draft_frame(body, LIFE, report, on=period.last_day)
    return paper_answer(request, LIFE, report, frame, name=name, back=back)


@require_safe
@requires(P.REPORTS_VIEW)
def export_life(request, organisation_id):
    """The same figures and names as a workbook."""
    body, _, period = _asked(request, organisation_id)
    report = LIFE.collect(body, year=period.year, on=period.last_day)
    return file_answer(LIFE.render_xlsx(report), f"nen-nep-sinh-hoat-{period.year}.xlsx")


def _register_url(body, period, number):
    """The register of a month of a cell; nothing for a body that has none, and for a month to come."""
    month = date(period.year, number, 1)
    is_kept = body.is_cell and month <= timezone.localdate()
    return reverse("members:keep_meeting", args=[body.pk, month]) if is_kept else ""


def _assign_url(body, period, lines):
    """The page that gives one task to all of them."""
    chosen = urlencode([("member", line.member_id) for line in lines])
    return f"{reverse('members:assign_tasks', args=[body.pk, period.year])}?{chosen}"


def _asked(request, organisation_id):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    today = timezone.localdate()
    form = LifePeriodForm(request.GET if request.GET.keys() & {"year", "month"} else None, initial={"year": today.year})
    return body, form, form.period(today)
