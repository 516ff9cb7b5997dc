"""Past results from a file: checked, written as one batch, undone whole; a refused row saved by hand."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from evaluations.importing.check import check_grades, correct_row, read_grades, read_stored
from evaluations.importing.plan import Written, new_grade
from evaluations.importing.report import report_of
from members.actions.imports import ImportRefused, UndoRefused
from members.enums import BatchKind, BatchState
from members.importing.choices import Choices, choices_of, fonts_as_letters, restore_choices, unlooked
from members.importing.kept import kept_choices
from members.importing.known import chunks
from members.importing.refused import refused_rows
from members.importing.reversal import edited_since, images_of, take_back
from members.importing.store import image, plain
from members.models import AnnualGrade, ColumnMapping, ImportBatch, ImportChange, SavedRow

BATCH = 1000
TABLE = "members.annualgrade"
COUNTS = ("rows", "created", "updated", "unchanged", "refused")
MUST_MEND = {"missing_name", "person_not_found", "unknown_level", "blank_level", "decided_here"}
KEPT = ("year", "scale", "level", "not_rated_reason", "reason_text", "organisation_id")


@transaction.atomic
def check_grades_file(file, *, organisation, year, by):
    """Check a file (`FileToCheck`) of the results of `year` against the record; the answer is a batch to look at.

    Raises `SheetError`, `NoListFound`, `MappingError` for a file without such a list, `NotAllowed` for a year that has
    no rules here.
    """
    reading = _read(file, organisation)
    batch = ImportBatch(kind=BatchKind.GRADES, organisation=organisation, year=year, created_by=by)
    batch.file_name, batch.content = file.name[-200:], file.content
    batch.sha256 = sha256(file.content).hexdigest()
    batch.as_of = file.on or reading.table.as_of or timezone.localdate()
    _fill(batch, reading, agreed=file.agreed)
    batch.save()
    record("evaluations.check_grades_file", batch, by=by, data=_figures(batch))
    return batch


@transaction.atomic
def map_grade_columns(batch, letters, *, on, by, choices=None):
    """Check the file of a batch again, with corrected columns ({field: letter}) and on another day.

    `choices` say how its sheet is read and that somebody has looked at it; without them the former ones stay.
    """
    batch = _locked(batch, BatchState.PREVIEW)
    batch.as_of = on
    chosen = choices or restore_choices(batch.options).with_letters(batch.mapping, letters)
    _fill(batch, read_grades(bytes(batch.content), batch.file_name, letters, chosen), agreed=chosen.agreed)
    batch.save(update_fields=["mapping", "options", "layout", "report", "as_of", "state"])
    record("evaluations.map_grade_columns", batch, by=by, data=_figures(batch) | {"columns": len(batch.mapping)})
    return batch


@transaction.atomic
def commit_grades(batch, *, by, progress=None):
    """Write the results of a checked file; ImportRefused when the record has changed since the check.

    `progress(done, total)` is told before every thousand rows and at the end.
    """
    batch = _locked(batch, BatchState.PREVIEW)
    if words := unlooked(restore_choices(batch.options)):
        raise ImportRefused(words)
    checked = _figures(batch)
    check = _fill(batch, read_stored(batch), agreed=restore_choices(batch.options).agreed)
    if checked != _figures(batch):
        raise ImportRefused("Dữ liệu đã thay đổi từ lúc kiểm tra tệp. Hãy kiểm tra lại tệp rồi ghi.")
    _write(check.plan, batch, by, progress or _tell_nobody)
    batch.state, batch.committed_at = BatchState.COMMITTED, timezone.now()
    batch.save(update_fields=["state", "committed_at", "report"])
    record("evaluations.commit_grades", batch, by=by, data=_figures(batch))
    return batch


@transaction.atomic
def undo_grades(batch, *, by):
    """Void what a batch created and restore what it replaced; UndoRefused, with names, when a row was edited since."""
    batch = _locked(batch, BatchState.COMMITTED)
    images = images_of(batch)
    if edited := edited_since(images):
        raise UndoRefused(edited)
    take_back(images, reason=f"Hoàn tác lần nhập {batch.file_name}", by=by)
    batch.state, batch.undone_at = BatchState.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    record("evaluations.undo_grades", batch, by=by, data=_figures(batch))
    return batch


@transaction.atomic
def keep_grade_mapping(batch, *, by):
    """Keep how the columns of the file of a batch were read, for the next file of its source."""
    [sheet] = read_stored(batch).sheets
    mapping, _ = ColumnMapping.objects.update_or_create(
        organisation=batch.organisation,
        kind=BatchKind.GRADES,
        signature=sheet.table.header.signature,
        defaults={
            "mapping": batch.mapping,
            "fonts": fonts_as_letters(sheet.fonts.answers),
            "changed_at": timezone.now(),
        },
    )
    record("evaluations.keep_grade_mapping", batch, by=by, data={"columns": len(batch.mapping)})
    return mapping


@transaction.atomic
def save_grade_row(batch, row, *, reason, by, values=None):
    """Write the result of one refused row by hand; `values` are corrected cells by field. ImportRefused says what is
    still missing: the person, a level of the year's scale, or that a result stands already."""
    batch = _locked(batch, BatchState.COMMITTED)
    if not reason.strip():
        raise ImportRefused("Hãy ghi lý do lưu dòng này.")
    if row not in refused_rows(batch.report) or SavedRow.objects.filter(batch=batch, row=row).exists():
        raise ImportRefused(f"Dòng {row} không bị từ chối, hoặc đã được ghi bằng tay.")
    reading = read_stored(batch)
    correct_row(reading.table, row, values or {})
    check = check_grades(reading, batch.organisation, year=batch.year, on=batch.as_of)
    [found] = [each for each in check.rows if each.row == row]
    _refuse_unmended(found, batch)
    grade = new_grade(found, check.rules)
    grade.recorded_by = by
    grade.save()
    _change(batch, Written(found, grade), {}).save()
    SavedRow.objects.create(batch=batch, row=row, member_id=found.member.id, reason=reason.strip(), saved_by=by)
    data = {"row": row, "member": found.member.full_name, "reason": reason.strip()}
    record("evaluations.save_grade_row", batch, by=by, data=data)
    return grade


def _refuse_unmended(row, batch):
    """What a reason cannot replace: the person and the level must be known, and no result may stand."""
    for problem in row.person.problems:
        if problem.code in MUST_MEND:
            raise ImportRefused(f"{problem.message}. {problem.remedy}")
    if AnnualGrade.objects.of_year(batch.year).filter(member=row.member.id).exists():
        raise ImportRefused(f"{row.member.full_name} đã có kết quả năm {batch.year}. Muốn sửa thì sửa ở hồ sơ.")


def _locked(batch, *states):
    """The batch, locked, in one of the states; otherwise ImportRefused says what it is already."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=batch.pk)
    if locked.state not in states:
        raise ImportRefused(
            f"Lần nhập này {locked.get_state_display()} nên không làm việc này được. Hãy tải lại trang."
        )
    return locked


def _read(file, organisation):
    """The list in a file by the columns that were given, kept for its source, or proposed."""
    reading = read_grades(file.content, file.name, file.letters)
    if file.letters:
        return reading
    sheets = kept_choices(reading, organisation, BatchKind.GRADES)
    return read_grades(file.content, file.name, choices=Choices(sheets)) if sheets else reading


def _fill(batch, reading, *, agreed=False):
    """Check the list and keep what was found in the batch, which is not saved here."""
    check = check_grades(reading, batch.organisation, year=batch.year, on=batch.as_of)
    batch.report = report_of(check)
    batch.layout, batch.mapping = reading.layout.code, batch.report["file"]["mapping"]
    batch.options = choices_of(reading, agreed=agreed).as_json()
    batch.state = BatchState.PREVIEW
    return check


def _figures(batch):
    return {name: batch.report[name] for name in COUNTS} | {"year": batch.year}


def _tell_nobody(done, total):
    """No progress is shown."""


def _write(plan, batch, by, progress):
    """Void the results that the file replaces, create its own, and keep the images of both."""
    void = {"voided_at": timezone.now(), "voided_by_id": by.pk, "void_reason": f"Thay bằng {batch.file_name}"[:500]}
    replaced = [written.old.pk for written in plan.updated]
    for some in chunks(replaced):
        AnnualGrade.objects.filter(pk__in=some).update(**void)
    everything = [*plan.created, *plan.updated]
    for done, some in enumerate(chunks(everything, BATCH)):
        progress(done * BATCH, len(everything))
        for written in some:
            written.new.recorded_by = by
        AnnualGrade.objects.bulk_create([written.new for written in some])
        ImportChange.objects.bulk_create([_change(batch, written, void) for written in some])
    progress(len(everything), len(everything))


def _change(batch, written, void):
    before, after = {}, {str(written.new.pk): image(written.new, KEPT)}
    if written.old:
        before = {TABLE: {str(written.old.pk): image(written.old, void)}}
        after[str(written.old.pk)] = {name: plain(value) for name, value in void.items()}
    return ImportChange(
        batch=batch, table=TABLE, row_id=str(written.new.pk), before=before or None, after={TABLE: after}
    )
