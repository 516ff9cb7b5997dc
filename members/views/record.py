"""A member's page: identity, timeline, sheet; the record corrected; masked numbers shown."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions.record import NumberKnown, Stale, correct_birth_date, reveal_number
from members.actions.record import correct_member as write_correction
from members.answers import mid_sentence
from members.enums import Status, Topic
from members.forms.people import BirthDateForm, CorrectForm
from members.importing.analysis import rules_on
from members.models import Member
from members.reports.conflicts import conflicts
from members.reports.sheet import head, sheet
from members.reports.timeline import Sight, timeline
from members.views.clashes import answer_clash

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
    """The head and the timeline."""
    member = find_member(request, member_id)
    events = timeline(member, _sight(request.user, member))
    return render(request, "members/member.html", {**_frame(request, member, "timeline"), "events": events})


@requires(P.MEMBERS_VIEW)
def show_sheet(request, member_id):
    """The head and the sheet by its items."""
    member = find_member(request, member_id)
    items = sheet(member, timezone.localdate(), _sight(request.user, member))
    return render(request, "members/sheet.html", {**_frame(request, member, "sheet"), "items": items})


@requires(P.MEMBERS_REVEAL)
@require_POST
def reveal(request, member_id):
    """The page once with whole numbers; looking is an act in the log."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_REVEAL, member)
    reveal_number(member, by=request.user)
    events = timeline(member, _sight(request.user, member))
    context = {**_frame(request, member, "timeline", revealed=True), "events": events}
    return render(request, "members/member.html", context)


@requires(P.MEMBERS_EDIT)
def correct_member(request, member_id):
    """Correct the record; a revision that is no longer the last is refused with both values."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    today = timezone.localdate()
    form = CorrectForm(request.POST or None, member=member, today=today, checks=rules_on(today))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            write_correction(
                member, form.columns, revision=cleaned["revision"], reason=cleaned["reason"], by=request.user
            )
        except Stale as stale:
            return _show_conflicts(request, stale.member, form)
        except NumberKnown as known:
            answer_clash(request.user, known, form, member.home)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã sửa thông tin của {form.cleaned_data['full_name']}.")
            return redirect("members:member", member.pk)
    return render(request, "members/correct.html", {"member": member, "form": form})


@requires(P.MEMBERS_EDIT)
def correct_birth(request, member_id):
    """The locked birth date, corrected on the strength of an original paper."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    form = BirthDateForm(request.POST or None, initial={"revision": member.revision}, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("paper", "reason", "revision")}
        try:
            correct_birth_date(member, form.cleaned_data["born"], **cleaned, by=request.user)
        except Stale:
            form.add_error(None, "Hồ sơ này vừa được người khác sửa. Hãy tải lại trang, xem rồi làm lại.")
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã đính chính ngày sinh của {member}.")
            return redirect("members:member", member.pk)
    return render(request, "members/birth_date.html", {"member": member, "form": form})


def find_member(request, member_id):
    """The member in sight of the person who asks, with the organisation; 404 otherwise."""
    rows = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("home__parent")
    return find(rows.with_status(timezone.localdate()).with_open_move().with_known_posts(), pk=member_id)


def _show_conflicts(request, stored, form):
    """Both values side by side; the form goes on from the revision that stands."""
    rows = conflicts(stored, form)
    again = form.data.copy()
    again["revision"] = stored.revision
    form.data = again
    return render(request, "members/correct.html", {"member": stored, "form": form, "conflicts": rows}, status=409)


def _sight(user, member):
    """Sanctions by form and date are for those who keep the record: staff, base officers, the own secretary."""
    edits = user.may(P.MEMBERS_EDIT, member)
    return Sight(
        sensitive=user.may(P.MEMBERS_SENSITIVE, member),
        sanctions=edits,
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
        "may_reveal": user.may(P.MEMBERS_REVEAL, member) and not revealed,
        "tabs": [
            ("Quá trình", reverse("members:member", args=[member.pk]), tab == "timeline"),
            ("Phiếu đảng viên", reverse("members:sheet", args=[member.pk]), tab == "sheet"),
        ],
        "changes": [*_offered_moves(member, user), *(_offered_changes(member, user) if edits else [])],
    }


def _offered_moves(member, user):
    """Away from a cell of one's own; back into one for who has left."""
    if member.status == Status.ENDED:
        receives = user.may(P.TRANSFERS_RECEIVE, member)
        return [("Tiếp nhận trở lại", reverse("members:receive_former_member", args=[member.pk]))] if receives else []
    if member.open_move:
        seen = user.may(P.TRANSFERS_VIEW, member)
        return [("Lần chuyển sinh hoạt đang mở", reverse("members:transfer", args=[member.open_move]))] if seen else []
    requests = member.home.is_cell and user.may(P.TRANSFERS_REQUEST, member)
    return [("Chuyển sinh hoạt", reverse("members:request_transfer", args=[member.pk]))] if requests else []


def _offered_changes(member, user):
    """(words, address) of the dated changes that may be entered."""
    topics = [Topic.OCCUPATION, Topic.DEGREE, Topic.THEORY]
    if user.may(P.MEMBERS_SENSITIVE, member):
        topics.append(Topic.RELIGION)
    offered = [
        (f"Thay đổi {mid_sentence(topic.label)}", reverse("members:change_particular", args=[member.pk, topic]))
        for topic in topics
    ]
    posts = [("Thêm chức vụ", reverse("members:add_post", args=[member.pk]))]
    return [
        *(posts if user.may(P.POSTS_MANAGE, member) else ()),
        ("Ghi miễn, đình chỉ, gián đoạn sinh hoạt", reverse("members:add_overlay", args=[member.pk])),
        *offered,
    ]
