"""The database itself refuses to change or remove a line of a case's journal."""

from django.db import migrations

from config.lib.append_only import append_only

forwards, backwards = append_only("discipline_journalentry", name="journal", what="the journal")


class Migration(migrations.Migration):
    dependencies = [("discipline", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
