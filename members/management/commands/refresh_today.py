"""Recompute today's values that stand beside the history."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cells.models import User
from members.nightly import refresh_today


class Command(BaseCommand):
    help = (
        "Tính lại các giá trị của hôm nay: nơi sinh hoạt, cột hiện hành của tổ chức đảng, số tài liệu thiếu của hồ sơ."
    )

    def handle(self, *args, **options):
        by = User.objects.system("refresh_today")
        organisations, people, files = refresh_today(on=timezone.localdate(), by=by)
        self.stdout.write(f"Đã sửa {organisations} tổ chức đảng, {people} đảng viên, {files} hồ sơ.")
