"""The log of changes of the tree, one change, and its undoing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.actions import tree_changes as actions
from cells.event_forms import EventFilterForm, UndoForm
from cells.models import TreeEvent
from cells.permissions import Permission
from cells.reports.events import bodies_above, event_lines
from config.lib.workflow import NotAllowed


@require_safe
@requires(Permission.ORGANISATIONS_VIEW)
def list_events(request):
    """Changes of the organisations that one may see, the newest first."""
    chosen = EventFilterForm(request.GET or None, user=request.user)
    rows = chosen.narrow(TreeEvent.objects.visible_to(request.user)).select_related("heir")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "cells/events.html",
        {"form": chosen, "page": page, "lines": event_lines(list(page.object_list), request.user)},
    )


@require_safe
@requires(Permission.ORGANISATIONS_VIEW)
def show_event(request, event_id):
    """One change: the decision, before, after, and who takes over what is open."""
    event = _find(request, event_id)
    [line] = event_lines([event], request.user)
    may_undo = event.voided_at is None and _may_undo(request.user, event)
    return render(request, "cells/event.html", {"event": event, "line": line, "may_undo": may_undo})


@requires(Permission.ORGANISATIONS_VIEW)
def undo_event(request, event_id):
    """Take a change back, with a reason, while nothing depends on it."""
    event = _find(request, event_id)
    if not _may_undo(request.user, event):
        raise PermissionDenied
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.undo_event(event, reason=reason, on=timezone.localdate(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã hoàn tác: cây tổ chức và sinh hoạt đảng trở lại như trước thay đổi.")
            return redirect("cells:event", event.pk)
    [line] = event_lines([event], request.user)
    return render(request, "cells/undo_event.html", {"event": event, "line": line, "form": form})


def _find(request, event_id):
    rows = TreeEvent.objects.visible_to(request.user).select_related("organisation__parent", "heir", "recorded_by")
    return find(rows.select_related("voided_by"), pk=event_id)


def _may_undo(user, event):
    """Whoever could make the change: the right in the body above each organisation in it, before and after."""
    return all(user.may(Permission.TREE_CHANGE, each) for each in bodies_above(event))
