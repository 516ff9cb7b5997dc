"""A row that an import refused, saved by hand with a reason."""

from django.db import IntegrityError, transaction

from cells.audit import record
from members.actions.imports import ImportRefused
from members.enums import BatchState
from members.importing.analysis import analyse_batch
from members.importing.plan import Planner, Verdict
from members.importing.problems import Severity, problem_kinds
from members.importing.store import write_plans
from members.models import ImportBatch, Member, SavedRow
from members.resources import LIST_COLUMNS

# What the database refuses or would give to two people: the faulty value is left out and the person saved without it.
LEFT_OUT = {"id_duplicate", "card_duplicate", "number_known_elsewhere", "born_after_joined", "official_before_joined"}
NEVER = {"missing_name", "unknown_cell", "match_conflict", "name_differs"}


@transaction.atomic
def save_row(batch, row, *, reason, by, values=None):
    """Save the person of a refused row; `values` are corrected cells by field, what stays faulty is left empty."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=batch.pk)
    if not reason.strip():
        raise ImportRefused("Hãy ghi lý do lưu dòng này.")
    if locked.state != BatchState.COMMITTED or SavedRow.objects.filter(batch=locked, row=row).exists():
        raise ImportRefused("Dòng này đã được lưu, hoặc lần nhập chưa ghi hay đã hoàn tác.")
    analysis = analyse_batch(locked, LIST_COLUMNS)
    plan = next((each for each in analysis.plans if each.person.row == row), None)
    if plan is None or plan.verdict != Verdict.REFUSED or plan.known is not None:
        raise ImportRefused(f"Dòng {row} không phải là dòng bị từ chối, hoặc người này đã có trong danh sách.")
    member = _write(locked, analysis, plan.person, values or {}, by)
    SavedRow.objects.create(batch=locked, row=row, member=member, reason=reason.strip(), saved_by=by)
    codes = ", ".join(sorted({each.code for each in plan.person.problems}))
    record("members.save_row", member, by=by, data={"row": row, "reason": reason.strip(), "problems": codes})
    return member


def _write(batch, analysis, person, values, by):
    for name, text in values.items():
        _correct(person, name, text, analysis.reader)
    for found in person.problems:
        if found.severity == Severity.DUPLICATE or found.code in NEVER:
            raise ImportRefused(f"{found.message}. {found.remedy}")
        if found.code in LEFT_OUT:
            person.values.pop(found.field, None)
    planner = Planner(LIST_COLUMNS, analysis.reader, analysis.on)
    plan = planner.create(person, planner.attributes_of(person))
    try:
        with transaction.atomic():
            write_plans(batch, [plan], by=by)
    except IntegrityError:
        raise ImportRefused("Các ngày hoặc số của dòng này mâu thuẫn với nhau hay với người khác. Hãy sửa.") from None
    return Member.objects.get(pk=plan.member_id)


def _correct(person, name, text, reader):
    """A corrected cell takes the place of what the file says, findings and all."""
    column = LIST_COLUMNS.get(name)
    if column is None:
        raise ImportRefused(f"Không có trường “{name}”.")
    reading = column.read(text, reader.habits)
    if reading.problem:
        kind = problem_kinds()[reading.problem]
        raise ImportRefused(f"{kind.message}. {kind.remedy}")
    person.problems = [found for found in person.problems if found.field != name]
    person.values.pop(name, None)
    if reading.value is not None:
        person.values[name] = reading.value
