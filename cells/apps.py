from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CellsConfig(AppConfig):
    """Who we are: the tree, accounts, roles, scope, rule sets, ballots, documents, the log."""

    name = "cells"
    verbose_name = "Tổ chức đảng"

    def ready(self):
        from cells.loading import load_app_rule_sets  # noqa: PLC0415 -- models are not ready before

        post_migrate.connect(load_app_rule_sets, dispatch_uid="load_app_rule_sets")
