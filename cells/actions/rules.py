"""What a committee chooses for itself where the text leaves the choice or is not known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation, RuleOverride, RuleSet
from cells.rulewords import key_label, value_text
from config.lib.rulesets import restore, with_overrides
from config.lib.rulevalues import plain
from config.lib.workflow import NotAllowed


@dataclass(frozen=True)
class Choice:
    """A committee's value for one key, with the reason and the decision behind it."""

    organisation: Organisation
    key: str
    value: Any
    reason: str
    decision: str
    started_on: date


@transaction.atomic
def add_override(rule_set: RuleSet, choice: Choice, *, by):
    """Record a choice; RuleSetError when the text leaves none or the value does not fit its unit."""
    place = Organisation.objects.select_for_update().get(pk=choice.organisation.pk)
    chosen = with_overrides(restore(rule_set.values), {choice.key: choice.value})[choice.key]
    others = RuleOverride.objects.standing().filter(organisation=place, topic=rule_set.topic, key=choice.key)
    if others.overlapping(choice.started_on, None).exists():
        raise NotAllowed(
            "Tổ chức này đang có một lựa chọn khác cho quy tắc đó. Hãy thôi lựa chọn cũ trước, hoặc chọn ngày muộn hơn."
        )
    override = RuleOverride.objects.create(
        organisation=place,
        topic=rule_set.topic,
        key=choice.key,
        value=plain(chosen.value),
        reason=choice.reason,
        decision=choice.decision,
        started_on=choice.started_on,
        recorded_by=by,
    )
    data = {
        "topic": rule_set.topic,
        "key": choice.key,
        "value": plain(chosen.value),
        "rule": key_label(choice.key),
        "value_words": value_text(chosen),
        "reason": choice.reason,
        "decision": choice.decision,
        "since": str(choice.started_on),
    }
    record("rules.add_override", override, by=by, data=data)
    return override


@dataclass(frozen=True)
class Ending:
    """Why a choice ends; `ended_on` is the first day without it."""

    ended_on: date
    reason: str
    decision: str


@transaction.atomic
def end_override(override: RuleOverride, ending: Ending, *, by):
    """End a choice; one that ends before it began is voided."""
    override = RuleOverride.objects.select_for_update().get(pk=override.pk)
    if override.voided_at or override.ended_on:
        raise NotAllowed("Lựa chọn này đã thôi từ trước. Hãy tải lại trang.")
    if ending.ended_on > override.started_on:
        override.ended_on = ending.ended_on
    else:
        override.voided_at, override.voided_by, override.void_reason = timezone.now(), by, ending.reason
    override.save(update_fields=["ended_on", "voided_at", "voided_by", "void_reason"])
    data = {
        "topic": override.topic,
        "key": override.key,
        "rule": key_label(override.key),
        "until": str(ending.ended_on),
        "reason": ending.reason,
        "decision": ending.decision,
    }
    record("rules.end_override", override, by=by, data=data)
