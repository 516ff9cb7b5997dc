"""Organisations, accounts, documents, rules."""

from django.urls import path

from cells.views import accounts, documents, rules, tree

app_name = "cells"

urlpatterns = [
    path("", tree.show_tree, name="tree"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("documents/", documents.list_documents, name="documents"),
    path("rules/", rules.list_rules, name="rules"),
]
