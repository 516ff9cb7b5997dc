"""The pages of the registers as workbooks: taken away, and brought back to be compared before anything is written."""

from cells.access import check, requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from config.lib.sheet_model import SheetError
from members.forms.life import SheetFileForm
from members.life_sheets import TASKS, read_filled, workbook
from members.life_tasks_page import TasksPage
from members.views import life_fees, life_meetings, life_tasks
from members.views.life_months import cell_of_year


@requires(P.MEMBERS_EDIT)
def meeting_sheet(request, organisation_id, month):
    """A meeting as a workbook, or the differences of one that was filled in."""
    return _month_sheet(request, life_meetings, organisation_id, month)


@requires(P.MEMBERS_EDIT)
def fees_sheet(request, organisation_id, month):
    """A month of fees as a workbook, or the differences of one that was filled in."""
    return _month_sheet(request, life_fees, organisation_id, month)


@requires(P.MEMBERS_EDIT)
def tasks_sheet(request, organisation_id, year):
    """All tasks of a year as a workbook, or the differences of one that was filled in."""
    cell, today = cell_of_year(request, organisation_id, year)
    check(request.user, P.MEMBERS_EDIT, cell)
    page = TasksPage(request.user, cell, year, today, {})
    rows = page.all_rows()
    if request.method != "POST":
        fixed = (
            ("Nhiệm vụ", 40, lambda row: row.task.title),
            ("Hạn", 14, lambda row: row.task.due_on),
        )
        return file_answer(workbook("Phân công", TASKS, rows, fixed=fixed), f"phan-cong-{cell.pk}-{year}.xlsx")
    filled, form = _filled(request, TASKS, rows)
    if filled is None:
        return life_tasks.answer(request, page, file_form=form)
    page = TasksPage(request.user, cell, year, today, {}, filled.data)
    page.compare(filled)
    return life_tasks.answer(request, page)


def _month_sheet(request, views, organisation_id, month):
    page = views.find_page(request, organisation_id, month)
    check(request.user, P.MEMBERS_EDIT, page.cell)
    if request.method != "POST":
        content = workbook(views.SHEET, page.columns, page.rows, head=page.head)
        return file_answer(content, f"{views.SHEET_FILE}-{page.cell.pk}-{month:%Y-%m}.xlsx")
    filled, form = _filled(request, page.columns, page.rows)
    if filled is None:
        return views.answer(request, page, file_form=form)
    page = views.find_page(request, organisation_id, month, filled.data)
    page.read()
    page.compare(filled)
    return views.answer(request, page)


def _filled(request, columns, rows):
    """(what the sent workbook says, the form); nothing where the form says why not."""
    form = SheetFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return None, form
    file = form.cleaned_data["file"]
    try:
        return read_filled(file.read(), file.name, columns, names={row.key: row.name for row in rows}), form
    except SheetError as refusal:
        form.add_error("file", str(refusal))
        return None, form
