"""The list of a committee (danh sách cấp ủy) as a party document: its table, its PDF, its workbook."""

import json
from dataclasses import dataclass
from datetime import date

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from members.posts import manner_words, title_words
from members.reports.committees import Committee, committee_on

TEMPLATE = "members/pdf/committee.html"
HEADINGS = (
    Heading("TT", CENTRE, 5), Heading("Họ và tên", width=20), Heading("Ngày sinh", CENTRE, 14),
    Heading("Chức vụ", width=24), Heading("Nơi sinh hoạt đảng", width=15), Heading("Cách nhận", CENTRE, 8),
    Heading("Từ ngày", CENTRE, 14),
)  # fmt: skip


@dataclass(frozen=True)
class CommitteeList:
    """The committee as it is printed: `on` is the day of which it speaks."""

    committee: Committee
    on: date

    @property
    def term_words(self):
        return f"nhiệm kỳ {self.committee.term}" if self.committee.term else f"tính đến ngày {self.on:%d/%m/%Y}"


def collect(organisation, *, year, on=None):
    """The committee as it stands on `on` (default: 31 December of the year)."""
    on = on or date(year, 12, 31)
    return CommitteeList(committee_on(organisation, on), on)


def abstract(figures):
    """The trích yếu: of which body, of which term."""
    return f"{body_words(figures.committee)} {figures.term_words}"


def body_words(committee):
    """The committee by its name: of a cell "chi ủy …", else "Ban Chấp hành Đảng bộ …"."""
    if committee.organisation.is_cell:
        return f"chi ủy {committee.name}"
    name = committee.name
    return f"Ban Chấp hành {name.replace('Đảng ủy', 'Đảng bộ', 1) if name.startswith('Đảng ủy') else name}"


def sections(figures):
    """First wording of the parts that the office edits."""
    return {"opening": f"{figures.committee.name} báo cáo {abstract(figures)} như sau:", "closing": ""}


def table(figures):
    """The committee, then the inspection commission where there is one; each numbered from 1."""
    committee = figures.committee
    rows = _numbered([_seat_row(seat) for seat in committee.seats])
    if inspection := committee.inspection_posts:
        rows += [Row((None, "Ủy ban Kiểm tra", *[""] * 5), "group")]
        rows += _numbered(
            [_values(p.member, title_words(p.title, committee.kind), p.manner, p.started_on) for p in inspection]
        )
    return FigureTable(name="Cấp ủy", title=f"Danh sách {abstract(figures)}", headings=HEADINGS, rows=tuple(rows))


def _numbered(people):
    return [Row((place, *values)) for place, values in enumerate(people, start=1)]


def _seat_row(seat):
    return _values(seat.member, ", ".join(seat.titles), seat.posts[0].manner, seat.started_on)


def _values(member, titles, manner, since):
    born = f"{member.born_on:%d/%m/%Y}" if member.born_on else ""
    return member.full_name, born, titles, member.home.name, manner_words(manner), f"{since:%d/%m/%Y}"


def render_pdf(figures, frame, text):
    """The list in the party format, with its figures attached as JSON."""
    context = {"text": text, "table": table(figures)}
    content = json.dumps(data(figures), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=figures.on, template=TEMPLATE, data=("danh-sach.json", content))


def render_xlsx(figures):
    """The same table as a workbook."""
    return write_rows([table(figures).as_sheet()])


def data(figures):
    """The list as JSON data."""
    return {
        "on": figures.on.isoformat(),
        "organisation": figures.committee.name,
        "term": str(figures.committee.term or ""),
        "rows": [list(row.values) for row in table(figures).rows],
    }


COMMITTEE = Printable(
    name="committee",
    title="Danh sách cấp ủy nhiệm kỳ",
    type=DocumentType.LIST,
    permission=Permission.REPORTS_VIEW,
    collect=collect,
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=sections,
    data=data,
    is_long=lambda figures: False,
)
