"""Imports of members: a file checked into a batch, the batch written whole, taken back whole."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cells.audit import record
from members.actions.record import report_clash
from members.enums import BatchKind, BatchState
from members.freed_numbers import by_record, given_away
from members.importing.analysis import analyse, analyse_batch, read_members
from members.importing.choices import Choices, choices_of, restore_choices, unlooked
from members.importing.kept import kept_choices
from members.importing.mapping import from_letters, to_letters, vocabulary
from members.importing.plan import WRITTEN, Verdict
from members.importing.report import news_since, report_of
from members.importing.reversal import MEMBER, edited_since, images_of, take_back
from members.importing.store import ChangedMeanwhile, write_plans
from members.models import ColumnMapping, ImportBatch, Member
from members.resources import LIST_COLUMNS

FIGURES = ("rows", *(str(verdict) for verdict in Verdict), "warnings")
ONCE_MORE = "Hãy kiểm tra lại tệp rồi ghi."
NOT_BACK = (
    "Không hoàn tác được: một số hoặc một mục mà tệp đã thay nay có ở chỗ khác. Hãy tải lại trang; nếu vẫn vậy thì sửa "
    "từng người."
)


class ImportRefused(Exception):
    """An act on a batch that its state does not allow; the message is a Vietnamese sentence."""


class PreviewChanged(ImportRefused):
    """The record or the tree changed since the check, so that the file would do something else than was shown."""


class UndoRefused(ImportRefused):
    """A batch some of whose rows were edited since; `members` are the people concerned."""

    def __init__(self, members):
        self.members = members
        names = ", ".join(member.full_name for member in members[:5])
        more = f" và {len(members) - 5} người khác" if len(members) > 5 else ""
        super().__init__(
            f"Không hoàn tác được: sau khi nhập, thông tin của {names}{more} đã được sửa. "
            "Hãy sửa từng người, hoặc hủy các thay đổi đó trước."
        )


@dataclass(frozen=True)
class FileToCheck:
    """A file as it was sent; `on` is the day of all date checks, `letters` a mapping that somebody wrote.

    `agreed`: whoever sent it agrees beforehand to what the reading will only suppose (old fonts, unknown headings).
    """

    content: bytes
    name: str
    on: date | None = None
    letters: dict[str, Any] | None = None
    agreed: bool = False


def check_file(file: FileToCheck, *, organisation, by) -> ImportBatch:
    """Read and check a file against the record of `organisation`; the answer is a batch to look at, nothing is written.

    Raises `SheetError`, `NoListFound` or `MappingError` for a file that cannot be read as a list.
    """
    reading = _read(file, organisation)
    on = file.on or reading.table.as_of or timezone.localdate()
    analysis = analyse(reading, organisation=organisation, on=on, columns=LIST_COLUMNS)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            kind=BatchKind.MEMBERS,
            organisation=organisation,
            file_name=file.name[-200:],
            sha256=sha256(file.content).hexdigest(),
            content=file.content,
            layout=reading.layout.code,
            as_of=on,
            mapping=to_letters(reading.table.fields),
            options=choices_of(reading, analysis.cells, agreed=file.agreed).as_json(),
            report=report_of(analysis),
            state=BatchState.PREVIEW,
            created_by=by,
        )
        record("members.check_file", batch, by=by, data=_figures(batch))
        _report_clashes(analysis, batch, by)
    return batch


def _read(file, organisation):
    """The list in a file by the mapping that was given, kept for its source, or proposed."""
    reading = read_members(file.content, file.name, file.letters)
    if file.letters:
        return reading
    sheets = kept_choices(reading, organisation, BatchKind.MEMBERS)
    return read_members(file.content, file.name, choices=Choices(sheets)) if sheets else reading


@transaction.atomic
def commit_batch(batch, *, by, progress=None):
    """Write a checked batch whole or not at all; rows with errors stay out.

    The file is compared with the record anew: `PreviewChanged` when the result would not be what the preview shows.
    A batch that promised to write nothing writes nothing.
    """
    locked = _locked(batch, BatchState.PREVIEW, "Lần nhập này không còn chờ ghi.")
    if words := unlooked(restore_choices(locked.options)):
        raise ImportRefused(words)
    if any(locked.report[str(verdict)] for verdict in WRITTEN):
        _write(locked, by, progress)
    locked.state, locked.committed_at = BatchState.COMMITTED, timezone.now()
    locked.save(update_fields=["report", "state", "committed_at"])
    record("members.commit_batch", locked, by=by, data=_figures(locked))
    return locked


def _write(batch, by, progress):
    analysis = analyse_batch(batch, LIST_COLUMNS)
    report = report_of(analysis)
    if news := news_since(batch.report, report):
        raise PreviewChanged(
            f"Chưa ghi gì: từ lúc kiểm tra tệp, dữ liệu đã đổi nên kết quả sẽ khác. {news} {ONCE_MORE}"
        )
    try:
        with transaction.atomic():
            write_plans(batch, analysis.plans, by=by, progress=progress)
    except ChangedMeanwhile:
        raise ImportRefused(f"Trong lúc ghi có người vừa sửa một đảng viên của danh sách. {ONCE_MORE}") from None
    except IntegrityError:
        raise ImportRefused(f"Trong lúc ghi có người vừa ghi một số hoặc một mục của danh sách. {ONCE_MORE}") from None
    batch.report = report


@transaction.atomic
def undo_batch(batch, *, by):
    """Take a written batch back whole; `UndoRefused` names the people whose rows were edited since."""
    locked = _locked(batch, BatchState.COMMITTED, "Lần nhập này chưa ghi hoặc đã hoàn tác.")
    images = images_of(locked)
    if edited := edited_since(images):
        raise UndoRefused(sorted(edited, key=lambda member: member.sort_key))
    wanted = by_record(images.before[MEMBER])
    if against := given_away(wanted, by, besides=images.created(MEMBER)):
        raise ImportRefused(" ".join(["Không hoàn tác được.", *against[:5]]))
    try:
        with transaction.atomic():
            take_back(images, reason=f"Hoàn tác lần nhập {locked.file_name}"[:500], by=by)
    except IntegrityError:
        raise ImportRefused(NOT_BACK) from None
    locked.state, locked.undone_at = BatchState.UNDONE, timezone.now()
    locked.save(update_fields=["state", "undone_at"])
    record("members.undo_batch", locked, by=by, data=_figures(locked))
    return locked


@transaction.atomic
def keep_mapping(header, letters, *, organisation, by, fonts=None):
    """Keep how the columns of one source are read, for its next file; `letters` is {field: column letter}."""
    fields = from_letters(letters, header.headings, vocabulary())
    mapping, _ = ColumnMapping.objects.update_or_create(
        organisation=organisation,
        kind=BatchKind.MEMBERS,
        signature=header.signature,
        defaults={"mapping": to_letters(fields), "fonts": fonts or {}, "changed_at": timezone.now()},
    )
    record("members.keep_mapping", mapping, by=by, organisation=organisation, data={"columns": len(fields)})
    return mapping


def _locked(batch, state, refusal):
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=batch.pk)
    if locked.state != state or locked.kind != BatchKind.MEMBERS:
        raise ImportRefused(refusal)
    return locked


def _figures(batch):
    """What the log keeps of a batch: figures and the digest of the file, no person's data."""
    return {"sha256": batch.sha256, "file": batch.file_name, **{name: batch.report[name] for name in FIGURES}}


def _report_clashes(analysis, batch, by):
    """Numbers that somebody outside of the scope holds are a duty of the body above."""
    for person in analysis.people:
        for found in person.problems:
            if found.code == "number_known_elsewhere":
                stored = LIST_COLUMNS[found.field].stored(person.values[found.field])
                number = next(iter(stored))
                for holder in Member.objects.on_known_number(**stored).select_related("home"):
                    report_clash(holder, number=number, organisation=batch.organisation, by=by)
