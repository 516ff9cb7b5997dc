"""The database itself refuses to change or remove a line of the journal beside the cases."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION side_journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
    """,
    """
    CREATE TRIGGER side_journal_is_append_only BEFORE UPDATE OR DELETE ON discipline_sideentry
    FOR EACH ROW EXECUTE FUNCTION side_journal_is_append_only()
    """,
]
SQLITE = [
    """
    CREATE TRIGGER side_journal_refuses_update BEFORE UPDATE ON discipline_sideentry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER side_journal_refuses_delete BEFORE DELETE ON discipline_sideentry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
]
UNDO = {
    "postgresql": ["DROP TRIGGER side_journal_is_append_only ON discipline_sideentry", "DROP FUNCTION side_journal_is_append_only()"],
    "sqlite": ["DROP TRIGGER side_journal_refuses_update", "DROP TRIGGER side_journal_refuses_delete"],
}


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("discipline", "0005_beside_the_cases")]
    operations = [migrations.RunPython(forwards, backwards)]
