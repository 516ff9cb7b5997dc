"""Print any document that the product offers, as PDF or workbook."""

from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.frames import draft_frame
from cells.models import Organisation, User
from cells.ports import printable, printables


class Command(BaseCommand):
    help = (
        "In báo cáo ra tệp: print_report ratings --organisation MÃ --year NĂM --format pdf|xlsx --output TỆP; "
        "biểu thống kê nhận cả --from NGÀY --until NGÀY thay cho --year"
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="tên văn bản; xem --list")
        parser.add_argument("--list", action="store_true", help="liệt kê mọi văn bản in được")
        parser.add_argument("--organisation", metavar="MÃ", help="mã tổ chức đảng")
        parser.add_argument("--year", type=int)
        parser.add_argument("--on", type=date.fromisoformat, help="tính đến ngày (YYYY-MM-DD)")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="kỳ từ ngày (YYYY-MM-DD)")
        parser.add_argument("--until", type=date.fromisoformat, help="kỳ đến hết ngày (YYYY-MM-DD)")
        parser.add_argument("--format", choices=["pdf", "xlsx"], default="pdf")
        parser.add_argument("--output", type=Path)

    def handle(self, *, name, **options):
        if options["list"]:
            for each in printables():
                self.stdout.write(f"{each.name}\t{each.title}")
            return
        asked = _asked(options)
        if not (name and options["organisation"] and asked and options["output"]):
            raise CommandError(
                "Cần tên văn bản, --organisation, --year (hoặc --from và --until), --output; hoặc --list."
            )
        content = self._print(name, options, asked)
        options["output"].write_bytes(content)
        self.stdout.write(f"Đã ghi {options['output']} ({len(content):,} byte).".replace(",", "."))

    @transaction.atomic
    def _print(self, name, options, asked):
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"Không có tổ chức đảng mang mã {options['organisation']}.")
        try:
            source = printable(name)
        except KeyError:
            raise CommandError(f"Không có văn bản “{name}”. Xem: manage.py print_report --list") from None
        if "since" in asked and not source.takes_period:
            raise CommandError("Văn bản này lập theo năm: hãy dùng --year.")
        figures = source.collect(organisation, **asked)
        by = User.objects.system("print_report")
        data = {key: str(value) if isinstance(value, date) else value for key, value in asked.items()}
        record("config.print_report", organisation, by=by, data={"name": name, **data})
        if options["format"] == "xlsx":
            return source.render_xlsx(figures)
        frame = draft_frame(organisation, source, figures, on=options["on"] or timezone.localdate())
        return source.render_pdf(figures, frame, source.sections(figures))


def _asked(options):
    """What the figures are asked for: a period, else a year up to a day; nothing when neither is given."""
    since, until = options.get("since"), options.get("until")
    if since and until:
        if until < since:
            raise CommandError("--until không thể trước --from.")
        return {"since": since, "until": until + timedelta(days=1)}
    return {"year": options["year"], "on": options["on"]} if options["year"] else {}
