"""The list of candidates, and one candidate: where he is, what comes next, what was done."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions.lists import ListEntry
from admissions.actions.lists import list_candidate as put_on_list
from admissions.actions.lists import void_candidate as take_back
from admissions.candidate_page import read_candidate
from admissions.forms import CandidateFilter, ListForm
from admissions.list_page import list_links, list_rows
from admissions.models import Candidate
from admissions.tabs import tabs_of
from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm
from members.views.enrolment import offer_cells

PAGE = 50


def find_candidate(request, pk, permission=P.ADMISSIONS_VIEW):
    """The candidate in the scope of the person; 404 outside of it, 403 without the right."""
    rows = Candidate.objects.visible_to(request.user).with_place().select_related("profile", "organisation__parent")
    candidate = find(rows, pk=pk)
    check(request.user, permission, candidate)
    return candidate


@require_safe
@requires(P.ADMISSIONS_VIEW)
def list_candidates(request):
    """Candidates in scope, fifty a page, narrowed as the query asks."""
    user, today = request.user, timezone.localdate()
    form = CandidateFilter(request.GET, user=user)
    rows = form.narrow(Candidate.objects.visible_to(user).with_place())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    own = Organisation.objects.visible_to(user, P.ADMISSIONS_VIEW).order_by("path").first()
    context = {
        "form": form,
        "page": page,
        "rows": list_rows(page.object_list, today),
        "own": own,
        "may_file": user.holds(P.ADMISSIONS_FILE),
        "links": list_links(own, user, today),
    }
    return render(request, "admissions/list.html", context)


@require_safe
@requires(P.ADMISSIONS_FILE)
def choose_cell(request):
    """On the list of which cell; who files for one alone goes straight on."""
    return offer_cells(request, P.ADMISSIONS_FILE, "admissions:list_candidate", "admissions/choose_cell.html")


@require_safe
@requires(P.ADMISSIONS_VIEW)
def show_candidate(request, pk):
    """Where a candidate is, what comes next, what was done."""
    candidate = find_candidate(request, pk)
    page = read_candidate(candidate, request.user, timezone.localdate())
    context = {"candidate": candidate, "page": page, "tabs": tabs_of(candidate, request.user, "candidate")}
    return render(request, "admissions/candidate.html", context)


@requires(P.ADMISSIONS_FILE)
def list_candidate(request, organisation_id):
    """Put somebody on the list of a cell."""
    cells = Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW).open().cells()
    cell = find(cells, pk=organisation_id)
    check(request.user, P.ADMISSIONS_FILE, cell)
    form = ListForm(posted(request), today=timezone.localdate())
    page = {
        "back": reverse("admissions:candidates"),
        "crumb": "Người được giúp đỡ vào Đảng",
        "title": "Đưa vào danh sách quần chúng ưu tú",
        "lead": f"{cell}. Đủ họ tên và ngày đưa vào danh sách là ghi được; phần còn lại điền dần.",
        "submit": "Đưa vào danh sách",
        "done": "Đã đưa vào danh sách.",
    }

    def act(values):
        entry = ListEntry(
            form.columns, values["listed_on"], values["found_by"], values["document"], certificate=form.certificate
        )
        candidate = put_on_list(entry, organisation=cell, by=request.user)
        return reverse("admissions:candidate", args=[candidate.pk])

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def void_candidate(request, pk):
    """Take back an entry typed by mistake."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    page = {
        "back": reverse("admissions:candidate", args=[candidate.pk]),
        "crumb": str(candidate),
        "title": "Hủy mục ghi nhầm",
        "lead": "Chỉ dùng khi ghi nhầm người. Người thôi phấn đấu thì “Đưa ra khỏi danh sách”.",
        "done": "Đã hủy mục ghi nhầm.",
    }

    def act(values):
        take_back(candidate, reason=values["reason"], by=request.user)
        return reverse("admissions:candidates")

    return act_with_form(request, VoidForm(posted(request)), act, page)
