"""The sheet as a workbook: taken away, and brought back to be compared line by line before anything is saved."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cells.access import requires
from cells.permissions import Permission
from config.lib.downloads import file_answer
from config.lib.sheet_model import SheetError
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.raised_book import RaisedBook
from evaluations.raised_points import raised_points_of
from evaluations.sheet_book import HEAD, SheetBook
from evaluations.views.sheet import find_sheet, must_take, read, save_draft
from evaluations.written_fields import seen
from evaluations.written_forms import AnswerRaisedPointForm
from members.forms.life import SheetFileForm


@requires(Permission.RATINGS_FILE)
def workbook(request, pk):
    """The workbook of the sheet, or the differences of one that was filled in."""
    sheet = find_sheet(request, pk)
    must_take(request, "send", sheet)
    if not sheet.is_with_cell or not sheet.season.is_open:
        messages.error(
            request, "Bảng đã gửi hoặc đợt đã đóng nên không điền bằng bảng tính được. Hãy thu hồi nếu cần sửa."
        )
        return redirect("evaluations:sheet", pk)
    book = SheetBook(read(sheet))
    if request.method != "POST":
        return file_answer(book.write(), f"xep-loai-{sheet.season.year}-{sheet.organisation_id}.xlsx")
    form = SheetFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, book, form=form, status=422)
    file = form.cleaned_data["file"]
    try:
        found = book.compare(file.read(), file.name)
    except SheetError as refusal:
        form.add_error("file", str(refusal))
        return _page(request, book, form=form, status=422)
    return _page(request, book, found=found)


@requires(Permission.RATINGS_FILE)
@require_POST
def merge_workbook(request, pk):
    """Save what was chosen from a workbook: answers to raised points each as an answer, the rest as the draft."""
    sheet = find_sheet(request, pk)
    must_take(request, "send", sheet)
    for point, answer, shown in RaisedBook(raised_points_of(sheet)).posted(request.POST):
        form = AnswerRaisedPointForm({"answer": answer, "shown": seen(shown)})
        try:
            if form.is_valid():
                actions.answer_raised_point(point, sheet, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            messages.error(request, f"{point}: {refusal} Muốn lấy theo tệp thì gửi lại tệp rồi chọn.")
    return save_draft(request, pk)


def _page(request, book, *, found=None, form=None, status=200):
    sheet = book.page.sheet
    rows = {key: book.everybody[key].review.version for key in found.keys if key in book.everybody} if found else {}
    versions = rows | ({HEAD: sheet.version} if found and HEAD in found.keys else {})
    context = {"sheet": sheet, "season": sheet.season, "found": found, "versions": versions, "file_form": form}
    return render(request, "evaluations/twin.html", context, status=status)
