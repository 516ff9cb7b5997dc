"""Those at one level for years running: figures for who reads reports, names for who sees members."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from evaluations import actions
from evaluations.forms import YEARS, RunForm
from evaluations.printing import RUN_LISTS
from evaluations.readings import PRINTED, SEEN, TAKEN
from evaluations.runs import KINDS

PAGE = 50


@require_safe
@requires(P.REPORTS_VIEW)
def show_run(request, name):
    """The list of the body and the year asked for; at first of one's own body and the last year that is over."""
    source = _source(name)
    asked = "organisation" in request.GET
    first = {} if asked else _first(request.user)
    form = RunForm(request.GET if asked else None, user=request.user, initial=first)
    chosen = form.cleaned_data if form.is_valid() else first
    context = {"form": form, "name": name, "kind": KINDS[name]}
    context["run_kinds"] = [(other, kind) for other, kind in KINDS.items() if other != name]
    if (body := chosen.get("organisation")) and chosen.get("year"):
        listing = source.collect(body, **_when(chosen["year"]))
        page = Paginator(listing.people, PAGE).get_page(request.GET.get("page"))
        context |= {"body": body, "listing": listing, "kind": listing.kind, "page": page}
        context |= _rights(request.user, body, page)
        if context["sees_names"]:
            _note(request, listing, SEEN)
    return render(request, "evaluations/run.html", context)


def _first(user):
    """The own body and the last year that is over."""
    bodies = Organisation.objects.visible_to(user, P.REPORTS_VIEW)
    return {"organisation": bodies.order_by("path").first(), "year": timezone.localdate().year - 1}


def _rights(user, body, page):
    """Whether names are shown, a document may be made of them, and whose pages the reader may open."""
    pages = tuple(user.paths_in_scope(P.MEMBERS_VIEW))
    sees = user.may(P.MEMBERS_VIEW, body)
    rows = [(person, person.home_path.startswith(pages)) for person in page.object_list] if sees else []
    return {"sees_names": sees, "issues": sees and user.may(P.DOCUMENTS_ISSUE, body), "rows": rows}


@require_safe
@requires(P.REPORTS_VIEW)
def print_run(request, organisation, year, name):
    """The list on paper as it would print today; a long one is drafted as a document."""
    body, source, listing = _asked(request, organisation, year, name)
    if not source.is_long(listing):
        _note(request, listing, PRINTED)
    frame = draft_frame(body, source, listing, on=timezone.localdate())
    back = f"{reverse('evaluations:run', args=[name])}?organisation={body.pk}&year={year}"
    return paper_answer(request, source, listing, frame, name=f"xep-loai-{name}-{body.pk}-{year}", back=back)


@require_safe
@requires(P.REPORTS_VIEW)
def export_run(request, organisation, year, name):
    """The same list as a workbook."""
    body, source, listing = _asked(request, organisation, year, name)
    _note(request, listing, TAKEN)
    return file_answer(source.render_xlsx(listing), f"xep-loai-{name}-{body.pk}-{year}.xlsx")


def _asked(request, organisation, year, name):
    """The body in scope and its list: names only for who sees its members."""
    source = _source(name)
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation)
    check(request.user, P.MEMBERS_VIEW, body)
    return body, source, source.collect(body, **_when(year))


def _note(request, listing, how):
    """Reading the names of those who did not fulfil their tasks is an act; of the others it is not."""
    if listing.kind.is_noted and listing.people:
        actions.read_run_list(listing, how=how, by=request.user)


def _source(name):
    if name not in RUN_LISTS:
        raise Http404
    return RUN_LISTS[name]


def _when(year):
    """The year with the day up to which it is known."""
    return {"year": year, "on": min(date(year, 12, 31), timezone.localdate())}
