"""Every deadline of admission that runs now (admissions.md §14): until when, why, what to do when it is late."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

from admissions.clock_rows import BODY, CELL
from admissions.enums import DOSSIER_STATES, RECOGNITION_STATES, REMOVAL_STATES, RESOLVED_STATES, MoveStage, State
from admissions.rulebook import TOPICS, AdmissionBook
from admissions.rules.clocks import (
    Deadline,
    agreed_deadline,
    base_resolution_due,
    cell_sends_up_due,
    ceremony_due,
    decision_due,
    member_sheet_due,
    verification_reply_due,
)
from admissions.rules.conditions import in_gap
from admissions.rules.moving import file_forward_due, receiving_decision_due, review_due
from admissions.rules.reminders import (
    ReminderRules,
    certificate_ends,
    dossier_ends,
    is_near,
    note_due,
    probation_ends,
    recognition_proposed_by,
)
from members.rules.probation import recognition_due, recognition_latest
from members.standing_rules import RuleBook, sets_of

ALL_TOPICS = TOPICS | {"admission_reminders": ReminderRules}
USABLE = (State.CLASS_DONE, State.CLEARED, *DOSSIER_STATES)
JUST_VOTED = (State.CELL_ADOPTED, State.CELL_NOT_ADOPTED)
RECOGNITION_VOTED = tuple(
    state for state in RECOGNITION_STATES if state not in (State.RECOGNITION_DUE, State.ESCALATED)
)
LATE_REPORT = "Báo cáo lý do chậm với cấp ủy cấp trên; ngày chính thức không đổi."


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One deadline of one candidate: what is due by whom, and which form comes out of it."""

    code: str
    what: str
    deadline: Deadline
    actor: str
    form: str = ""

    @property
    def due_on(self):
        return self.deadline.due_on


@cache
def known_sets():
    """The rule sets, read once a process: a loaded set never changes."""
    return sets_of(ALL_TOPICS)


class ClockBook(AdmissionBook):
    """The rules of clocks for any number of candidates, each set typed once.

    One query for what committees chose, none where it is known that they chose nothing.
    """

    def __init__(self, *, is_chosen=True):
        RuleBook.__init__(self, ALL_TOPICS, known_sets(), is_chosen=is_chosen)

    def known(self, topic, path, day):
        """The rules of a topic in force on a day for the body at `path`."""
        return self.shared(topic, SimpleNamespace(path=path), day)

    def coming_day(self, topic, day):
        """The first day of the next set of a topic; None where none is known."""
        return min((on for name, on, _ in self._sets if name == topic and on > day), default=None)


def running(row, book, today):
    """The clocks of one candidate that run or have run out, the next one first."""
    found = [*_of_dossier(row, book, today), *_of_decision(row, book), *_of_probation(row, book, today)]
    found += [*_of_recognition(row, book), *_of_move(row, book)]
    return sorted((clock for clock in found if clock.deadline), key=lambda clock: clock.due_on)


def _agreed(book, row, start, ask):
    """What `ask(rules)` says by the set in force at the start; in the gap of 2026 the next set is asked as well."""
    if start is None:
        return None
    current = ask(book.known("admission_clocks", row.path, start))
    if in_gap(book.known("admission_conditions", row.path, start), start):
        coming = book.coming_day("admission_clocks", start)
        return agreed_deadline(current, ask(book.known("admission_clocks", row.path, coming)) if coming else None)
    return current


def _of_dossier(row, book, today):
    reminders = book.known("admission_reminders", row.path, today)
    conditions = book.known("admission_conditions", row.path, today)
    if row.state in USABLE:
        ends = certificate_ends(conditions, row.certificate_on)
        if ends and is_near(ends, reminders.certificate_warning_days, today):
            what = f"Giấy chứng nhận lớp nhận thức về Đảng {_ending(ends, today)} hết hạn"
            yield Clock(code="certificate", what=what, deadline=ends, actor=CELL, form="cn-ntvd")
    if row.state in DOSSIER_STATES:
        ends = dossier_ends(conditions, row.made_on)
        if ends and is_near(ends, reminders.dossier_warning_days, today):
            what = f"Hồ sơ {_ending(ends, today)} quá {conditions.dossier_months} tháng"
            yield Clock(code="dossier", what=what, deadline=ends, actor=CELL, form="3-knd")
    if row.state == State.VERIFYING:
        for since, abroad in ((row.asked_home, False), (row.asked_abroad, True)):
            due = _agreed(book, row, since, lambda rules, a=abroad, s=since: verification_reply_due(rules, s, abroad=a))
            what = "Trả lời thẩm tra lý lịch" + (" (ngoài nước)" if abroad else "")
            yield Clock(code="verification", what=what, deadline=due, actor=CELL, form="tt-dn")


def _ending(ends, today):
    return "sắp" if today <= ends.due_on else "đã"


def _of_decision(row, book):
    start = row.resolved_on
    if row.state in RESOLVED_STATES and not _moved(row):
        due = _agreed(book, row, start, lambda rules: decision_due(rules, start))
        yield Clock(code="decision", what="Quyết định kết nạp", deadline=due, actor=BODY, form="9-knd")
    if row.state in JUST_VOTED:
        up = _agreed(book, row, start, lambda rules: cell_sends_up_due(rules, start))
        yield Clock(code="send_up", what="Chi bộ gửi hồ sơ lên", deadline=up, actor=CELL, form="6-knd")
        base = _agreed(book, row, start, lambda rules: base_resolution_due(rules, start))
        yield Clock(code="base", what="Đảng ủy cơ sở ra nghị quyết", deadline=base, actor=BODY, form="8-knd")
    if row.state == State.APPROVED:
        days = {"issued_on": row.signed_on, "received_on": row.received_on}
        due = _agreed(book, row, row.signed_on, lambda rules: ceremony_due(rules, **days))
        yield Clock(code="ceremony", what="Lễ kết nạp", deadline=due, actor=CELL, form="ct-kn")


def _of_probation(row, book, today):
    if row.state != State.PROBATION or row.admitted_on is None:
        return
    start = row.admitted_on
    if not row.sheet_on:
        due = _agreed(book, row, start, lambda rules: member_sheet_due(rules, start))
        yield Clock(code="sheet", what="Lý lịch đảng viên, phiếu đảng viên", deadline=due, actor=CELL)
    reminders = book.known("admission_reminders", row.path, today)
    ends = probation_ends(book.known("probation", row.path, start), start)
    note = note_due(reminders, max(filter(None, (row.noted_on, start))))
    if note and ends and note.due_on < ends.due_on and today >= note.due_on:
        yield Clock(code="note", what="Ghi chép của người giúp đỡ", deadline=note, actor=CELL, form="11-knd")
    if ends and is_near(ends, max(reminders.days_before, default=None), today):
        lacks = "" if row.new_class_on else "; chưa có giấy chứng nhận lớp đảng viên mới"
        yield Clock(code="probation", what=f"Hết thời gian dự bị{lacks}", deadline=ends, actor=CELL, form="10-knd")


def _of_recognition(row, book):
    if row.state == State.RECOGNITION_DUE and row.admitted_on:
        due = recognition_proposed_by(book.known("probation", row.path, row.admitted_on), row.admitted_on)
        yield Clock(code="proposal", what="Chi bộ xét công nhận chính thức", deadline=due, actor=CELL, form="13-knd")
    start = row.rec_resolved_on
    if row.state in RECOGNITION_VOTED and start:
        rules = book.known("probation", row.path, start)
        clock, latest = recognition_due(rules, start), recognition_latest(rules, start)
        due = clock and Deadline(
            due_on=clock.due_on, reason=clock.reason, article=clock.article, latest_on=latest and latest.due_on,
            if_late=LATE_REPORT,
        )  # fmt: skip
        yield Clock(code="recognition", what="Quyết định công nhận chính thức", deadline=due, actor=BODY, form="16-knd")


def _moved(row):
    """Whether the file is with the committee of the new place, whose own clock runs."""
    return row.file_received_on is not None and row.move_stage == MoveStage.AT_DECIDER


def _of_move(row, book):
    if row.state in RESOLVED_STATES and row.move_stage == MoveStage.AT_DECIDER:
        if row.forwarded_on is None:
            due = _agreed(book, row, row.moved_on, lambda rules: file_forward_due(rules, row.moved_on))
            yield Clock(code="forward", what="Chuyển hồ sơ đến nơi mới", deadline=due, actor=BODY, form="cv-ch")
        start = row.file_received_on
        due = _agreed(book, row, start, lambda rules: receiving_decision_due(rules, start))
        yield Clock(code="received", what="Quyết định kết nạp ở nơi mới", deadline=due, actor=BODY, form="9-knd")
    if row.review_asked_on and not row.review_answered_on and row.state not in REMOVAL_STATES:
        start = row.review_asked_on
        due = _agreed(book, row, start, lambda rules: review_due(rules, start))
        yield Clock(code="review", what="Trả lời đề nghị xem lại quyết định", deadline=due, actor=BODY)
