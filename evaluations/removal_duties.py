"""What waits for the cells and the bodies of a person in matters of leaving, with its clock where there is one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cells.permissions import Permission as P
from evaluations.models import Removal
from evaluations.removal_book import RemovalBook
from evaluations.removal_enums import RemovalState
from members.rules.exits import answers_due

NEXT = {
    RemovalState.OPENED: "Yêu cầu đảng viên tự kiểm điểm",
    RemovalState.SELF_REVIEW: "Yêu cầu lại hoặc nhận bản tự kiểm điểm, rồi biểu quyết",
    RemovalState.READY: "Chi bộ biểu quyết",
    RemovalState.CELL_CARRIED: "Xem xét đề nghị của chi bộ",
    RemovalState.CELL_NOT_CARRIED: "Xem xét: chi bộ không đủ phiếu",
    RemovalState.APPRAISED: "Biểu quyết, tiếp nhận hồ sơ",
    RemovalState.BASE_CARRIED: "Tiếp nhận hồ sơ để quyết định",
    RemovalState.BASE_NOT_CARRIED: "Xem xét: đảng ủy cơ sở không đủ phiếu",
    RemovalState.UNDER_DECISION: "Quyết định",
}
CARD, ANSWER = "Thu thẻ đảng viên, nộp lên cấp trên", "Trả lời khiếu nại"


@dataclass(frozen=True)
class RemovalDuty:
    """One matter that waits: what for, since when, until when where a rule says so."""

    removal: UUID
    name: str
    place: str
    what: str
    since: date | None
    due_on: date | None = None


def removal_duties(user, today):
    """Matters on which `user` acts next, what is due first; at most two queries, and two more for an open complaint."""
    rows = list(Removal.objects.waiting_for(user).for_desk().select_related("member__home"))
    book = RemovalBook() if any(row.complained_on for row in rows) else None
    found = [_duty(row, user, book) for row in rows]
    return sorted(found, key=lambda duty: (duty.due_on or date.max, duty.since or date.max))


def late_answers(user, today, mine):
    """Complaints in scope that others should have answered by now; one query while none waits."""
    rows = Removal.objects.visible_to(user).filter(state=RemovalState.REMOVED).exclude(pk__in=mine).for_desk()
    found = list(rows.filter(complained_on__isnull=False).select_related("member__home"))
    book = RemovalBook() if found else None
    duties = [
        RemovalDuty(row.pk, str(row.member), row.place, ANSWER, row.since, _answer_due(row, book)) for row in found
    ]
    return [duty for duty in duties if duty.due_on and duty.due_on < today]


def _duty(row, user, book):
    what, due_on = NEXT.get(row.state, CARD), None
    if row.state == RemovalState.REMOVED and row.complained_on and not _is_own_card(row, user):
        what, due_on = ANSWER, _answer_due(row, book)
    return RemovalDuty(row.pk, str(row.member), row.place, what, row.since, due_on)


def _is_own_card(row, user):
    return row.has_card_out and any(row.place_path.startswith(path) for path in user.paths_in_scope(P.SCREENING_FILE))


def _answer_due(row, book):
    rules = book.on(row.member.home, row.complained_on).removal
    due = answers_due(rules, row.complained_on)
    place = 1 if row.complaint_level == "centre" else 0
    return due[place][1].due_on if len(due) > place else None
