"""The tables of a filled form, made once: the page, the PDF and the workbook print the same cells."""

from itertools import groupby

from config.lib.tables import CENTRE, FigureTable, Heading, Row, as_text

CHECK_HEADINGS = (
    Heading("Mã", CENTRE, 6), Heading("Nội dung đối chiếu", width=36), Heading("Kết quả", width=12),
    Heading("Số liệu, lý do", width=24), Heading("Do đâu", width=22),
)  # fmt: skip
DIFFERENCE_HEADINGS = (
    Heading("Tiêu chí", width=40), Heading("Cột", width=20), Heading("Đã ban hành", "number", 14),
    Heading("Đếm lại hôm nay", "number", 14),
)  # fmt: skip


def form_table(statement):
    """The form itself: a serial, the label and the columns."""
    wide = statement.wide
    width = 10 if wide else 14
    headings = (
        Heading("TT", CENTRE, 6),
        Heading("Loại hình tổ chức cơ sở đảng" if wide else "Tiêu chí", width=34 if wide else 52),
        *(Heading(_whole_title(column), column.kind, width) for column in statement.columns),
    )
    rows = tuple(Row((line.serial, line.label, *line.values), line.weight) for line in statement.lines)
    return FigureTable(statement.head.number, statement.words, headings, rows, " ".join(statement.notes), wide=wide)


def _whole_title(column):
    number = f" ({column.number})" if column.number else ""
    return f"{column.group}: {column.title.lower()}{number}" if column.group else f"{column.title}{number}"


def checks_table(statement):
    """What was compared, its result, and who or what a failure comes from."""
    rows = tuple(
        Row((check.code, check.title, check.word, check.reason, "; ".join(check.behind))) for check in statement.checks
    )
    title = f"Đối chiếu số liệu {statement.head.number}"
    return FigureTable("Đối chiếu", title, CHECK_HEADINGS, rows)


def parts_table(statement):
    """The bodies directly below with their figures."""
    headings = (
        Heading("Tổ chức đảng", width=34),
        *(Heading(_whole_title(column), column.kind, 10) for column in statement.part_columns),
    )
    rows = tuple(Row((part.name, *part.values)) for part in statement.parts)
    return FigureTable("Theo tổ chức", f"{statement.words}, theo tổ chức đảng", headings, rows)


def differences_table(statement):
    """Figures that the issued form froze and that are counted otherwise today."""
    frozen = statement.frozen
    rows = tuple(Row((each.label, each.column, each.frozen, each.counted)) for each in frozen.differences)
    title = f"Khác với biểu đã ban hành số {frozen.number}, ngày {frozen.signed_on:%d/%m/%Y}"
    return FigureTable("Khác bản đã ban hành", title, DIFFERENCE_HEADINGS, rows)


def tables(statement):
    """The form first, then what belongs to it; empty tables are left out."""
    found = [form_table(statement), parts_table(statement), checks_table(statement)]
    return [table for table in found if table.rows]


def heading_rows(statement):
    """The head of the printed form: cells of the upper row as (title, columns, rows), then titles of the lower row."""
    upper, lower = [], []
    for group, columns in groupby(statement.columns, key=lambda column: column.group):
        columns = list(columns)
        if group:
            upper.append((group, len(columns), 1))
            lower += [column.title for column in columns]
        else:
            upper += [(column.title, 1, 2) for column in columns]
    return upper, lower


def printed_lines(statement):
    """(weight, depth, serial, label, texts) of every row of the printed form."""
    for line in statement.lines:
        texts = [
            ""
            if line.weight == "group" or (value is None and column.kind == "percent")
            else as_text(value, column.kind)
            for column, value in zip(statement.columns, line.values, strict=True)
        ]
        yield line.weight, line.depth, line.serial, line.label, texts
