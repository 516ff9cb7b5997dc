"""Imports, the last step: writing a checked file, taking it back, laying it aside, mending what was refused."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import requires
from cells.enums import UNFINISHED_JOBS, JobState
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from config.lib.ui import undo_tag
from members.actions import import_batches as actions
from members.actions.imports import PreviewChanged, UndoRefused
from members.enums import BatchState
from members.forms.imports import RowForm
from members.importing.refused import refused_rows, refused_workbook
from members.reports.import_rows import refused_row
from members.reports.import_steps import steps_of
from members.reports.imports import STATES, ImportReport
from members.views.imports import REFUSALS, find_batch
from members.write_counts import told_count

AT_ONCE = 1500  # rows that are written within two seconds
REFRESH_SECONDS = 3
WORKER_ANSWERS_WITHIN = 10  # seconds


@requires(P.MEMBERS_IMPORT)
def commit_batch(request, batch_id):
    """Step 5: write the file, at once or in the background; afterwards what became of it."""
    batch, kind = find_batch(request, batch_id)
    if request.method == "POST":
        try:
            _write(batch, kind, request)
        except PreviewChanged as refusal:
            return _look_anew(batch, kind, refusal, request)
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        return redirect("members:commit_batch", batch.pk)
    context = _progress(batch) | {
        "batch": batch,
        "kind": kind,
        "report": batch.report,
        "look": STATES.get(batch.state, "neutral"),
        "refused": len(refused_rows(batch.report)),
        "steps": steps_of(batch, "commit_batch"),
    }
    return render(request, "members/imports/commit_batch.html", context)


def _look_anew(batch, kind, refusal, request):
    """The file is checked again, unless somebody was faster and has written it or laid it aside."""
    try:
        kind.map_columns(batch, batch.mapping, on=batch.as_of, by=request.user)
    except REFUSALS as other:
        messages.error(request, str(other))
        return redirect("members:commit_batch", batch.pk)
    messages.error(request, str(refusal))
    return redirect("members:changes", batch.pk)


def _write(batch, kind, request):
    """Small files at once; large ones by the worker, unless the person does not want to wait for it."""
    if batch.report["created"] + batch.report["updated"] > AT_ONCE and "now" not in request.POST:
        actions.start_import(batch, by=request.user)
        return
    kind.commit(batch, by=request.user)
    undo = undo_tag(reverse("members:undo_batch", args=[batch.pk]))
    messages.success(request, f"Đã ghi tệp {batch.file_name}.", extra_tags=undo)


def _progress(batch):
    """Whether the worker has the file, and whether it answers."""
    job = batch.job
    busy = batch.state == BatchState.PREVIEW and job is not None and job.state in UNFINISHED_JOBS
    waited = (timezone.now() - job.created_at).total_seconds() if busy else 0
    unanswered = busy and job.state == JobState.WAITING and waited > WORKER_ANSWERS_WITHIN
    refresh = REFRESH_SECONDS if busy and not unanswered else None
    done, total = told_count(job) if busy else (0, 0)
    found = {"job": job, "busy": busy, "unanswered": unanswered, "refresh_seconds": refresh}
    return found | {"done": done, "total": total}


@require_safe
@requires(P.MEMBERS_IMPORT)
def import_progress(request, batch_id):
    """The bar alone; once the worker has finished, or does not answer, the order to load the page again."""
    batch, _ = find_batch(request, batch_id)
    progress = _progress(batch)
    if not progress["busy"] or progress["unanswered"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "members/imports/progress.html", progress | {"batch": batch})


@require_POST
@requires(P.MEMBERS_IMPORT)
def undo_batch(request, batch_id):
    """Take a written file back whole; when somebody edited a row since, the rows are named."""
    batch, kind = find_batch(request, batch_id)
    try:
        kind.undo(batch, by=request.user)
    except UndoRefused as refusal:
        rows = ImportReport(batch, kind).rows_of(refusal.members)
        return render(request, "members/imports/undo_refused.html", {"batch": batch, "rows": rows}, status=409)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã hoàn tác: mọi thứ tệp {batch.file_name} ghi vào đã được rút lại.")
    return redirect("members:commit_batch", batch.pk)


@require_POST
@requires(P.MEMBERS_IMPORT)
def discard_import(request, batch_id):
    """Lay a checked file aside unwritten."""
    batch, _ = find_batch(request, batch_id)
    try:
        actions.discard_import(batch, by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("members:commit_batch", batch.pk)
    messages.success(request, f"Đã bỏ tệp {batch.file_name}; không có gì được ghi.")
    return redirect("members:imports")


@require_safe
@requires(P.MEMBERS_IMPORT)
def take_refused_rows(request, batch_id):
    """All refused rows as a workbook, with the messages in its last column."""
    batch, kind = find_batch(request, batch_id)
    if batch.content is None:
        raise Http404
    content = refused_workbook(kind.read(batch), batch.report)
    actions.take_refused_rows(batch, len(refused_rows(batch.report)), by=request.user)
    return file_answer(content, f"dong-can-sua-{batch.created_at:%Y%m%d-%H%M}.xlsx")


@requires(P.MEMBERS_IMPORT)
def save_row(request, batch_id, row):
    """Save one refused row by hand, with a reason."""
    batch, kind = find_batch(request, batch_id)
    if batch.state != BatchState.COMMITTED or row not in refused_rows(batch.report):
        raise Http404
    refused = refused_row(batch, kind, row)
    form = RowForm(request.POST or None, row=refused, kind=kind, choices=batch.report.get("choices", {}))
    if request.method == "POST" and form.is_valid():
        try:
            kind.save_row(batch, row, reason=form.cleaned_data["reason"], by=request.user, values=form.values)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi dòng {refused.place} bằng tay.")
            return redirect("members:import", batch.pk)
    context = {"batch": batch, "row": row, "form": form, "refused": refused}
    return render(request, "members/imports/save_row.html", context)
