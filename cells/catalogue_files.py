"""Reading a catalogue of party organisations: a list in JSON, or a sheet with code, name, kind and parent."""

import json
import re
from dataclasses import dataclass

from cells.loading import kind_entries
from config.lib.sheets import read_workbook
from config.lib.vietnamese import fold, repair

HEADINGS = {
    "code": ("ma", "ma to chuc dang", "ma to chuc", "code"),
    "name": ("ten", "ten to chuc dang", "ten to chuc", "to chuc dang", "name"),
    "kind": ("loai", "loai hinh", "kind"),
    "parent": ("cap tren", "to chuc cap tren", "ma cap tren", "truc thuoc", "parent"),
    "is_cell": ("la chi bo", "is_cell"),
}
HEADER_WITHIN = 30
_CODE = re.compile(r"(\d{2})\.?(\d{3})\.?(\d{3})\.?(\d{3})\.?(\d{3})")


class CatalogueError(ValueError):
    """A catalogue that cannot be loaded; the message is a Vietnamese sentence for the person who sent it."""


@dataclass
class CatalogueRow:
    """One organisation of a catalogue; `parent` is a code or a name, empty directly below the root."""

    place: str
    name: str
    code: str = ""
    kind: str = ""
    parent: str = ""
    is_cell: bool | None = None


def read_catalogue(content: bytes, name: str) -> list[CatalogueRow]:
    """The organisations in a file, parents before children, every kind known. Raises `CatalogueError`, `SheetError`."""
    is_json = name.lower().endswith(".json") or content.lstrip()[:1] in (b"{", b"[")
    rows = _from_json(content) if is_json else _from_sheet(content, name)
    if not rows:
        raise CatalogueError("Tệp không có tổ chức đảng nào.")
    _check(rows)
    return _with_kinds(_in_order(rows))


def _from_json(content):
    try:
        data = json.loads(content)
    except ValueError as error:
        raise CatalogueError(f"Tệp không phải là JSON đọc được: {error}.") from error
    entries = data.get("organisations") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise CatalogueError("Tệp JSON phải có danh sách “organisations”.")
    return [row for number, entry in enumerate(entries, start=1) for row in _entry(entry, f"mục {number}", "")]


def _entry(entry, place, parent):
    if not isinstance(entry, dict) or not entry.get("name"):
        raise CatalogueError(f"Danh mục, {place}: thiếu tên tổ chức (name).")
    row = CatalogueRow(
        place,
        repair(str(entry["name"])),
        _code(str(entry.get("code", "")), place),
        str(entry.get("kind", "")),
        str(entry.get("parent", "")) or parent,
        entry.get("is_cell"),
    )
    yield row
    for number, cell in enumerate(entry.get("cells", ()), start=1):
        yield from _entry({"is_cell": True, **cell}, f"{place}, chi bộ {number}", row.code or row.name)


def _from_sheet(content, name):
    for sheet in read_workbook(content, name).visible_sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
            columns = _columns(row)
            if "name" in columns and len(columns) > 1:
                below = enumerate(sheet.rows[number:], start=number + 1)
                return [found for at, values in below if (found := _sheet_row(columns, at, values))]
    raise CatalogueError("Không tìm thấy dòng tiêu đề có cột Mã, Tên, Loại hình, Cấp trên. Hãy ghi các tiêu đề đó.")


def _columns(row):
    headings = {field: set(words) for field, words in HEADINGS.items()}
    found = {}
    for at, value in enumerate(row):
        words = fold(value).strip(" *") if isinstance(value, str) else ""
        for field, known in headings.items():
            if words in known:
                found.setdefault(field, at)
    return found


def _sheet_row(columns, at, values):
    text = {
        field: repair(str(values[column])) if values[column] is not None else "" for field, column in columns.items()
    }
    if not text["name"]:
        return None
    place = f"dòng {at}"
    is_cell = fold(text["is_cell"]) in ("x", "co", "true", "1") if text.get("is_cell") else None
    code = _code(text.get("code", ""), place)
    return CatalogueRow(place, text["name"], code, text.get("kind", ""), text.get("parent", ""), is_cell)


def _code(text, place):
    """A code of 2-3-3-3-3 digits with its points; no code is fine, another form is not."""
    bare = repair(text)
    found = _CODE.fullmatch(bare)
    if bare and not found:
        raise CatalogueError(
            f"Danh mục, {place}: mã “{bare}” không theo dạng 2-3-3-3-3 chữ số, ví dụ 96.001.005.000.001."
        )
    return ".".join(found.groups()) if found else ""


def _check(rows):
    seen = {}
    for row in rows:
        earlier = seen.setdefault(row.code, row.place) if row.code else row.place
        if earlier != row.place:
            raise CatalogueError(f"Danh mục, {row.place}: mã {row.code} đã dùng ở {earlier}.")


def _in_order(rows):
    """Every row after its parent; a parent that is not in the list, or a circle, is refused."""
    names = {key for row in rows for key in (row.code, fold(row.name)) if key}
    done, ordered, waiting = {""}, [], list(rows)
    while waiting:
        ready = [row for row in waiting if _key(row.parent) in done or _key(row.parent) not in names]
        if not ready:
            raise CatalogueError(f"Danh mục, {waiting[0].place}: các tổ chức cấp trên vòng quanh nhau.")
        for row in ready:
            done |= {row.code, fold(row.name)}
        ordered += ready
        waiting = [row for row in waiting if row not in ready]
    return ordered


def _key(parent):
    found = _CODE.fullmatch(parent)
    return ".".join(found.groups()) if found else fold(parent)


def _with_kinds(rows):
    """Kinds as written, else by nesting: below the root a base, or a base that is a cell; below a base a cell."""
    names = {fold(entry["name"]): code for code, entry in kind_entries().items()}
    parents = {_key(row.parent) for row in rows}
    inside = {key for row in rows for key in (row.code, fold(row.name)) if key}
    for row in rows:
        kind = row.kind if row.kind in kind_entries() else names.get(fold(row.kind))
        if row.kind and kind is None:
            raise CatalogueError(f"Danh mục, {row.place}: không có loại hình “{row.kind}”.")
        row.kind = kind or _kind_by_nesting(row, parents, inside)
    return rows


def _kind_by_nesting(row, parents, inside):
    if _key(row.parent) in inside:
        return "cell"
    is_cell = row.is_cell
    if is_cell is None:
        is_cell = not {row.code, fold(row.name)} & (parents - {""})
    return "base_cell" if is_cell else "base_party"
