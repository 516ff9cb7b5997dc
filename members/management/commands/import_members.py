"""`manage.py import_members FILE --organisation CODE`: a list of members into the record."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cells.models import Organisation, User
from config.lib.sheet_model import SheetError
from members.actions.imports import FIGURES, FileToCheck, ImportRefused, check_file, commit_batch
from members.importing.analysis import NoListFound
from members.importing.mapping import MappingError

LABELS = dict(zip(FIGURES, ("Số dòng", "Thêm mới", "Cập nhật", "Không đổi", "Từ chối", "Cảnh báo"), strict=True))


class Command(BaseCommand):
    help = "Nhập danh sách đảng viên từ tệp .xlsx, .xls hoặc .csv vào một tổ chức đảng và các tổ chức bên dưới."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="CODE", help="mã tổ chức đảng")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="ghi báo cáo ra tệp JSON")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="ngày tính của danh sách")
        parser.add_argument("--mapping", type=Path, metavar="FILE.json", help='cách đọc cột, ví dụ {"name": "B"}')
        parser.add_argument("--agree", action="store_true", help="đồng ý trước với phông cũ và cột mà phần mềm đoán")

    def handle(self, *, file, organisation, dry_run, report, on, mapping, **options):
        by = User.objects.system("import_members")
        to_check = FileToCheck(_content(file), file.name, on, _letters(mapping), options["agree"])
        try:
            with transaction.atomic():
                batch = check_file(to_check, organisation=_organisation(organisation), by=by)
                if dry_run:
                    transaction.set_rollback(True)
                else:
                    batch = commit_batch(batch, by=by)
        except (SheetError, NoListFound, MappingError, ImportRefused) as error:
            raise CommandError(str(error)) from error
        if report:
            report.write_text(json.dumps(batch.report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self._say(batch.report, dry_run)

    def _say(self, report, dry_run):
        figures = ", ".join(f"{label.lower()} {report[name]}" for name, label in LABELS.items())
        self.stdout.write(f"{'Kiểm tra, chưa ghi' if dry_run else 'Đã ghi'}: {figures}.")
        for found in (*report["problems"], *report["differences"]):
            place = " ".join(str(part) for part in (found["row"] or "", found["column"] or "") if part)
            self.stdout.write(f"  {place or '–'}: {found['message']}. {found['remedy']}")


def _content(file):
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"Không mở được tệp {file}: {error.strerror}.") from error


def _letters(file):
    if file is None:
        return None
    try:
        return json.loads(_content(file))
    except ValueError as error:
        raise CommandError(f"Tệp {file} không phải là JSON: {error}.") from error


def _organisation(code):
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise CommandError(f"Không có tổ chức đảng mang mã {code}. Hãy nạp danh mục tổ chức trước.") from None
