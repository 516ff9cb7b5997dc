"""Several moves at once: slips issued, members taken in."""

from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import requires
from cells.permissions import Permission as P
from members import actions
from members.forms.transfers import ManyAcceptForm, ManySlipsForm
from members.models import Transfer
from members.views.transfer_requests import answer_together
from members.workflow import steps_open_to

MOST = 100


@requires(P.TRANSFERS_ISSUE)
def issue_slips(request):
    """Slips of one day for the moves that were picked."""
    picked = _picked(request, "issue_slip")
    form = ManySlipsForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and picked and form.is_valid():
        return answer_together(request, actions.issue_slips(picked, form.entry, by=request.user), "Đã cấp giấy cho")
    return _page(request, picked, form, "Cấp giấy giới thiệu")


@requires(P.TRANSFERS_RECEIVE)
def accept_transfers(request):
    """Members taken in on one day."""
    picked = _picked(request, "accept_transfer")
    form = ManyAcceptForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and picked and form.is_valid():
        received_on = form.cleaned_data["received_on"]
        found = actions.accept_transfers(picked, form.entry, received_on=received_on, by=request.user)
        return answer_together(request, found, "Đã tiếp nhận")
    return _page(request, picked, form, "Tiếp nhận")


def _picked(request, step):
    """The moves picked in the queue on which the person may take this step now."""
    asked = request.POST.getlist("transfer") or request.GET.getlist("transfer")
    rows = Transfer.objects.visible_to(request.user).among(asked[:MOST]).with_ends()
    return [transfer for transfer in rows if step in steps_open_to(request.user, transfer)]


def _page(request, picked, form, verb):
    if not picked:
        return redirect("members:transfers")
    return render(request, "members/transfers/together.html", {"picked": picked, "form": form, "verb": verb})
