"""Forms 1, 3 and 5 on paper and as workbooks, and as documents that can be issued."""

import json

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import place_and_date
from config.lib.pdf import render_pdf as render
from config.lib.sheet_writing import write_rows
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.form_1 import form_1
from members.statistics.form_3 import FORM as FORM_3
from members.statistics.form_3 import form_3
from members.statistics.form_5 import FORM as FORM_5
from members.statistics.form_5 import form_5
from members.statistics.statement import as_data
from members.statistics.tables import checks_table, heading_rows, printed_lines, tables

TEMPLATE = "members/pdf/statement.html"


def abstract(statement):
    """The trích yếu of an issued form."""
    head = statement.head
    return f"thống kê {head.title.lower()} {head.period} ({head.number})"


def render_pdf(statement, frame, text):
    """The form in its own official frame; of the document's frame only the signed day and the signer are used."""
    upper, lower = heading_rows(statement)
    dated = frame.dated if frame else None
    context = {
        "statement": statement,
        "head": statement.head,
        "upper": upper,
        "lower": lower,
        "numbers": [column.number for column in statement.columns],
        "lines": list(printed_lines(statement)),
        "checks": checks_table(statement),
        "date_line": place_and_date(statement.head.place, dated),
        "signer": frame.signer if frame and frame.dated else "",
    }
    content = json.dumps(as_data(statement), ensure_ascii=False, sort_keys=True).encode()
    return render(TEMPLATE, context, dated=statement.span.last_day, attachment=("so-lieu.json", content))


def render_xlsx(statement):
    """The form on the first sheet, numbers as numbers; the bodies below and the checks on sheets of their own."""
    return write_rows([table.as_sheet() for table in tables(statement)])


def _printable(name, title, collect):
    return Printable(
        name=name,
        title=title,
        type=DocumentType.REPORT,
        permission=Permission.REPORTS_VIEW,
        collect=kept_until_next_act(collect),
        render_pdf=render_pdf,
        render_xlsx=render_xlsx,
        abstract=abstract,
        sections=lambda statement: {},
        data=as_data,
        is_long=lambda statement: False,
        takes_period=True,
    )


FORMS = {
    FORM_1: _printable(FORM_1, "Biểu 1: Thống kê tăng, giảm đảng viên", form_1),
    FORM_3: _printable(FORM_3, "Biểu 3: Thống kê đội ngũ đảng viên", form_3),
    FORM_5: _printable(FORM_5, "Biểu 5: Thống kê tổ chức đảng và đảng viên theo loại hình cơ sở", form_5),
}
