"""Dated facts about a member: one ends and the next begins; what was wrong is voided with a reason and written anew."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.answers import fact_words, told_reason
from members.enums import OverlayKind
from members.models import AnnualGrade, ImportChange, Member, Overlay, Particular, Post
from members.posts import refuse_wrong_post
from members.quality.again import look_again
from members.rules.exemption import exemption_problem, exemption_terms
from members.seen import seen_row
from members.standing_rules import StandingBook

KINDS = {"particular": Particular, "overlay": Overlay, "post": Post}
SAME = {Particular: ("topic",), Overlay: ("kind",), Post: ("title", "organisation")}
KEPT = ("started_on", "ended_on", "opened_by", "closed_by", "ground")  # by a correction that does not speak of them
GRADE_TABLE = AnnualGrade._meta.label_lower
CHANGED_MEANWHILE = "Mục này vừa được người khác thay đổi. Hãy tải lại trang rồi làm tiếp."


@transaction.atomic
def change_particular(member, topic, answer, *, on, current_id, by):
    """End the standing answer to `topic` the day before `on` and open the next.

    `answer` is (value, words), and the paper that says so where there is one.
    """
    _lock(member)
    current = Particular.objects.standing().open().filter(member=member, topic=topic).first()
    if (current.pk if current else None) != current_id:
        raise ValidationError(CHANGED_MEANWHILE)
    value, text, *paper = answer
    if current and (current.value, current.text) == (value, text):
        raise ValidationError("Nội dung này giống với nội dung đang có; không có gì thay đổi.")
    if current and on <= current.started_on:
        raise ValidationError(
            {"started": f"Mục đang có bắt đầu từ {current.started_on:%d/%m/%Y}; ngày thay đổi phải sau ngày đó. "
             "Nếu mục đang có bị ghi sai, hãy sửa mục đó."}
        )  # fmt: skip
    if current:
        current.ended_on = on
        current.save(update_fields=["ended_on"])
    source = paper[0] if paper else ""
    fact = _store(Particular(member=member, topic=topic, value=value, text=text, source=source, started_on=on), by)
    record("members.change_particular", member, by=by, data=_said(fact, before=current))
    return fact


@transaction.atomic
def add_overlay(member, values, *, by):
    """Enter from paper a state of party life that has no verb of its own: interrupted, suspended from a committee."""
    _lock(member)
    fact = _store(Overlay(member=member, **values), by)
    record("members.add_overlay", member, by=by, data=_said(fact))
    return fact


@transaction.atomic
def exempt_member(member, values, *, by):
    """Exempt a member from work and activity on a ground, for a term or open (294-QĐ/TW, khoản 7.1).

    Refused when the term is not one that the ground allows.
    """
    locked = _lock(member)
    rules = StandingBook().standing(locked.home, values["started_on"])
    fact = Overlay(member=locked, kind=OverlayKind.EXEMPT, **values)
    problem = exemption_problem(exemption_terms(rules, fact.ground), fact.started_on, fact.last_day)
    if problem:
        raise ValidationError(problem)
    _store(fact, by)
    record("members.exempt_member", locked, by=by, data=_said(fact))
    return fact


@transaction.atomic
def suspend_member(member, values, *, by):
    """Enter from paper that a member is suspended from party activity; it is no form of discipline."""
    locked = _lock(member)
    fact = _store(Overlay(member=locked, kind=OverlayKind.SUSPENDED, **values), by)
    record("members.suspend_member", locked, by=by, data=_said(fact))
    return fact


@transaction.atomic
def end_exemption(overlay, *, ended_on, paper, by):
    """The member takes part again, by decision or at the end of the term; `ended_on` is the first day back."""
    fact = _ended(overlay, ended_on)
    record("members.end_exemption", fact.member, by=by, data={**_said(fact), "paper": paper})
    return fact


@transaction.atomic
def end_suspension(overlay, *, ended_on, paper, by):
    """The suspension ends; `ended_on` is the first day on which the member takes part again."""
    fact = _ended(overlay, ended_on)
    record("members.end_suspension", fact.member, by=by, data={**_said(fact), "paper": paper})
    return fact


@transaction.atomic
def extend_suspension(overlay, *, ended_on, paper, by):
    """The suspension lasts longer by a decision of its own; `ended_on` is the new first day without it."""
    fact = _locked(overlay)
    if fact.ended_on is None or ended_on <= fact.ended_on:
        until = f"đến hết {_last_day(fact)}" if fact.ended_on else "chưa có ngày kết thúc"
        raise ValidationError({"last_day": f"Đình chỉ này {until}; ngày gia hạn phải sau ngày đó."})
    fact.ended_on = ended_on
    _refuse_overlap(fact, without=fact)
    fact.save(update_fields=["ended_on"])
    record("members.extend_suspension", fact.member, by=by, data={**_said(fact), "paper": paper})
    return fact


@transaction.atomic
def add_post(member, values, *, by):
    """Enter a party post of a member in a body, from a day on: refused where the body has a secretary already."""
    _lock(member)
    fact = _store(Post(member=member, **values), by)
    record("members.add_post", member, by=by, data=_said(fact))
    return fact


@transaction.atomic
def end_fact(fact, *, ended_on, paper, by):
    """Let a fact end: `ended_on` is the first day on which it no longer holds."""
    locked = _ended(fact, ended_on)
    record("members.end_fact", locked.member, by=by, data={**_said(locked), "paper": paper})
    return locked


def _ended(fact, ended_on):
    locked = _locked(fact)
    if locked.ended_on and locked.ended_on <= ended_on:
        raise ValidationError(f"Mục này đã kết thúc, đến hết ngày {_last_day(locked)}.")
    if ended_on <= locked.started_on:
        raise ValidationError({"last_day": f"Ngày kết thúc không thể trước ngày bắt đầu {_first_day(locked)}."})
    locked.ended_on = ended_on
    locked.save(update_fields=["ended_on"])
    return locked


@transaction.atomic
def correct_fact(fact, values, *, reason, seen=None, by):
    """Void a fact that was written wrongly and write it anew with `values`.

    `seen` is the digest of the row that the person saw; refused when somebody ended it since.
    """
    locked = _locked(fact)
    if seen is not None and seen != seen_row(locked):
        raise ValidationError(CHANGED_MEANWHILE)
    if all(getattr(locked, name) == value for name, value in values.items()):
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    _void(locked, reason, by)
    kept = [name for name in (*SAME[type(locked)], *KEPT) if hasattr(locked, name)]
    own = {name: getattr(locked, name) for name in kept}
    corrected = _store(type(locked)(member=locked.member, **{**own, **values}), by)
    record(
        "members.correct_fact",
        locked.member,
        by=by,
        data={**_said(corrected, before=locked), "reason": told_reason(corrected, reason)},
    )
    return corrected


@transaction.atomic
def void_fact(fact, *, reason, by):
    """Void a fact that never was true; an answer that it replaced holds again."""
    locked = _locked(fact)
    _void(locked, reason, by)
    if isinstance(locked, Particular):
        replaced = Particular.objects.standing().filter(member=locked.member, topic=locked.topic)
        replaced.filter(ended_on=locked.started_on).update(ended_on=locked.ended_on)
        look_again(locked.member)
    record("members.void_fact", locked.member, by=by, data={**_said(locked), "reason": told_reason(locked, reason)})
    return locked


@transaction.atomic
def void_grade(grade, *, reason, by):
    """Void a yearly result that came from a file; one decided in this software is for the body that decided it."""
    locked = _locked(grade)
    imported = ImportChange.objects.filter(table=GRADE_TABLE, row_id=str(locked.pk))
    if not imported.exists():
        raise ValidationError(
            "Kết quả này do cấp có thẩm quyền quyết định trên phần mềm nên không hủy ở hồ sơ được; "
            "hãy báo cấp đã quyết định."
        )
    _void(locked, reason, by)
    record("members.void_grade", locked.member, by=by, data={"year": locked.year, "reason": reason})
    return locked


def _lock(member):
    """One writer of a member's facts at a time."""
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)


def _locked(fact):
    """The fact, locked; `ValidationError` when it was voided meanwhile."""
    _lock(fact.member)
    found = type(fact).objects.standing().select_for_update(of=("self",)).select_related("member__home")
    found = found.filter(pk=fact.pk).first()
    if found is None:
        raise ValidationError("Mục này đã được hủy bỏ trước đó.")
    return found


def _store(fact, by):
    fact.recorded_by = by
    _refuse_overlap(fact)
    if isinstance(fact, Post):
        refuse_wrong_post(fact)
    fact.save(force_insert=True)
    if isinstance(fact, Particular):
        look_again(fact.member)
    return fact


def _void(fact, reason, by):
    fact.voided_at, fact.voided_by, fact.void_reason = timezone.now(), by, reason
    fact.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _refuse_overlap(fact, without=None):
    """Two standing facts of one kind may not hold on the same day; one that grows does not meet itself."""
    same = {name: getattr(fact, name) for name in SAME[type(fact)]}
    rows = type(fact).objects.standing().filter(member=fact.member, **same).exclude(pk=without and without.pk)
    other = rows.overlapping(fact.started_on, fact.ended_on).first()
    if other:
        until = f"đến hết {_last_day(other)}" if other.ended_on else "chưa kết thúc"
        raise ValidationError(
            {"started": f"Đã có “{fact_words(other)}” từ {_first_day(other)}, {until}. "
             "Hãy kết thúc hoặc sửa mục đó trước."}
        )  # fmt: skip


def _said(fact, before=None):
    said = {"fact": fact_words(fact), "from": _first_day(fact)}
    if fact.ended_on:
        said["to"] = _last_day(fact)
    return {**said, "before": fact_words(before)} if before else said


def _first_day(fact):
    return f"{fact.started_on:%d/%m/%Y}"


def _last_day(fact):
    return f"{fact.ended_on - timedelta(days=1):%d/%m/%Y}"
