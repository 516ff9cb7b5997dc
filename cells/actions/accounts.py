"""Accounts and roles: made, given and ended by administrators (inspection roles by inspection heads), with a trace."""

from dataclasses import dataclass
from datetime import date

from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation, RoleAssignment, User
from cells.permissions import INSPECTION_ROLES
from config.lib.workflow import NotAllowed


@dataclass(frozen=True)
class Grant:
    """A role on an organisation from a day until the day before `ended_on`."""

    role: str
    organisation: Organisation
    started_on: date
    ended_on: date | None = None


@transaction.atomic
def create_account(*, username, full_name, password, grant, by):
    """Open an account with its first role; the first password must be changed at the first sign-in."""
    account = User(username=username, full_name=full_name, must_change_password=True)
    account.set_password(password)
    account.full_clean(exclude=["password"])
    account.save()
    data = {"username": username}
    record(f"{_area(grant.role)}.create_account", account, by=by, organisation=grant.organisation, data=data)
    _assign(account, grant, by)
    return account


@transaction.atomic
def grant_role(user, role, *, organisation, started_on, ended_on=None, by):
    """Give a role on an organisation and everything below it; an inspection account has inspection roles alone."""
    account = _locked(user)
    return _assign(account, Grant(role, organisation, started_on, ended_on), by)


@transaction.atomic
def end_role(assignment, *, ended_on, by):
    """End a role; `ended_on` is the first day without it. A role that ends before it began is voided."""
    account = _locked(assignment.user)
    assignment = RoleAssignment.objects.select_related("organisation").get(pk=assignment.pk)
    if assignment.voided_at or (assignment.ended_on and assignment.ended_on <= ended_on):
        raise NotAllowed("Vai trò này đã thôi từ trước. Hãy tải lại trang.")
    if ended_on > assignment.started_on:
        assignment.ended_on = ended_on
    else:
        assignment.voided_at, assignment.voided_by = timezone.now(), by
        assignment.void_reason = "thôi giao trước khi có hiệu lực"
    assignment.save(update_fields=["ended_on", "voided_at", "voided_by", "void_reason"])
    data = {"role": assignment.get_role_display(), "place": assignment.organisation.name, "until": str(ended_on)}
    action = f"{_area(assignment.role)}.end_role"
    record(action, account, by=by, organisation=assignment.organisation, data=data)


@transaction.atomic
def change_password(account, *, password, by):
    """Store the password that the person chose; other sessions end, the obligation to change it is met."""
    account = _locked(account)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    _record("change_password", account, by)
    return account


@transaction.atomic
def reset_password(account, *, password, by):
    """Set a password that must be changed at the next sign-in; all sessions end, failed tries are forgotten."""
    account = _locked(account)
    account.set_password(password)
    account.must_change_password = True
    account.session_epoch += 1
    account.save(update_fields=["password", "must_change_password", "session_epoch"])
    forget_failures(username=account.username)
    _record("reset_password", account, by)


@transaction.atomic
def deactivate_account(account, *, by):
    """Close an account: it can no longer sign in and its sessions end; its roles and history stay."""
    account = _locked(account)
    if not account.is_active:
        raise NotAllowed("Tài khoản này đã khóa từ trước.")
    account.is_active = False
    account.session_epoch += 1
    account.save(update_fields=["is_active", "session_epoch"])
    _record("deactivate_account", account, by)


@transaction.atomic
def reactivate_account(account, *, by):
    """Open a closed account again, with the roles it still has."""
    account = _locked(account)
    if account.is_active:
        raise NotAllowed("Tài khoản này đang dùng được.")
    account.is_active = True
    account.save(update_fields=["is_active"])
    _record("reactivate_account", account, by)


@transaction.atomic
def end_sessions(account, *, by):
    """End every session of an account at its next request."""
    account = _locked(account)
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    _record("end_sessions", account, by)


@transaction.atomic
def unlock_account(account, *, by):
    """Forget the failed tries of an account, so that it can sign in at once."""
    account = _locked(account)
    forget_failures(username=account.username)
    _record("unlock_account", account, by)


def _locked(account):
    return User.objects.select_for_update().get(pk=account.pk)


def _assign(account, grant, by):
    _refuse_mixture(account, grant.role)
    assignment = RoleAssignment(
        user=account,
        role=grant.role,
        organisation=grant.organisation,
        started_on=grant.started_on,
        ended_on=grant.ended_on,
        recorded_by=by,
    )
    assignment.full_clean()
    assignment.save()
    data = {
        "role": assignment.get_role_display(),
        "place": grant.organisation.name,
        "since": str(grant.started_on),
        "until": str(grant.ended_on or ""),
    }
    record(f"{_area(grant.role)}.grant_role", account, by=by, organisation=grant.organisation, data=data)
    return assignment


def _refuse_mixture(account, role):
    """Inspection accounts stand apart: otherwise an administrator could reset the password of an inspector."""
    held = set(account.role_assignments.values_list("role", flat=True))
    if held and (role in INSPECTION_ROLES) != bool(held & INSPECTION_ROLES):
        raise ValidationError(
            "Vai trò kiểm tra phải có tài khoản riêng, không chung với vai trò khác. Hãy lập một tài khoản mới."
        )


def _area(role):
    """First part of a log action: acts on inspection accounts are seen by inspection heads alone."""
    return "inspection" if role in INSPECTION_ROLES else "accounts"


def _record(verb, account, by):
    latest = account.role_assignments.select_related("organisation").order_by("-started_on", "-id").first()
    area = _area(latest.role) if latest else "accounts"
    record(f"{area}.{verb}", account, by=by, organisation=latest and latest.organisation)
