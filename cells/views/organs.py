"""Organs of a committee and its seal: entered, ended, corrected, voided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.actions import organs as actions
from cells.forms import DateField
from cells.models import Organ, Organisation
from cells.organ_forms import EndOrganForm, OrganForm, SealForm, VoidOrganForm
from cells.permissions import Permission as P
from cells.reports.organs import organs_part
from config.lib.workflow import NotAllowed


@require_safe
@requires(P.ORGANISATIONS_VIEW)
def show_organs(request, organisation_id):
    """The organs of a committee and its seal, as of a day."""
    body = find(Organisation.objects.visible_to(request.user), pk=organisation_id)
    day, wrong_day = _day(request)
    context = {
        "body": body,
        "day": day,
        "wrong_day": wrong_day,
        "part": organs_part(body, day),
        "may_manage": request.user.may(P.POSTS_MANAGE, body),
    }
    return render(request, "cells/organs.html", context)


@requires(P.ORGANISATIONS_VIEW)
def add_organ(request, organisation_id):
    """An organ of the committee, from a day on."""
    body = _managed(request, organisation_id)
    form = OrganForm(request.POST or None, symbol=_symbol(body))

    def act():
        actions.add_organ(body, form.values, by=request.user)

    title = f"Ghi cơ quan của {body.name}"
    return _form_page(request, body, form, act, {"title": title, "submit": "Ghi cơ quan"})


@requires(P.ORGANISATIONS_VIEW)
def end_organ(request, organ_id):
    """The last day of an organ."""
    organ = _organ(request, organ_id)
    form = EndOrganForm(request.POST or None)

    def act():
        actions.end_organ(organ, ended_on=form.ended_on, paper=form.cleaned_data["paper"], by=request.user)

    context = {
        "title": f"Kết thúc {organ.name}",
        "lead": f"Có từ {organ.started_on:%d/%m/%Y}.",
        "submit": "Ghi kết thúc",
    }
    return _form_page(request, organ.organisation, form, act, context)


@requires(P.ORGANISATIONS_VIEW)
def correct_organ(request, organ_id):
    """An organ that was written wrongly: voided and written anew, with a reason."""
    organ = _organ(request, organ_id)
    initial = OrganForm.initial_of(organ)
    form = OrganForm(request.POST or None, symbol=_symbol(organ.organisation), asks_reason=True, initial=initial)

    def act():
        actions.correct_organ(organ, form.values, reason=form.cleaned_data["reason"], by=request.user)

    context = {
        "title": f"Sửa mục ghi sai: {organ.name}",
        "lead": "Bản ghi sai được giữ lại, đánh dấu đã hủy.",
        "void": organ,
        "submit": "Ghi lại cho đúng",
    }
    return _form_page(request, organ.organisation, form, act, context)


@requires(P.ORGANISATIONS_VIEW)
def void_organ(request, organ_id):
    """An organ that never was there."""
    organ = _organ(request, organ_id)
    form = VoidOrganForm(request.POST or None)

    def act():
        actions.void_organ(organ, reason=form.cleaned_data["reason"], by=request.user)

    context = {"title": f"Hủy bỏ mục ghi sai: {organ.name}", "submit": "Hủy bỏ mục này"}
    return _form_page(request, organ.organisation, form, act, context)


@requires(P.ORGANISATIONS_VIEW)
def record_seal(request, organisation_id):
    """Whether the body has a seal, from a day on."""
    body = _managed(request, organisation_id)
    form = SealForm(request.POST or None, initial={"on": timezone.localdate()})

    def act():
        actions.record_seal(body, **form.values, by=request.user)

    context = {
        "title": f"Con dấu của {body.name}",
        "lead": "Tổ chức không có con dấu thì cấp trên gần nhất có con dấu đóng dấu thay.",
        "submit": "Ghi",
    }
    return _form_page(request, body, form, act, context)


def _day(request):
    """(the day asked for, whether it could not be understood); today when none is asked for."""
    try:
        return DateField(required=False).clean(request.GET.get("on", "").strip()) or timezone.localdate(), False
    except ValidationError:
        return timezone.localdate(), True


def _managed(request, organisation_id):
    body = find(Organisation.objects.visible_to(request.user), pk=organisation_id)
    check(request.user, P.POSTS_MANAGE, body)
    return body


def _organ(request, organ_id):
    """A standing organ of a body whose posts one keeps."""
    rows = Organ.objects.visible_to(request.user, P.ORGANISATIONS_VIEW).standing().select_related("organisation")
    organ = find(rows, pk=organ_id)
    check(request.user, P.POSTS_MANAGE, organ)
    return organ


def _symbol(body):
    """The symbol of the committee's papers today."""
    version = body.versions.on(timezone.localdate()).first()
    return version.symbol if version else ""


def _form_page(request, body, form, act, context):
    """The form; once it is valid the act, whose refusal comes back as words in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi thay đổi của {body.name}.")
            return redirect("cells:organs", body.pk)
    return render(request, "cells/organ_form.html", {"body": body, "form": form, **context})
