"""People who left or died: the list of them, and one ending with its clocks and what is left to do."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from members.enums import EndReason, ExitGround
from members.models import Ending, Membership
from members.rules.exits import Clock, answers_due, appeal_until, card_comes_back, file_due


@dataclass(frozen=True)
class LeftRow:
    """One person as the list shows him; what was brought in by a file has no papers yet."""

    membership: Membership
    ending: Ending | None
    left: tuple[str, ...] = ()
    overdue: bool = False

    @property
    def how(self):
        words = self.membership.get_end_reason_display()
        return f"{words} (dự bị)" if self.ending and self.ending.was_probationary else words


@dataclass
class EndingPage:
    """One ending: clocks by name, the steps that are done and those that are left, the next first."""

    ending: Ending
    grounds: list[str]
    clocks: list[tuple[str, Clock]]
    left: list[str] = field(default_factory=list)
    file: Clock | None = None


STEPS = {
    "record_notice": "Ghi ngày phiếu báo",
    "record_receipt": "Ghi ngày đảng viên nhận quyết định",
    "recover_card": "Ghi đã thu thẻ",
    "send_file_up": "Ghi đã nộp hồ sơ lên cấp trên",
    "record_appeal": "Ghi khiếu nại",
}


def left_rows(memberships, book, on):
    """Rows of the list for memberships that ended for good; two queries for any number."""
    papers = Ending.objects.standing()
    rows = memberships.select_related("member__home", "organisation__parent").prefetch_related(
        Prefetch("endings", papers, to_attr="papers")
    )
    return [_left_row(row, book, on) for row in rows]


def _left_row(membership, book, on):
    ending = membership.papers[0] if membership.papers else None
    if ending is None:
        return LeftRow(membership, None, ("chưa ghi giấy tờ",))
    rules = book.standing(membership.organisation, ending.ended_on)
    left = []
    if card_comes_back(rules, ending.reason) and not ending.card_recovered_on:
        left.append("chưa thu thẻ")
    clock = None if ending.file_sent_on else file_due(rules, ending.notified_on)
    if not ending.file_sent_on:
        left.append(f"hồ sơ nộp chậm nhất {clock.due_on:%d/%m/%Y}" if clock else "chưa nộp hồ sơ")
    return LeftRow(membership, ending, tuple(left), bool(clock and clock.is_over(on)))


def read_ending(ending, book, may_record):
    """Everything on the page of one ending; what is left to do is offered to those who may record it."""
    standing = book.standing(ending.member.home, ending.ended_on)
    removal = book.removal(ending.member.home, ending.decided_on or ending.ended_on)
    by_decision = ending.reason != EndReason.DIED
    file = file_due(standing, ending.notified_on)
    clocks = [("Nộp hồ sơ lên cấp trên, chậm nhất", file)] if file else []
    if by_decision and (appeal := appeal_until(removal, ending.received_on)):
        clocks.append(("Đảng viên khiếu nại được đến hết ngày", appeal))
    clocks += [
        (f"Trả lời khiếu nại ({who}), chậm nhất", clock) for who, clock in answers_due(removal, ending.appealed_on)
    ]
    page = EndingPage(ending, [ExitGround(code).label for code in ending.grounds], clocks, file=file)
    if may_record:
        page.left = _left(ending, standing, by_decision)
    return page


def _left(ending, rules, by_decision):
    wanted = [
        ("record_receipt", by_decision and not ending.received_on),
        ("recover_card", card_comes_back(rules, ending.reason) and not ending.card_recovered_on),
        ("record_notice", not ending.notified_on),
        ("send_file_up", not ending.file_sent_on),
        ("record_appeal", by_decision and ending.received_on and not ending.appealed_on),
    ]
    return [name for name, is_left in wanted if is_left]
