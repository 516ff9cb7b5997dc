"""Members' lists as a kind of file of the import pages."""

from members.actions.import_batches import map_columns
from members.actions.import_rows import save_row
from members.actions.imports import check_file, commit_batch, keep_mapping, undo_batch
from members.enums import BatchKind
from members.importing.analysis import read_file
from members.importing.mapping import MEMBER_COLUMNS, spellings
from members.ports import ImportKind
from members.resources import LIST_COLUMNS, PARTS


def _check(file, *, organisation, year, by):
    return check_file(file, organisation=organisation, by=by)


def _read(batch):
    return read_file(bytes(batch.content), batch.file_name, letters=batch.mapping)


def _keep(batch, *, by):
    return keep_mapping(_read(batch).header, batch.mapping, organisation=batch.organisation, by=by)


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
    read=_read,
    map_columns=map_columns,
    commit=commit_batch,
    undo=undo_batch,
    keep=_keep,
    save_row=save_row,
)
