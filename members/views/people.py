"""The list of members, on screen and as a workbook."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import requires
from cells.actions.jobs import start_job
from cells.permissions import Permission as P
from config.lib.downloads import XLSX
from members.exporting import RollExport
from members.filters import RollFilter
from members.forms.exports import UnmaskedExportForm
from members.list_columns import COLUMNS, NAME, chosen_columns
from members.paging import kept_page, question_in
from members.reports.roll import Reach, RollQuestion, roll_rows

PAGE_SIZE = 50
MORE = ("sex", "age", "degree", "theory", "grade", "on")  # conditions that the page folds away while unused


@requires(P.MEMBERS_VIEW)
def list_members(request):
    """Members in scope, fifty a page, as the query asks."""
    roll = _roll(request)
    page = kept_page(question_in(request), roll.ids, request.GET.get("page"), size=PAGE_SIZE, narrow=roll.is_narrow)
    question = _question(request, roll)
    rows = roll_rows(list(page.object_list), question)
    page.object_list = [(row, [(column.title, column.text(row)) for column in question.columns]) for row in rows]
    context = {
        "roll": roll,
        "page": page,
        "columns": question.columns,
        "all_columns": COLUMNS.values(),
        "name_column": NAME,
        "list_url": reverse("members:list"),
        "more_open": any(request.GET.get(name) for name in MORE),
        "add_url": _add_url(roll),
        "may_add": request.user.holds(P.MEMBERS_EDIT),
        "sees_files": request.user.holds(P.FILES_VIEW),
        "may_export": request.user.holds(P.MEMBERS_EXPORT),
        "may_reveal": request.user.holds(P.MEMBERS_REVEAL),
    }
    return render(request, "members/list.html", context)


@requires(P.MEMBERS_EXPORT)
@require_POST
def export(request):
    """The list as it is shown, all pages, numbers masked."""
    return _workbook(request, _export(request))


@requires(P.MEMBERS_REVEAL)
def export_unmasked(request):
    """The list with whole numbers, where the person may reveal them, for a reason."""
    roll = _export(request).roll
    form = UnmaskedExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        list_url = f"{reverse('members:list')}?{request.GET.urlencode()}"
        context = {"roll": roll, "form": form, "count": roll.qs.count(), "list_url": list_url}
        return render(request, "members/export_unmasked.html", context)
    return _workbook(request, _export(request, form.cleaned_data["reason"]))


def _roll(request):
    roll = RollFilter(request.GET, user=request.user, permission=P.MEMBERS_VIEW)
    if roll.is_outside:
        raise Http404
    return roll


def _add_url(roll):
    """Straight to the form when the list is that of one open cell."""
    cell = roll.chosen
    return (
        reverse("members:enrol_member", args=[cell.pk])
        if cell and cell.is_cell and cell.is_open
        else reverse("members:add")
    )


def _question(request, roll):
    reach = Reach(pages=tuple(request.user.paths_in_scope(P.MEMBERS_VIEW)))
    return RollQuestion(roll.day, chosen_columns(request.GET.getlist("columns")), reach, roll.scales, roll.tree)


def _export(request, reason=""):
    export = RollExport(request.GET, request.user, reason)
    if export.roll.is_outside:
        raise Http404
    return export


def _workbook(request, export):
    """A short list at once; a long one by the worker, on the page of whose job the file then waits."""
    if export.is_long:
        params = {"query": request.GET.urlencode(), "reason": export.reason, "acting_for": request.user.acting_for}
        label = f"Xuất Excel: {export.roll.words}"[:200]
        job = start_job(export.kind, label, params=params, organisation=export.roll.top, by=request.user)
        return redirect("cells:job", job.pk)
    file = BytesIO(export.write(timezone.localtime()))
    name = f"danh-sach-dang-vien-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
