"""Whom a case is about, as the rule sets name it, on a day."""

from django.core.exceptions import ValidationError

from config.lib.workflow import NotAllowed
from discipline.bodies import holds_post
from discipline.enums import Subject
from discipline.rules.forms import forms_for
from members.models import Member
from members.readmissions import Readmissions

TOO_EARLY = "Ngày {on} trước ngày {member} vào Đảng {admitted}. Hãy kiểm tra lại ngày."
NOT_YET = "Ngày {on} trước ngày {organisation} có trong danh mục {founded}. Hãy kiểm tra lại ngày."
NO_RECORD = (
    "Hồ sơ đảng viên này đã hủy trong danh sách đảng viên (đợt nhập được hoàn tác), nên không ghi vào đó "
    "được. Hãy nhập lại đảng viên vào danh sách, rồi ở bìa hồ sơ chuyển sang mục đảng viên nhập lại."
)


def refuse_voided(member):
    """NotAllowed for a member whose record was taken back by somebody whom no case could stop."""
    if not Member.objects.standing().filter(pk=member.pk).exists():
        raise NotAllowed(NO_RECORD)


def refuse_before_admission(member, on, field):
    """ValidationError on `field` for a day on which the person was not yet in the Party."""
    if member and member.admitted_on and on < member.admitted_on:
        words = {"on": f"{on:%d/%m/%Y}", "member": member, "admitted": f"{member.admitted_on:%d/%m/%Y}"}
        raise ValidationError({field: TOO_EARLY.format(**words)})


def refuse_before_founding(organisation, on, field):
    """ValidationError on `field` for a day on which the organisation did not exist yet, as far as the tree knows."""
    first = organisation.versions.order_by("started_on").first() if organisation else None
    if first and on < first.started_on:
        words = {"on": f"{on:%d/%m/%Y}", "organisation": organisation, "founded": f"{first.started_on:%d/%m/%Y}"}
        raise ValidationError({field: NOT_YET.format(**words)})


def subject_of(case, day):
    """What the person is on a day: the forms of discipline depend on it."""
    if case.member_id is None:
        return Subject.ORGANISATION
    since = case.member.official_on
    if since and since <= day:  # who is readmitted has no such day until he is recognised again
        return Subject.OFFICIAL
    official = Readmissions([case.member_id]).official_on(case.member, day)
    return Subject.OFFICIAL if official else Subject.PROBATIONARY


def forms_of(case, rules, on):
    """The forms of discipline that exist for the subject of a case, light to heavy."""
    return forms_for(rules, subject_of(case, on), has_post=holds_post(case, on))
