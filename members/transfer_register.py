"""The register of slips (sổ giới thiệu sinh hoạt đảng) of one year as a table, for paper and for a workbook."""

from dataclasses import dataclass
from datetime import date

from cells.enums import DocumentType
from cells.models import Organisation
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.pdf import render_pdf
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, FigureTable, Heading, Row
from members.models import Transfer

HEADINGS = (
    Heading("Số giấy", CENTRE, 7), Heading("Ngày cấp", CENTRE, 9), Heading("Nơi cấp", width=14),
    Heading("Họ và tên", width=14), Heading("Năm sinh", CENTRE, 5), Heading("Nơi đi", width=12),
    Heading("Nơi đến", width=14), Heading("Loại", width=8), Heading("Ngày tiếp nhận", CENTRE, 9),
    Heading("Ghi chú", width=8),
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """Slips issued by `organisation` and the bodies below it in `year`, up to and with the day `on`."""

    organisation: Organisation
    year: int
    on: date
    table: FigureTable


def collect(organisation, *, year, on=None):
    """The slips of the year in the order of body, kind and number; what happened after `on` is left out."""
    on = on or date(year, 12, 31)
    bodies = Organisation.objects.below(organisation).values("id")
    rows = Transfer.objects.filter(common__in=bodies, slip_year=year, issued_on__lte=on).with_ends()
    rows = rows.select_related("replaces").order_by("common__path", "kind", "slip_number")
    lines = tuple(Row(_values(transfer, on)) for transfer in rows)
    title = f"SỔ GIỚI THIỆU SINH HOẠT ĐẢNG NĂM {year}"
    table = FigureTable("Sổ giới thiệu SHĐ", title, HEADINGS, lines, wide=True)
    return Register(organisation, year, on, table)


def _values(transfer, on):
    born, received = transfer.member.born_on, transfer.received_on
    return (
        transfer.number_text,
        f"{transfer.issued_on:%d/%m/%Y}",
        str(transfer.common),
        transfer.member.full_name,
        str(born.year) if born else "",
        transfer.origin,
        transfer.destination,
        transfer.get_kind_display().removeprefix("Chuyển sinh hoạt đảng "),
        f"{received:%d/%m/%Y}" if received and received <= on else "",
        _note(transfer, on),
    )


def _note(transfer, on):
    if transfer.returned_on and transfer.returned_on <= on:
        return f"trở về {transfer.returned_on:%d/%m/%Y}"
    if transfer.replaces:
        return f"thay giấy số {transfer.replaces.number_text}"
    return f"đến hết {transfer.last_day:%d/%m/%Y}" if transfer.last_day else ""


def render_pdf_of(register, frame, text):
    """The register on paper, landscape."""
    context = {"table": register.table, "head": frame, "on": register.on}
    return render_pdf("members/pdf/transfer_register.html", context, dated=register.on, css=frame.style.css())


def render_xlsx(register):
    """The register as a workbook."""
    return write_rows([register.table.as_sheet()])


def data(register):
    """The lines as JSON data."""
    return {
        "year": register.year,
        "on": register.on.isoformat(),
        "rows": [list(row.values) for row in register.table.rows],
    }


TRANSFER_REGISTER = Printable(
    name="transfers",
    title="Sổ giới thiệu sinh hoạt đảng",
    type=DocumentType.REPORT,
    permission=Permission.TRANSFERS_VIEW,
    collect=collect,
    render_pdf=render_pdf_of,
    render_xlsx=render_xlsx,
    abstract=lambda register: f"sổ giới thiệu sinh hoạt đảng năm {register.year}",
    sections=lambda register: {},
    data=data,
    is_long=lambda register: len(register.table.rows) > LINES_AT_ONCE,
)
