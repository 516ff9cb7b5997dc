"""Look through all records once, as a nightly run does."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cells.models import Organisation, User
from members.actions.quality import check_quality
from members.quality.finding import look_through


class Command(BaseCommand):
    help = "Kiểm tra chất lượng mọi hồ sơ đảng viên và ghi số liệu trong ngày."

    def handle(self, *args, **options):
        by, today = User.objects.system("check_quality"), timezone.localdate()
        for top in Organisation.objects.filter(parent=None, is_open=True).order_by("path"):
            settled = check_quality(top, look_through(top, today), on=today, by=by)
            self.stdout.write(f"{top}: còn {settled.open}, thêm {settled.new}, đã hết {settled.fixed}.")
