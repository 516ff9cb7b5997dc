"""Compare the stored search and sort keys with those computed now."""

from django.core.management.base import BaseCommand, CommandError

from cells.models import User
from members.actions.today import repair_keys
from members.models import Member


class Command(BaseCommand):
    help = "So khóa tìm kiếm và khóa sắp xếp đang lưu với khóa tính lại; --repair để sửa."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="ghi lại các khóa sai")

    def handle(self, *args, **options):
        if options["repair"]:
            changed = repair_keys(by=User.objects.system("check_keys"))
            self.stdout.write(f"Đã sửa khóa của {changed} đảng viên.")
            return
        wrong = sum(not member.keys_are_right() for member in Member.objects.all().iterator())
        if wrong:
            raise CommandError(f"{wrong} đảng viên có khóa sai. Chạy lại với --repair để sửa.")
        self.stdout.write("Mọi khóa đều đúng.")
