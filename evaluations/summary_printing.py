"""The summary table as a party document, its PDF and workbook."""

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from evaluations.summary import read_summary, summary_table

TEMPLATE = "evaluations/pdf/summary.html"


def abstract(summary):
    return f"tổng hợp kết quả đánh giá, xếp loại chất lượng đảng viên năm {summary.year}"


def sections(summary):
    return {}


def render_pdf(summary, frame, text):
    """The table on its own wide page behind the heading and the signature."""
    context = {"summary": summary, "table": summary_table(summary)}
    return render_document(frame, context, dated=summary.on, template=TEMPLATE)


def render_xlsx(summary):
    return write_rows([summary_table(summary).as_sheet()])


def data(summary):
    """The figures behind the document, as JSON data."""
    return {
        "year": summary.year,
        "on": summary.on.isoformat(),
        "organisation": summary.organisation.name,
        "rows": [[row.values[0], *row.values[1:]] for row in summary_table(summary).rows],
        "broken": summary.broken,
    }


def is_long(summary):
    return False


SUMMARY = Printable(
    name="rating_summary",
    title="Biểu tổng hợp kết quả đánh giá, xếp loại chất lượng đảng viên",
    type=DocumentType.REPORT,
    permission=Permission.REPORTS_VIEW,
    collect=kept_until_next_act(read_summary),
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=sections,
    data=data,
    is_long=is_long,
)
