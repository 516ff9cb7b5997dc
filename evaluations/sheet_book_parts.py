"""Sheets of the workbook beside that of the people: who came to the meeting, and the units that leaders lead."""

import json

from config.lib.sheet_writing import Column, Table

ATTENDED, LEADS = "attended", "leads"
PEOPLE = (Column("STT", 6), Column("Họ và tên", 28))


def attendance_table(book, hidden):
    """Those who count in the vote only when they came (294-QĐ/TW, 9.3.2), rated or not."""
    columns = [*PEOPLE, Column("Vì sao hỏi", 40), book.column(ATTENDED), *hidden]
    asked = [row for row in book.everybody.values() if row.may_be_absent]
    lines = [
        [
            number,
            str(row.review.member),
            row.excluded or "được tính khi có dự họp và bỏ phiếu",
            book.written(ATTENDED, row.shown[ATTENDED]),
            f"{ATTENDED}:{row.key}",
            row.shown[ATTENDED],
        ]
        for number, row in enumerate(asked, start=1)
    ]
    return Table("Dự họp", columns, lines, is_protected=True)


def leaders_tables(book, hidden):
    """The figures of the units that leaders lead, where the rules ask for them and the cell has leaders; or nothing."""
    leaders = [row for row in book.rows.values() if row.review.is_leader] if book.led else []
    lines = [
        [number, str(row.review.member), *book.told(row, book.led), f"{LEADS}:{row.key}", kept(row, book.led)]
        for number, row in enumerate(leaders, start=1)
    ]
    columns = [*PEOPLE, *map(book.column, book.led), *hidden]
    return [Table("Lãnh đạo, quản lý", columns, lines, is_protected=True)] if lines else []


def kept(row, names):
    """What stands in a row, as the workbook carries it unseen."""
    return json.dumps({name: row.shown[name] for name in names}, ensure_ascii=False)
