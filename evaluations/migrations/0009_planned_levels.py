"""What a deciding body means to decide, kept until it does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0008_organisations_rated")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="planned_level",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="dự kiến quyết định"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="review",
            name="planned_reason",
            field=models.CharField(
                blank=True, default="", max_length=1000, verbose_name="lý do dự kiến khác đề xuất"
            ),
            preserve_default=False,
        ),
    ]
