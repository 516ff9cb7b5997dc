"""The member list as a workbook: what the page shows, and on a second sheet what was asked."""

from config.lib.sheet_writing import Column, Table
from members.list_columns import NAME
from members.reports.roll import all_rows


def roll_tables(ids, question, words, at):
    """Sheets of the people of those ids in that order; rows are read while they are written."""
    columns = [NAME, *question.columns]
    rows = (
        [number, *(column.cell(row) for column in columns)] for number, row in enumerate(all_rows(ids, question), 1)
    )
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
