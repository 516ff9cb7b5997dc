"""Accounts and roles: made, given and ended by administrators, with a trace."""

from django.db import transaction

from cells.audit import record
from cells.models import RoleAssignment, User


@transaction.atomic
def create_account(*, username, full_name, password, organisation, by):
    """Open an account whose first password must be changed at the first sign-in."""
    user = User.objects.create_user(username, password, full_name=full_name, must_change_password=True)
    record("accounts.create_account", user, by=by, organisation=organisation)
    return user


@transaction.atomic
def grant_role(user, role, *, organisation, started_on, by):
    """Give a role on an organisation and everything below it, from a day on."""
    assignment = RoleAssignment(user=user, role=role, organisation=organisation, started_on=started_on, recorded_by=by)
    assignment.full_clean()
    assignment.save()
    record("accounts.grant_role", assignment, by=by, data={"role": role, "user": user.username})
    return assignment
