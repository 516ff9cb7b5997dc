"""Facts of discipline and of legal proceedings, entered from paper by inspection officers; the cases stay elsewhere.

A `Proceeding` is the one truth about proceedings: it alone takes its member out of the voting base, which the overlay
"prosecuted" did before it (294-QĐ/TW, điểm 9.3.2). Two rows for one thing would part one day.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.models import Member, Proceeding, Sanction
from members.standing_rules import StandingBook

CHANGED = "Mục này đã được hủy bỏ trước đó. Hãy tải lại trang."


@transaction.atomic
def record_sanction(member, values, *, by):
    """Enter a disciplinary decision; of a probationary member only the forms that the Charter has for him."""
    locked = _lock(member)
    sanction = Sanction(member=locked, recorded_by=by, **values)
    _refuse_form(sanction)
    same = Sanction.objects.standing().filter(member=locked, form=sanction.form, decided_on=sanction.decided_on)
    if same.exists():
        raise ValidationError(f"Đã có kỷ luật {sanction.get_form_display().lower()} quyết định cùng ngày này.")
    sanction.save()
    record("members.record_sanction", locked, by=by, data=_said(sanction))
    return sanction


@transaction.atomic
def void_sanction(sanction, *, reason, by):
    """Void a sanction that was entered wrongly."""
    locked = _locked(sanction)
    _void(locked, reason, by)
    record("members.void_sanction", locked.member, by=by, data={**_said(locked), "reason": reason})
    return locked


@transaction.atomic
def record_proceeding(member, values, *, by):
    """Enter a stage of legal proceedings; it ends the stage before it."""
    locked = _lock(member)
    stage = Proceeding(member=locked, recorded_by=by, **values)
    before = Proceeding.objects.standing().open().filter(member=locked).first()
    if before and stage.started_on <= before.started_on:
        raise ValidationError(
            f"Giai đoạn đang có là “{before}” từ {before.started_on:%d/%m/%Y}; giai đoạn sau phải bắt đầu sau ngày đó."
        )
    if before:
        before.ended_on = stage.started_on
        before.save(update_fields=["ended_on"])
    stage.save()
    record("members.record_proceeding", locked, by=by, data=_stage_words(stage))
    return stage


@transaction.atomic
def void_proceeding(proceeding, *, reason, by):
    """Void a stage that was entered wrongly; the one that it had ended holds again."""
    locked = _locked(proceeding)
    _void(locked, reason, by)
    earlier = Proceeding.objects.standing().filter(member=locked.member, ended_on=locked.started_on)
    earlier.update(ended_on=locked.ended_on)
    record("members.void_proceeding", locked.member, by=by, data={**_stage_words(locked), "reason": reason})
    return locked


def _refuse_form(sanction):
    member = sanction.member
    if member.official_on is not None and member.official_on <= sanction.decided_on:
        return
    rules = StandingBook().standing(member.home, sanction.decided_on)
    allowed = rules.probationary_sanction_forms
    if allowed is not None and sanction.form not in allowed:
        raise ValidationError(
            f"Đảng viên dự bị không bị kỷ luật {sanction.get_form_display().lower()} "
            f"({rules.cite('probationary_sanction_forms')}). Nếu không đủ tư cách thì xét xóa tên."
        )


def _lock(member):
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)


def _locked(fact):
    _lock(fact.member)
    rows = type(fact).objects.standing().select_for_update(of=("self",)).select_related("member__home")
    found = rows.filter(pk=fact.pk).first()
    if found is None:
        raise ValidationError(CHANGED)
    return found


def _void(fact, reason, by):
    fact.voided_at, fact.voided_by, fact.void_reason = timezone.now(), by, reason
    fact.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _said(sanction):
    return {"form": sanction.get_form_display(), "decided": f"{sanction.decided_on:%d/%m/%Y}"}


def _stage_words(stage):
    return {"stage": stage.get_stage_display(), "from": f"{stage.started_on:%d/%m/%Y}"}
