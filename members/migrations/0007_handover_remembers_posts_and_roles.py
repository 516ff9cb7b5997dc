import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0006_tree_and_moves"),
        ("members", "0006_indexes_of_lists_and_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="from_post",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.post",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_role",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cells.roleassignment",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_post",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.post",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_role",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cells.roleassignment",
            ),
        ),
    ]
