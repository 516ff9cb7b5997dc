"""Everything dated about one member, newest first."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cells.models import LogEntry
from config.lib.periods import Precision
from members.answers import answer_words, mid_sentence
from members.enums import SENSITIVE_TOPICS, EndReason, StartReason, Topic
from members.posts import manner_words
from members.reports.events import Event, joined, until_words, void_words
from members.reports.standing import standing_events
from members.scales import Scales

CORRECTIONS = {
    "members.correct_member": "Sửa thông tin trong hồ sơ",
    "members.correct_birth_date": "Đính chính ngày sinh",
    "members.change_name": "Đổi họ tên",
    "members.merge_members": "Gộp một hồ sơ trùng vào hồ sơ này",
    "members.undo_merge": "Hoàn tác lần gộp hồ sơ",
}
MOVES = [f"{end}__{body}" for end in ("transfer", "end_transfer") for body in ("from_organisation", "to_organisation")]
_DATES = (
    ("official", "Công nhận đảng viên chính thức", "star-fill"),
    ("admitted", "Vào Đảng (lễ kết nạp)", "star"),
    ("decided", "Quyết định kết nạp", "file-earmark-text"),
    ("born", "Sinh", "person"),
)


def timeline(member, sight):
    """Events of the member, newest first."""
    places = list(member.memberships.select_related("organisation", "voided_by", *MOVES))
    events = [
        *_dates(member),
        *_memberships(places),
        *_transfers(places, sight),
        *_facts(member.particulars.all(), sight, _particular),
        *_facts(member.known_posts, sight, _post),
        *_grades(member, sight),
        *standing_events(member, sight),
        *(_corrections(member) if sight.corrections else ()),
    ]
    return sorted(events, key=lambda event: event.on, reverse=True)


def _dates(member):
    for name, title, icon in _DATES:
        if day := getattr(member, f"{name}_on"):
            yield Event(day, title, precision=getattr(member, f"{name}_precision"), icon=icon)
    if member.card_issued_on:
        yield Event(member.card_issued_on, "Được cấp thẻ đảng viên", member.card_issued_by, icon="person-vcard")


def _memberships(rows):
    for row in rows:
        kind = row.get_kind_display() if row.organisation.is_cell else "Đang chuyển sinh hoạt, thuộc danh sách"
        void = void_words(row)
        text = joined(StartReason(row.start_reason).label, row.decision, row.note, void)
        yield Event(row.started_on, f"{kind}: {row.organisation}", text, icon="geo-alt", voided=bool(row.voided_at))
        if row.ended_on and not row.voided_at:
            text = joined(EndReason(row.end_reason).label, row.note)
            yield Event(row.ended_on, f"Thôi {mid_sentence(kind)}: {row.organisation}", text, icon="box-arrow-right")


def _transfers(rows, sight):
    """One line for each move that began or ended a membership, on its latest day."""
    moves = {move.pk: move for row in rows for move in (row.transfer, row.end_transfer) if move}
    for move in moves.values():
        on = move.returned_on or move.received_on or move.refused_on or move.presented_on or move.issued_on
        yield Event(
            on,
            f"{move.get_kind_display()}: {move.origin} → {move.destination}",
            joined(move.get_state_display(), f"giấy số {move.number_text}" if move.slip_number else ""),
            icon="arrow-left-right",
            url=reverse("members:transfer", args=[move.pk]) if _in_sight(move, sight.transfers) else "",
        )


def _in_sight(transfer, paths):
    """As `TransferQuerySet.visible_to` has it: the sender always, the receiver from the day of issue."""
    ends = [transfer.from_organisation, transfer.to_organisation if transfer.issued_on else None]
    return any(end is not None and end.path.startswith(paths) for end in ends)


def _facts(rows, sight, show):
    for row in rows:
        shown = show(row, sight)
        if shown:
            title, text, icon = shown
            yield Event(
                row.started_on,
                title,
                joined(text, until_words(row.ended_on), void_words(row)),
                icon=icon,
                url=_fact_url(row) if sight.edits and not row.voided_at else "",
                voided=bool(row.voided_at),
            )


def _particular(row, sight):
    if row.topic in SENSITIVE_TOPICS and not sight.sensitive:
        return None
    return f"{Topic(row.topic).label}: {answer_words(row.topic, row.value, row.text)}", "", "pencil"


def _post(row, sight):
    term = f"nhiệm kỳ {row.term}" if row.term else ""
    return str(row), joined(term, manner_words(row.manner).lower(), row.decision), "person-vcard"


def _grades(member, sight):
    grades = list(member.grades.select_related("organisation", "voided_by"))
    scales = Scales() if grades else None
    for grade in grades:
        yield Event(
            grade.decided_on or date(grade.year, 12, 31),
            f"Xếp loại năm {grade.year}: {scales.words(grade.scale, grade.level, grade.reason_text)}",
            joined(grade.organisation.name, grade.decision, void_words(grade)),
            precision=Precision.DAY if grade.decided_on else Precision.YEAR,
            icon="clipboard-check",
            url=_grade_url(grade) if sight.imports and not grade.voided_at else "",
            voided=bool(grade.voided_at),
        )


def _corrections(member):
    for entry in LogEntry.objects.about(member).filter(action__in=CORRECTIONS).select_related("actor"):
        changes = entry.data.get("changes", {})
        text = "; ".join(
            f"{label}: {before or 'trống'} → {after or 'trống'}" for label, (before, after) in changes.items()
        )
        words = joined(text, entry.data.get("reason", ""))
        on = timezone.localdate(entry.at)
        yield Event(on, CORRECTIONS[entry.action], words, icon="pencil", actor=str(entry.actor))


def _fact_url(row):
    return reverse("members:fact", args=[row.member_id, row._meta.model_name, row.pk])


def _grade_url(grade):
    return reverse("members:void_grade", args=[grade.member_id, grade.pk])
