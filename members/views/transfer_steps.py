"""The steps of one move, each a form of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import requires
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from members import actions
from members.answers import mid_sentence
from members.forms import transfers as forms
from members.slips import next_slip_number
from members.views.transfers import find_transfer
from members.workflow import MOVE, fits, may_take


@requires(P.TRANSFERS_ISSUE)
def issue_slip(request, transfer_id):
    """The sender's last box."""
    transfer = must_take(request, "issue_slip", transfer_id)
    form = forms.SlipForm(request.POST or None, today=timezone.localdate(), **_slip_options(transfer))
    posts = [str(post) for post in transfer.member.posts.standing().open().select_related("organisation")]
    return _step_page(
        request,
        transfer,
        "issue_slip",
        form,
        act=lambda: actions.issue_slip(transfer, form.entry, by=request.user),
        notice=f"Đồng chí này đang giữ chức vụ: {', '.join(posts)}. Hãy ghi thôi chức vụ." if posts else "",
    )


@requires(P.TRANSFERS_ISSUE)
def reissue_slip(request, transfer_id):
    """A new slip in the place of this one."""
    transfer = must_take(request, "reissue_slip", transfer_id)
    form = forms.ReissueForm(
        request.POST or None,
        today=timezone.localdate(),
        user=request.user,
        outside=transfer.goes_outside,
        **_slip_options(transfer),
    )

    def act():
        to, reason = form.cleaned_data.get("organisation"), form.cleaned_data["reason"]
        return actions.reissue_slip(transfer, form.entry, reason=reason, to_organisation=to, by=request.user)

    return _step_page(request, transfer, "reissue_slip", form, act=act)


@requires(P.TRANSFERS_RECEIVE)
def present_slip(request, transfer_id):
    """Slip and papers come in at the receiving cell."""
    transfer = must_take(request, "present_slip", transfer_id)
    form = forms.PresentForm(request.POST or None, today=timezone.localdate(), papers=transfer.papers)

    def act():
        return actions.present_slip(transfer, form.entry, by=request.user)

    return _step_page(request, transfer, "present_slip", form, act=act)


@requires(P.TRANSFERS_RECEIVE)
def accept_transfer(request, transfer_id):
    """The receiver's last box."""
    transfer = must_take(request, "accept_transfer", transfer_id)
    given = {"papers": transfer.papers, "presented_on": transfer.presented_on}
    form = forms.AcceptForm(request.POST or None, today=timezone.localdate(), **given)

    def act():
        received_on = form.cleaned_data["received_on"]
        return actions.accept_transfer(transfer, form.entry, received_on=received_on, by=request.user)

    return _step_page(request, transfer, "accept_transfer", form, act=act)


@requires(P.TRANSFERS_RECEIVE)
def refuse_transfer(request, transfer_id):
    """Not taken in for now, with a reason."""
    transfer = must_take(request, "refuse_transfer", transfer_id)
    form = forms.RefuseForm(request.POST or None, today=timezone.localdate(), label="Ngày trả lời")
    return _filled_page(request, transfer, "refuse_transfer", form, actions.refuse_transfer)


@requires(P.TRANSFERS_RECEIVE)
def receive_notice(request, transfer_id):
    """The day on which the receiving base got the notice."""
    transfer = must_take(request, "present_slip", transfer_id)
    form = forms.DayForm(request.POST or None, today=timezone.localdate(), label="Ngày nhận phiếu báo")

    def act():
        return actions.receive_notice(transfer, **form.cleaned_data, by=request.user)

    return _form_page(request, transfer, "Ghi ngày nhận phiếu báo", form, act=act)


@requires(P.TRANSFERS_ISSUE)
def confirm_departure(request, transfer_id):
    """A body outside says that it took the member in."""
    transfer = must_take(request, "confirm_departure", transfer_id)
    form = forms.DayForm(request.POST or None, today=timezone.localdate(), label="Ngày nơi đến tiếp nhận")
    return _filled_page(request, transfer, "confirm_departure", form, actions.confirm_departure)


@requires(P.TRANSFERS_REQUEST, P.TRANSFERS_ISSUE)
def withdraw_transfer(request, transfer_id):
    """The move does not take place."""
    transfer = must_take(request, "withdraw_transfer", transfer_id)
    form = forms.WithdrawForm(request.POST or None, today=timezone.localdate())
    return _filled_page(request, transfer, "withdraw_transfer", form, actions.withdraw_transfer)


@requires(P.TRANSFERS_ISSUE)
def extend_temporary(request, transfer_id):
    """A later end of a temporary move."""
    transfer = must_take(request, "extend_temporary", transfer_id)
    form = forms.ExtendForm(request.POST or None, today=timezone.localdate())

    def act():
        reason = form.cleaned_data["reason"]
        return actions.extend_temporary(transfer, until=form.until, reason=reason, by=request.user)

    return _step_page(request, transfer, "extend_temporary", form, act=act)


@requires(P.TRANSFERS_RECEIVE)
def end_temporary(request, transfer_id):
    """Back at home."""
    transfer = must_take(request, "end_temporary", transfer_id)
    form = forms.DayForm(request.POST or None, today=timezone.localdate(), label="Ngày trở về")
    return _filled_page(request, transfer, "end_temporary", form, actions.end_temporary)


def must_take(request, name, transfer_id):
    """The move in sight, whose step the person may take; 403 otherwise. The state is looked at later."""
    transfer = find_transfer(request, transfer_id)
    if not (fits(name, transfer) and may_take(request.user, name, transfer)):
        raise PermissionDenied
    return transfer


def refuse_in_form(form, error):
    """The words of an action beside the field that they are about, else above the form."""
    if hasattr(error, "error_dict"):
        for name, found in error.error_dict.items():
            form.add_error(name if name in form.fields else None, found)
    else:
        form.add_error(None, error)


def _slip_options(transfer):
    year = timezone.localdate().year
    return {"proposed": next_slip_number(transfer.common, transfer.kind, year), "papers": transfer.papers}


def _step_page(request, transfer, name, form, *, act, notice=""):
    """The form of a step; a step that is not open in the state of the move leads back to its page with the reason."""
    try:
        MOVE.refuse_closed(transfer, name)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("members:transfer", transfer.pk)
    return _form_page(request, transfer, MOVE.step(name).label, form, act=act, notice=notice)


def _filled_page(request, transfer, name, form, action):
    """The form of a step whose action takes its fields as they are."""
    return _step_page(request, transfer, name, form, act=lambda: action(transfer, **form.cleaned_data, by=request.user))


def _form_page(request, transfer, verb, form, *, act, notice=""):
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except ValidationError as refused:
            refuse_in_form(form, refused)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("members:transfer", transfer.pk)
        else:
            messages.success(request, f"Đã ghi: {mid_sentence(verb.removeprefix('Ghi '))}.")
            return redirect("members:transfer", done.pk)
    context = {"transfer": transfer, "form": form, "verb": verb, "notice": notice}
    return render(request, "members/transfers/step.html", context)
