"""The ledger of fees of a cell: one month on one page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, requires
from cells.permissions import Permission as P
from members.actions import life_fees as actions
from members.forms.life import FEE_CHOICES
from members.life_pages import FeesPage
from members.settling import Stale
from members.views.life_months import find_cell, life_tabs, month_links, refuse_later

SHEET, SHEET_FILE = "Đảng phí", "dang-phi"


@requires(P.MEMBERS_VIEW)
def keep_fees(request, organisation_id, month):
    """Read and write the fees of a month."""
    page = find_page(request, organisation_id, month, request.POST if request.method == "POST" else None)
    cell = page.cell
    if request.method != "POST":
        return answer(request, page)
    check(request.user, P.MEMBERS_EDIT, cell)
    lines = page.read()
    if lines is None:
        return answer(request, page)
    try:
        actions.keep_fees(cell, month, lines, by=request.user)
    except Stale as refusal:
        page.show_stale(refusal)
        return answer(request, page, status=409)
    except ValidationError as refusal:
        page.form.add_error(None, refusal)
        return answer(request, page)
    owed = sum(1 for line in lines if line.basis in ("due", "reduced") and line.paid_on is None)
    messages.success(request, f"Đã ghi đảng phí tháng {month:%m/%Y}; {owed} đồng chí chưa đóng.")
    return redirect("members:keep_fees", cell.pk, month)


def find_page(request, organisation_id, month, data=None):
    """The ledger of the month, with what was posted or read from a workbook over it."""
    cell, today = find_cell(request, organisation_id), timezone.localdate()
    refuse_later(month, today)
    return FeesPage(request.user, cell, month, today, data)


def answer(request, page, *, status=200, **extra):
    """The page of the month."""
    context = {
        "page": page,
        "cell": page.cell,
        "month": page.month,
        "form": page.form,
        "choices": FEE_CHOICES,
        "tabs": life_tabs(page.cell, "keep_fees", month=page.month),
        "address": reverse("members:keep_fees", args=[page.cell.pk, page.month]),
        "sheet_url": reverse("members:fees_sheet", args=[page.cell.pk, page.month]),
        "months": month_links("keep_fees", page.cell, page.month, page.today),
    }
    return render(request, "members/life/fees.html", context | extra, status=status)
