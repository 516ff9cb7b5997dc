"""The comments from where members live and from other cells, for a whole cell on one page."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cells.access import requires
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.enums import CommentOf, Excuse
from evaluations.residence import FIELDS, residence_rows
from evaluations.season_rules import rule_book
from evaluations.views.written import READERS, find_readable_sheet, refuse_writing
from evaluations.written_forms import ResidenceRowForm
from evaluations.written_page import may_write


@requires(*READERS)
def record_residence(request, pk):
    """One row a member: received on, from whom, what it says, or why none is needed; rows are saved together."""
    sheet = find_readable_sheet(request, pk)
    rows = residence_rows(sheet)
    if request.method != "POST":
        return _page(request, sheet, rows)
    if not may_write(request.user, sheet):
        return refuse_writing(request, sheet)
    typed, edits = _read(request.POST, rows)
    try:
        written, clashes = actions.record_residence(sheet, rows=edits, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:list_written", pk)
    rows = residence_rows(sheet)
    if _show_again(rows, typed, clashes):
        return _page(request, sheet, rows, status=409 if clashes else 422)
    messages.success(request, f"Đã ghi {len(written)} nhận xét.")
    return redirect("evaluations:record_residence", pk)


def _read(data, rows):
    """({row key: (texts, errors)}, {what the row is about: (values, digest)} of the rows without errors)."""
    typed, edits = {}, {}
    for row in rows:
        if f"{row.key}-seen" not in data:
            continue
        form = ResidenceRowForm(data, prefix=row.key, is_excusable=row.kind == CommentOf.RESIDENCE)
        texts = {name: data.get(f"{row.key}-{name}", "") for name in FIELDS}
        typed[row.key] = (texts, {name: " ".join(words) for name, words in form.errors.items()})
        if form.is_valid():
            edits[row.asked] = (form.cleaned_data, data[f"{row.key}-seen"])
    return typed, edits


def _show_again(rows, typed, clashes):
    """Put back what was typed and not saved; whether anything was."""
    found = False
    for row in rows:
        texts, errors = typed.get(row.key, ({}, {}))
        clash = row.asked in clashes
        if clash or errors:
            row.clash = "Người khác vừa ghi khác; bấm lưu lần nữa để giữ phần của đồng chí." if clash else ""
            row.shown, row.errors, found = texts, errors, True
    return found


def _page(request, sheet, rows, *, status=200):
    procedure = rule_book(sheet.season).rules.procedure
    excused = [each for each in Excuse.choices if each[0] in (procedure.residence_comment_excused or ())]
    context = {
        "sheet": sheet,
        "rows": rows,
        "missing": sum(row.comment is None for row in rows if row.kind == CommentOf.RESIDENCE),
        "people": sum(row.kind == CommentOf.RESIDENCE for row in rows),
        "missing_of_cells": sum(row.comment is None for row in rows if row.kind != CommentOf.RESIDENCE),
        "wrong": [row for row in rows if row.errors or row.clash],
        "excuses": excused,
        "is_required": bool(procedure.residence_comment_required),
        "article": procedure.cite("residence_comment_required"),
        "excuse_article": procedure.cite("residence_comment_excused"),
        "writes": may_write(request.user, sheet),
    }
    return render(request, "evaluations/residence.html", context, status=status)
