"""Dated facts of a member: entered, ended, corrected, voided."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from members.actions import facts as acts
from members.actions.committees import end_post
from members.answers import answer_words, mid_sentence
from members.enums import SENSITIVE_TOPICS, ExemptionGround, OverlayKind, Topic
from members.forms.facts import (
    ChangeForm,
    EndForm,
    OverlayForm,
    ParticularForm,
    PostEndForm,
    PostForm,
    VoidForm,
    secretary_roles,
)
from members.forms.seen import keep_seen
from members.forms.standing import ExemptForm, SuspendForm
from members.models import Overlay, Particular, Post
from members.posts import manner_words
from members.reports.committees import is_secretary_of_cell
from members.scales import Scales
from members.standing_rules import StandingBook
from members.views.record import find_member, open_member
from members.views.rights import check_suspends


@requires(P.MEMBERS_EDIT)
def change_particular(request, member_id, topic):
    """The next answer to a topic, beside the one that holds."""
    member, topic = open_member(request, member_id, P.MEMBERS_EDIT), _topic(topic)
    if topic in SENSITIVE_TOPICS:
        check(request.user, P.MEMBERS_SENSITIVE, member)
    current = member.particulars.standing().open().filter(topic=topic).first()
    form = ChangeForm(
        request.POST or None,
        topic=topic,
        today=timezone.localdate(),
        initial={"current": current.pk if current else None},
    )

    def act():
        cleaned = form.cleaned_data
        answer = (cleaned["value"], cleaned["text"], cleaned["source"])
        acts.change_particular(
            member, topic, answer, on=cleaned["started"], current_id=cleaned["current"], by=request.user
        )

    words = answer_words(topic, current.value, current.text) if current else "chưa ghi"
    context = {
        "title": f"Thay đổi {mid_sentence(topic.label)}",
        "lead": f"Đang có: {words}{f', từ {current.started_on:%d/%m/%Y}' if current else ''}. Mục cũ được giữ lại.",
    }
    return form_page(request, member, form, act, context)


@requires(P.MEMBERS_EDIT)
def add_overlay(request, member_id):
    """Interrupted, suspended from a committee: from paper."""
    member = _editable(request, member_id)
    form = OverlayForm(request.POST or None, today=timezone.localdate())
    context = {"title": "Ghi tình trạng sinh hoạt", "lead": "Theo quyết định hoặc giấy tờ của cấp có thẩm quyền."}
    return form_page(request, member, form, lambda: acts.add_overlay(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def add_post(request, member_id):
    """A party post in the cell or in a body above it, as far as one keeps the committees there."""
    member = _editable(request, member_id)
    check(request.user, P.POSTS_MANAGE, member)
    form = PostForm(request.POST or None, today=timezone.localdate(), bodies=_bodies(request, member))
    context = {"title": "Thêm chức vụ đảng"}
    return form_page(request, member, form, lambda: acts.add_post(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def show_fact(request, member_id, kind, fact_id):
    """One fact: who recorded it, and what can be done with it."""
    member = _editable(request, member_id)
    fact = _fact(request, member, kind, fact_id)
    last_day = fact.ended_on and fact.ended_on - timedelta(days=1)
    rows = [
        ("Từ ngày", f"{fact.started_on:%d/%m/%Y}"),
        ("Đến hết ngày", f"{last_day:%d/%m/%Y}" if last_day else "nay"),
        ("Căn cứ", getattr(fact, "decision", "") or getattr(fact, "source", "") or "không ghi"),
        ("Ghi chú", getattr(fact, "note", "") or "không có"),
        ("Người ghi", str(fact.recorded_by or "nhập từ danh sách")),
        ("Ghi lúc", f"{timezone.localtime(fact.recorded_at):%d/%m/%Y %H:%M}"),
    ]
    ground = getattr(fact, "ground", "")
    if ground and request.user.may(P.MEMBERS_SENSITIVE, member):
        rows.insert(0, ("Lý do miễn", ExemptionGround(ground).label))
    context = {
        "member": member,
        "fact": fact,
        "kind": kind,
        "words": _words(fact),
        "rows": _post_rows(fact) + rows if kind == "post" else rows,
        "may_change": kind != "post" or request.user.may(P.POSTS_MANAGE, fact.organisation),
        "end_url": _end_url(fact, kind),
    }
    return render(request, "members/fact.html", context)


@requires(P.MEMBERS_EDIT)
def end_fact(request, member_id, kind, fact_id):
    """The last day of a fact; of a secretary's post, also which roles of accounts end with it."""
    member = _editable(request, member_id)
    fact = _changeable(request, member, kind, fact_id)
    if own_verb(fact):
        raise Http404
    today = timezone.localdate()
    form = _end_form(request, fact, today)

    def act():
        paper = form.cleaned_data["paper"]
        if kind == "post":
            roles = form.ended_roles
            return end_post(fact, ended_on=form.ended_on, paper=paper, roles=roles, on=today, by=request.user)
        return acts.end_fact(fact, ended_on=form.ended_on, paper=paper, by=request.user)

    return form_page(request, member, form, act, {"title": "Kết thúc mục", "lead": _words(fact)})


@requires(P.MEMBERS_EDIT)
def correct_fact(request, member_id, kind, fact_id):
    """A fact that was written wrongly: voided and written anew, with a reason."""
    member = _editable(request, member_id)
    fact = _changeable(request, member, kind, fact_id)
    form = _correction_form(request, member, fact)
    form.ask_reason()
    keep_seen(form, fact)

    def act():
        said = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        acts.correct_fact(fact, form.values, **said, by=request.user)

    lead = f"Đang ghi: {_words(fact)}. Bản ghi sai được giữ lại, đánh dấu đã hủy."
    return form_page(request, member, form, act, {"title": "Sửa mục ghi sai", "lead": lead})


@requires(P.MEMBERS_EDIT)
def void_fact(request, member_id, kind, fact_id):
    """A fact that never was true."""
    member = _editable(request, member_id)
    fact = _changeable(request, member, kind, fact_id)
    form = VoidForm(request.POST or None)

    def act():
        acts.void_fact(fact, reason=form.cleaned_data["reason"], by=request.user)

    context = {
        "title": "Hủy bỏ mục ghi sai",
        "lead": f"{_words(fact)}. Mục vẫn đọc được trong quá trình, có gạch ngang.",
    }
    return form_page(request, member, form, act, context)


@requires(P.MEMBERS_IMPORT)
def void_grade(request, member_id, grade_id):
    """A yearly result that a file brought in wrongly."""
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_IMPORT, member)
    grade = find(member.grades.standing().select_related("member__home"), pk=grade_id)
    form = VoidForm(request.POST or None)

    def act():
        acts.void_grade(grade, reason=form.cleaned_data["reason"], by=request.user)

    context = {
        "title": f"Hủy kết quả xếp loại năm {grade.year}",
        "lead": f"{_result(grade)}. Kết quả vẫn đọc được trong quá trình.",
    }
    return form_page(request, member, form, act, context)


def _result(grade):
    return Scales().words(grade.scale, grade.level, grade.reason_text)


def _editable(request, member_id):
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    return member


def _topic(slug):
    if slug not in Topic.values:
        raise Http404
    return Topic(slug)


def _fact(request, member, kind, fact_id):
    """A standing fact of the member; sensitive ones need the right to see them."""
    rows = {"particular": member.particulars, "overlay": member.overlays, "post": member.posts}
    if kind not in rows:
        raise Http404
    along = ("member__home", "recorded_by", *(("organisation", "term") if kind == "post" else ()))
    fact = find(rows[kind].standing().select_related(*along), pk=fact_id)
    if getattr(fact, "topic", None) in SENSITIVE_TOPICS:
        check(request.user, P.MEMBERS_SENSITIVE, member)
    if getattr(fact, "kind", None) == OverlayKind.SUSPENDED:
        check_suspends(request.user, member)
    return fact


def _changeable(request, member, kind, fact_id):
    """The fact; a post only for those who keep the posts of that body."""
    fact = _fact(request, member, kind, fact_id)
    if kind == "post":
        check(request.user, P.POSTS_MANAGE, fact.organisation)
    return fact


def _end_form(request, fact, today):
    if not isinstance(fact, Post):
        return EndForm(request.POST or None, today=today)
    cell = fact.organisation if is_secretary_of_cell(fact) else None
    roles = secretary_roles(cell, today)
    own = [role.pk for role in roles if role.user_id == fact.member.user_id]
    proposed = own or ([role.pk for role in roles] if len(roles) == 1 else [])
    return PostEndForm(request.POST or None, today=today, roles=roles, initial={"roles": proposed})


def _post_rows(post):
    return [
        ("Nhiệm kỳ", str(post.term) if post.term else "không ghi"),
        ("Cách nhận chức vụ", manner_words(post.manner) or "chưa rõ"),
    ]


def own_verb(fact):
    """The page that ends a fact which is not simply ended: an exemption, a suspension."""
    verbs = {OverlayKind.EXEMPT: "members:end_exemption", OverlayKind.SUSPENDED: "members:end_suspension"}
    return verbs.get(getattr(fact, "kind", None))


def _end_url(fact, kind):
    if verb := own_verb(fact):
        return reverse(verb, args=[fact.member_id, fact.pk])
    return reverse("members:end_fact", args=[fact.member_id, kind, fact.pk])


def _bodies(request, member):
    return Organisation.objects.visible_to(request.user, P.POSTS_MANAGE).above(member.home)


def _correction_form(request, member, fact):
    options = {"data": request.POST or None, "today": timezone.localdate()}
    if isinstance(fact, Particular):
        return ParticularForm(**options, topic=Topic(fact.topic), initial=ParticularForm.initial_of(fact))
    if isinstance(fact, Overlay) and fact.kind == OverlayKind.EXEMPT:
        rules = StandingBook().standing(member.home, fact.started_on)
        form = ExemptForm(**options, rules=rules, initial=ExemptForm.initial_of(fact))
        if not request.user.may(P.MEMBERS_SENSITIVE, member):
            form.leave_out_ground()
        return form
    if isinstance(fact, Overlay) and fact.kind == OverlayKind.SUSPENDED:
        return SuspendForm(**options, initial=SuspendForm.initial_of(fact))
    if isinstance(fact, Overlay):
        return OverlayForm(**options, initial=OverlayForm.initial_of(fact))
    return PostForm(**options, bodies=_bodies(request, member), initial=PostForm.initial_of(fact))


def _words(fact):
    if isinstance(fact, Particular):
        return f"{Topic(fact.topic).label}: {answer_words(fact.topic, fact.value, fact.text)}"
    return str(fact)


def form_page(request, member, form, act, context, *, back=""):
    """The form; once it is valid the act, whose refusal comes back as words in the form; then to `back`."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi thay đổi của {member}.")
            return redirect(back or reverse("members:member", args=[member.pk]))
    return render(request, "members/fact_form.html", {"member": member, "form": form, "back": back, **context})
