"""A member's page: identity, timeline, sheet; the record corrected; masked numbers shown."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions.readings import open_record
from members.actions.record import NumberKnown, Stale, reveal_number
from members.actions.record import correct_member as write_correction
from members.enums import Status
from members.forms.people import CorrectForm
from members.forms.two_sided import CHANGED_MEANWHILE
from members.importing.analysis import rules_on
from members.models import Member
from members.reports.events import Sight
from members.reports.sheet import head, sheet
from members.reports.timeline import timeline
from members.views.clashes import answer_clash
from members.views.offers import offered_changes, offered_moves
from members.views.rights import suspends

PILLS = {
    Status.OFFICIAL: "success",
    Status.PROBATIONARY: "info",
    Status.EXEMPT: "neutral",
    Status.TEMPORARY_OUT: "neutral",
    Status.IN_TRANSIT: "waiting",
    Status.SUSPENDED: "warn",
    Status.INTERRUPTED: "warn",
    Status.ENDED: "neutral",
}


@requires(P.MEMBERS_VIEW)
def show_member(request, member_id):
    """The head and the timeline; opening it is an act in the log."""
    member = open_member(request, member_id)
    events = timeline(member, sight_of(request.user, member))
    return render(request, "members/member.html", {**_frame(request, member, "timeline"), "events": events})


@requires(P.MEMBERS_VIEW)
def show_sheet(request, member_id):
    """The head and the sheet by its items; opening it is an act in the log."""
    member = open_member(request, member_id)
    items = sheet(member, timezone.localdate(), sight_of(request.user, member))
    missing = sum(item.is_empty for item in items if item.number)
    context = {**_frame(request, member, "sheet"), "items": items, "missing": missing, "has_photo": member.has_photo}
    return render(request, "members/sheet.html", context)


@requires(P.MEMBERS_REVEAL)
@require_POST
def reveal(request, member_id):
    """The page once with whole numbers; looking is an act in the log."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_REVEAL, member)
    reveal_number(member, by=request.user)
    events = timeline(member, sight_of(request.user, member))
    context = {**_frame(request, member, "timeline", revealed=True), "events": events}
    return render(request, "members/member.html", context)


@requires(P.MEMBERS_EDIT)
def correct_member(request, member_id):
    """Correct the record; where somebody else corrected it meanwhile, both values are shown first."""
    member = open_member(request, member_id, P.MEMBERS_EDIT)
    today = timezone.localdate()
    form = CorrectForm(request.POST or None, member=member, today=today, checks=rules_on(today))
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "consent": form.consent_words}
        try:
            write_correction(member, form.columns, **given, revision=member.revision, by=request.user)
        except Stale:  # between the look of this page and its writing
            form.add_error(None, CHANGED_MEANWHILE)
        except NumberKnown as known:
            answer_clash(request.user, known, form, member.home)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã sửa thông tin của {form.cleaned_data['full_name']}.")
            return redirect("members:member", member.pk)
    status = 409 if form.is_bound and form.meets_others else 200
    return render(request, "members/correct.html", {"member": member, "form": form}, status=status)


def find_member(request, member_id):
    """The member in sight of the person who asks, with the organisation; 404 otherwise."""
    rows = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("home__parent")
    rows = rows.with_status(timezone.localdate()).with_open_move().with_papers_missing()
    rows = rows.with_opening(member_id, request.user, timezone.localdate())
    return find(rows.with_known_posts().with_photo(), pk=member_id)


def open_member(request, member_id, right=P.MEMBERS_VIEW):
    """The member whose record a page shows to who holds `right`; the look is noted."""
    member = find_member(request, member_id)
    check(request.user, right, member)
    note_opening(request, member)
    return member


def note_opening(request, member):
    """The first look of a day goes to the log; what is sent has its own line there."""
    if request.method == "GET" and not member.is_noted:
        open_record(member, by=request.user)


def sight_of(user, member):
    """Sanctions by form and date are for those who keep the record: staff, base officers, secretary, inspection."""
    edits = user.may(P.MEMBERS_EDIT, member)
    return Sight(
        sensitive=user.may(P.MEMBERS_SENSITIVE, member),
        sanctions=edits or user.may(P.SANCTIONS_RECORD, member),
        endings=user.may(P.ENDINGS_RECORD, member),
        suspends=edits and suspends(user, member),
        corrections=user.may(P.LOG_VIEW, member),
        edits=edits,
        imports=user.may(P.MEMBERS_IMPORT, member),
        transfers=tuple(user.paths_in_scope(P.TRANSFERS_VIEW)),
    )


def _frame(request, member, tab, *, revealed=False):
    user, today = request.user, timezone.localdate()
    edits = user.may(P.MEMBERS_EDIT, member)
    return {
        "member": member,
        "status": Status(member.status).label,
        "status_pill": PILLS[member.status],
        "identity": head(member, today, revealed),
        "revealed": revealed,
        "may_edit": edits,
        "may_see_history": user.may(P.LOG_VIEW, member),
        "may_see_readers": user.may(P.LOG_VIEW, member),
        "may_reveal": user.may(P.MEMBERS_REVEAL, member) and not revealed,
        "tabs": [
            ("Quá trình", reverse("members:member", args=[member.pk]), tab == "timeline"),
            ("Phiếu đảng viên", reverse("members:sheet", args=[member.pk]), tab == "sheet"),
            *_file_tab(user, member),
        ],
        "changes": [*offered_moves(member, user), *offered_changes(member, user)],
    }


def _file_tab(user, member):
    """The papers of the file, for those who may see which there are."""
    if not user.may(P.FILES_VIEW, member):
        return []
    return [("Tài liệu trong hồ sơ", reverse("members:dossier", args=[member.pk]), False)]
