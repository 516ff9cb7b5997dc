"""A file of the official system as something to compare with: its rows in the words in which ours are written."""

from cells.models import Organisation
from members.catalogues import printed
from members.enums import Sex
from members.importing.analysis import Analysis, analyse, read_members
from members.importing.mapping import MappingError
from members.importing.tidy import as_text
from members.official.layout import FIELDS
from members.official.rows import labels_of
from members.resources import LIST_COLUMNS

LAYOUT = "official"
_READ = {"number", "check_result", "check_detail", "delete"}
_LISTS = {"ethnic", "status"}


def read_official(content, name, *, organisation: Organisation, on) -> dict[str, dict[str, str]]:
    """{member's id or "row:N": {field: text}}; `MappingError` for a file in another layout."""
    reading = read_members(content, name)
    if reading.layout.code != LAYOUT:
        raise MappingError(
            "Tệp này không theo mẫu File nhập liệu 4.0: thiếu cột ID, số định danh, số thẻ theo QĐ 85, tổ chức đảng "
            "sinh hoạt hoặc trạng thái. Hãy lấy đúng tệp đã nộp lên hệ thống chung."
        )
    analysis = analyse(reading, organisation=organisation, on=on, columns=LIST_COLUMNS)
    labels = labels_of({person.organisation_id for person in analysis.people} - {None})
    return {_key(plan): _values(plan.person, analysis, labels) for plan in analysis.plans}


def _key(plan):
    return str(plan.known.id) if plan.known else f"row:{plan.person.row}"


def _values(person, analysis: Analysis, labels):
    table = analysis.reader.of(person.line).table
    found = {}
    for field in FIELDS:
        if field in _READ or field not in table.fields:
            continue
        at, value = table.fields[field], person.values.get(field)
        raw = as_text(person.line.values[at - 1]) if at <= len(person.line.values) else ""
        text = labels.get(person.organisation_id, raw) if field == "cell" else _words(field, value, raw)
        if text:
            found[field] = text
    return found


def _words(field, value, raw):
    """A tidied value as ours is written; what could not be read stays as it is in the file."""
    if not value:
        return raw
    if field == "name":
        return value.name
    if field == "sex":
        return Sex(value).label
    if field == "religion":
        return printed("religion", value.code)
    return printed(field, value) if field in _LISTS else str(value)
