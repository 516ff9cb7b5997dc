"""At the seal: asking to open it for another, answering as the second person, closing it, taking over an orphan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import find
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.enums import Part
from discipline.forms import AskOpeningForm, CorrectSignalForm, OtherRecordForm, TakeOverForm
from discipline.models import CaseReader, SealOpening
from discipline.sealing import inspectors_over, orphans_of, people_over
from discipline.views.door import of_case
from members.forms.facts import VoidForm
from members.views.rights import sealed


@of_case
def ask_opening(request, opened):
    """An officer of the case asks a second person to open the seal for somebody."""
    _officers_only(opened)
    case = opened.case
    users = people_over(case.cell)
    form = AskOpeningForm(posted(request), users=users, seconds=inspectors_over(case.organisation))
    page = {
        "back": reverse("discipline:case", args=[case.pk]),
        "crumb": "Bìa hồ sơ",
        "title": "Đề nghị mở niêm phong cho người khác",
        "lead": "Người thứ hai chỉ thấy đề nghị này: mở cho ai, với tư cách gì, vì sao. Nhật ký hồ sơ giữ cả hai.",
        "submit": "Gửi đề nghị",
        "done": "Đã gửi đề nghị; hồ sơ mở cho đồng chí ấy khi người thứ hai xác nhận.",
    }
    return act_with_form(request, form, lambda values: actions.ask_opening(case, by=request.user, **values), page)


@of_case
def void_case(request, opened):
    """A case that was opened by mistake."""
    _officers_only(opened)
    page = {
        "back": reverse("discipline:file", args=[opened.case.pk]),
        "crumb": "Hồ sơ",
        "title": "Hủy hồ sơ mở nhầm",
        "lead": f"{opened.case}. Từ nay không ai mở được hồ sơ này; nhật ký của hồ sơ vẫn được giữ.",
        "submit": "Hủy hồ sơ này",
        "done": "Đã hủy hồ sơ mở nhầm.",
    }

    def act(values):
        actions.void_case(opened.case, reason=values["reason"], by=request.user)
        return reverse("discipline:cases")

    return act_with_form(request, VoidForm(posted(request)), act, page)


@of_case
def correct_signal(request, opened):
    """What was written down of the sign, corrected with a reason."""
    _officers_only(opened)
    case = opened.case
    initial = {name: getattr(case, name) for name in CorrectSignalForm.base_fields if name != "reason"}
    form = CorrectSignalForm(posted(request), initial=initial, today=timezone.localdate())
    page = {
        "back": reverse("discipline:file", args=[case.pk]),
        "crumb": "Hồ sơ",
        "title": "Sửa phần tiếp nhận",
        "lead": "Chỉ sửa khi ghi sai; nhật ký của hồ sơ giữ nội dung cũ, người sửa và lý do.",
        "submit": "Lưu",
        "done": "Đã sửa phần tiếp nhận.",
    }

    def act(values):
        actions.correct_signal(case, form.columns, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


@login_required
def answer_opening(request, pk):
    """The second person sees for whom, as what and why, and answers; nothing of the case."""
    asked = find(SealOpening.objects.visible_to(request.user).waiting().select_related("user", "asked_by"), pk=pk)
    if request.method == "POST":
        answer(request, asked, actions.answer_opening, granted="Đã mở hồ sơ cho đồng chí ấy.")
        return redirect("discipline:cases")
    return render(request, "discipline/answer_opening.html", {"asked": asked})


def answer(request, asked, action, *, granted):
    """Do what the second person answered and say so, or why not."""
    grants = request.POST.get("answer") == "grant"
    try:
        action(asked, grants=grants, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, granted if grants else "Đã ghi là không mở.")


@of_case
def close_for(request, opened, reader_id):
    """Somebody is named no longer."""
    _officers_only(opened)
    reader = find(CaseReader.objects.visible_to(request.user).open(), pk=reader_id, case=opened.case)
    page = {
        "back": reverse("discipline:case", args=[opened.case.pk]),
        "crumb": "Bìa hồ sơ",
        "title": "Thôi cho xem hồ sơ",
        "lead": f"{reader}.",
        "submit": "Thôi cho xem",
        "done": "Đã đóng hồ sơ với đồng chí ấy.",
    }

    def act(values):
        actions.close_for(reader, reason=values["reason"], by=request.user)

    form = VoidForm(posted(request))
    form.fields["reason"].label = "Lý do"
    return act_with_form(request, form, act, page)


@of_case
def point_to_record(request, opened):
    """The record of the member was taken back and entered again: the case is to name the one that stands."""
    _officers_only(opened)
    case = opened.case
    page = {
        "back": reverse("discipline:case", args=[case.pk]),
        "crumb": "Bìa hồ sơ",
        "title": "Chuyển sang hồ sơ đảng viên nhập lại",
        "lead": f"{case}. Chỉ dùng khi mục của đồng chí này trong danh sách đảng viên đã bị hủy và được nhập lại.",
        "submit": "Chuyển hồ sơ",
        "done": "Hồ sơ đã theo mục đảng viên hiện có.",
    }

    def act(values):
        actions.point_to_record(case, values["member"], reason=values["reason"], by=request.user)

    return act_with_form(request, OtherRecordForm(posted(request), user=request.user), act, page)


@sealed(P.CASES_SEAL)
def take_over_case(request, pk):
    """An inspection head gives a case without any officer in office to one."""
    case = find(orphans_of(request.user), pk=pk)
    form = TakeOverForm(posted(request), users=inspectors_over(case.organisation))
    page = {
        "back": reverse("discipline:cases"),
        "crumb": "Kiểm tra, kỷ luật",
        "title": "Giao hồ sơ không còn người phụ trách",
        "lead": f"{case.organisation}. Nội dung hồ sơ chỉ mở cho đồng chí được giao.",
        "submit": "Giao hồ sơ",
        "done": "Đã giao hồ sơ.",
    }
    return act_with_form(request, form, lambda values: actions.take_over_case(case, by=request.user, **values), page)


def _officers_only(opened):
    if opened.part != Part.OFFICER:
        raise Http404
