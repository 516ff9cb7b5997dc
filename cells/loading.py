"""Loading what the product ships as data: rule sets and the kinds of organisations."""

import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connections, transaction

from cells.models import OrganisationKind, RuleSet
from config.lib.rulesets import discover, dump

KINDS_FILE = Path(__file__).parent / "catalogues" / "kinds.toml"


def load_app_rule_sets(app_config, using, **kwargs):
    """After a migration: load the rule sets of one app; a changed file becomes a new version, nothing is changed."""
    if RuleSet._meta.db_table not in connections[using].introspection.table_names():
        return
    with transaction.atomic(using=using):
        if app_config.name == "cells":
            load_kinds()
        for each in (app_config, *_without_models(app_config)):
            if "site-packages" not in each.path:
                for rule_file in discover(Path(each.path)):
                    load_rule_set(rule_file)


def _without_models(app_config):
    """With `cells` the apps that have rules but no models: no migration tells of those."""
    return [each for each in apps.get_app_configs() if each.models_module is None] if app_config.name == "cells" else []


def load_rule_set(rule_file):
    """Store one file as the next version of its topic and code, unless its content is stored already."""
    stored = RuleSet.objects.filter(topic=rule_file.topic, code=rule_file.code).order_by("version").last()
    if stored and stored.digest == rule_file.digest:
        return stored
    return RuleSet.objects.create(
        topic=rule_file.topic,
        code=rule_file.code,
        title=rule_file.title,
        effective_on=rule_file.effective_on,
        first_season_year=rule_file.first_season_year,
        last_season_year=rule_file.last_season_year,
        source=rule_file.source,
        values=dump(rule_file.keys),
        version=stored.version + 1 if stored else 1,
        digest=rule_file.digest,
    )


@cache
def kind_entries():
    """The kinds of organisations as the catalogue file lists them, by code."""
    with KINDS_FILE.open("rb") as file:
        return {entry["code"]: entry for entry in tomllib.load(file)["kinds"]}


def kind_columns(code, level=None):
    """What follows from the kind of an organisation: its level unless given, whether it is a cell, whether a base.

    A commune whose level is the base is itself the base organisation (208-QĐ/TW).
    """
    kinds = kind_entries()
    kind, level = kinds[code], level or kinds[code]["level"]
    is_base = kind["is_base"] or (code == "commune" and level == kinds["base_party"]["level"])
    return {"kind": code, "level": level, "is_cell": kind["is_cell"], "is_base": is_base}


def load_kinds():
    """Store the catalogue of kinds; dates and words may be corrected by a newer file."""
    columns = ("name", "rank", "is_cell", "is_base", "started_on", "ended_on", "mark", "source")
    for code, entry in kind_entries().items():
        values = {name: entry.get(name) for name in columns}
        OrganisationKind.objects.update_or_create(code=code, started_on=values.pop("started_on"), defaults=values)
