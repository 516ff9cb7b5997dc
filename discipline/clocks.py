"""Every term of a case that runs now (section 11): until when, why, by which article."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from discipline.clock_rows import ClockRow
from discipline.enums import Handler, State
from discipline.rulebook import PROCEDURE, VIOLATION, CaseBook
from discipline.rules import terms
from discipline.rules.terms import Served, Term

INSPECTING = (State.SELF_REVIEW, State.VERIFYING)
AFTER_CELL_VOTE = (State.DECIDED_CELL, State.ANNOUNCED, State.NOTIFIED, State.IN_FORCE)
APPEALABLE = (State.ANNOUNCED, State.NOTIFIED, State.IN_FORCE, State.EXIT)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One term: something that is due, or (`ends`) something that runs out by itself on that day."""

    code: str
    what: str
    term: Term
    ends: bool = False
    remind_days: int | None = None

    @property
    def due_on(self):
        return self.term.due_on

    def is_near(self, today):
        """Whether it is reminded of: so many days before, on the day, and while it is late."""
        return self.remind_days is not None and today >= self.due_on - timedelta(days=self.remind_days)

    def pill(self, today):
        """(kind, word): how much time is left."""
        left = (self.due_on - today).days
        if left < 0:
            return ("info", f"từ {self.due_on:%d/%m/%Y}") if self.ends else ("error", f"quá hạn {-left} ngày")
        if left == 0:
            return "warn", "hôm nay" if self.ends else "hạn hôm nay"
        return ("warn" if self.is_near(today) else "neutral"), f"còn {left} ngày"


class ClockBook(CaseBook):
    """The rules for any number of cases, each set typed once; no query where committees chose nothing."""

    def known(self, topic, row: ClockRow, day: date):
        """The rules of a topic that bind a case on a day, or the set that was chosen for it."""
        if topic in row.sets:
            day = date.fromisoformat(row.sets[topic]["from"])
        return self.shared(topic, SimpleNamespace(path=row.path), day)


def clocks_of(rows: list[ClockRow], today: date):
    """(row, its running clocks) of every case; one query where a committee chose a rule of discipline, else none."""
    if not rows:
        return []
    book = ClockBook(is_chosen=rows[0].is_chosen)
    return [(row, running(row, book, today)) for row in rows]


def running(row: ClockRow, book: ClockBook, today: date):
    """The clocks of one case that run or have run out, the next one first."""
    remind = book.known(PROCEDURE, row, today).reminder_days
    found = [*_of_inspection(row, book), *_of_decision(row, book, today), *_of_appeal(row, book, today)]
    clocks = [
        Clock(code=code, what=what, term=term, ends=code in ENDS, remind_days=remind)
        for code, what, term in found
        if term is not None
    ]
    return sorted(clocks, key=lambda clock: clock.due_on)


ENDS = {"appeal_window", "lapse", "postponed"}


def _of_inspection(row, book):
    by_cell = row.handler == Handler.CELL
    if row.state == State.PLANNED and by_cell and row.planned_on:
        rules = book.known(PROCEDURE, row, row.planned_on)
        yield "announce_plan", "Công bố quyết định kiểm tra", terms.plan_announcement_due(rules, row.planned_on)
    if row.state in INSPECTING and by_cell and row.opened_on and row.kind:
        rules = book.known(PROCEDURE, row, row.opened_on)
        due = terms.inspection_due(rules, row.kind, row.opened_on, row.extended or 0)
        yield "inspection", "Kết thúc kiểm tra, báo cáo kết quả", due
    if row.state == State.POSTPONED and row.postponed_to:
        article = book.known(VIOLATION, row, row.postponed_to).cite("postponement_child_age_months")
        reason = f"Dự kiến hết lý do chưa xem xét ngày {row.postponed_to:%d/%m/%Y}; xem lại để xem xét tiếp"
        yield "postponed", "Hết thời gian tạm hoãn", Term(due_on=row.postponed_to, reason=reason, article=article)


def _of_decision(row, book, today):
    if row.state in AFTER_CELL_VOTE and row.voted_step == "vote_in_cell" and not row.number:
        rules = book.known(PROCEDURE, row, row.voted_on)
        due = terms.written_decision_due(rules, row.voted_on)
        yield "written", "Chi bộ ra quyết định bằng văn bản, báo cáo cấp trên", due
    if row.state == State.DECIDED_UPPER and (signed_on := row.signed_on or row.voted_on):
        rules = book.known(PROCEDURE, row, signed_on)
        yield "announcement", "Công bố quyết định kỷ luật", terms.announcement_due(rules, signed_on)
    if row.state == State.ANNOUNCED and row.told_on:
        rules = book.known(PROCEDURE, row, row.told_on)
        what = "Thông báo cơ quan, đoàn thể quản lý; báo cáo cấp trên"
        yield "notice", what, terms.employer_notice_due(rules, row.told_on)
    if row.state == State.IN_FORCE:
        yield "lapse", "Kỷ luật chấm dứt hiệu lực", _lapse(row, book)


def _lapse(row, book):
    """The day written with the decision, else that of the rules; None for a form that never lapses."""
    if not row.form or not row.told_on:
        return None
    rules = book.known(VIOLATION, row, row.voted_on or row.told_on)
    found = terms.expiry(rules, Served(form=row.form, announced_on=row.told_on))
    if found.lapses_on is None:
        return None
    due = row.lapses_on or found.lapses_on
    reason = found.reason if due == found.lapses_on else "Theo ngày ghi trong quyết định."
    return Term(due_on=due, reason=reason.rstrip("."), article=found.article)


def _of_appeal(row, book, today):
    if row.state in APPEALABLE and row.received_on and not row.is_refused and not row.has_appeals:
        until = terms.appeal_until(book.known(PROCEDURE, row, row.received_on), row.received_on)
        if until and not until.is_over(today):
            yield "appeal_window", "Hết thời hạn khiếu nại", until
    if row.state == State.APPEALED and row.appealed_on:
        rules = book.known(PROCEDURE, row, row.appealed_on)
        due = terms.appeal_settlement_due(rules, row.appealed_on)
        yield "settlement", "Giải quyết khiếu nại", due
