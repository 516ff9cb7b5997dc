"""Print any document that the product offers, as PDF or workbook."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.frames import draft_frame
from cells.models import Organisation, User
from cells.ports import printable, printables


class Command(BaseCommand):
    help = "In báo cáo ra tệp: print_report ratings --organisation MÃ --year NĂM --format pdf|xlsx --output TỆP"

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="tên văn bản; xem --list")
        parser.add_argument("--list", action="store_true", help="liệt kê mọi văn bản in được")
        parser.add_argument("--organisation", metavar="MÃ", help="mã tổ chức đảng")
        parser.add_argument("--year", type=int)
        parser.add_argument("--on", type=date.fromisoformat, help="tính đến ngày (YYYY-MM-DD)")
        parser.add_argument("--format", choices=["pdf", "xlsx"], default="pdf")
        parser.add_argument("--output", type=Path)

    def handle(self, *, name, **options):
        if options["list"]:
            for each in printables():
                self.stdout.write(f"{each.name}\t{each.title}")
            return
        if not (name and options["organisation"] and options["year"] and options["output"]):
            raise CommandError("Cần tên văn bản, --organisation, --year và --output (hoặc --list).")
        content = self._print(name, options)
        options["output"].write_bytes(content)
        self.stdout.write(f"Đã ghi {options['output']} ({len(content):,} byte).".replace(",", "."))

    @transaction.atomic
    def _print(self, name, options):
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"Không có tổ chức đảng mang mã {options['organisation']}.")
        try:
            source = printable(name)
        except KeyError:
            raise CommandError(f"Không có văn bản “{name}”. Xem: manage.py print_report --list") from None
        figures = source.collect(organisation, year=options["year"], on=options["on"])
        by = User.objects.system("print_report")
        record("config.print_report", organisation, by=by, data={"name": name, "year": options["year"]})
        if options["format"] == "xlsx":
            return source.render_xlsx(figures)
        frame = draft_frame(organisation, source, figures, on=options["on"] or timezone.localdate())
        return source.render_pdf(figures, frame, source.sections(figures))
