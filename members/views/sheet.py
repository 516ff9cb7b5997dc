"""Rows of the sheet, entered on the page of their part, written anew, voided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import sheet as acts
from members.forms.facts import VoidForm
from members.forms.sheet import CorrectRowForm, RowForm
from members.reports.sheet_rows import part_table
from members.sheet.columns import row_words
from members.sheet.parts import PARTS
from members.sheet.reading import row_since, rows_of
from members.views.facts import form_page
from members.views.record import open_member

GAP = "Hãy ghi thêm dòng, hoặc ghi lý do của quãng (38-HD/BTCTW, mục I.2.2):"
NEXT = "next"  # a row was written, and the next one follows


@requires(P.MEMBERS_EDIT)
def add_sheet_row(request, member_id, part):
    """The rows of a part, and the form of the next one; after it is written the form stands ready again."""
    member, part = _editable(request, member_id, part)
    form = RowForm(request.POST or None, part=part, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_sheet_row(member, part, form.values, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi một dòng vào mục {part.heading}.")
            return redirect(f"{_page(member, part)}?{NEXT}=1")
    elif NEXT in request.GET:
        form.begin_at_first()
    table = part_table(member, part, timezone.localdate())
    context = {
        "member": member,
        "part": part,
        "table": table,
        "form": form,
        "parts": _others(member, part, request),
        "gap_words": f"{GAP} {'; '.join(table.gaps)}.",
    }
    return render(request, "members/sheet/part.html", context)


@requires(P.MEMBERS_EDIT)
def correct_sheet_row(request, member_id, part, row_id):
    """A row that changes or was wrong: voided and written anew, with a reason; others may have done so meanwhile."""
    member, part = _editable(request, member_id, part)
    row = find(row_since(part, member, row_id))
    form = CorrectRowForm(request.POST or None, part=part, today=timezone.localdate(), row=row, asked=row_id)

    def act():
        acts.correct_sheet_row(part, row, form.values, reason=form.cleaned_data["reason"], by=request.user)

    lead = f"Đang ghi: {row_words(part, row)}. Bản cũ được giữ lại trong lịch sử của phiếu."
    return form_page(
        request, member, form, act, {"title": f"Sửa mục {part.heading}", "lead": lead}, back=_page(member, part)
    )


@requires(P.MEMBERS_EDIT)
def void_sheet_row(request, member_id, part, row_id):
    """A row that never was true."""
    member, part = _editable(request, member_id, part)
    row = find(rows_of(part, member), pk=row_id)
    form = VoidForm(request.POST or None)

    def act():
        acts.void_sheet_row(part, row, reason=form.cleaned_data["reason"], by=request.user)

    lead = f"{row_words(part, row)}. Dòng vẫn đọc được trong lịch sử của phiếu."
    return form_page(
        request, member, form, act, {"title": f"Hủy một dòng của mục {part.heading}", "lead": lead},
        back=_page(member, part),
    )  # fmt: skip


def _editable(request, member_id, code):
    """The member and the part; restricted parts are for those who may see them. The look is noted."""
    member = open_member(request, member_id, P.MEMBERS_EDIT)
    if code not in PARTS:
        raise Http404
    part = PARTS[code]
    if part.sensitive:
        check(request.user, P.MEMBERS_SENSITIVE, member)
    return member, part


def _page(member, part):
    return reverse("members:add_sheet_row", args=[member.pk, part.code])


def _others(member, part, request):
    """(words, address) of the parts before and after, so that a whole sheet is entered without going back."""
    sees = request.user.may(P.MEMBERS_SENSITIVE, member)
    parts = [each for each in PARTS.values() if sees or not each.sensitive]
    place = parts.index(part)
    return {
        name: (parts[at].heading, _page(member, parts[at]))
        for name, at in (("before", place - 1), ("after", place + 1))
        if 0 <= at < len(parts)
    }
