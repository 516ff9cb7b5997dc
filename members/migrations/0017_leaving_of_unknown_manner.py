"""Who left by a list that does not say how: a reason of its own, also for those whom lists brought before.

The choices are no columns, so SQLite does not make the table of memberships anew (see 0004).
"""

from django.conf import settings
from django.db import migrations, models


FORMER_NOTE = "Theo trạng thái “Rời khỏi Đảng” của tệp nhập; chưa rõ hình thức."
NOTE = "Theo trạng thái “Rời khỏi Đảng” của tệp nhập."


def tell_apart(apps, schema_editor):
    _change(apps, ("left", FORMER_NOTE), ("left_unstated", NOTE))


def put_together(apps, schema_editor):
    _change(apps, ("left_unstated", NOTE), ("left", FORMER_NOTE))


def _change(apps, former, new):
    """Memberships that a list ended and no papers speak of, and their images, by which an import is taken back."""
    Membership, Ending, ImportChange = (
        apps.get_model("members", name) for name in ("Membership", "Ending", "ImportChange")
    )
    papers = Ending.objects.filter(voided_at=None, membership=models.OuterRef("pk"))
    rows = Membership.objects.filter(~models.Exists(papers), voided_at=None, end_reason=former[0], note=former[1])
    for pk, member_id in list(rows.values_list("pk", "member_id")):
        Membership.objects.filter(pk=pk).update(end_reason=new[0], note=new[1])
        for change in ImportChange.objects.filter(table="members.member", row_id=str(member_id)):
            image = change.after.get("members.membership", {}).get(str(pk), {})
            told = {name: value for name, value in zip(("end_reason", "note"), new) if name in image}
            if image.get("end_reason") == former[0]:
                image.update(told)
                change.save(update_fields=["after"])


class Migration(migrations.Migration):

    dependencies = [
        ('cells', '0007_events_keep_what_they_undo'),
        ('members', '0016_cell_registers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='membership',
            name='membership_left',
        ),
        migrations.AlterField(
            model_name='ending',
            name='reason',
            field=models.CharField(choices=[('moved_out', 'Chuyển đi'), ('died', 'Từ trần'), ('expelled', 'Khai trừ'), ('name_removed', 'Xóa tên'), ('left', 'Xin ra khỏi Đảng'), ('cancelled_admission', 'Hủy quyết định kết nạp'), ('temporary_ended', 'Hết thời hạn sinh hoạt tạm thời'), ('tree', 'Thay đổi tổ chức'), ('unknown', 'Không rõ lý do'), ('left_unstated', 'Rời khỏi Đảng, chưa rõ hình thức')], max_length=20, verbose_name='hình thức'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('moved_out', 'Chuyển đi'), ('died', 'Từ trần'), ('expelled', 'Khai trừ'), ('name_removed', 'Xóa tên'), ('left', 'Xin ra khỏi Đảng'), ('cancelled_admission', 'Hủy quyết định kết nạp'), ('temporary_ended', 'Hết thời hạn sinh hoạt tạm thời'), ('tree', 'Thay đổi tổ chức'), ('unknown', 'Không rõ lý do'), ('left_unstated', 'Rời khỏi Đảng, chưa rõ hình thức')], max_length=20, verbose_name='lý do kết thúc'),
        ),
        migrations.AlterField(
            model_name='restoration',
            name='end_reason',
            field=models.CharField(choices=[('moved_out', 'Chuyển đi'), ('died', 'Từ trần'), ('expelled', 'Khai trừ'), ('name_removed', 'Xóa tên'), ('left', 'Xin ra khỏi Đảng'), ('cancelled_admission', 'Hủy quyết định kết nạp'), ('temporary_ended', 'Hết thời hạn sinh hoạt tạm thời'), ('tree', 'Thay đổi tổ chức'), ('unknown', 'Không rõ lý do'), ('left_unstated', 'Rời khỏi Đảng, chưa rõ hình thức')], max_length=20, verbose_name='đã ra do'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('end_reason__in', ['died', 'expelled', 'name_removed', 'left', 'cancelled_admission', 'left_unstated']), ('voided_at__isnull', True)), fields=['-ended_on', '-id'], name='membership_left'),
        ),
        migrations.RunPython(tell_apart, put_together),
    ]
