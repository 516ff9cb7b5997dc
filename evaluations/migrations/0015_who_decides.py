"""By which rules a body decided; sheets of cadres of a higher level; complaints that came late."""

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
        migrations.AddField(
            model_name="ratingsheet",
            name="managed_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="managed_sheets",
                to="evaluations.ratingsheet",
                verbose_name="tách từ bảng của chi bộ",
            ),
        ),
        migrations.AddField(
            model_name="ratingsheet",
            name="managed_reason",
            field=models.CharField(
                blank=True, default="", max_length=1000, verbose_name="căn cứ thuộc diện cấp trên quản lý"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="late_reason",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="lý do nhận khi quá hạn"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="ratingsheet", name="rating_sheet_once_a_season"),
        migrations.AddConstraint(
            model_name="ratingsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("managed_from__isnull", True)),
                fields=("season", "organisation"),
                name="rating_sheet_once_a_season",
            ),
        ),
    ]
