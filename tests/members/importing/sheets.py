"""Small lists for tests, as files that people send."""

import io

import openpyxl

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số định danh cá nhân",
    "Chi bộ",
]
HERE = "Chi bộ Khóm 1 - Đảng bộ Phường Đông"


def person(name="Lê An", **cells):
    """One row of a small list; cells by heading take the place of the usual ones."""
    usual = {
        "Họ và tên": name,
        "Ngày sinh": "05/03/1980",
        "Giới tính": "Nam",
        "Ngày vào Đảng": "19/05/2005",
        "Ngày chính thức": "19/05/2006",
        "Số định danh cá nhân": "096080000001",
        "Chi bộ": HERE,
    }
    return {**usual, **cells}


def workbook(*people, header=None):
    """An .xlsx of the people, with whatever other columns they have."""
    headings = list(dict.fromkeys([*(header or HEADER), *(name for each in people for name in each)]))
    book = openpyxl.Workbook()
    book.active.append(headings)
    for number, each in enumerate(people, start=1):
        book.active.append([number if name == "STT" else each.get(name) for name in headings])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
