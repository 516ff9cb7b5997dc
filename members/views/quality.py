"""The quality desk: figures of an organisation, findings, who mends them, what is accepted, what is mended at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.actions.jobs import start_job
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.ui import undo_tag
from members.actions import quality as acts
from members.forms.quality import AcceptForm, AssignForm, FindingFilter, QualityForm
from members.models import Finding, Member, QualityFix
from members.paging import kept_page, question_in
from members.quality.finding import CHECK_QUALITY
from members.quality.rules import quality_rules
from members.reports.quality import finding_rows, mendings, possible_owners, quality_desk
from members.views.record import find_member

PAGE_SIZE = 50
AT_ONCE = 2000  # findings that are given to somebody in one go


@require_safe
@requires(P.MEMBERS_VIEW)
def show_quality(request):
    """The desk of the organisation asked for; at first that of one's own body."""
    bodies = Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("parent")
    form = QualityForm(request.GET or None, user=request.user)
    organisation = None
    if not form.is_bound:
        organisation = bodies.order_by("path").first()
        form = QualityForm(user=request.user, initial={"organisation": organisation})
    elif form.is_valid():
        organisation = form.cleaned_data["organisation"]
        form = QualityForm(user=request.user, initial={"organisation": organisation})  # its name, asked by number too
    context = {
        "form": form,
        "organisation": organisation,
        "desk": quality_desk(organisation, request.user, timezone.localdate()) if organisation else None,
        "may_check": organisation is not None and request.user.may(P.MEMBERS_EDIT, organisation),
    }
    return render(request, "members/quality/desk.html", context)


@require_POST
@requires(P.MEMBERS_EDIT)
def check_quality(request, organisation_id):
    """Look through the records of an organisation, beside the page."""
    organisation = find(Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW), pk=organisation_id)
    check(request.user, P.MEMBERS_EDIT, organisation)
    job = start_job(CHECK_QUALITY, f"Kiểm tra hồ sơ: {organisation}"[:200], organisation=organisation, by=request.user)
    return redirect("cells:job", job.pk)


@require_safe
@requires(P.MEMBERS_VIEW)
def list_findings(request):
    """What the rules found, fifty a page."""
    return _list(request)


def _list(request, refused=None):
    today = timezone.localdate()
    form = FindingFilter(request.GET or None, user=request.user)
    rows = form.narrow(Finding.objects.visible_to(request.user, P.MEMBERS_VIEW), today)
    keys = rows.order_by("due_on", "pk").values_list("pk", flat=True)
    page = kept_page(question_in(request), lambda: keys, request.GET.get("page"), size=PAGE_SIZE)
    found = Finding.objects.visible_to(request.user, P.MEMBERS_VIEW).filter(pk__in=list(page.object_list))
    page.object_list = finding_rows(found.with_people().order_by("due_on", "pk"), today)
    edits = request.user.holds(P.MEMBERS_EDIT)
    context = {
        "form": form,
        "organisation": form.organisation,
        "page": page,
        "rule": quality_rules().get(form.data.get("rule", "")),
        "assign": (refused or _assign_form(request, form.organisation, today)) if edits else None,
        "may_edit": edits,
        "may_merge": request.user.holds(P.ENDINGS_RECORD),
    }
    return render(request, "members/quality/findings.html", context, status=422 if refused else 200)


@require_POST
@requires(P.MEMBERS_EDIT)
def assign_findings(request):
    """Give the ticked findings, or all that the list shows, to somebody or another day."""
    today = timezone.localdate()
    chosen = FindingFilter(request.GET or None, user=request.user)
    rows = chosen.narrow(Finding.objects.visible_to(request.user, P.MEMBERS_EDIT), today).open()
    form = _assign_form(request, chosen.organisation, today)
    if not form.is_valid():
        return _list(request, form)
    picked = rows.order_by("due_on", "pk")[:AT_ONCE] if request.POST.get("all") else rows.filter(pk__in=_ids(request))
    try:
        given = acts.assign_findings(picked, **form.cleaned_data, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _list(request, form)
    messages.success(request, f"Đã giao {given} mục.")
    return redirect(f"{reverse('members:findings')}?{request.GET.urlencode()}")


@requires(P.MEMBERS_EDIT)
def accept_finding(request, finding_id):
    """Leave a finding as it is, for a reason."""
    finding = _finding(request, finding_id)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.accept_finding(finding, reason=form.cleaned_data["reason"], on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            undo = undo_tag(reverse("members:reopen_finding", args=[finding.pk]))
            messages.success(request, f"Đã chấp nhận: {finding.what.words}.", extra_tags=undo)
            return redirect("members:member_findings", finding.member_id)
    return render(request, "members/quality/accept.html", {"finding": finding, "form": form})


@require_POST
@requires(P.MEMBERS_EDIT)
def reopen_finding(request, finding_id):
    """Take an acceptance back."""
    finding = _finding(request, finding_id)
    try:
        acts.reopen_finding(finding, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã đưa lại vào danh sách: {finding.what.words}.")
    return redirect("members:member_findings", finding.member_id)


@requires(P.MEMBERS_EDIT)
def fix_findings(request, organisation_id, rule):
    """Mend the way of writing in many records at once: before and after of each first."""
    organisation = find(Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW), pk=organisation_id)
    check(request.user, P.MEMBERS_EDIT, organisation)
    known = quality_rules().get(rule)
    if known is None or not known.fix:
        raise Http404
    rows = Finding.objects.visible_to(request.user, P.MEMBERS_EDIT).below(organisation).open().filter(rule=rule)
    if request.method == "POST":
        try:
            fix = acts.fix_findings(rows.filter(pk__in=_ids(request)), organisation=organisation, by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            undo = undo_tag(reverse("members:undo_fix", args=[fix.pk]))
            messages.success(request, f"Đã sửa {len(fix.changes)} hồ sơ.", extra_tags=undo)
            return redirect(f"{reverse('members:show_quality')}?organisation={organisation.pk}")
    shown = rows.with_people().order_by("due_on", "pk")[: acts.MOST]
    context = {"organisation": organisation, "rule": known, "mendings": mendings(shown, known), "most": acts.MOST}
    return render(request, "members/quality/fix.html", context)


@require_POST
@requires(P.MEMBERS_EDIT)
def undo_fix(request, fix_id):
    """Take a mending back."""
    fix = find(QualityFix.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("organisation"), pk=fix_id)
    check(request.user, P.MEMBERS_EDIT, fix)
    try:
        acts.undo_fix(fix, Member.objects.visible_to(request.user, P.MEMBERS_EDIT), by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã hoàn tác lần sửa nhanh {len(fix.changes)} hồ sơ.")
    return redirect(f"{reverse('members:show_quality')}?organisation={fix.organisation_id}")


@require_safe
@requires(P.MEMBERS_VIEW)
def member_findings(request, member_id):
    """What the rules say of one record."""
    member = find_member(request, member_id)
    rows = Finding.objects.visible_to(request.user, P.MEMBERS_VIEW).about(member).with_people()
    context = {
        "member": member,
        "rows": finding_rows(rows.order_by("state", "due_on", "pk"), timezone.localdate()),
        "may_edit": request.user.may(P.MEMBERS_EDIT, member),
        "may_merge": request.user.may(P.ENDINGS_RECORD, member),
    }
    return render(request, "members/quality/member.html", context)


def _finding(request, finding_id):
    """The finding, in scope, of somebody whose record one keeps."""
    rows = Finding.objects.visible_to(request.user, P.MEMBERS_VIEW).with_people()
    finding = find(rows, pk=finding_id)
    check(request.user, P.MEMBERS_EDIT, finding)
    return finding


def _ids(request):
    return [int(text) for text in request.POST.getlist("finding") if text.isdecimal() and len(text) < 19]


def _assign_form(request, organisation, today):
    body = organisation or Organisation.objects.visible_to(request.user, P.MEMBERS_EDIT).order_by("path").first()
    owners = possible_owners(body, today)
    data = request.POST if request.method == "POST" else None
    return AssignForm(data, owners=owners, today=today)
