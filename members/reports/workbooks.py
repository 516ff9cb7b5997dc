"""The member list as a workbook: what the page shows, and on a second sheet what was asked."""

from config.lib.sheet_writing import Column, Table
from members.list_columns import NAME
from members.reports.roll import all_rows


def roll_tables(ids, question, words, at, tell=None):
    """Sheets of the people of those ids in that order, read while they are written; `tell(done)` hears of each row."""
    columns = [NAME, *question.columns]
    rows = _numbered(all_rows(ids, question), columns, tell or _tell_nobody)
    headings = [Column("STT", 6), *(Column(column.title, column.width) for column in columns)]
    about = [
        ("Điều kiện", words),
        ("Tính đến ngày", question.day),
        ("Số người", len(ids)),
        ("Số định danh, số thẻ", "đầy đủ" if question.reach.numbers else "đã che, chỉ còn bốn số cuối"),
        ("Xuất lúc", f"{at:%d/%m/%Y %H:%M}"),
    ]
    return [
        Table("Danh sách", headings, rows),
        Table("Thông tin", [Column("Mục", 24), Column("Nội dung", 80)], about),
    ]


def _numbered(rows, columns, tell):
    for number, row in enumerate(rows, 1):
        yield [number, *(column.cell(row) for column in columns)]
        tell(number)


def _tell_nobody(done):
    """No progress is shown."""
