"""The cell looks at its members: puts up or dismisses whom the records point at, adds what only people know."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import ENTERED_CODES, FlagCode, FlagStatus
from evaluations.models import CellReview, ConductYear, ScreeningFlag, ScreeningNote, ScreeningSubject
from evaluations.screening_steps import CLOSED, Taken, locked_round, refuse_before_round, take
from evaluations.workflow import UNSAID
from members.models import Member, Sanction
from members.readmissions import Readmissions

NOBODY = "Chưa chọn đảng viên nào. Hãy đánh dấu ở đầu dòng."
NO_FLAG = "{member}: không còn căn cứ nào trong đợt này. Hãy tải lại trang."
NOT_HERE = "{member} không sinh hoạt ở chi bộ này vào ngày chốt số liệu của đợt."
CARRIED = "{member} đang ở danh sách của đợt trước. Hãy làm tiếp ở hồ sơ của đợt đó."
KNOWN = "Căn cứ {code} đã được nêu đối với {member} trong đợt này."
NO_DISCIPLINE = (
    "B2 là vi phạm khi đang chấp hành kỷ luật; hồ sơ không có kỷ luật đang chấp hành ngày {on}. Hãy ghi kỷ luật vào hồ "
    "sơ trước, hoặc chọn căn cứ khác."
)
BEFORE_ADMISSION = "Ngày {on} trước ngày vào Đảng {admitted}. Hãy kiểm tra lại ngày."
NOT_STATED = "Căn cứ {code} không phải loại do người nêu."
OF_OTHERS = "{code} ({label}) dùng đối với đảng viên dự bị; {member} là đảng viên chính thức. Hãy chọn căn cứ khác."


@dataclass(frozen=True)
class FlagEntry:
    """A ground or criterion that people state, with what it rests on."""

    member: Member
    code: str
    on: date
    reason: str
    document: str


@dataclass(frozen=True)
class NoteEntry:
    """What a paper says: a statement of the member, or steps to reach him."""

    kind: str
    on: date
    text: str


@transaction.atomic
def put_up(one, cell, members, *, on, note="", by):
    """The committee of the cell puts up some of those flagged; all or none."""
    return _say(one, cell, members, "put_up", Taken(on, cell, note=note), by)


@transaction.atomic
def dismiss(one, cell, members, *, on, reason, by):
    """The committee of the cell finds that some of those flagged are not to be listed, and says why; all or none."""
    return _say(one, cell, members, "dismiss", Taken(on, cell, note=reason), by)


@transaction.atomic
def review_cell(one, cell, *, on, note="", not_discussed="", by):
    """The cell has gone through its members, also where nobody was flagged; a second time replaces the first.

    NotAllowed while somebody flagged in the round before too is still without a word and without a reason.
    """
    found = locked_round(one)
    left = ScreeningFlag.objects.undiscussed().filter(round=found, organisation=cell)
    if left.exists() and not not_discussed:
        raise ValidationError({"not_discussed": "Còn đảng viên có căn cứ mà chưa xem xét. Hãy ghi vì sao."})
    for earlier in CellReview.objects.standing().filter(round=found, organisation=cell):
        earlier.void("ghi lại", by)
    row = CellReview.objects.create(
        round=found, organisation=cell, held_on=on, note=note, not_discussed=not_discussed, recorded_by=by
    )
    record("evaluations.review_cell", found, by=by, organisation=cell, data={"on": f"{on:%d/%m/%Y}"})
    return row


@transaction.atomic
def record_flag(one, cell, entry, *, by):
    """A ground or criterion that no register shows, stated by the cell with its evidence."""
    found = locked_round(one)
    if entry.code not in ENTERED_CODES:
        raise NotAllowed(NOT_STATED.format(code=entry.code))
    if not Member.objects.standing().in_cell(cell, found.cutoff_on).filter(pk=entry.member.pk).exists():
        raise NotAllowed(NOT_HERE.format(member=entry.member))
    if entry.code == FlagCode.X7 and Readmissions([entry.member.pk]).official_on(entry.member, found.cutoff_on):
        raise NotAllowed(OF_OTHERS.format(code=entry.code, label=FlagCode.X7.label, member=entry.member))
    if entry.code == FlagCode.B2 and not _is_disciplined(entry.member, entry.on):
        raise ValidationError({"code": NO_DISCIPLINE.format(on=f"{entry.on:%d/%m/%Y}")})
    if entry.member.admitted_on and entry.on < entry.member.admitted_on:
        words = {"on": f"{entry.on:%d/%m/%Y}", "admitted": f"{entry.member.admitted_on:%d/%m/%Y}"}
        raise ValidationError({"on": BEFORE_ADMISSION.format(**words)})
    same = ScreeningFlag.objects.standing().filter(round=found, member=entry.member, code=entry.code)
    if same.exists():
        raise NotAllowed(KNOWN.format(code=entry.code, member=entry.member))
    flag = ScreeningFlag.objects.create(
        round=found, member=entry.member, organisation=cell, code=entry.code, status=FlagStatus.ENTERED,
        reason=entry.reason, document=entry.document, found_on=entry.on, recorded_by=by,
    )  # fmt: skip
    data = {"code": entry.code, "document": entry.document}
    record("screening.record_flag", entry.member, by=by, organisation=cell, data=data)
    return flag


def _is_disciplined(member, on):
    rows = Sanction.objects.standing().filter(member=member, announced_on__lte=on)
    return rows.filter(Q(lapses_on__isnull=True) | Q(lapses_on__gt=on)).exists()


@transaction.atomic
def withdraw_flag(flag, *, reason, by):
    """Take back what the cell stated wrongly; what a record shows goes only when the record is corrected."""
    found = ScreeningFlag.objects.standing().select_for_update(of=("self",)).filter(pk=flag.pk).first()
    if found is None or not found.is_entered:
        raise NotAllowed("Căn cứ này không do chi bộ nêu, hoặc đã rút. Sửa hồ sơ gốc rồi tính lại để rút.")
    found.void(reason, by)
    data = {"code": found.code, "reason": reason}
    record("screening.withdraw_flag", found.member, by=by, organisation=found.organisation, data=data)
    return found


@transaction.atomic
def keep_note(one, cell, member, entry, *, by):
    """What the member says of his flags, or what was done to reach him: entered by the cell from paper."""
    found = locked_round(one)
    refuse_before_round(found, entry.on)
    note = ScreeningNote.objects.create(
        round=found, member=member, organisation=cell, kind=entry.kind, on=entry.on, text=entry.text, recorded_by=by
    )
    record("screening.keep_note", member, by=by, organisation=cell, data={"kind": note.get_kind_display()})
    return note


@transaction.atomic
def void_note(note, *, reason, by):
    """Take back a note that was entered wrongly."""
    found = ScreeningNote.objects.standing().select_for_update(of=("self",)).filter(pk=note.pk).first()
    if found is None:
        raise NotAllowed("Ghi chép này đã hủy.")
    found.void(reason, by)
    record("screening.void_note", found.member, by=by, organisation=found.organisation, data={"reason": reason})
    return found


@transaction.atomic
def record_conduct(member, *, year, violated, document, by):
    """Write down what a paper says of a year: whether the member "vi phạm tư cách đảng viên"."""
    if ConductYear.objects.standing().filter(member=member, year=year).exists():
        raise ValidationError({"year": f"Năm {year} đã ghi. Hãy hủy dòng cũ trước khi ghi lại."})
    row = ConductYear.objects.create(member=member, year=year, violated=violated, document=document, recorded_by=by)
    words = "có" if violated else "không"
    record("screening.record_conduct", row, by=by, data={"year": year, "words": words, "document": document})
    return row


@transaction.atomic
def void_conduct(row, *, reason, by):
    """Take back what was written of a year."""
    found = ConductYear.objects.standing().select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed("Dòng này đã hủy.")
    found.void(reason, by)
    record("screening.void_conduct", found, by=by, data={"year": found.year, "reason": reason})
    return found


def _say(one, cell, members, step, taken, by):
    found = locked_round(one, closed_too=True)
    if not members:
        raise NotAllowed(NOBODY)
    flagged = ScreeningFlag.objects.counted().filter(round=found, organisation=cell, member__in=members)
    ids = set(flagged.values_list("member_id", flat=True))
    rows = ScreeningSubject.objects.standing().select_for_update(of=("self",)).with_place()
    known = {row.member_id: row for row in rows.filter(round=found, organisation=cell, member__in=members)}
    said = []
    for member in members:
        subject = known.get(member.pk)
        if subject is None:
            subject = _new_subject(found, cell, member, member.pk in ids, taken.on)
            subject.recorded_by = by
        take(subject, step, taken, by=by)
        said.append(subject)
    return said


def _new_subject(one, cell, member, is_flagged, on):
    """Somebody on whom the cell speaks for the first time: only in an open round, only whom something points at."""
    if not one.is_open:
        raise NotAllowed(CLOSED)
    if not is_flagged:
        raise NotAllowed(NO_FLAG.format(member=member))
    carried = ScreeningSubject.objects.carried(one, [cell.pk]).filter(member=member)
    if carried.exists():
        raise NotAllowed(CARRIED.format(member=member))
    return ScreeningSubject(round=one, member=member, organisation=cell, state=UNSAID, discussed_on=on)
