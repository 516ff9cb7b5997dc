"""The yearly supplement slip taken over; the sheet, the slip and blank forms on paper; the history of the sheet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions import supplements as acts
from members.actions.exports import print_sheet as write_print
from members.forms.facts import VoidForm
from members.forms.supplement import SupplementForm
from members.reports import supplement as reports
from members.reports.sheet_history import sheet_history
from members.reports.sheet_paper import sheet_paper
from members.sheet_printing import blank_sheet_pdf, blank_supplement_pdf, sheet_pdf, supplement_pdf
from members.views.facts import form_page
from members.views.record import find_member, open_member, sight_of

PAGE_SIZE = 50
BLANKS = {"2-hsdv": blank_sheet_pdf, "3-hsdv": blank_supplement_pdf}


@requires(P.MEMBERS_EDIT)
def take_over_supplement(request, member_id):
    """The slip as it was filled in, then before and after, then the facts: three looks at one form."""
    member, today = _editable(request, member_id), timezone.localdate()
    sensitive = request.user.may(P.MEMBERS_SENSITIVE, member)
    standing = reports.standing(member, today, sensitive=sensitive)
    form = SupplementForm(request.POST or None, standing=standing, sensitive=sensitive, today=today)
    preview = request.method == "POST" and form.is_valid() and "again" not in request.POST
    if preview and "confirmed" in request.POST:
        slip = acts.SupplementSlip(form.cleaned_data["declared"], form.changes, sensitive, form.shown)
        try:
            acts.take_over_supplement(member, slip, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
            preview = False
        else:
            messages.success(request, f"Đã ghi phiếu bổ sung vào hồ sơ của {member}.")
            return redirect("members:sheet", member.pk)
    context = {"member": member, "form": form, "slips": list(reports.supplements(member)), "year": today.year}
    if preview:
        context |= {"changes": form.changes, "posted": [(name, form.data.get(name, "")) for name in form.fields]}
        return render(request, "members/sheet/supplement_preview.html", context)
    return render(request, "members/sheet/supplement.html", context)


@requires(P.MEMBERS_EDIT)
def void_supplement(request, member_id, supplement_id):
    """A slip that was not this member's."""
    member = _editable(request, member_id)
    row = find(reports.supplements(member), pk=supplement_id)
    form = VoidForm(request.POST or None)
    back = reverse("members:take_over_supplement", args=[member.pk])

    def act():
        acts.void_supplement(row, reason=form.cleaned_data["reason"], by=request.user)

    lead = "Những dòng mà phiếu đã ghi vẫn còn trong phiếu đảng viên; hủy từng dòng ghi sai ở mục của nó."
    return form_page(request, member, form, act, {"title": f"Hủy {str(row).lower()}", "lead": lead}, back=back)


@requires(P.MEMBERS_EDIT)
def print_supplement(request, member_id, supplement_id):
    """A slip that was taken over, on paper."""
    member = _editable(request, member_id)
    row = find(reports.supplements(member), pk=supplement_id)
    paper = reports.supplement_paper(row, sensitive=request.user.may(P.MEMBERS_SENSITIVE, member), sanctions=True)
    return file_answer(supplement_pdf(paper, row.declared_on), f"phieu-bo-sung-{row.declared_on:%Y-%m-%d}.pdf")


@requires(P.MEMBERS_EDIT)
def print_supplement_form(request, member_id):
    """The slip for the member to fill in, with what stands today."""
    member, today = _editable(request, member_id), timezone.localdate()
    paper = reports.supplement_form(member, today, sensitive=request.user.may(P.MEMBERS_SENSITIVE, member))
    return file_answer(supplement_pdf(paper, today), "phieu-bo-sung.pdf")


@requires(P.MEMBERS_REVEAL)
def print_sheet(request, member_id):
    """The sheet on paper; its whole numbers make printing an act in the log."""
    member, today = find_member(request, member_id), timezone.localdate()
    check(request.user, P.MEMBERS_REVEAL, member)
    paper = sheet_paper(member, today, sight_of(request.user, member), reveals=True)
    write_print(member, by=request.user)
    return file_answer(sheet_pdf(paper, today), "phieu-dang-vien.pdf")


@requires(P.MEMBERS_VIEW)
def print_blank_form(request, form):
    """A form without a person."""
    if form not in BLANKS:
        raise Http404
    return file_answer(BLANKS[form](timezone.localdate()), f"mau-{form}.pdf")


@requires(P.LOG_VIEW)
def show_history(request, member_id):
    """Who changed what, when and on which paper, fifty a page."""
    member = open_member(request, member_id, P.LOG_VIEW)
    changes = sheet_history(member, sensitive=request.user.may(P.MEMBERS_SENSITIVE, member))
    page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "members/sheet/history.html", {"member": member, "page": page})


def _editable(request, member_id):
    return open_member(request, member_id, P.MEMBERS_EDIT)
