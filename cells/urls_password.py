"""Choosing a new password."""

from django.urls import path

from cells.views import accounts

urlpatterns = [
    path("password/", accounts.change_password, name="password_change"),
]
