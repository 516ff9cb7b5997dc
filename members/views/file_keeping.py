"""Files of a body: completeness by unit, the list, loans, reconciliations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from members.actions import file_keeping as acts
from members.file_printing import FILE_DOCUMENTS
from members.forms.facts import VoidForm
from members.forms.file_keeping import KEEPERS, CheckForm, FilesFilter, LoanForm, ReturnForm
from members.models import FileCheck, FileLoan, Member
from members.paging import kept_page, question_in
from members.reports.dossier_lists import check_rows, file_rows, files_shown, unit_rows
from members.views.dossier import file_url, kept_file
from members.views.facts import form_page

PAGE = 50


@require_safe
@requires(P.FILES_VIEW)
def list_dossiers(request):
    """How complete the files are, by unit below one's own body or the one asked for."""
    bodies = Organisation.objects.visible_to(request.user, P.FILES_VIEW)
    asked = request.GET.get("in")
    body = find(bodies, pk=asked) if asked else bodies.order_by("path").first()
    rows, total = unit_rows(body, timezone.localdate())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "page": page,
        "total": total,
        "keeps": request.user.may(P.FILES_KEEP, body),
        "may_go_up": body.parent is not None and request.user.may(P.FILES_VIEW, body.parent),
        "documents": FILE_DOCUMENTS.items(),
    }
    return render(request, "members/dossier/dossiers.html", context)


@require_safe
@requires(P.FILES_VIEW)
def list_files(request):
    """Files in one's scope, fifty a page: all, those that lack a paper, not inventoried, lent."""
    form = FilesFilter(request.GET or None, user=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown, kept = chosen.get("shown", ""), request.user.paths_in_scope(P.FILES_KEEP)
    members = Member.objects.visible_to(request.user, P.FILES_KEEP if shown in KEEPERS else P.FILES_VIEW)
    if body := chosen.get("organisation"):
        members = members.below(body)
    rows = files_shown(members, shown, timezone.localdate()).order_by("sort_key", "id").values_list("pk", flat=True)
    page = kept_page(question_in(request), lambda: rows, request.GET.get("page"), size=PAGE)
    page.object_list = file_rows(list(page.object_list), kept)
    return render(request, "members/dossier/files.html", {"form": form, "page": page, "keeps": bool(kept)})


@require_safe
@requires(P.FILES_KEEP)
def list_loans(request):
    """The register of loans: what is out first, then what came back, the latest first."""
    rows = FileLoan.objects.visible_to(request.user, P.FILES_KEEP).standing().select_related("member__home")
    page = Paginator(rows.out_first(), PAGE).get_page(request.GET.get("page"))
    return render(request, "members/dossier/loans.html", {"page": page, "today": timezone.localdate()})


@requires(P.FILES_VIEW)
def lend_file(request, member_id):
    """A file goes out."""
    member, today = kept_file(request, member_id), timezone.localdate()
    form = LoanForm(request.POST or None, today=today, initial={"lent_on": today})

    def act():
        acts.lend_file(member, acts.LoanEntry(**form.cleaned_data), by=request.user)

    context = {
        "title": "Cho mượn đọc hồ sơ",
        "lead": "Ghi vào sổ mượn đọc. Hồ sơ là tài liệu mật của Đảng, chỉ cho mượn khi người giữ đồng ý (điểm 6.2.4 "
        "Quy định 294-QĐ/TW).",
    }
    return form_page(request, member, form, act, context, back=file_url(member))


@requires(P.FILES_KEEP)
def return_file(request, loan_id):
    """A file came back."""
    loan, today = _kept_loan(request, loan_id), timezone.localdate()
    form = ReturnForm(request.POST or None, today=today, initial={"returned_on": today})
    context = {"title": "Ghi trả hồ sơ", "lead": f"{loan.borrower} mượn từ {loan.lent_on:%d/%m/%Y}."}
    return form_page(
        request, loan.member, form, lambda: acts.return_file(loan, **form.cleaned_data, by=request.user), context,
        back=reverse("members:file_loans"),
    )  # fmt: skip


@requires(P.FILES_KEEP)
def void_loan(request, loan_id):
    """A loan that never was."""
    loan = _kept_loan(request, loan_id)
    form = VoidForm(request.POST or None)
    context = {"title": "Hủy lần mượn ghi sai", "lead": f"{loan.borrower}, mượn từ {loan.lent_on:%d/%m/%Y}."}
    return form_page(
        request, loan.member, form, lambda: acts.void_loan(loan, **form.cleaned_data, by=request.user), context,
        back=reverse("members:file_loans"),
    )  # fmt: skip


@require_safe
@requires(P.FILES_KEEP)
def list_file_checks(request):
    """Bodies that keep files: when list and files were last compared, when it is due again."""
    keeps = Organisation.objects.visible_to(request.user, P.FILES_KEEP).filter(is_base=True, is_open=True)
    page = Paginator(keeps.order_by("parent__position", "position", "id"), PAGE).get_page(request.GET.get("page"))
    page.object_list = check_rows(page.object_list, timezone.localdate())
    return render(request, "members/dossier/checks.html", {"page": page})


@requires(P.FILES_KEEP)
def record_file_check(request, organisation_id):
    """List and files were compared."""
    body = find(Organisation.objects.visible_to(request.user, P.FILES_KEEP), pk=organisation_id)
    today = timezone.localdate()
    _, total = unit_rows(body, today)
    form = CheckForm(
        request.POST or None,
        today=today,
        initial={"checked_on": today, "listed": total.people, "missing": 0, "damaged": 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_file_check(body, acts.CheckEntry(**form.cleaned_data), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi lần đối chiếu của {body}.")
            return redirect("members:file_checks")
    return render(request, "members/dossier/record_check.html", {"body": body, "form": form})


@requires(P.FILES_KEEP)
def void_file_check(request, check_id):
    """A reconciliation that was entered wrongly."""
    rows = FileCheck.objects.visible_to(request.user).standing().select_related("organisation")
    file_check = find(rows, pk=check_id)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.void_file_check(file_check, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã hủy lần đối chiếu ghi sai.")
            return redirect("members:file_checks")
    return render(request, "members/dossier/void_check.html", {"file_check": file_check, "form": form})


@require_safe
@requires(P.FILES_KEEP)
def print_files(request, organisation_id, name):
    """One document about the files of a body: on paper, or as a workbook; a long one is drafted and printed aside."""
    body = find(Organisation.objects.visible_to(request.user, P.FILES_KEEP), pk=organisation_id)
    if name not in FILE_DOCUMENTS:
        raise Http404
    source, today = FILE_DOCUMENTS[name], timezone.localdate()
    figures = source.collect(body, year=today.year, on=today)
    if "xlsx" in request.GET:
        return file_answer(source.render_xlsx(figures), f"{name}-{body.pk}.xlsx")
    name = f"{name}-{body.pk}"
    frame = draft_frame(body, source, figures, on=today)
    return paper_answer(request, source, figures, frame, name=name, back="members:dossiers")


def _kept_loan(request, loan_id):
    rows = FileLoan.objects.visible_to(request.user, P.FILES_KEEP).standing().select_related("member__home")
    loan = find(rows, pk=loan_id)
    check(request.user, P.FILES_KEEP, loan)
    return loan
