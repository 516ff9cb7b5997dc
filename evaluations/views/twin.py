"""The sheet as a workbook: taken away, and brought back to be compared line by line before anything is saved."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cells.access import requires
from cells.permissions import Permission
from config.lib.downloads import file_answer
from config.lib.sheet_model import SheetError
from evaluations.sheet_book import HEAD, SheetBook
from evaluations.views.sheet import find_sheet, must_take, read
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


def _page(request, book, *, found=None, form=None, status=200):
    sheet = book.page.sheet
    versions = (
        {key: book.rows[key].review.version if key != HEAD else sheet.version for key in found.keys} if found else {}
    )
    context = {"sheet": sheet, "season": sheet.season, "found": found, "versions": versions, "file_form": form}
    return render(request, "evaluations/twin.html", context, status=status)
