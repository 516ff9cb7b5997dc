"""One reward of many people of a cell, as one decision names them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cells.access import requires
from cells.forms import organisation_label
from cells.permissions import Permission as P
from members.actions import awards as acts
from members.forms.badges import AwardEntryForm
from members.views.rights import kept_cell


@requires(P.MEMBERS_EDIT)
def add_awards(request, organisation_id):
    """The paper once, then the people of the cell whom it names."""
    today = timezone.localdate()
    cell, people = kept_cell(request, organisation_id, today)
    ticked = set(request.POST.getlist("people"))
    form = AwardEntryForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        chosen = [each for each in people if str(each.pk) in ticked]
        try:
            acts.add_awards(cell, chosen, form.values, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi khen thưởng của {len(chosen)} đồng chí.")
            return redirect(f"{reverse('members:list')}?{urlencode({'organisation': organisation_label(cell)})}")
    rows = [(each, str(each.pk) in ticked) for each in people]
    return render(request, "members/badges/add_awards.html", {"cell": cell, "form": form, "rows": rows})
