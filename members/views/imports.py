"""Imports, steps one to four: the file, its columns, what is wrong, what would change."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.permissions import Permission as P
from config.lib.sheet_model import SheetError
from config.lib.workflow import NotAllowed
from members.actions.import_batches import start_check
from members.actions.imports import FileToCheck, ImportRefused
from members.enums import BatchState
from members.forms.imports import ColumnsForm, FileForm
from members.importing.analysis import NoListFound
from members.importing.choices import restore_choices
from members.importing.mapping import MappingError
from members.importing.refused import refused_rows
from members.models import ImportBatch
from members.ports import import_kind, import_kinds
from members.reports.import_sheets import sheet_groups
from members.reports.import_steps import steps_of
from members.reports.imports import STATES, ImportReport

PAGE = 50
CHECKED_AT_ONCE = 300_000  # bytes; a larger file takes more than two seconds
REFUSALS = (SheetError, NoListFound, MappingError, NotAllowed, ImportRefused)


def find_batch(request, batch_id):
    """The file in the scope of the person, with its kind; 404 for any other."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("organisation", "job", "created_by")
    batch = find(rows.defer("content"), pk=batch_id)
    return batch, import_kind(batch.kind)


@require_safe
@requires(P.MEMBERS_IMPORT)
def list_imports(request):
    """Files sent so far with their figures, the latest first."""
    rows = ImportBatch.objects.visible_to(request.user).with_figures().select_related("organisation", "created_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for batch in page:
        batch.look = STATES.get(batch.state, "neutral")
        batch.undo_url = reverse("members:undo_batch", args=[batch.pk])
    return render(request, "members/imports/list.html", {"page": page})


@requires(P.MEMBERS_IMPORT)
def check_file(request):
    """Step 1: send a file; it is read and checked, nothing is written."""
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        kinds=import_kinds(),
        initial={"organisation": _own_organisation(request.user)},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        check(request.user, P.MEMBERS_IMPORT, given["organisation"])
        file = FileToCheck(given["file"].read(), given["file"].name, given["on"])
        about = {"organisation": given["organisation"], "year": given["year"], "by": request.user}
        if given["file"].size > CHECKED_AT_ONCE:
            return redirect("cells:job", start_check(file, kind=given["kind"], **about).pk)
        try:
            batch = import_kind(given["kind"]).check(file, **about)
        except REFUSALS as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("members:map_columns", batch.pk)
    return render(request, "members/imports/check_file.html", {"form": form, "steps": steps_of(None, "check_file")})


def _own_organisation(user):
    """The organisation for which the person may import, if there is only one."""
    own = {role.organisation_id: role.organisation for role in user.roles_today if user.may(P.MEMBERS_IMPORT, role)}
    return next(iter(own.values())) if len(own) == 1 else None


@requires(P.MEMBERS_IMPORT)
def map_columns(request, batch_id):
    """Step 2: how the columns are read; corrected, the file is checked again."""
    batch, kind = find_batch(request, batch_id)
    if batch.state != BatchState.PREVIEW:
        return redirect("members:import", batch.pk)
    reading = kind.read(batch)
    groups = sheet_groups(reading, kind, batch.report)
    form = ColumnsForm(request.POST or None, groups=groups, kind=kind, initial={"on": batch.as_of})
    if request.method == "POST" and form.is_valid():
        try:
            _map(batch, kind, form, request.user)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("members:import", batch.pk)
    steps = steps_of(batch, "map_columns")
    context = {"batch": batch, "form": form, "reading": reading, "steps": steps, "groups": groups}
    return render(request, "members/imports/map_columns.html", context)


def _map(batch, kind, form, user):
    """Read the file as it was chosen, unless it was read so already and nothing had to be agreed to."""
    chosen, former = form.choices, restore_choices(batch.options)
    if chosen.sheets != former.sheets or not former.agreed or form.cleaned_data["on"] != batch.as_of:
        letters = chosen.sheets[0].letters
        batch = kind.map_columns(batch, letters, on=form.cleaned_data["on"], by=user, choices=chosen)
    if form.cleaned_data["keep"]:
        kind.keep(batch, by=user)


@require_safe
@requires(P.MEMBERS_IMPORT)
def show_import(request, batch_id):
    """Step 3: everything that is wrong, by kind and row by row."""
    batch, kind = find_batch(request, batch_id)
    report = ImportReport(batch, kind)
    code, groups = request.GET.get("code", ""), report.groups()
    page = Paginator(report.findings(code), PAGE).get_page(request.GET.get("page"))
    page.object_list = report.shown(page.object_list)
    context = {
        "batch": batch,
        "kind": kind,
        "report": report.report,
        "tidied": report.tidied(),
        "groups": groups,
        "chosen": next((group for group in groups if group.code == code), None),
        "page": page,
        "refused": len(refused_rows(report.report)),
        "steps": steps_of(batch, "import"),
    }
    return render(request, "members/imports/show_import.html", context)


@require_safe
@requires(P.MEMBERS_IMPORT)
def changes(request, batch_id):
    """Step 4: what would be written, and what two sources say differently."""
    batch, kind = find_batch(request, batch_id)
    report = ImportReport(batch, kind, sensitive=request.user.may(P.MEMBERS_SENSITIVE, batch))
    parts = report.parts()
    shown = request.GET.get("show")
    part = next((each for each in parts if each.key == shown), parts[0])
    page = Paginator(part.rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = part.as_shown(page.object_list)
    tabs = [(f"{each.title} ({each.count})", f"?show={each.key}", each is part) for each in parts]
    context = {"batch": batch, "part": part, "page": page, "tabs": tabs, "steps": steps_of(batch, "changes")}
    return render(request, "members/imports/changes.html", context)
