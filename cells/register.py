"""The register of outgoing documents (sổ đăng ký văn bản đi) as a table, for paper and for a workbook."""

from cells.frames import letterhead
from config.lib.documents import style_on
from config.lib.pdf import render_pdf
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row

HEADINGS = (
    Heading("Số, ký hiệu", CENTRE, 12),
    Heading("Ngày ký", CENTRE, 10),
    Heading("Loại và trích yếu", width=34),
    Heading("Người ký", width=14),
    Heading("Nơi nhận", width=20),
    Heading("Ghi chú", width=10),
)


def register_table(documents):
    """One line a document in the order of type, term and number."""
    rows = documents.exclude(number=None).order_by("organisation__path", "type", "term__started_on", "number")
    return FigureTable(
        name="Sổ văn bản đi",
        title="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        headings=HEADINGS,
        rows=tuple(_row(document) for document in rows.select_related("organisation", "term").defer("pdf", "data")),
        wide=True,
    )


def _row(document):
    return Row(
        (
            document.number_text,
            f"{document.signed_on:%d/%m/%Y}" if document.signed_on else "",
            f"{document.get_type_display()} {document.abstract}",
            document.signer,
            "; ".join(document.recipients.splitlines()),
            document.get_state_display(),
        )
    )


def register_pdf(documents, organisation, *, on):
    """The register on paper, landscape."""
    context = {"table": register_table(documents), "head": letterhead(organisation, on), "on": on}
    return render_pdf("cells/pdf/register.html", context, dated=on, css=style_on(on).css())


def register_xlsx(documents):
    """The register as a workbook."""
    return write_rows([register_table(documents).as_sheet()])
