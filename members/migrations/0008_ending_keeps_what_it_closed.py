"""An ending keeps what it closed, a readmission when its member had been official before; the list of who left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0007_handover_remembers_posts_and_roles")]

    operations = [
        migrations.AddField(
            model_name="ending",
            name="closed_rows",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name="restoration",
            name="former_official_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày chính thức lần trước"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(
                    ("end_reason__in", ["died", "expelled", "name_removed", "left", "cancelled_admission"]),
                    ("voided_at__isnull", True),
                ),
                fields=["-ended_on", "-id"],
                name="membership_left",
            ),
        ),
    ]
