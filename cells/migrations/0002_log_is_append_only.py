"""The database itself refuses to change or remove a line of the log."""

from django.db import migrations

from config.lib.append_only import append_only

forwards, backwards = append_only("cells_logentry", name="log", what="the log")


class Migration(migrations.Migration):
    dependencies = [("cells", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
