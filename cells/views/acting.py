"""For which organisation one acts, where an account holds roles in several."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe


@require_safe
@login_required
def choose_acting(request):
    """The organisations in which one holds a role, each to act for alone, or all together."""
    return render(request, "cells/acting.html", {"roles": request.user.all_roles_today})


@require_POST
@login_required
def act_for(request):
    """Narrow everything to the roles in one organisation; empty: all of them again. Kept for the session."""
    chosen = request.POST.get("organisation", "")
    places = {str(role.organisation_id): role.organisation_id for role in request.user.all_roles_today}
    if not chosen:
        request.session.pop("acting_for", None)
    elif chosen in places:
        request.session["acting_for"] = places[chosen]
    else:
        raise Http404
    return redirect("desk")
