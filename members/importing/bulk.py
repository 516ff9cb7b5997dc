"""Inserting many rows of one table with few statements: the tables of a list would take the ORM most of the time."""

from collections.abc import Hashable

from django.db import DEFAULT_DB_ALIAS, connections, models

from members.importing.known import chunks

PARAMETERS = 30_000  # of one statement: SQLite takes 32.766, PostgreSQL 65.535
_AS_THEY_ARE = (models.CharField, models.IntegerField, models.BooleanField)


def insert_rows(model, rows: list[dict]) -> list:
    """Insert rows given by attribute, what they leave out by its default; the keys of the new rows in their order."""
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
    defaults = {each.attname: None if each.has_db_default() else each.get_default() for each in fields}
    keys = []
    for part in chunks(rows, PARAMETERS // len(fields)):
        keys += _insert(model, fields, [{**defaults, **row} for row in part])
    return keys


def _insert(model, fields, rows):
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(each.column) for each in fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    writers = [(each.attname, _writer(each, connection)) for each in fields]
    if connection.vendor == "postgresql" and not any(isinstance(each, models.JSONField) for each in fields):
        # one array a column: psycopg takes longer to read thousands of placeholders than the server to store the rows
        types = [each.db_type(connection).split("(")[0] for each in fields]
        values = f"SELECT * FROM UNNEST({', '.join(f'%s::{each}[]' for each in types)})"
        given = [[write(row[name]) if write else row[name] for row in rows] for name, write in writers]
    else:
        one = f"({', '.join(['%s'] * len(fields))})"
        values = f"VALUES {', '.join([one] * len(rows))}"
        given = [write(row[name]) if write else row[name] for row in rows for name, write in writers]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {values} RETURNING {key}", given)
        return [found[0] for found in cursor.fetchall()]


def _writer(field, connection):
    """How a value of the field goes into the database, None for values that go as they are; repeated ones are kept."""
    target = field.target_field if field.remote_field else field
    if isinstance(target, _AS_THEY_ARE):
        return None
    kept = {}

    def write(value):
        if value is None:
            return None
        if not isinstance(value, Hashable):
            return target.get_db_prep_save(value, connection)
        if value not in kept:
            kept[value] = target.get_db_prep_save(value, connection)
        return kept[value]

    return write
