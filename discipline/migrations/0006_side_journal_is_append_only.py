"""The database itself refuses to change or remove a line of the journal beside the cases."""

from django.db import migrations

from config.lib.append_only import append_only

forwards, backwards = append_only("discipline_sideentry", name="side_journal", what="the journal")


class Migration(migrations.Migration):
    dependencies = [("discipline", "0005_beside_the_cases")]
    operations = [migrations.RunPython(forwards, backwards)]
