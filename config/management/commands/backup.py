"""`manage.py backup`: a whole, consistent copy, taken while people work."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.backups import back_up, check
from config.databases import BackupError


class Command(BaseCommand):
    help = "Copies database and files into a folder with a manifest, and tries the copy by restoring it elsewhere."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", help="a new folder; default VAR_DIR/backups/<now>")
        parser.add_argument("--no-check", action="store_true", help="do not try the copy")

    def handle(self, *, folder, no_check, **options):
        name = timezone.localtime().strftime("%Y%m%d-%H%M%S")
        target = Path(folder) if folder else Path(settings.VAR_DIR) / "backups" / name
        try:
            manifest = back_up(target)
            if not no_check:
                check(target)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.tables.values())
        tried = "" if no_check else " Đã phục hồi thử và khớp bản kê."
        self.stdout.write(f"Đã sao lưu vào {target}: {rows} dòng, {len(manifest.digests) - 1} tệp.{tried}")
