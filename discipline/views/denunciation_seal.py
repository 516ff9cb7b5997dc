"""At the seal of a denunciation: asking to name another, answering as the second person, voiding, taking over."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import find
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.denunciation_seal import orphans_of, reader_of, readers_for, seconds_for
from discipline.forms import TakeOverForm
from discipline.forms_denunciations import AskSenderForm
from discipline.models import SenderOpening
from discipline.sealing import inspectors_over
from discipline.views.denunciations import CRUMB, named_only
from discipline.views.seal import answer
from members.forms.facts import VoidForm
from members.views.rights import sealed


@named_only
def ask_sender_opening(request, row):
    """The receiver asks a second person to name somebody."""
    _receivers_only(request, row)
    users = readers_for(row, timezone.localdate()).exclude(pk=request.user.pk)
    form = AskSenderForm(posted(request), users=users, seconds=seconds_for(row))
    page = {
        "back": reverse("discipline:denunciation", args=[row.pk]),
        "crumb": CRUMB,
        "title": "Đề nghị mở đơn cho người khác",
        "lead": "Người thứ hai chỉ thấy đề nghị này: mở cho ai, mở những gì, vì sao.",
        "submit": "Gửi đề nghị",
        "done": "Đã gửi đề nghị; đơn mở cho đồng chí ấy khi người thứ hai xác nhận.",
    }

    def act(values):
        actions.ask_sender_opening(row, by=request.user, **values)

    return act_with_form(request, form, act, page)


@login_required
def answer_sender_opening(request, pk):
    """The second person sees for whom and why, and answers; nothing of the letter."""
    asked = find(SenderOpening.objects.visible_to(request.user).waiting().select_related("user", "asked_by"), pk=pk)
    if request.method == "POST":
        answer(request, asked, actions.answer_sender_opening, granted="Đã mở đơn cho đồng chí ấy.")
        return redirect("discipline:denunciations")
    return render(request, "discipline/answer_sender_opening.html", {"asked": asked})


@named_only
def close_denunciation_for(request, row, reader_id):
    """Somebody whom the denunciation named reads it no longer."""
    _receivers_only(request, row)
    reader = find(row.readers.open().filter(is_receiver=False), pk=reader_id)
    page = {
        "back": reverse("discipline:denunciation", args=[row.pk]),
        "crumb": CRUMB,
        "title": "Thôi cho xem đơn",
        "lead": f"{reader}.",
        "submit": "Thôi cho xem",
        "done": "Đã đóng đơn với đồng chí ấy.",
    }

    def act(values):
        actions.close_denunciation_for(reader, reason=values["reason"], by=request.user)

    form = VoidForm(posted(request))
    form.fields["reason"].label = "Lý do"
    return act_with_form(request, form, act, page)


@named_only
def void_denunciation(request, row):
    """A denunciation that was entered wrongly."""
    _receivers_only(request, row)
    page = {
        "back": reverse("discipline:denunciation", args=[row.pk]),
        "crumb": CRUMB,
        "title": "Hủy đơn ghi nhầm",
        "lead": f"{row}, tiếp nhận {row.received_on:%d/%m/%Y}.",
        "submit": "Hủy mục này",
        "done": "Đã hủy.",
    }

    def act(values):
        actions.void_denunciation(row, reason=values["reason"], by=request.user)
        return reverse("discipline:denunciations")

    return act_with_form(request, VoidForm(posted(request)), act, page)


@sealed(P.CASES_SEAL)
def take_over_denunciation(request, pk):
    """An inspection head gives a denunciation that nobody in office has any more to one; nothing of it shows here."""
    row = find(orphans_of(request.user, timezone.localdate()), pk=pk)
    form = TakeOverForm(posted(request), users=inspectors_over(row.organisation))
    page = {
        "back": reverse("discipline:denunciations"),
        "crumb": CRUMB,
        "title": "Giao đơn không còn người phụ trách",
        "lead": f"{row.organisation}. Nội dung đơn chỉ mở cho đồng chí được giao.",
        "submit": "Giao đơn",
        "done": "Đã giao đơn.",
    }

    def act(values):
        actions.take_over_denunciation(row, by=request.user, **values)

    return act_with_form(request, form, act, page)


def _receivers_only(request, row):
    if not reader_of(request.user, row).is_receiver:
        raise Http404
