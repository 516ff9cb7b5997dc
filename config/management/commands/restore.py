"""`manage.py restore FOLDER`: puts a backup into an empty place; `--check` only tries it."""

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from config.backups import check, read_manifest, restore
from config.databases import BackupError


class Command(BaseCommand):
    help = "Restores a backup into an empty database and folder of files. Stop the server first."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--check", action="store_true", help="restore into a temporary place and compare, no more")
        parser.add_argument("--force", action="store_true", help="although there is data, which is kept beside it")

    def handle(self, *, folder, check: bool, force, **options):
        try:
            refuse_newer(read_manifest(folder))
            manifest = try_out(folder) if check else restore(folder, force=force)
        except BackupError as error:
            raise CommandError(str(error)) from error
        done = "Phục hồi thử được" if check else "Đã phục hồi"
        self.stdout.write(
            f"{done} bản sao lưu lúc {manifest.created_at}: {sum(manifest.tables.values())} dòng, khớp bản kê."
        )
        if not check and behind(manifest):
            self.stdout.write("Bản sao lưu từ phiên bản cũ hơn: chạy tiếp manage.py migrate.")


try_out = check


def known_migrations():
    """Every migration that this version of the program has."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def refuse_newer(manifest):
    """A backup of a newer version has tables that this one does not understand."""
    if unknown := sorted(set(manifest.migrations) - known_migrations()):
        raise BackupError(f"Bản sao lưu từ phiên bản mới hơn (có {unknown[0]}). Cài phiên bản đó rồi phục hồi.")


def behind(manifest):
    return bool(known_migrations() - set(manifest.migrations))
