"""On what ground a body above the cell confirmed a case or was lenient."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0013_facts_of_the_year")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="weighed_reason",
            field=models.CharField(
                blank=True, default="", max_length=1000, verbose_name="căn cứ của cấp xem xét"
            ),
            preserve_default=False,
        ),
    ]
