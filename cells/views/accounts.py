"""Accounts and roles, for administrators; for inspection heads the same pages over inspection accounts alone."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cells.access import find, requires
from cells.actions import accounts as actions
from cells.forms import AccountFilterForm, LastDayForm, NewAccountForm, PasswordForm, RoleForm
from cells.models import LogEntry, RoleAssignment, User
from cells.passwords import first_password
from cells.permissions import Permission
from cells.reports.log import log_page
from config.lib.ui import undo_tag
from config.lib.workflow import NotAllowed

runs_accounts = requires(Permission.ACCOUNTS_MANAGE, Permission.INSPECTION_GRANT)


@sensitive_post_parameters()
@login_required
def change_password(request):
    """One's own password; after a first sign-in nothing else is open before this."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = actions.change_password(request.user, password=form.cleaned_data["new_password"], by=request.user)
        update_session_auth_hash(request, account)
        messages.success(request, "Đã đổi mật khẩu. Lần sau đồng chí đăng nhập bằng mật khẩu mới.")
        return redirect("desk")
    return render(request, "registration/password_change_form.html", {"form": form})


@runs_accounts
def list_accounts(request):
    """The accounts that one runs, with their roles."""
    permission = _permission(request.user)
    form = AccountFilterForm(request.GET or None, permission=permission)
    rows = _chosen(User.objects.visible_to(request.user, permission), form)
    page = Paginator(rows.with_roles(), 50).get_page(request.GET.get("page"))
    return render(request, "cells/accounts.html", {"page": page, "form": form, "today": timezone.localdate()})


@runs_accounts
def create_account(request):
    """A new account with its first role; its first password is shown once."""
    form = NewAccountForm(request.POST or None, giver=request.user, permission=_permission(request.user))
    if request.method == "POST" and form.is_valid():
        values, password = form.cleaned_data, first_password()
        account = actions.create_account(
            username=values["username"],
            full_name=values["full_name"],
            password=password,
            grant=_grant(values),
            by=request.user,
        )
        return render(request, "cells/first_password.html", {"account": account, "password": password, "is_new": True})
    return render(request, "cells/create_account.html", {"form": form})


@runs_accounts
def show_account(request, account_id):
    """One account: its roles and its history."""
    account = _find(request.user, account_id)
    context = {
        "account": account,
        "may_change": _may_change(request.user, account),
        "is_own": account == request.user,
        "history": log_page(LogEntry.objects.visible_to(request.user).about(account)),
        "today": timezone.localdate(),
    }
    return render(request, "cells/account.html", context)


@runs_accounts
def grant_role(request, account_id):
    """Give an account one more role."""
    account = _changeable(request.user, account_id)
    form = RoleForm(request.POST or None, giver=request.user, permission=_permission(request.user))
    if request.method == "POST" and form.is_valid():
        grant = _grant(form.cleaned_data)
        try:
            actions.grant_role(
                account,
                grant.role,
                organisation=grant.organisation,
                started_on=grant.started_on,
                ended_on=grant.ended_on,
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"Đã giao vai trò cho {account}.")
            return redirect("cells:account", account.pk)
    return render(request, "cells/grant_role.html", {"form": form, "account": account})


@runs_accounts
def end_role(request, role_id):
    """End one role, at once or on a day."""
    assignments = RoleAssignment.objects.visible_to(request.user, _permission(request.user)).select_related("user")
    assignment = find(assignments.standing(), pk=role_id)
    account = _changeable(request.user, assignment.user_id)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = f"Đã ghi việc thôi vai trò {assignment} của {account}."
        _act(request, words, actions.end_role, assignment, ended_on=form.ended_on)
        return redirect("cells:account", account.pk)
    return render(request, "cells/end_role.html", {"form": form, "account": account, "assignment": assignment})


@runs_accounts
def reset_password(request, account_id):
    """Make a new first password, shown once; asks before, because the old one is lost."""
    account = _changeable(request.user, account_id)
    if request.method != "POST":
        return render(request, "cells/reset_password.html", {"account": account})
    password = first_password()
    actions.reset_password(account, password=password, by=request.user)
    return render(request, "cells/first_password.html", {"account": account, "password": password, "is_new": False})


@require_POST
@runs_accounts
def deactivate_account(request, account_id):
    """Close an account."""
    account = _changeable(request.user, account_id)
    undo = undo_tag(f"/cells/accounts/{account.pk}/reactivate/")
    _act(request, f"Đã khóa tài khoản của {account}.", actions.deactivate_account, account, undo=undo)
    return redirect("cells:account", account.pk)


@require_POST
@runs_accounts
def reactivate_account(request, account_id):
    """Open a closed account again."""
    account = _changeable(request.user, account_id)
    _act(request, f"Đã mở lại tài khoản của {account}.", actions.reactivate_account, account)
    return redirect("cells:account", account.pk)


@require_POST
@runs_accounts
def end_sessions(request, account_id):
    """Sign an account out everywhere."""
    account = _changeable(request.user, account_id)
    _act(request, f"Đã kết thúc mọi phiên đăng nhập của {account}.", actions.end_sessions, account)
    return redirect("cells:account", account.pk)


@require_POST
@runs_accounts
def unlock_account(request, account_id):
    """Let an account sign in again after too many wrong tries."""
    account = _changeable(request.user, account_id)
    _act(request, f"{account} có thể đăng nhập lại ngay.", actions.unlock_account, account)
    return redirect("cells:account", account.pk)


def _permission(user):
    """The right by which `user` runs accounts; nobody holds both (`actions.accounts` keeps the roles apart)."""
    return Permission.INSPECTION_GRANT if user.holds(Permission.INSPECTION_GRANT) else Permission.ACCOUNTS_MANAGE


def _find(user, account_id):
    return find(User.objects.visible_to(user, _permission(user)).with_roles(), pk=account_id)


def _may_change(user, account):
    """Not oneself, and nobody who has a role beyond one's own scope."""
    return account != user and user.reaches(account, _permission(user))


def _changeable(user, account_id):
    account = _find(user, account_id)
    if not _may_change(user, account):
        raise PermissionDenied
    return account


def _chosen(rows, form):
    if not form.is_valid():
        return rows
    values = form.cleaned_data
    rows = rows.named_like(values["q"]).in_state(values["state"])
    return rows.holding(values["role"], timezone.localdate()) if values["role"] else rows


def _grant(values):
    return actions.Grant(values["role"], values["organisation"], values["started_on"], values["ended_on"])


def _act(request, words, action, subject, *, undo="", **options):
    """Do it and say so; a refused second click says why."""
    try:
        action(subject, by=request.user, **options)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words, extra_tags=undo)
