"""By which rules the body that decided was the one to decide."""

import django.db.models.deletion
from django.db import migrations, models


def chain_set():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="cells.ruleset",
        verbose_name="quy tắc về cấp quyết định",
    )


class Migration(migrations.Migration):
    dependencies = [("cells", "0007_events_keep_what_they_undo"), ("evaluations", "0014_weighed_reason")]

    operations = [
        migrations.AddField(model_name="organisationdecision", name="chain_set", field=chain_set()),
        migrations.AddField(model_name="ratingdecision", name="chain_set", field=chain_set()),
    ]
