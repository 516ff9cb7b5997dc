"""Dated facts of a member: entered, ended, corrected, voided."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from members.actions import facts as acts
from members.answers import answer_words, mid_sentence
from members.enums import SENSITIVE_TOPICS, Topic
from members.forms.facts import ChangeForm, EndForm, OverlayForm, ParticularForm, PostForm, VoidForm
from members.models import Overlay, Particular
from members.scales import Scales
from members.views.record import find_member


@requires(P.MEMBERS_EDIT)
def change_particular(request, member_id, topic):
    """The next answer to a topic, beside the one that holds."""
    member, topic = _editable(request, member_id), _topic(topic)
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
        answer = (cleaned["value"], cleaned["text"])
        acts.change_particular(
            member, topic, answer, on=cleaned["started"], current_id=cleaned["current"], by=request.user
        )

    words = answer_words(topic, current.value, current.text) if current else "chưa ghi"
    context = {
        "title": f"Thay đổi {mid_sentence(topic.label)}",
        "lead": f"Đang có: {words}{f', từ {current.started_on:%d/%m/%Y}' if current else ''}. Mục cũ được giữ lại.",
    }
    return _form_page(request, member, form, act, context)


@requires(P.MEMBERS_EDIT)
def add_overlay(request, member_id):
    """Exempt, suspended, interrupted, prosecuted: from paper."""
    member = _editable(request, member_id)
    form = OverlayForm(request.POST or None, today=timezone.localdate())
    context = {"title": "Ghi tình trạng sinh hoạt", "lead": "Theo quyết định hoặc giấy tờ của cấp có thẩm quyền."}
    return _form_page(request, member, form, lambda: acts.add_overlay(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def add_post(request, member_id):
    """A party post in the cell or in a body above it."""
    member = _editable(request, member_id)
    form = PostForm(request.POST or None, today=timezone.localdate(), bodies=_bodies(request, member))
    context = {"title": "Thêm chức vụ đảng"}
    return _form_page(request, member, form, lambda: acts.add_post(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def show_fact(request, member_id, kind, fact_id):
    """One fact: who recorded it, and what can be done with it."""
    member = _editable(request, member_id)
    fact = _fact(request, member, kind, fact_id)
    last_day = fact.ended_on and fact.ended_on - timedelta(days=1)
    rows = [
        ("Từ ngày", f"{fact.started_on:%d/%m/%Y}"),
        ("Đến hết ngày", f"{last_day:%d/%m/%Y}" if last_day else "nay"),
        ("Căn cứ", getattr(fact, "decision", "") or "không ghi"),
        ("Ghi chú", getattr(fact, "note", "") or "không có"),
        ("Người ghi", str(fact.recorded_by or "nhập từ danh sách")),
        ("Ghi lúc", f"{timezone.localtime(fact.recorded_at):%d/%m/%Y %H:%M}"),
    ]
    context = {"member": member, "fact": fact, "kind": kind, "words": _words(fact), "rows": rows}
    return render(request, "members/fact.html", context)


@requires(P.MEMBERS_EDIT)
def end_fact(request, member_id, kind, fact_id):
    """The last day of a fact."""
    member = _editable(request, member_id)
    fact = _fact(request, member, kind, fact_id)
    form = EndForm(request.POST or None, today=timezone.localdate())

    def act():
        acts.end_fact(fact, ended_on=form.ended_on, paper=form.cleaned_data["paper"], by=request.user)

    return _form_page(request, member, form, act, {"title": "Kết thúc mục", "lead": _words(fact)})


@requires(P.MEMBERS_EDIT)
def correct_fact(request, member_id, kind, fact_id):
    """A fact that was written wrongly: voided and written anew, with a reason."""
    member = _editable(request, member_id)
    fact = _fact(request, member, kind, fact_id)
    form = _correction_form(request, member, fact)
    form.ask_reason()

    def act():
        acts.correct_fact(fact, form.values, reason=form.cleaned_data["reason"], by=request.user)

    lead = f"Đang ghi: {_words(fact)}. Bản ghi sai được giữ lại, đánh dấu đã hủy."
    return _form_page(request, member, form, act, {"title": "Sửa mục ghi sai", "lead": lead})


@requires(P.MEMBERS_EDIT)
def void_fact(request, member_id, kind, fact_id):
    """A fact that never was true."""
    member = _editable(request, member_id)
    fact = _fact(request, member, kind, fact_id)
    form = VoidForm(request.POST or None)

    def act():
        acts.void_fact(fact, reason=form.cleaned_data["reason"], by=request.user)

    context = {
        "title": "Hủy bỏ mục ghi sai",
        "lead": f"{_words(fact)}. Mục vẫn đọc được trong quá trình, có gạch ngang.",
    }
    return _form_page(request, member, form, act, context)


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
    return _form_page(request, member, form, act, context)


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
    fact = find(rows[kind].standing().select_related("member__home", "recorded_by"), pk=fact_id)
    if getattr(fact, "topic", None) in SENSITIVE_TOPICS:
        check(request.user, P.MEMBERS_SENSITIVE, member)
    return fact


def _bodies(request, member):
    return Organisation.objects.visible_to(request.user, P.MEMBERS_EDIT).above(member.home)


def _correction_form(request, member, fact):
    options = {"data": request.POST or None, "today": timezone.localdate()}
    if isinstance(fact, Particular):
        return ParticularForm(**options, topic=Topic(fact.topic), initial=ParticularForm.initial_of(fact))
    if isinstance(fact, Overlay):
        return OverlayForm(**options, initial=OverlayForm.initial_of(fact))
    return PostForm(**options, bodies=_bodies(request, member), initial=PostForm.initial_of(fact))


def _words(fact):
    if isinstance(fact, Particular):
        return f"{Topic(fact.topic).label}: {answer_words(fact.topic, fact.value, fact.text)}"
    return str(fact)


def _form_page(request, member, form, act, context):
    """The form; once it is valid the act, whose refusal comes back as words in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi thay đổi của {member}.")
            return redirect("members:member", member.pk)
    return render(request, "members/fact_form.html", {"member": member, "form": form, **context})
