"""Moves, endings, holds; SQLite makes the table of memberships anew, so its triggers are written again."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import members.models.history
import uuid
from django.conf import settings
from django.db import migrations, models


def write_triggers_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        import_module("members.migrations.0002_one_place_on_every_day").forwards(apps, schema_editor)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        import_module("members.migrations.0002_one_place_on_every_day").backwards(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('cells', '0006_tree_and_moves'),
        ('members', '0003_import_may_be_discarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='came_from',
            field=models.CharField(blank=True, choices=[('other_province', 'Tỉnh, thành phố khác'), ('same_province', 'Đảng bộ khác trong tỉnh'), ('abroad', 'Ngoài nước')], max_length=20, verbose_name='đến từ'),
        ),
        migrations.AddField(
            model_name='membership',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='membership',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='membership',
            name='went_to',
            field=models.CharField(blank=True, choices=[('other_province', 'Tỉnh, thành phố khác'), ('same_province', 'Đảng bộ khác trong tỉnh'), ('abroad', 'Ngoài nước')], max_length=20, verbose_name='chuyển đi đâu'),
        ),
        migrations.AddField(
            model_name='overlay',
            name='ground',
            field=models.CharField(blank=True, choices=[('age_health', 'Tuổi cao, sức yếu'), ('treatment', 'Điều trị bệnh dài ngày, ở xa'), ('sole_abroad', 'Công tác, việc riêng ở ngoài nước một mình'), ('remote_work', 'Làm việc lưu động, ở xa, không ổn định dưới 12 tháng'), ('retiring', 'Nghỉ chờ hưu'), ('maternity', 'Nghỉ thai sản')], max_length=20, verbose_name='lý do'),
        ),
        migrations.AddField(
            model_name='post',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='post',
            name='decision',
            field=models.CharField(blank=True, max_length=200, verbose_name='quyết định, nghị quyết'),
        ),
        migrations.AddField(
            model_name='post',
            name='manner',
            field=models.CharField(choices=[('elected', 'Bầu'), ('appointed', 'Chỉ định'), ('acting', 'Phụ trách, quyền'), ('unknown', 'Chưa rõ')], default='unknown', max_length=10, verbose_name='cách nhận chức vụ'),
        ),
        migrations.AddField(
            model_name='post',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='post',
            name='term',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='cells.term', verbose_name='nhiệm kỳ'),
        ),
        migrations.AddField(
            model_name='sanction',
            name='decision',
            field=models.CharField(blank=True, max_length=100, verbose_name='số quyết định'),
        ),
        migrations.AlterField(
            model_name='post',
            name='title',
            field=models.CharField(choices=[('secretary', 'Bí thư'), ('standing_deputy', 'Phó Bí thư Thường trực'), ('deputy', 'Phó Bí thư'), ('standing_member', 'Ủy viên Ban Thường vụ'), ('committee_member', 'Cấp ủy viên'), ('inspection_head', 'Chủ nhiệm Ủy ban Kiểm tra'), ('inspection_deputy', 'Phó Chủ nhiệm Ủy ban Kiểm tra'), ('inspection_member', 'Ủy viên Ủy ban Kiểm tra'), ('group_head', 'Tổ trưởng tổ đảng')], max_length=20, verbose_name='chức vụ'),
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('reason', models.CharField(choices=[('moved_out', 'Chuyển đi'), ('died', 'Từ trần'), ('expelled', 'Khai trừ'), ('name_removed', 'Xóa tên'), ('left', 'Xin ra khỏi Đảng'), ('cancelled_admission', 'Hủy quyết định kết nạp'), ('temporary_ended', 'Hết thời hạn sinh hoạt tạm thời'), ('tree', 'Thay đổi tổ chức'), ('unknown', 'Không rõ lý do')], max_length=20, verbose_name='hình thức')),
                ('grounds', models.JSONField(blank=True, default=list, verbose_name='căn cứ')),
                ('ended_on', models.DateField(verbose_name='ngày đầu tiên không còn là đảng viên')),
                ('was_probationary', models.BooleanField(default=False, verbose_name='khi đó là đảng viên dự bị')),
                ('decision', models.CharField(blank=True, max_length=100, verbose_name='số quyết định, giấy tờ')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='cấp quyết định')),
                ('notified_on', models.DateField(blank=True, null=True, verbose_name='ngày phiếu báo')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='ngày đảng viên nhận quyết định')),
                ('card_recovered_on', models.DateField(blank=True, null=True, verbose_name='ngày thu thẻ')),
                ('file_sent_on', models.DateField(blank=True, null=True, verbose_name='ngày nộp hồ sơ lên cấp trên')),
                ('file_sent_to', models.CharField(blank=True, max_length=200, verbose_name='nơi nhận hồ sơ')),
                ('appealed_on', models.DateField(blank=True, null=True, verbose_name='ngày khiếu nại')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='members.member')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='members.membership')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'ra khỏi Đảng, từ trần',
                'ordering': ['-ended_on', '-id'],
            },
            bases=(members.models.history.OfMember, models.Model),
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('handed_on', models.DateField(verbose_name='ngày bàn giao')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='quyết định, nghị quyết')),
                ('inventory', models.JSONField(default=list, verbose_name='việc đang dở')),
                ('from_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='cells.organisation')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('to_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'bàn giao chi bộ',
                'ordering': ['-handed_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='từ ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc (ngày đầu tiên không còn)')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='members.member')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'tạm dừng cấp giấy',
                'ordering': ['-started_on', '-id'],
            },
            bases=(members.models.history.OfMember, models.Model),
        ),
        migrations.CreateModel(
            name='Proceeding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='từ ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc (ngày đầu tiên không còn)')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('stage', models.CharField(choices=[('charged', 'Khởi tố'), ('detained', 'Tạm giữ, tạm giam'), ('prosecuted', 'Truy tố'), ('tried', 'Xét xử'), ('sentenced', 'Có bản án có hiệu lực'), ('closed', 'Đình chỉ, không có tội')], max_length=20, verbose_name='giai đoạn')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='văn bản')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='cơ quan ban hành')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='members.member')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'tố tụng',
                'ordering': ['-started_on', '-id'],
            },
            bases=(members.models.history.OfMember, models.Model),
        ),
        migrations.CreateModel(
            name='Restoration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('kind', models.CharField(choices=[('rights', 'Khôi phục quyền đảng viên (bị xử lý oan, sai)'), ('resumed', 'Nối lại sinh hoạt đảng'), ('readmitted', 'Kết nạp lại')], max_length=20, verbose_name='hình thức')),
                ('end_reason', models.CharField(choices=[('moved_out', 'Chuyển đi'), ('died', 'Từ trần'), ('expelled', 'Khai trừ'), ('name_removed', 'Xóa tên'), ('left', 'Xin ra khỏi Đảng'), ('cancelled_admission', 'Hủy quyết định kết nạp'), ('temporary_ended', 'Hết thời hạn sinh hoạt tạm thời'), ('tree', 'Thay đổi tổ chức'), ('unknown', 'Không rõ lý do')], max_length=20, verbose_name='đã ra do')),
                ('was_probationary', models.BooleanField(default=False, verbose_name='khi đó là đảng viên dự bị')),
                ('out_on', models.DateField(verbose_name='ra từ ngày')),
                ('back_on', models.DateField(verbose_name='trở lại từ ngày')),
                ('decision', models.CharField(max_length=100, verbose_name='số quyết định')),
                ('decided_on', models.DateField(verbose_name='ngày quyết định')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='cấp quyết định')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('ending', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restorations', to='members.ending')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restorations', to='members.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restorations', to='cells.organisation')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'trở lại sinh hoạt',
                'ordering': ['-back_on', '-id'],
            },
            bases=(members.models.history.OfMember, models.Model),
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('official', 'Chuyển sinh hoạt đảng chính thức'), ('internal', 'Chuyển sinh hoạt đảng nội bộ'), ('temporary', 'Chuyển sinh hoạt đảng tạm thời'), ('abroad_official', 'Chuyển sinh hoạt đảng ra ngoài nước chính thức'), ('abroad_temporary', 'Chuyển sinh hoạt đảng ra ngoài nước tạm thời')], max_length=20, verbose_name='loại')),
                ('state', models.CharField(choices=[('requested', 'chi bộ đã giới thiệu, chờ cấp giấy'), ('issued', 'đã cấp giấy, đang chuyển'), ('presented', 'đã nộp giấy, chờ tiếp nhận'), ('refused', 'nơi đến chưa tiếp nhận'), ('received', 'đã tiếp nhận'), ('returned', 'đã trở về nơi sinh hoạt chính thức'), ('withdrawn', 'đã rút, không chuyển')], default='requested', max_length=10, verbose_name='trạng thái')),
                ('outside_name', models.CharField(blank=True, max_length=300, verbose_name='tổ chức đảng ngoài danh mục')),
                ('outside_area', models.CharField(blank=True, choices=[('other_province', 'Tỉnh, thành phố khác'), ('same_province', 'Đảng bộ khác trong tỉnh'), ('abroad', 'Ngoài nước')], max_length=20, verbose_name='khu vực')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do chuyển')),
                ('is_study', models.BooleanField(default=False, verbose_name='đi học trong nước')),
                ('order_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định điều động, thay đổi nơi cư trú có hiệu lực')),
                ('until', models.DateField(blank=True, null=True, verbose_name='ngày đầu tiên hết hạn sinh hoạt tạm thời')),
                ('requested_on', models.DateField(verbose_name='ngày chi bộ giới thiệu')),
                ('slip_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='số giấy giới thiệu')),
                ('slip_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='năm cấp giấy')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày cấp giấy')),
                ('file_taken_on', models.DateField(blank=True, null=True, verbose_name='ngày nhận hồ sơ')),
                ('notice_received_on', models.DateField(blank=True, null=True, verbose_name='ngày nơi đến nhận phiếu báo')),
                ('presented_on', models.DateField(blank=True, null=True, verbose_name='ngày nộp giấy')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='ngày tiếp nhận')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='ngày trở về')),
                ('refused_on', models.DateField(blank=True, null=True, verbose_name='ngày chưa tiếp nhận')),
                ('refusal', models.CharField(blank=True, max_length=500, verbose_name='lý do chưa tiếp nhận')),
                ('explanation', models.CharField(blank=True, max_length=500, verbose_name='giải trình nộp chậm')),
                ('papers', models.JSONField(blank=True, default=list, verbose_name='giấy tờ kèm theo')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='lập lúc')),
                ('common', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.organisation', verbose_name='cấp ủy cấp trên chung')),
                ('from_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_out', to='cells.organisation', verbose_name='nơi đi')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='members.member')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.transfer')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('to_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_in', to='cells.organisation', verbose_name='nơi đến')),
            ],
            options={
                'verbose_name': 'chuyển sinh hoạt',
                'ordering': ['-requested_on', '-created_at'],
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='end_transfer',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_memberships', to='members.transfer'),
        ),
        migrations.AddField(
            model_name='membership',
            name='transfer',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opened_memberships', to='members.transfer'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('membership',), name='ending_once_a_membership'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gt', models.F('started_on')), _connector='OR'), name='hold_period_in_order', violation_error_message='Ngày kết thúc phải sau ngày bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='proceeding',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gt', models.F('started_on')), _connector='OR'), name='proceeding_period_in_order', violation_error_message='Ngày kết thúc phải sau ngày bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='restoration',
            constraint=models.CheckConstraint(condition=models.Q(('back_on__gt', models.F('out_on'))), name='restoration_in_order'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'issued', 'presented', 'refused'])), fields=('member',), name='transfer_one_unsettled', violation_error_message='Đảng viên này đang có một lần chuyển sinh hoạt chưa xong.'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('slip_number__isnull', False)), fields=('common', 'kind', 'slip_year', 'slip_number'), name='transfer_slip_number_once', violation_error_message='Số giấy này đã dùng trong năm.'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_organisation__isnull', False), ('to_organisation__isnull', False), _connector='OR'), name='transfer_has_an_end_here'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_organisation__isnull', False), ('to_organisation__isnull', False)), models.Q(('outside_area', ''), _negated=True), _connector='OR'), name='transfer_outside_end_has_area'),
        ),
        migrations.RunPython(write_triggers_again, drop_triggers),
    ]
