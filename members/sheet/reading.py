"""All rows of a member in many tables, read with one query: the tables side by side, each row as an object of JSON."""

import json
from collections import defaultdict
from datetime import UTC
from functools import lru_cache
from uuid import UUID

from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from config.lib.statements import KEPT
from members.models import Member
from members.sheet.parts import MODELS, PARTS

SOMEONE = UUID(int=0)  # stands for the member in a statement that is kept


def read_rows(member, tables=MODELS, *, voided=False):
    """{model: rows of the member}, in the order of each table; voided rows on demand."""
    found = defaultdict(list)
    by_label = {model._meta.label_lower: model for model in tables}
    sql, params = _statement(tuple(tables), voided)
    someone, this = _prepared(SOMEONE), _prepared(member.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, [this if param == someone else param for param in params])
        for name, stored in cursor.fetchall():
            model = by_label[name]
            found[model].append(_row(model, json.loads(stored)))
    for model, rows in found.items():
        rows.sort(key=lambda row: _order(model, row))
    return found


def rows_by_part(member, *, sensitive, voided=False):
    """{code of the part: rows}; parts that need another right are left out, and not even read."""
    parts = [part for part in PARTS.values() if sensitive or not part.sensitive]
    found = read_rows(member, tuple(dict.fromkeys(part.model for part in parts)), voided=voided)
    return {part.code: [row for row in found[part.model] if part.holds(row)] for part in parts}


def rows_of(part, member):
    """The standing rows of one part, as a queryset."""
    return part.model.objects.standing().filter(member=member, **part.fixed)


def row_since(part, member, key):
    """The standing row of that key, or the one that stands in its place, as a queryset."""
    after = successors(part.model, member.pk)
    while key in after:
        key = after[key]
    return rows_of(part, member).filter(pk=key)


def successors(model, member_id):
    """By the key of each row of a member that was written anew, however often, the key of the next one."""
    rows = model.objects.filter(member=member_id, replaces__isnull=False)
    return dict(rows.values_list("replaces", "pk"))


@lru_cache(maxsize=KEPT)
def _statement(tables, voided):
    """The statement and its parameters for `SOMEONE`: put together once, which takes longer than to answer it."""
    queries = [_query(model, voided) for model in tables]
    return queries[0].union(*queries[1:], all=True).query.sql_with_params()


def _prepared(pk):
    """The id of a member as the database takes it."""
    return Member._meta.pk.get_db_prep_value(pk, connection)


def _query(model, voided):
    rows = model._base_manager.filter(member=SOMEONE).order_by()
    if not voided:
        rows = rows.filter(voided_at__isnull=True)
    fields = {field.attname: field.attname for field in model._meta.concrete_fields}
    name = Value(model._meta.label_lower, output_field=models.CharField())
    return rows.annotate(_table=name, _stored=JSONObject(**fields)).values_list("_table", "_stored")


def _row(model, stored):
    values = {field.attname: _value(field, stored[field.attname]) for field in model._meta.concrete_fields}
    return model.from_db("default", list(values), list(values.values()))


def _value(field, stored):
    if stored is None:
        return None
    if isinstance(field, models.DateTimeField):
        return _moment(stored)
    target = field.target_field if field.is_relation else field
    return target.to_python(stored)


def _moment(stored):
    """A point in time as the database writes it: SQLite without a zone, in UTC."""
    found = parse_datetime(stored)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _order(model, row):
    """By the first date of the table, the unknown ones first; then as written."""
    names = {field.name for field in model._meta.concrete_fields}
    day = next((getattr(row, name) for name in _DATES if name in names), None)
    return (day is not None, str(day or ""), row.pk)


_DATES = ("started_on", "declared_on", "decided_on", "ended_on", "back_on")
