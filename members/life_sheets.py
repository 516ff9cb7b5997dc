"""The pages of the registers as workbooks to fill in without a network, and read back into the page they came from.

A row carries the code of its member (or task) and of the register's row that it was written from, so that a workbook
that comes back late is told like an old page. What cannot be understood is named; nothing of it is taken over.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from config.lib.sheet_writing import Column, Table, write_rows
from config.lib.sheets import read_workbook
from config.lib.vietnamese import fold, repair
from members.forms.life import FEE_CHOICES
from members.life_enums import MeetingKind, Presence

CODE = "Mã dòng (không sửa)"
HEADER_WITHIN = 15  # rows
YES = {"x", "co", "1", "true", "vuot"}
PRESENCE = {value: value for value in Presence.values} | {
    "1": "present", "x": "present", "2": "excused", "p": "excused", "3": "unexcused", "k": "unexcused", "": "",
}  # fmt: skip
FEE_WORDS = {"x": "paid", "1": "paid", "2": "unpaid", "3": "exempt", "4": "reduced", "": ""}


def _by_words(choices, short):
    return short | {fold(words): code for code, words in choices}


@dataclass(frozen=True)
class SheetColumn:
    """One column that is read back: its field, its heading, and how its words become what the page posts.

    A box that is not ticked is not posted; any other cell that somebody emptied is posted empty.
    """

    name: str
    title: str
    width: int
    words: dict | None = None
    is_box: bool = False

    def written(self, value):
        """The value of the page's control in words."""
        if self.words is None:
            return value
        return dict(MEANT[self.name]).get(value, "")


MEANT = {
    "presence": [(code, Presence(code).label) for code in Presence.values],
    "choice": FEE_CHOICES,
    "beyond": [(True, "x")],
}
MEETING = (
    SheetColumn("presence", "Điểm danh", 20, _by_words(MEANT["presence"], PRESENCE)),
    SheetColumn("reason", "Lý do vắng", 30),
)
FEES = (
    SheetColumn("choice", "Đảng phí", 16, _by_words(FEE_CHOICES, FEE_WORDS)),
    SheetColumn("amount", "Số tiền", 14),
    SheetColumn("paid_on", "Ngày đóng", 14),
    SheetColumn("decision", "Văn bản miễn, giảm", 30),
)
TASKS = (
    SheetColumn("done_on", "Ngày xong", 14),
    SheetColumn("beyond", "Vượt yêu cầu", 14, {"": "", **dict.fromkeys(YES, "1"), "khong": ""}, is_box=True),
    SheetColumn("evidence", "Minh chứng", 30),
)
HEADS = {
    "held_on": "Ngày", "kind": "Loại", "minutes_number": "Số biên bản", "place": "Nơi họp", "agenda": "Nội dung",
    "version": "Phiên bản (không sửa)", "paid_on": "Ngày thu", "amount": "Số tiền chung",
}  # fmt: skip
KINDS = {fold(label): code for code, label in MeetingKind.choices}


@dataclass
class Filled:
    """What a workbook says: the fields as the page would post them, the codes of its rows, what was not understood."""

    data: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    @property
    def is_empty(self):
        return not any(name.startswith("seen-") for name in self.data)


def workbook(name, columns, rows, *, fixed=(), head=None):
    """The workbook of a page; `fixed` are (title, width, value of a row) that are only read by people."""
    headings = [Column("STT", 6), Column("Họ và tên", 28), *(Column(title, width) for title, width, _ in fixed)]
    headings += [*(Column(column.title, column.width) for column in columns), Column(CODE, 50)]
    lines = []
    for place, row in enumerate(rows, start=1):
        shown = [column.written(row.shown[column.name]) for column in columns]
        lines.append([place, row.name, *(value(row) for _, _, value in fixed), *shown, f"{row.key}:{row.seen}"])
    tables = [Table(name, headings, lines)]
    if head:
        labelled = [(HEADS[key], value) for key, value in head.items()]
        tables.append(Table("Thông tin chung", [Column("Mục", 24), Column("Nội dung", 60)], labelled))
    return write_rows(tables)


def read_filled(content, name, columns, *, names):
    """What a workbook says; `names` are the names of the page's rows by key. `SheetError` when it is no workbook."""
    book = read_workbook(content, name)
    filled = Filled()
    for sheet in book.visible_sheets:
        places = _header(sheet, columns)
        if places:
            _read_rows(sheet, *places, columns, names, filled)
        else:
            _read_head(sheet, filled)
    if filled.is_empty:
        filled.problems.append("Không thấy dòng nào của sổ này. Hãy dùng tệp tải về từ trang này, giữ các cột.")
    return filled


def _header(sheet, columns):
    """(number of the heading row, {field: column}) of the sheet that holds the rows, or None."""
    wanted = {fold(column.title): column.name for column in columns} | {fold(CODE): "code"}
    for number, row in list(sheet.numbered_rows())[:HEADER_WITHIN]:
        found = {wanted[fold(str(v))]: place for place, v in enumerate(row) if isinstance(v, str) and fold(v) in wanted}
        if len(found) == len(columns) + 1:
            return number, found
    return None


def _read_rows(sheet, header, places, columns, names, filled):
    for number, row in sheet.numbered_rows():
        if number <= header:
            continue
        texts = {name: _text(row[place]) if place < len(row) else "" for name, place in places.items()}
        key, _, seen = texts.pop("code").partition(":")
        if key not in names:
            if any(texts.values()):
                filled.problems.append(f"Dòng {number}: mã dòng không có trong trang này, nên bỏ qua.")
            continue
        if f"seen-{key}" in filled.data:
            filled.problems.append(f"Dòng {number}: {names[key]} có hai lần, chỉ lấy dòng đầu.")
            continue
        filled.data[f"seen-{key}"] = seen
        _take(filled, columns, texts, key, f"Dòng {number}, {names[key]}")


def _take(filled, columns, texts, key, where):
    for column in columns:
        if column.name not in texts:
            continue
        text = texts[column.name]
        if column.words is None:
            filled.data[f"{column.name}-{key}"] = text
        elif fold(text) in column.words:
            meant = column.words[fold(text)]
            if meant or not column.is_box:
                filled.data[f"{column.name}-{key}"] = meant
        else:
            filled.problems.append(f"{where}: không hiểu “{text[:40]}” ở cột {column.title}; ô đó giữ như trong sổ.")


def _read_head(sheet, filled):
    wanted = {fold(title): name for name, title in HEADS.items()}
    for row in sheet.rows:
        if len(row) > 1 and isinstance(row[0], str) and (name := wanted.get(fold(row[0]))):
            text = _text(row[1])
            filled.data[name] = KINDS.get(fold(text), text) if name == "kind" else text


def _text(value):
    """A cell as people type it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float | Decimal) and value == int(value):
        return str(int(value))
    return repair(str(value))


def differences(rows, before, columns):
    """(name, [(heading, what stands, what the workbook says)]) of the rows that the workbook changes."""
    stands = {row.key: row for row in before}
    found = []
    for row in rows:
        old = stands[row.key].shown
        changed = [
            (column.title, column.written(old[column.name]) or "–", column.written(row.shown[column.name]) or "–")
            for column in columns
            if row.shown[column.name] != old[column.name]
        ]
        if changed:
            found.append((row.name, changed))
    return found
