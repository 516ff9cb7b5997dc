"""Recompute today's values that stand beside the history."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cells.actions.today import refresh_organisations
from cells.models import User
from members.actions.dossier import recount_files
from members.actions.today import refresh_homes
from members.filing import wrong_counts


class Command(BaseCommand):
    help = (
        "Tính lại các giá trị của hôm nay: nơi sinh hoạt, cột hiện hành của tổ chức đảng, số tài liệu thiếu của hồ sơ."
    )

    def handle(self, *args, **options):
        by, today = User.objects.system("refresh_today"), timezone.localdate()
        organisations = refresh_organisations(on=today, by=by)
        people = refresh_homes(on=today, by=by)
        files = recount_files(wrong_counts(today), by=by)
        self.stdout.write(f"Đã sửa {organisations} tổ chức đảng, {people} đảng viên, {files} hồ sơ.")
