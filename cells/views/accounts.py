"""Accounts and roles."""

from django.shortcuts import render

from cells.access import requires
from cells.permissions import Permission


@requires(Permission.ACCOUNTS_MANAGE)
def list_accounts(request):
    return render(request, "base.html")


def change_password(request):
    return render(request, "base.html")
