"""Cases that name the person: the list, a new one, the cover, the file, the journal."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.case_page import read_cover, read_file, read_journal, read_list
from discipline.forms import OpenForm, SignalForm
from discipline.models import Case
from discipline.sealing import inspectors_over, own_body
from discipline.tabs import tabs_of
from discipline.views.door import cover_only, of_case
from members.views.rights import sealed


@require_safe
@sealed(P.CASES_REPORT)
def list_cases(request):
    """The cases that name the person, the open ones first, and what is asked of him at the seal."""
    cases = Case.objects.visible_to(request.user).with_subject()
    page = read_list(request.user, cases, timezone.localdate())
    return render(request, "discipline/list.html", {"page": page, "user": request.user})


@sealed(P.CASES_REPORT)
def register_signal(request):
    """A sign of a violation as it came in; it opens a case."""
    user, today = request.user, timezone.localdate()
    body = own_body(user, P.CASES_WORK, P.CASES_REPORT)
    officers = inspectors_over(body)
    form = SignalForm(posted(request), user=user, officers=officers, today=today, initial={"officers": [user.pk]})
    page = {
        "back": reverse("discipline:cases"),
        "crumb": "Kiểm tra, kỷ luật",
        "title": "Ghi dấu hiệu vi phạm",
        "lead": "Hồ sơ chỉ mở cho đồng chí và những cán bộ kiểm tra được chọn ở đây. Mở cho người khác sau này cần lý "
        "do và người thứ hai xác nhận.",
        "submit": "Mở hồ sơ niêm phong",
        "done": "Đã mở hồ sơ.",
    }

    def act(values):
        case = actions.register_signal(form.subject, body, form.entry, by=user)
        return reverse("discipline:file", args=[case.pk])

    return act_with_form(request, form, act, page)


@cover_only
def show_cover(request, opened):
    """The cover: that there is a case, who is named on it, who read it last; why it is opened is asked here."""
    form = OpenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.open_case(opened.case, reason=form.cleaned_data["reason"], by=request.user)
        return redirect("discipline:file", pk=opened.case.pk)
    context = {"page": read_cover(opened), "case": opened.case, "form": form}
    return render(request, "discipline/cover.html", context, status=422 if form.errors else 200)


@require_safe
@of_case
def show_file(request, opened):
    """Where the case stands, what is next and by whom, what was done."""
    context = {"page": read_file(opened, timezone.localdate()), "case": opened.case, "tabs": tabs_of(opened, "file")}
    return render(request, "discipline/file.html", context)


@require_safe
@of_case
def show_journal(request, opened):
    """Who read and did what, when and why."""
    page = read_journal(opened, request.GET.get("page"))
    context = {"page": page, "case": opened.case, "tabs": tabs_of(opened, "journal")}
    return render(request, "discipline/journal.html", context)
