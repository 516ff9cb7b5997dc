"""What the bodies above a cell do with its sheet: open it, appraise, return with reasons, pass it on."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cells.access import requires
from cells.permissions import Permission
from config.lib.posted import whole_number
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.forms import NoteForm, ReturnForm
from evaluations.views.sheet import find_sheet, must_take, read, sheet_response, take

# a cell that decides itself acts by its right to file
STATION = (Permission.RATINGS_DECIDE, Permission.RATINGS_FILE)


@requires(*STATION)
@require_POST
def open_sheet(request, pk):
    """Begin to look at the sheet."""
    sheet = find_sheet(request, pk)
    must_take(request, "open_sheet", sheet)
    done = "Đã mở xem xét. Chi bộ không thu hồi được nữa."
    return take(request, sheet, lambda: actions.open_sheet(sheet, by=request.user), done)


@requires(*STATION)
@require_POST
def appraise(request, pk):
    """Save the levels that the appraising body finds."""
    sheet = find_sheet(request, pk)
    must_take(request, "forward", sheet)
    page = read(sheet)

    def act():
        actions.appraise(sheet, levels=_levels(request.POST, page), version=_version(request), by=request.user)

    return _take(request, page, act, "Đã lưu mức thẩm định.")


@requires(*STATION)
@require_POST
def forward(request, pk):
    """Save the appraised levels and pass the sheet on."""
    sheet = find_sheet(request, pk)
    must_take(request, "forward", sheet)
    page = read(sheet)

    def act():
        if levels := _levels(request.POST, page):
            actions.appraise(sheet, levels=levels, version=_version(request), by=request.user)
        actions.forward(sheet, by=request.user)

    return _take(request, page, act, "Đã trình cấp trên quyết định.")


@requires(*STATION)
@require_POST
def return_sheet(request, pk):
    """Give the sheet back to its cell, with a reason for all of it or on lines."""
    sheet = find_sheet(request, pk)
    must_take(request, "return_sheet", sheet)
    page = read(sheet)

    def act():
        reason, notes = _notes(request.POST, page)
        actions.return_sheet(sheet, reason=reason, notes=notes, by=request.user)

    return _take(request, page, act, "Đã trả lại chi bộ kèm lý do.")


def _take(request, page, act, done):
    """Do one act on the sheet of a page and say so, or the page again with what was typed and why not."""
    try:
        act()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _again(request, page)
    messages.success(request, done)
    return redirect("evaluations:sheet", page.sheet.pk)


def _version(request):
    """The version of the sheet that the page showed."""
    return whole_number(request.POST.get("version", ""))


def _levels(data, page):
    """Posted levels and reasons of rows that have a proposal, by review id; NotAllowed names a reason too long."""
    found = {}
    for row in page.rows:
        if level := data.get(f"{row.key}-level"):
            form = NoteForm({"note": data.get(f"{row.key}-why", "")})
            if not form.is_valid():
                raise NotAllowed(f"{row.review.member}: {form.errors['note'][0]}")
            found[row.review.pk] = (level, form.cleaned_data["note"])
    return found


def _notes(data, page):
    """The reason and the notes by review id; NotAllowed says what is wrong with them."""
    form = ReturnForm(data)
    if not form.is_valid():
        raise NotAllowed(form.errors["reason"][0])
    notes = {}
    for row in page.rows:
        note = NoteForm({"note": data.get(f"{row.key}-note", "")})
        if not note.is_valid():
            raise NotAllowed(f"{row.review.member}: {note.errors['note'][0]}")
        notes[row.review.pk] = note.cleaned_data["note"]
    return form.cleaned_data["reason"], notes


def _again(request, page):
    """The page with what was typed, after a refusal."""
    typed = {}
    for row in page.rows:
        names = ("level", "why", "note")
        typed[row.key] = {name: request.POST.get(f"{row.key}-{name}", "") for name in names}
        row.typed = typed[row.key]
    return sheet_response(request, page, status=422, typed_reason=request.POST.get("reason", ""))
