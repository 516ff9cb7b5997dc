"""Two records side by side, merged into one, and taken apart again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from members.actions import merging as acts
from members.forms.merging import MergeForm, UndoMergeForm
from members.merging import merge_plan
from members.models import Member, Merge


@requires(P.MEMBERS_EDIT)
def merge_members(request, member_id, other_id):
    """Side by side: which record stays, whose value stands; what stands against it. Both must be in one's scope."""
    survivor, merged = _two(request, member_id, other_id)
    for member in (survivor, merged):
        check(request.user, P.ENDINGS_RECORD, member)
    sensitive = all(request.user.may(P.MEMBERS_SENSITIVE, member) for member in (survivor, merged))
    plan = merge_plan(survivor, merged, sensitive=sensitive)
    form = MergeForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        entry = acts.MergeEntry(form.picks, form.cleaned_data["reason"], form.seen)
        try:
            merge = acts.merge_members(survivor, merged, entry, on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã gộp hai hồ sơ của {merge.survivor}.")
            return redirect("members:merge", merge.pk)
    swap = reverse("members:merge_members", args=[merged.pk, survivor.pk])
    return render(request, "members/quality/merge_members.html", {"plan": plan, "form": form, "swap": swap})


@require_safe
@requires(P.MEMBERS_VIEW)
def show_merge(request, merge_id):
    """One merge: what went where, and whether it can still be taken apart."""
    merge = _merge(request, merge_id)
    may_undo = merge.voided_at is None and _may_undo(request, merge)
    reaches = request.user.may(P.MEMBERS_VIEW, merge.merged)
    context = {"merge": merge, "facts": _facts(merge, reaches=reaches), "may_undo": may_undo}
    return render(request, "members/quality/merge.html", context)


@requires(P.MEMBERS_EDIT)
def undo_merge(request, merge_id):
    """Take a merge apart, for a reason: who keeps both records, where they are now and where they go back to."""
    merge = _merge(request, merge_id)
    if not _may_undo(request, merge):
        raise PermissionDenied
    form = UndoMergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.undo_merge(merge, reason=form.cleaned_data["reason"], on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã hoàn tác lần gộp; hai hồ sơ trở lại như trước.")
            return redirect("members:merge", merge.pk)
    return render(request, "members/quality/undo_merge.html", {"merge": merge, "form": form})


def _two(request, *ids):
    rows = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("home__parent").in_bulk(ids)
    if len(rows) != len(ids):
        raise Http404
    return [rows[key] for key in ids]


def _merge(request, merge_id):
    rows = Merge.objects.visible_to(request.user, P.MEMBERS_VIEW)
    people = ("survivor__home", "merged__home", "recorded_by", "voided_by")
    return find(rows.select_related(*people), pk=merge_id)


def _may_undo(request, merge):
    kept = Organisation.objects.visible_to(request.user, P.ENDINGS_RECORD)
    return kept.filter(pk__in=merge.homes).count() == len(merge.homes)


def _facts(merge, *, reaches):
    """What the page says; where the merged record was kept only to who `reaches` that place."""
    rows = [
        ("Hồ sơ giữ lại", f"{merge.survivor.full_name}, {merge.survivor.home}"),
        ("Hồ sơ đã gộp vào", f"{merge.merged.full_name}{f', {merge.merged.home}' if reaches else ''}"),
        ("Căn cứ", merge.reason),
        ("Người gộp", f"{merge.recorded_by or '–'}, {timezone.localtime(merge.recorded_at):%d/%m/%Y %H:%M}"),
        ("Mục chuyển sang", sum(map(len, merge.shown_moves.values()))),
        ("Mục thôi hiệu lực vì trùng", sum(map(len, merge.voided.values()))),
    ]
    if merge.voided_at:
        done = f"{timezone.localtime(merge.voided_at):%d/%m/%Y %H:%M}"
        rows.append(("Đã hoàn tác", f"{merge.voided_by}, {done}: {merge.void_reason}"))
    return rows
