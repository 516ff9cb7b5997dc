"""Organisations, accounts, documents, rules."""

from django.urls import include, path

from cells.views import accounts, rules, tree

app_name = "cells"

urlpatterns = [
    path("", tree.show_tree, name="tree"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("documents/", include("cells.urls_documents")),
    path("rules/", rules.list_rules, name="rules"),
]
