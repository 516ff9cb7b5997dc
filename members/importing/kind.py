"""Members' lists as a kind of file of the import pages."""

from members.actions.import_batches import map_columns
from members.actions.import_rows import save_row
from members.actions.imports import check_file, commit_batch, keep_mapping, undo_batch
from members.enums import BatchKind
from members.importing.analysis import read_batch
from members.importing.choices import fonts_as_letters
from members.importing.mapping import MEMBER_COLUMNS, spellings, to_letters
from members.ports import ImportKind
from members.resources import LIST_COLUMNS, PARTS


def _check(file, *, organisation, year, by):
    return check_file(file, organisation=organisation, by=by)


def _keep(batch, *, by):
    """Keep the way of reading of every kind of sheet in the file."""
    read = {sheet.table.header.signature: sheet for sheet in read_batch(batch).sheets}
    for sheet in read.values():
        fonts = fonts_as_letters(sheet.fonts.answers)
        letters = to_letters(sheet.table.fields)
        keep_mapping(sheet.table.header, letters, organisation=batch.organisation, by=by, fonts=fonts)


def _labels():
    """Printed names: that of the record's column, else the first way in which lists write it."""
    own = {name: column.column_name for name, column in LIST_COLUMNS.items() if name not in PARTS}
    return {name: own.get(name, written[0]) for name, written in spellings(MEMBER_COLUMNS).items()}


MEMBERS = ImportKind(
    code=BatchKind.MEMBERS.value,
    title=BatchKind.MEMBERS.label,
    labels=_labels(),
    masked=frozenset(name for name, column in LIST_COLUMNS.items() if getattr(column, "masked", False)),
    check=_check,
    read=read_batch,
    map_columns=map_columns,
    commit=commit_batch,
    undo=undo_batch,
    keep=_keep,
    save_row=save_row,
    many_sheets=True,
)
