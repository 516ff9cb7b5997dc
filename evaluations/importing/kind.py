"""Lists of yearly results as a kind of file of the import pages."""

from evaluations.actions.grades import (
    check_grades_file,
    commit_grades,
    keep_grade_mapping,
    map_grade_columns,
    save_grade_row,
    undo_grades,
)
from evaluations.importing.check import read_stored
from evaluations.importing.rows import COLUMNS, COLUMNS_FILE
from members.enums import BatchKind
from members.importing.mapping import spellings
from members.ports import ImportKind


def _labels():
    own = {name: column.heading for name, column in COLUMNS.items()}
    return {name: own.get(name, written[0]) for name, written in spellings(COLUMNS_FILE).items()}


GRADES = ImportKind(
    code=BatchKind.GRADES.value,
    title=BatchKind.GRADES.label,
    labels=_labels(),
    masked=frozenset({"card", "personal_id"}),
    check=check_grades_file,
    read=read_stored,
    map_columns=map_grade_columns,
    commit=commit_grades,
    undo=undo_grades,
    keep=keep_grade_mapping,
    save_row=save_grade_row,
    of_year=True,
    open_fields=("name", "born", "card", "level", "reason"),
    sums_template="evaluations/import_sums.html",
)
