"""The quality desk: records checked, findings given to somebody, accepted, mended at once, a mending taken back."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from members.actions.record import correct_member
from members.models import Finding, Member, QualityFix
from members.models.quality import SENSITIVE_RULES
from members.quality.again import look_at_each
from members.quality.checks import tidied
from members.quality.meanwhile import changed_since
from members.quality.people import person_of
from members.quality.rules import rule_of
from members.quality.store import branch_findings, keep_counts, settle
from members.quality_enums import FindingState

CHANGED = "Việc này vừa được người khác xử lý. Hãy tải lại trang."
MOST = 200  # records mended in one go


@transaction.atomic
def check_quality(organisation, look, *, on, by):
    """Write down what a look through an organisation found on a day (`look_through`), and the figures of the day.

    Who was written on since the look began is looked at again, so that nothing mended is found once more.
    """
    # one check of a tree at a time: two that write the same findings in another order would wait for each other
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.ancestor_ids()[0])
    changed, among = changed_since(look.begun, organisation), branch_findings(organisation)
    settled = settle(look.found, among, on=on, but=changed)
    look_at_each({*look.outside, *changed}, on=on)
    if changed:
        settled = replace(settled, open=among.open().count())
    keep_counts(organisation, on=on)
    data = {"open": settled.open, "new": settled.new, "fixed": settled.fixed}
    record("members.check_quality", organisation, by=by, data=data)
    return settled


@transaction.atomic
def assign_findings(findings, *, owner, due_on, by):
    """Name who mends findings and until when; what is None stays as it was. Answers how many were given out."""
    locked = list(_locked(findings))
    fields = [*(["owner"] if owner else []), *(["due_on"] if due_on else [])]
    if not locked or not fields:
        raise ValidationError("Hãy chọn ít nhất một mục, và người phụ trách hoặc hạn.")
    for finding in locked:
        finding.owner, finding.due_on = owner or finding.owner, due_on or finding.due_on
    Finding.objects.bulk_update(locked, fields, batch_size=500)
    data = {"owner": str(owner or "như cũ"), "due": due_on.isoformat() if due_on else "như cũ"}
    told = [finding for finding in locked if finding.rule not in SENSITIVE_RULES]
    for area, findings in (("members", len(told)), ("restricted", len(locked) - len(told))):
        if findings:
            record(f"{area}.assign_findings", locked[0].organisation, by=by, data={**data, "findings": findings})
    return len(locked)


@transaction.atomic
def accept_finding(finding, *, reason, on, by):
    """Leave a finding as it is, for a reason: the record is right though the rule speaks against it."""
    locked = _one(finding, FindingState.OPEN)
    locked.state, locked.reason, locked.settled_on, locked.settled_by = FindingState.ACCEPTED, reason, on, by
    locked.save(update_fields=["state", "reason", "settled_on", "settled_by"])
    _record("accept_finding", locked, by=by, reason=reason)
    return locked


@transaction.atomic
def reopen_finding(finding, *, by):
    """Take an acceptance back."""
    locked = _one(finding, FindingState.ACCEPTED)
    locked.state, locked.reason, locked.settled_on, locked.settled_by = FindingState.OPEN, "", None, None
    locked.save(update_fields=["state", "reason", "settled_on", "settled_by"])
    _record("reopen_finding", locked, by=by)
    return locked


@transaction.atomic
def fix_findings(findings, *, organisation, by):
    """Mend the way of writing in the records of findings of one rule, all or none; answers the mending, to be undone.

    A record that was mended meanwhile is left alone.
    """
    locked = list(_locked(findings))
    rule = _one_rule(locked)
    fix = QualityFix(rule=rule.code, organisation=organisation, made_by=by)
    for finding in locked:
        member = Member.objects.standing().select_related("home").get(pk=finding.member_id)
        after = tidied(person_of(member), rule.fix)
        if not after:
            continue
        before = {name: getattr(member, name) for name in after}
        changed = correct_member(member, after, revision=member.revision, reason=f"sửa nhanh: {rule.words}", by=by)
        fix.changes[str(member.pk)] = {"revision": changed.revision, "before": before, "after": after}
    if not fix.changes:
        raise ValidationError("Các hồ sơ này đã được sửa rồi; không còn gì để sửa nhanh.")
    fix.save(force_insert=True)
    record("members.fix_findings", organisation, by=by, data={"rule": rule.words, "people": len(fix.changes)})
    return fix


@transaction.atomic
def undo_fix(fix, among, *, by):
    """Put back what a mending changed, all or none; `among` are the records whose keeper asks for it.

    Refused when one of the records is no longer among them, or when somebody has corrected one since.
    """
    locked = QualityFix.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=fix.pk)
    if locked.undone_at:
        raise ValidationError("Lần sửa nhanh này đã được hoàn tác trước đó.")
    people = among.standing().select_related("home").in_bulk(list(locked.changes))
    by_id = {str(pk): member for pk, member in people.items()}
    if gone := len(locked.changes) - len(by_id):
        raise ValidationError(
            f"Có {gone} hồ sơ không còn trong phạm vi của đồng chí, nên không hoàn tác cả lần được. Hãy sửa riêng từng "
            "hồ sơ, hoặc nhờ cấp trên hoàn tác."
        )
    touched = [pk for pk, change in locked.changes.items() if by_id[pk].revision != change["revision"]]
    if touched:
        names = ", ".join(str(by_id[pk]) for pk in touched[:3])
        raise ValidationError(
            f"Có {len(touched)} hồ sơ đã được sửa tiếp sau lần sửa nhanh ({names}…), nên không hoàn tác cả lần được. "
            "Hãy sửa riêng từng hồ sơ."
        )
    for pk, change in locked.changes.items():
        member = by_id[pk]
        correct_member(member, change["before"], revision=member.revision, reason="hoàn tác sửa nhanh", by=by)
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    data = {"rule": rule_of(locked.rule).words, "people": len(locked.changes)}
    record("members.undo_fix", locked.organisation, by=by, data=data)
    return locked


def _record(verb, finding, *, by, **said):
    """An act on one finding; of a sensitive rule only who may see it reads of the act, without rule or reason."""
    if finding.rule in SENSITIVE_RULES:
        record(f"restricted.{verb}", finding.member, by=by, organisation=finding.organisation)
    else:
        data = {"rule": finding.what.words, **said}
        record(f"members.{verb}", finding.member, by=by, organisation=finding.organisation, data=data)


def _one_rule(locked):
    rules = {finding.rule for finding in locked}
    if len(rules) != 1:
        raise ValidationError("Hãy chọn các mục của cùng một quy tắc.")
    rule = rule_of(rules.pop())
    if not rule.fix:
        raise ValidationError(f"“{rule.words}” phải đối chiếu giấy tờ, không sửa nhanh được.")
    if len(locked) > MOST:
        raise ValidationError(f"Mỗi lần sửa nhanh nhiều nhất {MOST} hồ sơ.")
    return rule


def _locked(findings):
    """The open ones of the given findings, locked in the order of their keys."""
    keys = [finding.pk for finding in findings]
    rows = Finding.objects.open().filter(pk__in=keys).select_related("organisation")
    return rows.select_for_update(of=("self",)).order_by("pk")


def _one(finding, state):
    rows = Finding.objects.select_for_update(of=("self",)).select_related("member__home", "organisation")
    locked = rows.filter(pk=finding.pk, state=state).first()
    if locked is None:
        raise ValidationError(CHANGED)
    return locked
