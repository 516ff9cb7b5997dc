"""The committee of a body: as of a day, by term, on paper; entered as a whole; its old posts ended."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions import committees as acts
from members.committee_printing import COMMITTEE
from members.forms.choosing import member_label, members_matching
from members.forms.committees import CommitteeForm, EndPostsForm, seat_rows, with_more_rows
from members.forms.dates import DayField
from members.models import Member
from members.posts import manner_words, title_words
from members.reports.committees import committee_hints, committee_of_term, committee_on, left_over_posts

SUGGESTIONS = 12


@require_safe
@requires(P.REPORTS_VIEW)
def show_committee(request, organisation_id):
    """Who sits in the committee on a day, or sat in it during a term."""
    body = _body(request, organisation_id)
    terms = list(body.terms.standing().order_by("-started_on"))
    day, wrong_day = _day(request)
    term = next((each for each in terms if str(each.pk) == request.GET.get("term")), None)
    shown = committee_of_term(body, term, day) if term else committee_on(body, day)
    running = next((each for each in terms if each.holds_on(day)), None)
    context = {
        "body": body,
        "shown": shown,
        "day": day,
        "wrong_day": wrong_day,
        "terms": terms,
        "running": running,
        "groups": _groups(shown, request.user),
        "hints": [] if term else committee_hints(shown),
        "left_over": [] if term or not running else left_over_posts(body, running),
        "may_manage": request.user.may(P.POSTS_MANAGE, body),
        "issues": request.user.may(P.DOCUMENTS_ISSUE, body),
        "may_see_handovers": request.user.holds(P.MEMBERS_VIEW),
    }
    return render(request, "members/committee.html", context)


@requires(P.REPORTS_VIEW)
def enter_committee(request, organisation_id):
    """A whole committee at once: the head, then rows of a person and a title."""
    body = _managed(request, organisation_id)
    today = timezone.localdate()
    asks_rows = "more" in request.POST
    data = (with_more_rows(request.POST) if asks_rows else request.POST) or None
    form = CommitteeForm(data, organisation=body, today=today, initial=_proposed(body, today))
    rows = seat_rows(data, user=request.user, organisation=body)
    if request.method == "POST" and not asks_rows and form.is_valid() and rows.is_valid():
        seated = rows.seated
        seats = tuple((member, title) for _, member, title in seated)
        entry = acts.CommitteeEntry(**form.values, seats=seats)
        try:
            acts.enter_committee(body, entry, end_old=form.cleaned_data["end_old"], by=request.user)
        except acts.SeatRefused as refused:
            rows.forms[seated[refused.place][0]].add_error("member", refused.messages)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi {len(seats)} chức vụ vào cấp ủy của {body}.")
            return redirect("members:committee", body.pk)
    context = {"body": body, "form": form, "rows": rows, "quiet": asks_rows}
    return render(request, "members/enter_committee.html", context)


@requires(P.REPORTS_VIEW)
def end_term_posts(request, organisation_id):
    """The posts of earlier terms that nobody ended, ended together."""
    body = _managed(request, organisation_id)
    today = timezone.localdate()
    term = body.terms.on(today).first()
    left = left_over_posts(body, term) if term else []
    chosen = {"posts": [post.pk for post in left], "last_day": term.started_on - timedelta(days=1) if term else None}
    form = EndPostsForm(request.POST or None, posts=left, kind=body.kind, today=today, initial=chosen)
    if request.method == "POST" and form.is_valid():
        posts, paper = list(form.cleaned_data["posts"]), form.cleaned_data["paper"]
        try:
            acts.end_term_posts(body, posts, ended_on=form.ended_on, paper=paper, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi thôi {len(posts)} chức vụ của nhiệm kỳ trước.")
            return redirect("members:committee", body.pk)
    return render(request, "members/end_term_posts.html", {"body": body, "form": form, "term": term, "left": left})


@require_safe
@requires(P.REPORTS_VIEW)
def print_committee(request, organisation_id):
    """The list of the committee on paper, as it stands on a day."""
    body = _body(request, organisation_id)
    day, _ = _day(request)
    figures = COMMITTEE.collect(body, year=day.year, on=day)
    frame = draft_frame(body, COMMITTEE, figures, on=day)
    content = COMMITTEE.render_pdf(figures, frame, COMMITTEE.sections(figures))
    return file_answer(content, f"danh-sach-cap-uy-{body.pk}-{day:%Y%m%d}.pdf")


@require_safe
@requires(P.REPORTS_VIEW)
def export_committee(request, organisation_id):
    """The same list as a workbook."""
    body = _body(request, organisation_id)
    day, _ = _day(request)
    content = COMMITTEE.render_xlsx(COMMITTEE.collect(body, year=day.year, on=day))
    return file_answer(content, f"danh-sach-cap-uy-{body.pk}-{day:%Y%m%d}.xlsx")


@require_safe
@requires(P.MEMBERS_VIEW)
def member_options(request):
    """Suggestions for a field that names a member: the field whose name ends in "member" says what is typed."""
    typed = next((text for name, text in request.GET.items() if name.endswith("member")), "")
    if not typed.strip():
        return render(request, "cells/organisation_options.html", {"labels": []})
    found = members_matching(Member.objects.visible_to(request.user), typed.split(",")[0])[:SUGGESTIONS]
    return render(request, "cells/organisation_options.html", {"labels": [member_label(each) for each in found]})


def _body(request, organisation_id):
    return find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)


def _managed(request, organisation_id):
    body = _body(request, organisation_id)
    check(request.user, P.POSTS_MANAGE, body)
    return body


def _day(request):
    """(the day asked for, whether it could not be understood); today when none is asked for."""
    try:
        return DayField(required=False).clean(request.GET.get("on", "").strip()) or timezone.localdate(), False
    except ValidationError:
        return timezone.localdate(), True


def _proposed(body, today):
    """The running term with its first day, if there is one; whoever sits there ends only when somebody says so."""
    term = body.terms.on(today).first()
    left = bool(term and left_over_posts(body, term))
    return {"term": term, "started": term and term.started_on, "end_old": left}


def _groups(committee, user):
    """(heading, rows) of the page; names lead to the record where `user` may see it."""
    parts = [
        ("Cấp ủy", committee.committee_posts),
        ("Ủy ban Kiểm tra", committee.inspection_posts),
        ("Tổ đảng", committee.other_posts),
    ]
    return [(heading, [_row(post, committee, user) for post in posts]) for heading, posts in parts if posts]


def _row(post, committee, user):
    return {
        "post": post,
        "title": title_words(post.title, committee.kind),
        "manner": manner_words(post.manner) or "chưa rõ",
        "within_reach": user.may(P.MEMBERS_VIEW, post.member),
    }
