"""Files in the official layout: written, brought in to compare with, and what is to be typed again."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.actions.jobs import start_job
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions.official import bring_official, start_bringing
from members.forms.exports import UnmaskedExportForm
from members.forms.official import BringForm, OfficialForm
from members.models import OfficialFile
from members.official import writing
from members.official.comparison import compare
from members.official.rows import official_people
from members.views.imports import CHECKED_AT_ONCE, REFUSALS

PAGE = 50


@require_safe
@requires(P.MEMBERS_EXPORT)
def official_files(request):
    """Files written and brought so far; the form that writes the next one."""
    bodies = Organisation.objects.visible_to(request.user, P.MEMBERS_EXPORT)
    first = {"organisation": bodies.order_by("path").first()}
    form = OfficialForm(request.GET or None, user=request.user, initial=first)
    organisation = (
        form.cleaned_data["organisation"] if form.is_valid() else None if form.is_bound else first["organisation"]
    )
    rows = OfficialFile.objects.visible_to(request.user).without_content()
    context = {
        "form": form,
        "organisation": organisation,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_reveal": organisation is not None and request.user.may(P.MEMBERS_REVEAL, organisation),
    }
    return render(request, "members/official/list.html", context)


@requires(P.MEMBERS_EXPORT)
@require_POST
def export_official(request, organisation_id):
    """The whole file with masked numbers."""
    return _export(request, _organisation(request, organisation_id))


@requires(P.MEMBERS_REVEAL)
def export_official_unmasked(request, organisation_id):
    """The whole file with whole numbers, for a reason."""
    organisation = _organisation(request, organisation_id)
    check(request.user, P.MEMBERS_REVEAL, organisation)
    form = UnmaskedExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _export(request, organisation, form.cleaned_data["reason"])
    count = official_people(organisation, timezone.localdate()).count()
    context = {
        "form": form,
        "title": "Xuất File nhập liệu 4.0 với số đầy đủ",
        "words": str(organisation),
        "count": count,
    }
    return render(request, "members/official/unmasked.html", context)


def _organisation(request, organisation_id):
    return find(Organisation.objects.visible_to(request.user, P.MEMBERS_EXPORT), pk=organisation_id)


def _export(request, organisation, reason=""):
    if official_people(organisation, timezone.localdate()).count() > writing.AT_ONCE:
        kind = writing.EXPORT_UNMASKED if reason else writing.EXPORT
        label = f"Xuất File nhập liệu 4.0 của {organisation}"[:200]
        return _start(request, kind, label, organisation, {"reason": reason})
    content = writing.write_export(organisation, by=request.user, at=timezone.localtime(), reason=reason)
    return file_answer(content, f"file-nhap-lieu-4.0-{timezone.localdate():%Y%m%d}.xlsx")


def _start(request, kind, label, organisation, params):
    params["acting_for"] = request.user.acting_for
    return redirect("cells:job", start_job(kind, label, params=params, organisation=organisation, by=request.user).pk)


@requires(P.MEMBERS_EXPORT)
def bring_official_file(request):
    """A file of the official system to compare with."""
    bodies = Organisation.objects.visible_to(request.user, P.MEMBERS_EXPORT)
    first = {"organisation": bodies.order_by("path").first()}
    form = BringForm(request.POST or None, request.FILES or None, user=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent, about = given["file"], {"organisation": given["organisation"], "by": request.user}
        if sent.size > CHECKED_AT_ONCE:
            return redirect("cells:job", start_bringing(sent.read(), sent.name, **about).pk)
        try:
            file = bring_official(sent.read(), sent.name, on=timezone.localdate(), **about)
        except REFUSALS as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("members:rekey", file.pk)
    return render(request, "members/official/bring.html", {"form": form})


def _file(request, file_id):
    return find(OfficialFile.objects.visible_to(request.user).select_related("organisation", "created_by"), pk=file_id)


@require_safe
@requires(P.MEMBERS_EXPORT)
def rekey(request, file_id):
    """What is to be typed again into the official system, person by person."""
    file = _file(request, file_id)
    context = {"file": file, "is_long": file.people > writing.AT_ONCE, "may_reveal": _may_reveal(request, file)}
    if not context["is_long"]:
        reach = writing.reach_of(request.user)
        found = compare(file, timezone.localdate(), reach.senses)
        page = Paginator(found.people, PAGE).get_page(request.GET.get("page"))
        page.object_list = [
            (person, [(change.item.heading, *writing.seen_in(change, person, reach)) for change in person.items])
            for person in page.object_list
        ]
        context |= {"page": page, "counts": found.counts, "on": found.on}
    return render(request, "members/official/rekey.html", context)


def _may_reveal(request, file):
    return request.user.may(P.MEMBERS_REVEAL, file.organisation)


@require_POST
@requires(P.MEMBERS_EXPORT)
def take_rekey(request, file_id, form):
    """The list, or the rows in the official layout, with masked numbers."""
    return _take(request, _file(request, file_id), form)


@requires(P.MEMBERS_REVEAL)
def take_rekey_unmasked(request, file_id, form):
    """The same with whole numbers, for a reason."""
    file = _file(request, file_id)
    check(request.user, P.MEMBERS_REVEAL, file.organisation)
    reason_form = UnmaskedExportForm(request.POST or None)
    if request.method == "POST" and reason_form.is_valid():
        return _take(request, file, form, reason_form.cleaned_data["reason"])
    context = {
        "form": reason_form, "title": "Tải danh sách nhập lại với số đầy đủ", "words": str(file), "file": file,
    }  # fmt: skip
    return render(request, "members/official/unmasked.html", context)


def _take(request, file, form, reason=""):
    if form not in writing.FORMS:
        raise Http404
    if file.people > writing.AT_ONCE:
        kind = writing.TAKE_UNMASKED if reason else writing.TAKE
        params = {"file": str(file.pk), "form": form, "reason": reason}
        return _start(request, kind, f"Danh sách nhập lại so với {file}"[:200], file.organisation, params)
    content = writing.write_rekey(file, form, by=request.user, at=timezone.localtime(), reason=reason)
    return file_answer(content, f"nhap-lai-{timezone.localdate():%Y%m%d}.xlsx")
