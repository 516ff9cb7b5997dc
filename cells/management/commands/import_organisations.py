"""`manage.py import_organisations FILE --root NAME --root-code CODE`: the catalogue of organisations into the tree."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cells.actions.catalogue import Root, import_catalogue
from cells.catalogue_files import CatalogueError, read_catalogue
from cells.loading import kind_entries
from cells.models import User
from config.lib.sheet_model import SheetError


class Command(BaseCommand):
    help = "Nạp danh mục tổ chức đảng từ tệp .json, .xlsx, .xls hoặc .csv; tổ chức đã có giữ nguyên."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--root", required=True, metavar="NAME", help="tên tổ chức đứng đầu danh mục")
        parser.add_argument("--root-code", required=True, metavar="CODE", help="mã của tổ chức đó")
        parser.add_argument("--root-kind", default="commune", choices=sorted(kind_entries()), help="loại hình")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="ngày bắt đầu có các tổ chức")

    def handle(self, *, file, root, root_code, root_kind, on, **options):
        try:
            rows = read_catalogue(file.read_bytes(), file.name)
            by = User.objects.system("import_organisations")
            loaded = import_catalogue(rows, Root(root, root_code, root_kind), by=by, on=on)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}: {error.strerror}.") from error
        except (CatalogueError, SheetError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã nạp danh mục của {loaded.root}: thêm {loaded.added}, đã có {loaded.unchanged}.")
