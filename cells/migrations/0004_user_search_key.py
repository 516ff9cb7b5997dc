from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cells", "0003_remove_issueddocument_document_number_once_a_term_and_more")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=models.CharField(default="", editable=False, max_length=160),
        ),
    ]
