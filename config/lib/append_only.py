"""Rows that are added and never changed or removed: refused by the model and, in a migration, by the database."""

from django.db import models


class AppendOnly(models.Model):
    """A line that stays as it was written."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"{self._meta.verbose_name}: append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{self._meta.verbose_name}: append-only")


def append_only(table, *, name, what):
    """(forwards, backwards) of a migration that puts triggers on a table; `what` is the thing in their message."""
    message = f"{what} is append-only"
    do = {
        "postgresql": [
            f"CREATE FUNCTION {name}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{message}'; END $$",
            f"CREATE TRIGGER {name}_is_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_is_append_only()",
        ],
        "sqlite": [
            f"CREATE TRIGGER {name}_refuses_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for event in ("UPDATE", "DELETE")
        ],
    }
    undo = {
        "postgresql": [f"DROP TRIGGER {name}_is_append_only ON {table}", f"DROP FUNCTION {name}_is_append_only()"],
        "sqlite": [f"DROP TRIGGER {name}_refuses_update", f"DROP TRIGGER {name}_refuses_delete"],
    }
    return in_each_database(do), in_each_database(undo)


def in_each_database(by_vendor):
    """A step of a migration that each database says in statements of its own."""

    def execute(apps, schema_editor):
        for statement in by_vendor[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return execute
