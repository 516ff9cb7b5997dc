"""Who is named on a case, as what, which steps are his, and whether he has opened the file today."""

from datetime import datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cells.models import User
from cells.permissions import GRANTS, Permission
from discipline.enums import Handler, JournalKind, Part, State
from discipline.models import Case, CaseReader, JournalEntry
from discipline.workflow import ABOVE_CELL, CASE, OF_EVERY_CELL

BEFORE_REPORT = (
    State.SIGNAL, State.TRIAGE, State.PLANNED, State.SELF_REVIEW, State.VERIFYING, State.TRANSFERRED,
)  # fmt: skip


def readings(user):
    """As what the standing cases name `user` today, each with its case and whether he has opened it today."""
    rows = CaseReader.objects.of_user(user).filter(case__voided_at__isnull=True)
    rows = rows.select_related("case__member__home", "case__accused", "case__organisation", "case__cell")
    return rows.annotate(is_opened=Exists(_read_today(user).filter(case=OuterRef("case"))))


def may_take(part, step, case):
    """Whether a part may take a step of the workflow on this case; in the wrong state the act itself refuses."""
    asked = CASE.step(step)
    if part is None or part not in asked.permission.split():
        return False
    state = (case.postponed_from or case.state) if case.state in asked.sources else ""
    if part == Part.CELL:
        runs = case.handler == Handler.CELL or (step in OF_EVERY_CELL and state != State.VERIFYING)
        return runs and state not in ABOVE_CELL
    # What the cell has decided the cell announces.
    return part != Part.BODY or state != State.DECIDED_CELL


def open_steps(part, case):
    """The steps that the state of a case and the part of a reader leave open."""
    return [s for s in CASE.steps.values() if case.state in s.sources and may_take(part, s.name, case)]


def may_write(part, case):
    """Whether a part enters what an inspection gathers: the officer, his team, a cell that runs its own inspection."""
    return part in (Part.OFFICER, Part.TEAM) or (part == Part.CELL and case.handler == Handler.CELL)


def reads_inspection(part, case):
    """Whether a part reads what is being verified: not a cell in a case that others run, before their report."""
    stands = case.postponed_from or case.state
    return part != Part.CELL or case.handler == Handler.CELL or stands not in BEFORE_REPORT


def reads_evidence(part, case):
    """Whether a part reads what was gathered: a cell in a case that others run never does (section 15)."""
    return part != Part.CELL or case.handler == Handler.CELL


def runs_case(part, case):
    """Whether a part decides on how the inspection is run: its term, its rule sets."""
    return part == Part.OFFICER or (part == Part.CELL and case.handler == Handler.CELL)


def _read_today(user):
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return JournalEntry.objects.filter(actor_id=user.pk, kind=JournalKind.READ, at__gte=midnight)


def is_accused(user, case):
    """Whether an account is that of the member whom a case is about."""
    return case.member_id is not None and case.member.user_id is not None and case.member.user_id == user.pk


def inspectors_over(organisation, permission=Permission.CASES_WORK):
    """Accounts to which an inspection role gives a right today on a body or above it, by name."""
    return User.objects.granted(permission, organisation, timezone.localdate()).order_by("full_name", "pk")


def own_body(user, *permissions):
    """The body for which somebody acts: that of the first of his roles with the first of some rights that he holds."""
    held = [role for right in permissions for role in user.roles_today if right in GRANTS[role.role]]
    return held[0].organisation


def people_over(organisation):
    """Accounts of those who may see the members of a body, by name: whom a case on one of them may name."""
    return User.objects.granted(Permission.MEMBERS_VIEW, organisation, timezone.localdate()).order_by("full_name", "pk")


def orphans_of(user):
    """Cases in the scope of an inspection head that name no inspection officer in office any more."""
    return Case.objects.orphaned(user, timezone.localdate()).select_related("organisation")
