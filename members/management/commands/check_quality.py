"""Look through all records once, as the worker does every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cells.models import User
from members.nightly import check_all


class Command(BaseCommand):
    help = "Kiểm tra chất lượng mọi hồ sơ đảng viên và ghi số liệu trong ngày."

    def handle(self, *args, **options):
        by = User.objects.system("check_quality")
        for top, settled in check_all(on=timezone.localdate(), by=by):
            self.stdout.write(f"{top}: còn {settled.open}, thêm {settled.new}, đã hết {settled.fixed}.")
