import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cells', '0005_documents_from_outside'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisationversion',
            name='has_seal',
            field=models.BooleanField(blank=True, null=True, verbose_name='có con dấu'),
        ),
        migrations.CreateModel(
            name='TreeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('act', models.CharField(choices=[('add', 'Thành lập'), ('rename', 'Đổi tên'), ('move', 'Chuyển về trực thuộc nơi khác'), ('change_kind', 'Đổi loại hình, cấp'), ('merge', 'Hợp nhất, sáp nhập'), ('split', 'Chia, tách'), ('close', 'Giải thể, kết thúc hoạt động'), ('leave', 'Chuyển giao nguyên tổ chức đi nơi khác'), ('arrive', 'Tiếp nhận nguyên tổ chức từ nơi khác')], max_length=20, verbose_name='việc')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('decision', models.CharField(max_length=100, verbose_name='số quyết định')),
                ('decided_on', models.DateField(verbose_name='ngày quyết định')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='cấp quyết định')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('heir', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.organisation', verbose_name='nơi tiếp nhận việc còn lại')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cells.organisation')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'thay đổi tổ chức',
                'ordering': ['-effective_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='organisationversion',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='organisationversion',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='roleassignment',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='roleassignment',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='term',
            name='closed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.AddField(
            model_name='term',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cells.treeevent'),
        ),
        migrations.CreateModel(
            name='TreeEventPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('before', 'tổ chức cũ'), ('after', 'tổ chức mới')], max_length=10)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='cells.treeevent')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_parts', to='cells.organisation')),
            ],
            options={
                'verbose_name': 'tổ chức trong một thay đổi',
            },
        ),
        migrations.CreateModel(
            name='Organ',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='từ ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc (ngày đầu tiên không còn)')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='ghi lúc')),
                ('voided_at', models.DateTimeField(editable=False, null=True, verbose_name='hủy lúc')),
                ('void_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hủy')),
                ('kind', models.CharField(choices=[('standing_committee', 'Ban Thường vụ'), ('inspection', 'Ủy ban Kiểm tra'), ('office', 'Văn phòng'), ('building_board', 'Ban Xây dựng Đảng'), ('organisation_board', 'Ban Tổ chức'), ('propaganda_board', 'Ban Tuyên giáo và Dân vận'), ('inspection_office', 'Cơ quan Ủy ban Kiểm tra')], max_length=20, verbose_name='cơ quan')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('symbol', models.CharField(blank=True, max_length=20, verbose_name='ký hiệu văn bản')),
                ('heading', models.CharField(blank=True, max_length=200, verbose_name='tên cơ quan ban hành')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='quyết định')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organs', to='cells.organisation')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('voided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
            ],
            options={
                'verbose_name': 'cơ quan của cấp ủy',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gt', models.F('started_on')), _connector='OR'), name='organ_period_in_order', violation_error_message='Ngày kết thúc phải sau ngày bắt đầu.')],
            },
        ),
        migrations.AddConstraint(
            model_name='treeevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['merge', 'split', 'close', 'leave']), _negated=True), ('heir__isnull', False), _connector='OR'), name='tree_event_closing_names_heir', violation_error_message='Phải ghi tổ chức đảng tiếp nhận những việc còn lại.'),
        ),
        migrations.AddConstraint(
            model_name='treeeventpart',
            constraint=models.UniqueConstraint(fields=('event', 'organisation', 'role'), name='tree_event_part_once'),
        ),
    ]
