"""`manage.py import_grades FILE --year Y --organisation CODE`: results of a past year into the record."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cells.models import Organisation, User
from config.lib.sheet_model import SheetError
from config.lib.workflow import NotAllowed
from evaluations.actions.grades import check_grades_file, commit_grades
from members.actions.imports import FileToCheck, ImportRefused
from members.importing.analysis import NoListFound
from members.importing.mapping import MappingError


class Command(BaseCommand):
    help = "Nhập kết quả xếp loại đảng viên của một năm từ tệp .xlsx, .xls hoặc .csv."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, metavar="NĂM", help="năm xếp loại")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="mã tổ chức đảng")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="ghi báo cáo ra tệp JSON")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="ngày tính của danh sách")

    def handle(self, *, file, year, organisation, dry_run, report, on, **options):
        by = User.objects.system("import_grades")
        to_check = FileToCheck(_content(file), file.name, on)
        try:
            with transaction.atomic():
                batch = check_grades_file(to_check, organisation=_organisation(organisation), year=year, by=by)
                if dry_run:
                    transaction.set_rollback(True)
                else:
                    batch = commit_grades(batch, by=by)
        except (SheetError, NoListFound, MappingError, ImportRefused, NotAllowed) as error:
            raise CommandError(str(error)) from error
        if report:
            report.write_text(json.dumps(batch.report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self._say(batch.report, dry_run)

    def _say(self, report, dry_run):
        figures = (
            f"{report['rows']} dòng, mới {report['created']}, thay {report['updated']}, "
            f"không đổi {report['unchanged']}, từ chối {report['refused']}, cảnh báo {report['warnings']}"
        )
        self.stdout.write(f"{'Kiểm tra, chưa ghi' if dry_run else 'Đã ghi'} kết quả năm {report['year']}: {figures}.")
        for found in report["problems"]:
            place = " ".join(str(part) for part in (found["row"] or "", found["column"] or "") if part)
            detail = f" ({found['detail']})" if "detail" in found else ""
            self.stdout.write(f"  {place or '–'}: {found['message']}{detail}. {found['remedy']}")
        absent = len(report["members_without_result"])
        if absent:
            self.stdout.write(f"{absent} đảng viên của danh sách không có kết quả trong tệp (nêu tên trong báo cáo).")


def _content(file):
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"Không mở được tệp {file}: {error.strerror}.") from error


def _organisation(code):
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise CommandError(f"Không có tổ chức đảng mang mã {code}. Hãy nạp danh mục tổ chức trước.") from None
