"""What waits for one person in admission, and what is overdue elsewhere within his scope."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from admissions.clock_rows import BODY, CELL, ClockRow, clock_query
from admissions.clocks import ALL_TOPICS, Clock, ClockBook, running
from admissions.enums import ENDED_STATES, State
from admissions.models import Candidate
from admissions.printed.catalogue import forms
from cells.permissions import Permission as P
from cells.unchanged import kept_until_next_act
from config.lib.statements import kept_statement

# What is done next in a state, and which form comes out of it.
NEXT = {
    State.CLASS_DONE: ("Cho làm thủ tục kết nạp", ""),
    State.CLEARED: ("Nhận đơn và lý lịch", "1-knd"),
    State.APPLYING: ("Giáp lai lý lịch", "2-knd"),
    State.SEALED: ("Bắt đầu thẩm tra lý lịch", "tt-dn"),
    State.VERIFYING: ("Thẩm tra, chứng nhận lý lịch", "2-knd"),
    State.CERTIFIED: ("Hoàn chỉnh hồ sơ", "5-knd"),
    State.COMPLETE: ("Chi bộ xét, biểu quyết", "6-knd"),
    State.CELL_ADOPTED: ("Xét đề nghị của chi bộ", "8-knd"),
    State.CELL_NOT_ADOPTED: ("Xét báo cáo của chi bộ (không đủ phiếu)", "8-knd"),
    State.APPRAISED: ("Đảng ủy cơ sở xét", "8-knd"),
    State.BASE_ADOPTED: ("Tiếp nhận, thẩm định lại hồ sơ", "ttr-knd"),
    State.BASE_NOT_ADOPTED: ("Tiếp nhận, thẩm định lại hồ sơ", "ttr-knd"),
    State.UNDER_DECISION: ("Quyết định kết nạp", "9-knd"),
    State.APPROVED: ("Tổ chức lễ kết nạp", "ct-kn"),
    State.REFUSED: ("Thông báo không kết nạp cho chi bộ", "tb-knd"),
    State.RECOGNITION_DUE: ("Chi bộ xét công nhận chính thức", "13-knd"),
    State.REC_CELL_ADOPTED: ("Xét đề nghị công nhận", "15-knd"),
    State.REC_CELL_NOT_ADOPTED: ("Xét báo cáo công nhận (không đủ phiếu)", "15-knd"),
    State.REC_APPRAISED: ("Đảng ủy cơ sở xét công nhận", "15-knd"),
    State.REC_BASE_ADOPTED: ("Tiếp nhận hồ sơ công nhận", "16-knd"),
    State.REC_BASE_NOT_ADOPTED: ("Tiếp nhận hồ sơ công nhận", "16-knd"),
    State.REC_UNDER_DECISION: ("Quyết định công nhận chính thức", "16-knd"),
    State.ESCALATED: ("Xem xét hồ sơ ba lần không đủ phiếu", "16-knd"),
    State.REM_CELL_ADOPTED: ("Xét đề nghị xóa tên", "qd-xt"),
    State.REM_CELL_NOT_ADOPTED: ("Xét báo cáo xóa tên (không đủ phiếu)", "qd-xt"),
    State.REM_BASE_ADOPTED: ("Quyết định xóa tên", "qd-xt"),
    State.REM_BASE_NOT_ADOPTED: ("Quyết định xóa tên", "qd-xt"),
}
# The clocks of a turn; the others are reminders beside it.
# Where it is done: the step of the state where one body alone can take it, else the part of the candidate.
STEP_PAGES = {
    State.CLASS_DONE: "clear",
    State.CLEARED: "apply",
    State.APPLYING: "seal_cv",
    State.SEALED: "start_verification",
    State.CERTIFIED: "complete_dossier",
    State.COMPLETE: "vote_in_cell",
    State.UNDER_DECISION: "decide",
    State.APPROVED: "hold_ceremony",
    State.REFUSED: "notify_refusal",
    State.RECOGNITION_DUE: "vote_recognition",
    State.REC_UNDER_DECISION: "decide_recognition",
    State.VERIFYING: "candidate",
}
CLOCK_PAGES = {
    "certificate": "source", "dossier": "papers", "verification": "candidate", "sheet": "forms",
    "note": "note_probation", "probation": "probation", "forward": "procedure", "received": "procedure",
    "review": "procedure",
}  # fmt: skip
OF_TURN = {"decision", "base", "ceremony", "proposal", "recognition", "verification", "received", "send_up"}
NEVER_ASKED = (*ENDED_STATES, State.LISTED, State.SYMPATHISER, State.CLASS_SENT)
SOON_DAYS = 7


@dataclass(frozen=True)
class Duty:
    """One thing about one candidate: a turn, or a reminder; `mine` where the person who asked does it."""

    candidate: UUID
    name: str
    place: str
    what: str
    clock: Clock | None
    form: str
    since: date | None
    mine: bool
    is_turn: bool
    page: str = "candidate"

    @property
    def due_on(self):
        return self.clock.due_on if self.clock else None

    @property
    def address(self):
        """Where it is done; of what others do, where it stands."""
        return reverse(f"admissions:{self.page}" if self.mine else "admissions:candidate", args=[self.candidate])

    @property
    def form_name(self):
        """The form that comes out of it, in words."""
        form = forms().get(self.form)
        return (form.code if form.code[0].isdigit() else form.name) if form else ""

    @property
    def reason(self):
        """Why it waits, and what makes its day unsure."""
        if self.clock:
            limit = self.clock.deadline
            latest = f"; trường hợp đặc biệt đến {limit.latest_on:%d/%m/%Y}" if limit.latest_on else ""
            return f"{limit.reason}{latest}. {limit.note}".strip()
        return f"Từ ngày {self.since:%d/%m/%Y}." if self.since else ""

    def is_over(self, today):
        return self.due_on is not None and self.due_on < today

    def is_soon(self, today):
        return self.due_on is not None and 0 <= (self.due_on - today).days <= SOON_DAYS


@kept_until_next_act
def read_duties(asker):
    """Everything that waits in the scope of `asker` on his day, what is due first; in two queries at most."""
    rows = [ClockRow(*row) for row in _rows(asker)]
    if not rows:
        return ()
    book, filing = ClockBook(is_chosen=rows[0].is_chosen), asker.paths_in_scope(P.ADMISSIONS_FILE)
    found = [duty for row in rows for duty in _of(row, book, filing, asker.day)]
    return tuple(sorted(found, key=lambda duty: (duty.due_on or date.max, duty.since or date.max)))


@kept_statement
def _rows(asker):
    rows = Candidate.objects.visible_to(asker).exclude(state__in=NEVER_ASKED)
    return clock_query(rows, asker, tuple(ALL_TOPICS))


def _of(row, book, filing, today):
    files = any(row.path.startswith(path) for path in filing)
    clocks = running(row, book, today)
    if row.turn and row.state in NEXT:
        what, form = NEXT[row.state]
        clock = next((each for each in clocks if each.actor == row.turn and each.code in OF_TURN), None)
        yield _duty(row, what, clock, form, mine=True, is_turn=True, page=STEP_PAGES.get(row.state, "procedure"))
    for clock in clocks:
        done_by_me = files if clock.actor == CELL else row.turn == BODY
        if clock.code in OF_TURN and row.turn:
            continue  # it stands with the turn
        mine, page = done_by_me and clock.code not in OF_TURN, CLOCK_PAGES.get(clock.code, "procedure")
        page = "candidate" if page == "note_probation" and not files else page
        yield _duty(row, clock.what, clock, clock.form, mine=mine, is_turn=False, page=page)


def _duty(row, what, clock, form, **more):
    return Duty(row.pk, row.name, row.place, what, clock, form, row.since, **more)
