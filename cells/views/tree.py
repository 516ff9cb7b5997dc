"""The tree of organisations, one organisation, its terms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.actions import tree as actions
from cells.forms import DateField, TermForm, organisation_label
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission
from cells.ports import after_term, body_links
from cells.reports.organisation import organisation_page
from cells.reports.tree import organisations_matching, organisations_matching_on, tree_lines
from cells.tree_printing import TREE
from cells.views.changes import verbs_open_to
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed

SUGGESTIONS = 12


@requires(Permission.ORGANISATIONS_VIEW)
def show_tree(request):
    """The organisations that one may see, as they stood on a day; or those that a search finds."""
    text = request.GET.get("q", "").strip()
    day, wrong_day = _day(request)
    today = timezone.localdate()
    on = "" if day == today else f"?on={day:%d/%m/%Y}"
    context = {"q": text, "day": day, "wrong_day": wrong_day, "today": today, "on": on}
    if text:
        found = (
            organisations_matching(request.user, text)
            if day == today
            else organisations_matching_on(request.user, text, day)
        )
        return render(
            request, "cells/tree.html", context | {"page": Paginator(found, 50).get_page(request.GET.get("page"))}
        )
    root_id = _number(request.GET.get("under", ""))
    lines = tree_lines(request.user, day, root_id=root_id)
    return render(request, "cells/tree.html", context | {"lines": lines, "under": root_id})


@require_safe
@requires(Permission.ORGANISATIONS_VIEW)
def print_tree(request):
    """The chart of the tree, or of a branch, on a day; a very long one leads back to a branch or to the documents."""
    body, chart = _chart(request)
    if TREE.is_long(chart):
        messages.error(
            request,
            f"Sơ đồ dài {len(chart.lines)} dòng. Hãy in từng nhánh, xuất Excel, hoặc lập văn bản “Sơ đồ tổ chức đảng” "
            "để in bằng tiến trình nền.",
        )
        return redirect("cells:tree")
    frame = draft_frame(body, TREE, chart, on=chart.on)
    return file_answer(TREE.render_pdf(chart, frame, TREE.sections(chart)), "so-do-to-chuc.pdf")


@require_safe
@requires(Permission.ORGANISATIONS_VIEW)
def export_tree(request):
    """The same chart as a workbook, of any length."""
    _, chart = _chart(request)
    return file_answer(TREE.render_xlsx(chart), "so-do-to-chuc.xlsx")


def _chart(request):
    """(the body asked for, or the highest one in scope, its chart on the day asked for)."""
    seen = Organisation.objects.visible_to(request.user)
    under = _number(request.GET.get("under", ""))
    body = find(seen, pk=under) if under else seen.order_by("path").first()
    if body is None:
        raise Http404
    day, _ = _day(request)
    return body, TREE.collect(body, year=day.year, on=day)


def _number(text):
    """A number of the address; None when it is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


@requires(Permission.ORGANISATIONS_VIEW)
def show_organisation(request, organisation_id):
    """One organisation with its history, today or as it was on a day."""
    organisation = find(Organisation.objects.visible_to(request.user).select_related("parent"), pk=organisation_id)
    day, wrong_day = _day(request)
    today = timezone.localdate()
    context = {
        "body_links": body_links(organisation, request.user),
        "shown": organisation_page(organisation, request.user, day, today=today),
        "day": day,
        "today": today,
        "wrong_day": wrong_day,
        "on": "" if day == today else f"?on={day:%d/%m/%Y}",
        "verbs": verbs_open_to(request.user, organisation) if day == today else [],
        "may_add_term": request.user.may(Permission.DOCUMENTS_ISSUE, organisation),
        "may_see_documents": request.user.may(Permission.DOCUMENTS_VIEW, organisation),
        "may_see_log": request.user.may(Permission.LOG_VIEW, organisation),
    }
    return render(request, "cells/organisation.html", context)


@requires(Permission.ORGANISATIONS_VIEW)
def add_term(request, organisation_id):
    """Record a term of the committee."""
    organisation = find(Organisation.objects.visible_to(request.user), pk=organisation_id)
    check(request.user, Permission.DOCUMENTS_ISSUE, organisation)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            term = actions.add_term(
                organisation,
                name=values["name"],
                started_on=values["started_on"],
                ended_on=values["ended_on"],
                by=request.user,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi nhiệm kỳ {values['name']} của {organisation}.")
            next_url = after_term(organisation, term, request.user)
            return redirect(next_url) if next_url else redirect("cells:organisation", organisation.pk)
    return render(request, "cells/add_term.html", {"form": form, "organisation": organisation})


@requires(*Permission)
def organisation_options(request):
    """Suggestions for an organisation field: names within the scope of the permission that the field asks for."""
    permission = request.GET.get("permission", "")
    if permission not in list(Permission):
        raise Http404
    text = request.GET.get(request.GET.get("field", "organisation"), "")
    found = organisations_matching(request.user, text, permission).open()
    labels = [organisation_label(each) for each in found[:SUGGESTIONS]]
    return render(request, "cells/organisation_options.html", {"labels": labels})


def _day(request):
    """(the day asked for, whether it could not be understood); today when none is asked for."""
    written = request.GET.get("on", "").strip()
    if not written:
        return timezone.localdate(), False
    try:
        return DateField().clean(written), False
    except ValidationError:
        return timezone.localdate(), True
