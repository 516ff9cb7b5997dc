"""The tables and the report on paper and as a workbook, from the same count as the page."""

from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.pdf import render_pdf
from config.lib.sheet_writing import write_rows
from discipline.printed.heads import COMMISSION, Issuer, head_of, signer_of
from discipline.reports.blocks import findings
from discipline.reports.statistics import figure_table, note_of

TABLES, REPORT = "discipline/pdf/statistics.html", "discipline/pdf/report.html"


def statistics_pdf(statistics, *, on):
    """Both tables across the page, in the frame of statistical forms: no heading of the Party, two signatures."""
    head = head_of(_commission(statistics), on, fallback=statistics.organisation)
    context = {"statistics": statistics, "tables": _across(statistics), "head": head, "note": note_of(statistics)}
    context["signer"] = signer_of(_commission(statistics), on)
    return render_pdf(TABLES, context, dated=on, css=style_on(on).css())


def statistics_xlsx(statistics):
    """The same tables as a workbook, one sheet each; numbers as numbers."""
    return write_rows([figure_table(statistics, table).as_sheet() for table in statistics.tables])


def report_pdf(statistics, blocks, *, on):
    """The report in the party format with the tables as annexes, a draft without number and date."""
    head = head_of(_commission(statistics), on, fallback=statistics.organisation)
    position, name = signer_of(_commission(statistics), on)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code="BC",
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name="BÁO CÁO",
        abstract=f"công tác kiểm tra, giám sát, kỷ luật {statistics.words}",
        authority=head.authority,
        position=position,
        signer=name,
        recipients=(f"{statistics.organisation} (để báo cáo)", "Lưu"),
    )
    context = {
        "statistics": statistics,
        "blocks": blocks,
        "findings": list(findings(statistics)),
        "annexes": _across(statistics),
    }
    return render_document(frame, context, dated=on, template=REPORT)


def _commission(statistics):
    return Issuer(statistics.organisation, COMMISSION)


def _across(statistics):
    """Each table with its heads over their columns: (words, how many columns) and the columns without a head."""
    return [
        {
            "title": table.guide.title,
            "heads": _heads(table.guide.columns),
            "columns": table.guide.columns,
            "rows": [(row, list(table.figures[row.code].values())) for row in statistics.guide.rows],
        }
        for table in statistics.tables
    ]


def _heads(columns):
    heads: list[list] = []
    for column in columns:
        if column.group and heads and heads[-1][0] == column.group:
            heads[-1][1] += 1
        else:
            heads.append([column.group, 1, column])
    return heads
