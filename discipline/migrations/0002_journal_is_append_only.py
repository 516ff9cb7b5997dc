"""The database itself refuses to change or remove a line of a case's journal."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
    """,
    """
    CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON discipline_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()
    """,
]
SQLITE = [
    """
    CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON discipline_journalentry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON discipline_journalentry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
]
UNDO = {
    "postgresql": ["DROP TRIGGER journal_is_append_only ON discipline_journalentry", "DROP FUNCTION journal_is_append_only()"],
    "sqlite": ["DROP TRIGGER journal_refuses_update", "DROP TRIGGER journal_refuses_delete"],
}


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("discipline", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
