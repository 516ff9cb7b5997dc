"""The report on party life as a party document: figures by month and by body, then the names; also a workbook."""

import json
from dataclasses import dataclass
from datetime import date

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, NUMBER, FigureTable, Heading, Row
from members.reports.life import Branch, Life, LifePeriod, read_life
from members.reports.life_names import KINDS, name_lines, names_behind

TEMPLATE = "members/pdf/life.html"
COLUMNS = (
    ("Buổi sinh hoạt", "meetings"), ("Dự sinh hoạt (%)", "share"), ("Vắng không lý do (người)", "absent_people"),
    ("Buổi học", "sessions"), ("Không học (người)", "study_people"), ("Nợ đảng phí (người)", "owing_people"),
    ("Tháng nợ", "owed_months"),
)  # fmt: skip
RESULTS = {"met": "đủ theo cả hai cách tính", "needs_human": "cần xem xét", "not_met": ""}


@dataclass(frozen=True)
class LifeReport:
    """The figures of a body in a year, and the names of each list."""

    life: Life
    names: dict[str, list]

    @property
    def period(self) -> LifePeriod:
        return self.life.period

    @property
    def count(self):
        return sum(map(len, self.names.values()))


def collect(organisation, *, year, on=None):
    """The year of a body as known on a day: the end of the year unless given."""
    period = LifePeriod(year, None, on or date(year, 12, 31), looks_back=True)
    branch = Branch(organisation, period.last_day)
    names = {kind: name_lines(kind, names_behind(kind, branch, period), period, branch) for kind in KINDS}
    return LifeReport(read_life(organisation, period), names)


def tables(report):
    """The tables in the order of the document."""
    yield _by_month(report.life)
    if len(report.life.parts) > 1:
        yield _by_body(report.life)
    for kind, lines in report.names.items():
        if lines:
            yield _names(kind, lines)


def _figures(figures):
    share = figures.share
    values = [getattr(figures, name) for _, name in COLUMNS]
    values[1] = f"{share:.1f}".replace(".", ",") if share is not None else "–"
    return values


def _headings(first, width):
    return (Heading(first, width=width), *(Heading(words, NUMBER, 10) for words, _ in COLUMNS))


def _by_month(life):
    rows = [Row((f"Tháng {month}", *_figures(found))) for month, found in life.months.items()]
    title = f"Nền nếp sinh hoạt theo tháng, năm {life.period.year}"
    return FigureTable("Theo tháng", title, _headings("Tháng", 20), tuple(rows), wide=True)


def _by_body(life):
    untasked = Heading("Chưa phân công (người)", NUMBER, 10)
    rows = [Row((part.name, *_figures(part.figures), part.figures.untasked)) for part in life.parts]
    rows.append(Row(("Cộng", *_figures(life.total), life.total.untasked), "total"))
    headings = (*_headings("Tổ chức đảng", 20), untasked)
    return FigureTable(
        "Theo tổ chức", f"Nền nếp sinh hoạt theo tổ chức, năm {life.period.year}", headings, tuple(rows), wide=True
    )


def _names(kind, lines):
    counts = KINDS[kind].counts
    headings = [Heading("TT", CENTRE, 5), Heading("Họ và tên", width=25), Heading("Chi bộ", width=25)]
    if counts:
        headings += [Heading(counts, NUMBER, 10), Heading("Ngày, tháng", width=15), Heading("Xét số tháng", width=20)]
    rows = [
        Row((place, line.name, line.place, *(_said(line) if counts else ()))) for place, line in enumerate(lines, 1)
    ]
    title = KINDS[kind].title
    return FigureTable(title[:31], title, tuple(headings), tuple(rows), wide=True)


def _said(line):
    words = ""
    if line.verdict:
        both = f"cộng dồn {line.verdict.cumulative}, liên tục {line.verdict.consecutive}"
        words = "; ".join(filter(None, (both, RESULTS[line.verdict.result])))
    return line.number, line.when, words


def abstract(report):
    """The trích yếu."""
    return f"nền nếp sinh hoạt {report.period.words}"


def sections(report):
    """A remark and what is to be done are the office's own words."""
    return {"closing": ""}


def render_pdf(report, frame, text):
    """The report in the frame of the body, with its data attached."""
    context = {"report": report, "tables": list(tables(report)), "text": text}
    content = json.dumps(data(report), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=report.period.on, template=TEMPLATE, data=("so-lieu.json", content))


def render_xlsx(report):
    """The same tables as a workbook."""
    return write_rows([table.as_sheet() for table in tables(report)])


def data(report):
    """What the report says, as JSON data."""
    return {
        "organisation": report.life.name,
        "year": report.period.year,
        "on": report.period.on.isoformat(),
        "tables": {table.title: [list(row.values) for row in table.rows] for table in tables(report)},
    }


LIFE = Printable(
    name="life",
    title="Báo cáo nền nếp sinh hoạt đảng",
    type=DocumentType.REPORT,
    permission=Permission.REPORTS_VIEW,
    collect=collect,
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=sections,
    data=data,
    is_long=lambda report: report.count > LINES_AT_ONCE,
)
