"""Who is named on a case, as what, which steps are his, and whether he has opened the file today."""

from datetime import datetime, time

from django.utils import timezone

from cells.models import User
from cells.permissions import Permission
from discipline.enums import Handler, JournalKind, Part
from discipline.models import CaseReader, JournalEntry
from discipline.workflow import CASE, OF_EVERY_CELL


def part_of(user, case):
    """As what a case names `user` today; None when it does not."""
    found = CaseReader.objects.of_user(user).filter(case=case).first()
    return Part(found.part) if found else None


def may_take(part, step, case):
    """Whether a part may take a step of the workflow on this case, whatever state it is in."""
    if part is None or part not in CASE.step(step).permission.split():
        return False
    return part != Part.CELL or case.handler == Handler.CELL or step in OF_EVERY_CELL


def open_steps(part, case):
    """The steps that the state of a case and the part of a reader leave open."""
    return [s for s in CASE.steps.values() if case.state in s.sources and may_take(part, s.name, case)]


def may_write(part, case):
    """Whether a part enters what an inspection gathers: the officer, his team, a cell that runs its own inspection."""
    return part in (Part.OFFICER, Part.TEAM) or (part == Part.CELL and case.handler == Handler.CELL)


def opened_today(user, case):
    """Whether `user` has opened the file today and said why; the contents of a case are shown to nobody else."""
    lines = JournalEntry.objects.filter(case=case, actor_id=user.pk, kind=JournalKind.READ)
    return lines.filter(at__gte=today_begins()).exists()


def today_begins():
    """The first moment of today."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


def is_accused(user, case):
    """Whether an account is that of the member whom a case is about."""
    return case.member_id is not None and case.member.user_id is not None and case.member.user_id == user.pk


def inspectors_over(organisation, permission=Permission.CASES_WORK):
    """Accounts to which an inspection role gives a right today on a body or above it, by name."""
    return User.objects.granted(permission, organisation, timezone.localdate()).order_by("full_name", "pk")
