"""The database itself refuses to change or remove a line of the log."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
    """,
    """
    CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON cells_logentry
    FOR EACH ROW EXECUTE FUNCTION log_is_append_only()
    """,
]
SQLITE = [
    """
    CREATE TRIGGER log_refuses_update BEFORE UPDATE ON cells_logentry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
    """
    CREATE TRIGGER log_refuses_delete BEFORE DELETE ON cells_logentry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
]
UNDO = {
    "postgresql": ["DROP TRIGGER log_is_append_only ON cells_logentry", "DROP FUNCTION log_is_append_only()"],
    "sqlite": ["DROP TRIGGER log_refuses_update", "DROP TRIGGER log_refuses_delete"],
}


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cells", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
