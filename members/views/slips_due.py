"""Who handed in the yearly supplement slip and who has not: counts by cell, names, paper, workbook."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from cells.unchanged import Answers
from config.lib.downloads import file_answer
from config.lib.ui import vi_number
from members.forms.life_period import FIRST_YEAR
from members.reports.slips_due import STATES, read_slips
from members.slips_due_printing import SLIPS_DUE, later_words

PAGE = 50
EVERYBODY = "all"

_slips = Answers(8)  # a committee has thousands of lines


@require_safe
@requires(P.MEMBERS_VIEW)
def slips_due(request, organisation_id, year):
    """A cell shows its people at once; a committee its cells, and names behind each number."""
    body, on = _asked(request, P.MEMBERS_VIEW, organisation_id, year)
    slips = _slips.get((body.pk, on), lambda: read_slips(body, year=year, on=on))
    by_name = body.is_cell or "show" in request.GET
    state = request.GET.get("show", "") if request.GET.get("show") in STATES else ""
    rows = slips.of_state(state) if by_name else slips.counts
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    reach = tuple(request.user.paths_in_scope(P.MEMBERS_VIEW))
    if by_name:
        page.object_list = [(line, line.home_path.startswith(reach)) for line in page.object_list]
    else:
        seen = Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).in_bulk([each.id for each in page])
        page.object_list = [(count, count.id in seen) for count in page.object_list]
    context = {
        "body": body,
        "slips": slips,
        "by_name": by_name,
        "page": page,
        "later_words": later_words(slips),
        "tabs": _tabs(body, slips, state if by_name else None),
        "years": _years(body, year),
        "may_edit": request.user.may(P.MEMBERS_EDIT, body),
        "may_print": request.user.may(P.REPORTS_VIEW, body),
        "may_issue": request.user.may(P.DOCUMENTS_ISSUE, body),
    }
    return render(request, "members/sheet/slips_due.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_slips_due(request, organisation_id, year):
    """The list on paper; a long one is drafted as a document, which prints beside the page."""
    body, on = _asked(request, P.REPORTS_VIEW, organisation_id, year)
    slips = SLIPS_DUE.collect(body, year=year, on=on)
    frame = draft_frame(body, SLIPS_DUE, slips, on=on)
    back = reverse("members:slips_due", args=[body.pk, year])
    return paper_answer(request, SLIPS_DUE, slips, frame, name=f"phieu-bo-sung-{body.pk}-{year}", back=back)


@require_safe
@requires(P.REPORTS_VIEW)
def export_slips_due(request, organisation_id, year):
    """The same list as a workbook."""
    body, on = _asked(request, P.REPORTS_VIEW, organisation_id, year)
    content = SLIPS_DUE.render_xlsx(SLIPS_DUE.collect(body, year=year, on=on))
    return file_answer(content, f"phieu-bo-sung-{body.pk}-{year}.xlsx")


def _asked(request, permission, organisation_id, year):
    """The body, and today within this year, else the last day of the year; 404 for a year to come."""
    body = find(Organisation.objects.visible_to(request.user, permission), pk=organisation_id)
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return body, min(today, date(year, 12, 31))


def _tabs(body, slips, state):
    """(words, address, whether it is this one); `state` is None on the page of counts."""
    address = reverse("members:slips_due", args=[body.pk, slips.year])
    counts = [] if body.is_cell else [("Theo chi bộ", address, state is None)]
    numbers = {name: getattr(slips, name) for name in STATES}
    everybody = (f"Tất cả ({vi_number(len(slips.lines))})", f"{address}?show={EVERYBODY}", state == "")
    named = [
        (f"{words.capitalize()} ({vi_number(numbers[name])})", f"{address}?show={name}", state == name)
        for name, words in STATES.items()
    ]
    return [*counts, everybody, *named]


def _years(body, year):
    """(year, address) of the years before and after, as far as there are slips."""
    last = timezone.localdate().year
    found = [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= last]
    return [(each, reverse("members:slips_due", args=[body.pk, each])) for each in found]
