"""Denunciations that name the person: the list, a new one, one of them; the sender on a page of its own."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cells.access import find
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.denunciation_seal import orphans_of, reader_of
from discipline.denunciations_page import asked_of, pill_of, read_denunciation, read_today
from discipline.forms import OpenForm
from discipline.forms_denunciations import HANDLE, CaseFromLetterForm, ClassifyForm, ConcludeForm, LetterForm
from discipline.models import Denunciation
from discipline.sealing import inspectors_over, own_body
from members.views.rights import sealed

CRUMB = "Đơn tố cáo"


def found(request, pk):
    """The denunciation as the person may see it; everything else is 404."""
    rows = Denunciation.objects.visible_to(request.user).select_related("member__home", "accused", "organisation")
    return find(rows, pk=pk)


def of_denunciation(view):
    """A view with content: whoever has not opened it today is asked why first."""

    @wraps(view)
    def guarded(request, pk, *args, **kwargs):
        row = found(request, pk)
        if not read_today(request.user, row):
            return redirect("discipline:open_denunciation", pk=pk)
        return view(request, row, *args, **kwargs)

    return never_cache(login_required(guarded))


def named_only(view):
    """What those do whom the denunciation itself names; who sees it through its case alone reads."""

    @wraps(view)
    def guarded(request, row, *args, **kwargs):
        if reader_of(request.user, row) is None:
            raise Http404
        return view(request, row, *args, **kwargs)

    return of_denunciation(guarded)


@require_safe
@sealed(P.CASES_REPORT)
def list_denunciations(request):
    """The denunciations that name the person, and what is asked of him as a second person."""
    rows = Denunciation.objects.visible_to(request.user).select_related("member", "accused", "organisation")
    orphans = orphans_of(request.user, timezone.localdate())
    context = {"rows": [(row, pill_of(row)) for row in rows], "asked": asked_of(request.user), "orphans": orphans}
    return render(request, "discipline/denunciations.html", context)


@sealed(P.CASES_REPORT)
def receive_denunciation(request):
    """A letter as it came in."""
    form = LetterForm(posted(request), user=request.user, today=timezone.localdate())
    body = own_body(request.user, P.CASES_WORK, P.CASES_REPORT)
    page = {
        "back": reverse("discipline:denunciations"),
        "crumb": CRUMB,
        "title": "Tiếp nhận đơn tố cáo",
        "lead": "Đơn chỉ mở cho đồng chí. Người tố cáo được giữ riêng; không ghi tên người tố cáo ở nơi nào khác.",
        "submit": "Tiếp nhận đơn",
        "done": "Đã tiếp nhận đơn.",
    }

    def act(values):
        row = actions.receive_denunciation(form.subject, body, form.entry, by=request.user)
        return reverse("discipline:denunciation", args=[row.pk])

    return act_with_form(request, form, act, page)


@login_required
def open_denunciation(request, pk):
    """Why it is read today; its journal keeps that."""
    row = found(request, pk)
    page = {
        "back": reverse("discipline:denunciations"),
        "crumb": CRUMB,
        "title": "Mở đơn tố cáo",
        "lead": f"{row}, tiếp nhận {row.received_on:%d/%m/%Y}.",
        "submit": "Mở đơn",
        "done": "Đã mở đơn cho hôm nay.",
    }

    def act(values):
        actions.open_denunciation(row, reason=values["reason"], by=request.user)
        return reverse("discipline:denunciation", args=[row.pk])

    return act_with_form(request, OpenForm(posted(request)), act, page)


@require_safe
@of_denunciation
def show_denunciation(request, row):
    """The contents with their results, who may read it, what was done; never who sent it."""
    return render(request, "discipline/denunciation.html", {"page": read_denunciation(row, request.user), "row": row})


@named_only
def classify_denunciation(request, row):
    """Handled as a denunciation, or why not."""
    form = ClassifyForm(posted(request))
    page = _page(row, "Phân loại đơn", "Ghi phân loại", "Đã phân loại.")

    def act(values):
        if values["outcome"] == HANDLE:
            actions.accept_denunciation(row, by=request.user)
        else:
            actions.refuse_denunciation(row, reason=values["outcome"], note=values["note"], by=request.user)

    return act_with_form(request, form, act, page)


@named_only
def conclude_content(request, row, content_id):
    """One content ends as one of four."""
    content = find(row.contents.standing(), pk=content_id)
    form = ConcludeForm(posted(request), today=timezone.localdate())
    page = _page(row, "Kết luận nội dung tố cáo", "Ghi kết luận", "Đã ghi kết luận.") | {"lead": content.text}

    def act(values):
        actions.conclude_content(content, by=request.user, **values)

    return act_with_form(request, form, act, page)


@named_only
def open_case_from(request, row):
    """A case of what the letter says; the case learns nothing of the sender."""
    officers = inspectors_over(row.organisation)
    form = CaseFromLetterForm(
        posted(request), officers=officers, today=timezone.localdate(), initial={"officers": [request.user.pk]}
    )
    page = _page(row, "Mở hồ sơ xem xét từ đơn", "Mở hồ sơ niêm phong", "Đã mở hồ sơ.")
    page["lead"] = "Đơn không ghi tên mà nội dung rõ thì dùng làm thông tin để kiểm tra. Hồ sơ không biết ai gửi đơn."

    def act(values):
        actions.open_case_from(row, form.entry(row), by=request.user)

    return act_with_form(request, form, act, page)


@named_only
def show_sender(request, row):
    """Who sent it, in answer to a reason; each look is kept."""
    if not reader_of(request.user, row).sees_sender:
        raise Http404
    form = OpenForm(posted(request))
    form.fields["reason"].label, form.fields["reason"].help_text = "Lý do xem người tố cáo", "Nhật ký của đơn giữ lại."
    sender = None
    if request.method == "POST" and form.is_valid():
        try:
            sender = actions.look_at_sender(row, reason=form.cleaned_data["reason"], by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("discipline:denunciation", pk=row.pk)
    context = {"row": row, "form": form, "sender": sender}
    answer = render(request, "discipline/sender.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(row, title, submit, done):
    return {
        "back": reverse("discipline:denunciation", args=[row.pk]), "crumb": CRUMB, "title": title,
        "lead": f"{row}, tiếp nhận {row.received_on:%d/%m/%Y}.", "submit": submit, "done": done,
    }  # fmt: skip
