"""Changes of the tree: one form a verb, a preview of everything that it touches, then the act."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.actions import tree_changes as actions
from cells.change_forms import FORMS
from cells.changes.refusals import refusals
from cells.enums import TreeAct
from cells.models import Organisation
from cells.permissions import Permission
from cells.reports.preview import preview
from cells.split_forms import SplitForm

VERBS = {act: {**FORMS, TreeAct.SPLIT: SplitForm}[act] for act in TreeAct}
BELOW = (TreeAct.ADD, TreeAct.ARRIVE)  # acts on what stands below the organisation of the page
EDIT, ASSIGN, WRITE = "edit", "assign", "write"
LEADS = {
    TreeAct.ADD: "Lập một tổ chức trực thuộc {name}.",
    TreeAct.ARRIVE: "Tiếp nhận một đơn vị chuyển đến nguyên vẹn, trực thuộc {name}.",
    TreeAct.RENAME: "Tên cũ vẫn đứng trên giấy tờ, báo cáo của ngày trước.",
    TreeAct.MOVE: "Chuyển cả nhánh, đảng viên vẫn ở nguyên chi bộ; số liệu của ngày trước không đổi.",
    TreeAct.CHANGE_KIND: "Vẫn là tổ chức ấy, từ ngày có hiệu lực mang loại hình, cấp mới.",
    TreeAct.MERGE: "Các tổ chức cũ kết thúc; đảng viên và tổ chức trực thuộc chuyển về tổ chức sau hợp nhất.",
    TreeAct.SPLIT: "Ghi tên tổ chức mới, rồi phân từng đảng viên hoặc phân hàng loạt.",
    TreeAct.CLOSE: "Hồ sơ, văn bản cũ vẫn đọc được; việc chưa xong giao cho tổ chức tiếp nhận.",
    TreeAct.LEAVE: "Cả đơn vị rời khỏi đảng bộ cùng mọi tổ chức bên dưới và mọi đảng viên.",
}


@requires(Permission.ORGANISATIONS_VIEW)
def change_tree(request, organisation_id, act):
    """Enter one decision, look at what it will touch, carry it out."""
    organisation = find(Organisation.objects.visible_to(request.user).select_related("parent"), pk=organisation_id)
    if act not in VERBS:
        raise Http404
    act = TreeAct(act)
    check(request.user, Permission.TREE_CHANGE, asked_first(act, organisation))
    step, today = request.POST.get("step", ""), timezone.localdate()
    form = _form(request, step, VERBS[act], organisation=organisation, user=request.user, today=today)
    context = {
        "form": form,
        "organisation": organisation,
        "act": act,
        "lead": LEADS[act].format(name=organisation.name),
    }
    if form.is_bound and form.is_valid() and (change := _allowed_change(request.user, form)):
        if step != WRITE:
            shown = preview(change, today)
            return render(request, "cells/change_preview.html", context | {"shown": shown, "kept": _kept(request)})
        if event := _carry_out(request, form, change, today):
            return redirect("cells:event", event.pk)
    return render(request, "cells/split.html" if act == TreeAct.SPLIT else "cells/change.html", context)


def asked_first(act, organisation):
    """Where one must hold the right before the form opens: above the organisation, or in it for what comes below it."""
    if act in BELOW or (act == TreeAct.MOVE and organisation.parent is None):
        return organisation
    return organisation.parent or organisation


def verbs_open_to(user, organisation):
    """(act, words) of what `user` may begin on the page of an organisation."""
    if not organisation.is_open:
        return []
    acts = [act for act in VERBS if act not in BELOW or not organisation.is_cell]
    return [(act, act.label) for act in acts if user.may(Permission.TREE_CHANGE, asked_first(act, organisation))]


def _form(request, step, form_class, **place):
    """The form as sent, or, on the way back from the preview and while members are assigned, as it stands so far."""
    if request.method != "POST":
        return form_class(**place)
    if step not in (EDIT, ASSIGN):
        return form_class(request.POST, **place)
    sent = {name: values if name == "children" else values[-1] for name, values in request.POST.lists()}
    if step == ASSIGN:
        sent |= {f"to_{key}": request.POST.get("pick_to", "") for key in request.POST.getlist("pick")}
    return form_class(initial=sent, **place)


def _allowed_change(user, form):
    """The change that a valid form asks; None, with the reasons on the form, when it cannot be made by this person."""
    change = form.change()
    closed_to = [each.name for each in change.asked if not user.may(Permission.TREE_CHANGE, each)]
    if closed_to:
        names = "; ".join(dict.fromkeys(closed_to))
        form.add_error(None, f"Thay đổi này cần quyền ở {names}. Hãy đề nghị cấp trên thực hiện.")
    elif against := refusals(change):
        form.add_error(None, against)
    else:
        return change
    return None


def _carry_out(request, form, change, today):
    """The event, or None with the reasons on the form when something came between the preview and the act."""
    try:
        event = actions.change_tree(change, on=today, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return None
    messages.success(request, f"Đã ghi: {event.get_act_display().lower()}, từ ngày {event.effective_on:%d/%m/%Y}.")
    return event


def _kept(request):
    """Everything that was typed, for the next step."""
    left_out = ("csrfmiddlewaretoken", "step", "pick", "pick_to")
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
