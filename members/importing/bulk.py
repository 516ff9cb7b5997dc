"""Inserting many rows of one table with few statements: the tables of a list would take the ORM most of the time."""

from collections.abc import Hashable

from django.db import DEFAULT_DB_ALIAS, connections, models

from members.importing.known import chunks

PARAMETERS = 30_000  # of one statement: SQLite takes 32.766, PostgreSQL 65.535
_AS_THEY_ARE = (models.CharField, models.IntegerField, models.BooleanField)


def insert_rows(model, rows: list[dict], *, or_leave=False) -> list:
    """Insert rows given by attribute, what they leave out by its default; the keys of the new rows in their order.

    With `or_leave` a row that somebody else has inserted meanwhile is left as it is there; it has no key here.
    """
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
    said = set().union(*rows)
    given, left = (
        [each for each in fields if each.attname in said],
        [each for each in fields if each.attname not in said],
    )
    defaults = {each.attname: None if each.has_db_default() else each.get_default() for each in fields}
    keys = []
    for part in chunks(rows, PARAMETERS // len(fields)):
        keys += _Insert(model, given, left, defaults).of(part, " ON CONFLICT DO NOTHING" if or_leave else "")
    return keys


class _Insert:
    """One statement for a table: columns `given` by the rows, and those that all of them `left` to their default."""

    def __init__(self, model, given, left, defaults):
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.model, self.given, self.left, self.defaults = model, given, left, defaults
        self.writers = {each.attname: _writer(each, self.connection) for each in (*given, *left)}

    def of(self, rows, conflict=""):
        """Insert the rows; their keys."""
        quote = self.connection.ops.quote_name
        columns = ", ".join(quote(each.column) for each in (*self.left, *self.given))
        table, key = quote(self.model._meta.db_table), quote(self.model._meta.pk.column)
        by_column = self.connection.vendor == "postgresql"
        by_column = by_column and not any(isinstance(each, models.JSONField) for each in self.given)
        values, parameters = self._by_column(rows) if by_column else self._by_row(rows)
        with self.connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({columns}) {values}{conflict} RETURNING {key}", parameters)
            return [found[0] for found in cursor.fetchall()]

    def _by_column(self, rows):
        """One array a column: psycopg takes longer to read thousands of placeholders than the server to store the rows.

        Arrays of JSON are slower than placeholders.
        """
        once = "".join(f"%s::{self._type(each)}, " for each in self.left)
        arrays = ", ".join(f"%s::{self._type(each)}[]" for each in self.given)
        values = [[self._value(each, row) for row in rows] for each in self.given]
        return f"SELECT {once}given.* FROM UNNEST({arrays}) AS given", [*self._defaults(), *values]

    def _by_row(self, rows):
        one = f"({', '.join(['%s'] * (len(self.left) + len(self.given)))})"
        defaults = self._defaults()
        values = [value for row in rows for value in (*defaults, *(self._value(each, row) for each in self.given))]
        return f"VALUES {', '.join([one] * len(rows))}", values

    def _type(self, field):
        return field.db_type(self.connection).split("(")[0]

    def _defaults(self):
        return [self._value(each, self.defaults) for each in self.left]

    def _value(self, field, row):
        name = field.attname
        value, write = row[name] if name in row else self.defaults[name], self.writers[name]
        return write(value) if write else value


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
