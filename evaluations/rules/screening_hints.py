"""Early warnings: HINTS OF THIS SOFTWARE, never a rule, never exported as findings (screening.md, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.lib.rulesets import Rules

LABEL = "Gợi ý của phần mềm, không phải quy định"


@dataclass(frozen=True, kw_only=True)
class HintRules(Rules):
    hint_absent_or_unpaid_months: int | None = None
    hint_transfer_working_days_over: int | None = None
    hint_low_years: int | None = None
    hint_missed_card_checks: int | None = None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a member at a check; nothing of it is judged here."""

    absent_months: int = 0
    unpaid_months: int = 0
    low_years: int = 0
    transfer_working_days: int = 0
    missed_card_checks: int = 0
    probation_proposal_overdue: bool = False
    without_task: bool = False
    proceeding_open: bool = False
    discipline_in_force: bool = False
    lost_touch: bool = False


@dataclass(frozen=True)
class Hint:
    """One hint with its words."""

    code: str
    words: str


def hints(rules: HintRules, about: Situation, *, for_inspection: bool = False) -> tuple[Hint, ...]:
    """The hints that hold; those of proceedings (C7) are for inspection officers alone."""
    return tuple(each for each in _hints(rules, about) if for_inspection or each.code != "C7")


def _hints(rules: HintRules, about: Situation) -> Iterable[Hint]:
    months = max(about.absent_months, about.unpaid_months)
    if _reached(months, rules.hint_absent_or_unpaid_months):
        yield Hint(
            "C1", f"Vắng không lý do {about.absent_months} tháng, chưa đóng đảng phí {about.unpaid_months} tháng."
        )
    if _reached(about.low_years, rules.hint_low_years):
        yield Hint("C2", f"{about.low_years} năm xếp loại không hoàn thành nhiệm vụ.")
    over = rules.hint_transfer_working_days_over
    if over is not None and about.transfer_working_days > over:
        yield Hint("C3", f"Đã cấp giấy chuyển sinh hoạt {about.transfer_working_days} ngày làm việc, chưa đến nơi mới.")
    if _reached(about.missed_card_checks, rules.hint_missed_card_checks):
        yield Hint("C4", f"{about.missed_card_checks} kỳ kiểm tra không xuất trình thẻ đảng viên.")
    yield from (Hint(code, words) for code, words, holds in _plain(about) if holds)


def _reached(number: int, least: int | None) -> bool:
    return least is not None and number >= least


def _plain(about: Situation) -> Iterable[tuple[str, str, bool]]:
    yield (
        "C5",
        "Hết thời gian dự bị, quá hạn chi bộ xét đề nghị mà chưa ghi ngày chính thức.",
        about.probation_proposal_overdue,
    )
    yield "C6", "Năm nay chưa được phân công công tác.", about.without_task
    yield "C7", "Có thông tin tố tụng đang mở.", about.proceeding_open
    yield "C8", "Đang chấp hành kỷ luật.", about.discipline_in_force
    yield "C9", "Mất liên lạc; ghi các bước đã liên hệ.", about.lost_touch
