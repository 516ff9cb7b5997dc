"""Whom a case is about, as the rule sets name it, on a day."""

from config.lib.workflow import NotAllowed
from discipline.enums import Subject
from discipline.rules.forms import forms_for
from members.models import Member, Post

NO_RECORD = (
    "Hồ sơ đảng viên này đã hủy trong danh sách đảng viên (đợt nhập được hoàn tác), nên không ghi vào đó "
    "được. Hãy nhập lại đảng viên vào danh sách, rồi ở bìa hồ sơ chuyển sang mục đảng viên nhập lại."
)


def refuse_voided(member):
    """NotAllowed for a member whose record was taken back by somebody whom no case could stop."""
    if not Member.objects.standing().filter(pk=member.pk).exists():
        raise NotAllowed(NO_RECORD)


def subject_of(case, on):
    """An organisation, an official or a probationary member."""
    if case.member is None:
        return Subject.ORGANISATION
    official = case.member.official_on
    return Subject.OFFICIAL if official and official <= on else Subject.PROBATIONARY


def has_post(case, on):
    """Whether the member of a case holds a post in the Party on a day: only then can he be removed from one."""
    return case.member is not None and Post.objects.on(on).filter(member=case.member).exists()


def forms_of(case, rules, on):
    """The forms of discipline that exist for the subject of a case, light to heavy."""
    return forms_for(rules, subject_of(case, on), has_post=has_post(case, on))
