"""The tree of organisations, one organisation, its terms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.actions import tree as actions
from cells.forms import DateField, TermForm, organisation_label
from cells.models import Organisation
from cells.permissions import Permission
from cells.ports import after_term, body_links
from cells.reports.tree import organisation_page, organisations_matching, tree_lines
from config.lib.workflow import NotAllowed

SUGGESTIONS = 12


@requires(Permission.ORGANISATIONS_VIEW)
def show_tree(request):
    """The organisations that one may see, as they stood on a day; or those that a search finds."""
    text = request.GET.get("q", "").strip()
    day, wrong_day = _day(request)
    context = {"q": text, "day": day, "wrong_day": wrong_day, "today": timezone.localdate()}
    if text:
        found = organisations_matching(request.user, text)
        return render(
            request, "cells/tree.html", context | {"page": Paginator(found, 50).get_page(request.GET.get("page"))}
        )
    root = request.GET.get("under", "")
    root_id = int(root) if root.isdecimal() and len(root) < 19 else None
    lines = tree_lines(request.user, day, root_id=root_id)
    return render(request, "cells/tree.html", context | {"lines": lines, "under": root_id})


@requires(Permission.ORGANISATIONS_VIEW)
def show_organisation(request, organisation_id):
    """One organisation with its history."""
    organisation = find(Organisation.objects.visible_to(request.user), pk=organisation_id)
    context = {
        "shown": organisation_page(organisation, request.user, timezone.localdate()),
        "body_links": body_links(organisation, request.user),
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
    found = organisations_matching(request.user, request.GET.get("organisation", ""), permission).open()
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
