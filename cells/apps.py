from django.apps import AppConfig
from django.db.models.signals import post_migrate

from cells.ports import register_printable


class CellsConfig(AppConfig):
    """Who we are: the tree, accounts, roles, scope, rule sets, ballots, documents, the log."""

    name = "cells"
    verbose_name = "Tổ chức đảng"

    def ready(self):
        from cells.loading import load_app_rule_sets  # noqa: PLC0415 -- models are not ready before
        from cells.tree_printing import TREE  # noqa: PLC0415 -- likewise

        register_printable(TREE)
        post_migrate.connect(load_app_rule_sets, dispatch_uid="load_app_rule_sets")
