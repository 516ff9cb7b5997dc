"""Moves (topic `moves`): days to apply and to present the slip, what its being late means, official or temporary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.rulesets import Rules
from config.lib.workdays import add_months, add_working_days, working_days_between

OK, WARN, STOP, HUMAN = "ok", "warn", "stop", "human"
LATER = "later"
TEMPORARY, OFFICIAL, NO_MOVE = "temporary", "official", "none"
BLOCKING = {"inspection": "đang được kiểm tra", "complaint": "đang có khiếu nại được giải quyết",
            "denunciation": "đang có tố cáo được giải quyết"}  # fmt: skip
FROM_REMOVAL = ("x1t_transfer_months_over",)  # keys of topic `removal` that the clocks here need
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class MoveRules(Rules):
    transfer_apply_working_days: int | None = None
    transfer_present_working_days: int | None = None
    x1t_transfer_months_over: int | None = None
    slip_removal_clock: str | None = None
    transfer_blocked_by: tuple[str, ...] | None = None
    temporary_min_months: int | None = None
    temporary_below_months: int | None = None
    temporary_study_max_months: int | None = None
    temporary_extension_below_months: int | None = None
    temporary_headcount: str | None = None
    temporary_fees: str | None = None
    temporary_cell_min: int | None = None
    abroad_official_submit_working_days: int | None = None
    abroad_return_report_working_days: int | None = None
    abroad_temporary_submit_working_days: int | None = None
    graduate_stay_months: int | None = None
    dissolved_transfer_working_days: int | None = None


@dataclass(frozen=True)
class Finding:
    """What a rule says, why, and by which article; `verdict` is a code where the rule chooses between several."""

    status: str
    reason: str
    source: str
    word: str = ""
    verdict: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class SlipDates:
    """The days of a slip that its clocks run from and to; None is a day that is not known."""

    introduced_on: date
    file_taken_on: date | None = None
    notice_received_on: date | None = None
    presented_on: date | None = None


# --- applying --------------------------------------------------------------------------------------------------------


def apply_due(rules: MoveRules, order_on: date | None) -> date | None:
    """Last day to apply after the order takes effect or the residence changes (294-QĐ/TW, 6.3.1a); None: no limit."""
    if order_on is None or rules.transfer_apply_working_days is None:
        return None
    return add_working_days(order_on, rules.transfer_apply_working_days)


def apply_finding(rules: MoveRules, order_on: date | None, requested_on: date) -> Finding | None:
    """Whether the transfer was asked for in time; late asks for an explanation."""
    due = apply_due(rules, order_on)
    if due is None or order_on is None:
        return None
    source, limit = rules.cite("transfer_apply_working_days"), rules.transfer_apply_working_days
    words = f"{limit} ngày làm việc từ {_day(order_on)}, hạn {_day(due)}"
    if requested_on <= due:
        return Finding(OK, f"Làm thủ tục trong hạn: {words}.", source, "Đúng hạn", due_on=due)
    return Finding(WARN, f"Làm thủ tục chậm: {words}; phải có giải trình.", source, "Chậm", due_on=due)


# --- presenting ------------------------------------------------------------------------------------------------------


def present_key(kind: str) -> str:
    """The key of the working days within which a slip of that kind is presented."""
    abroad = {"abroad_official", "abroad_temporary"}
    return f"{kind}_submit_working_days" if kind in abroad else "transfer_present_working_days"


def present_due(rules: MoveRules, introduced_on: date, kind: str = "") -> date | None:
    """Last day to present the slip to the receiving cell (294-QĐ/TW, 6.3.1c); None where no rule sets one."""
    days = getattr(rules, present_key(kind))
    return add_working_days(introduced_on, days) if days is not None else None


def present_finding(rules: MoveRules, slip: SlipDates, on: date, kind: str = "") -> Finding | None:
    """Whether the slip was presented in time, is still in time on `on`, or is late and needs a reason."""
    due, key = present_due(rules, slip.introduced_on, kind), present_key(kind)
    if due is None:
        return None
    source = rules.cite(key)
    limit = f"{getattr(rules, key)} ngày làm việc từ {_day(slip.introduced_on)}, hạn {_day(due)}"
    day = slip.presented_on or on
    if day > due:
        late = working_days_between(due, day)
        said = f"Nộp giấy ngày {_day(day)}, chậm" if slip.presented_on else "Chưa nộp giấy, đã chậm"
        reason = f"{said} {late} ngày làm việc: {limit}; phải giải trình bằng văn bản."
        return Finding(WARN, reason, source, "Chậm", due_on=due)
    if slip.presented_on:
        return Finding(OK, f"Nộp giấy ngày {_day(day)}: {limit}.", source, "Đúng hạn", due_on=due)
    return Finding(OK, f"Còn {working_days_between(on, due)} ngày làm việc: {limit}.", source, "Trong hạn", due_on=due)


def removal_days(rules: MoveRules, slip: SlipDates) -> tuple[date | None, date | None]:
    """(first day of the warning, first day on which removal may be considered) while nothing is handed in.

    The text names two starts, the file taken and the notice received (38-HD/BTCTW, II.4.3.1d): the earlier one warns;
    `slip_removal_clock` says which one is a ground. The later one is not known before both are.
    """
    months = rules.x1t_transfer_months_over
    starts = [day for day in (slip.file_taken_on, slip.notice_received_on) if day]
    if months is None or not starts:
        return None, None
    warned, last = (add_months(day, months) + ONE_DAY for day in (min(starts), max(starts)))
    if rules.slip_removal_clock != LATER:
        return warned, warned
    return warned, last if len(starts) == 2 else None


def removal_finding(rules: MoveRules, slip: SlipDates, on: date) -> Finding | None:
    """What over three months without handing in the papers means on `on`; whether to remove is for people."""
    if slip.presented_on:
        return None
    warned, ground = removal_days(rules, slip)
    months, source = rules.x1t_transfer_months_over, rules.cite("x1t_transfer_months_over", "slip_removal_clock")
    if ground and on >= ground:
        reason = (
            f"Quá {months} tháng không nộp giấy, hồ sơ ở nơi đến (từ {_day(ground)}): không có lý do chính đáng thì "
            "cấp ủy có thẩm quyền ở nơi đến xem xét xóa tên và báo nơi chuyển đi; người có thẩm quyền quyết định."
        )
        return Finding(HUMAN, reason, source, "Cần người xem xét", "ground", ground)
    if warned and on >= warned:
        when = f"đến {_day(ground)} là căn cứ xem xét xóa tên" if ground else "chưa đủ hai mốc để xem xét xóa tên"
        return Finding(WARN, f"Đã quá {months} tháng tính theo mốc đến trước; {when}.", source, "Cảnh báo", "warned")
    return None


def late_since(rules: MoveRules, on: date, kind: str = "") -> date | None:
    """The last day of issue whose time to present has run out before `on`; None where no rule sets a time."""
    if present_due(rules, on, kind) is None:
        return None
    day = on
    while (due := present_due(rules, day, kind)) and due >= on:
        day -= ONE_DAY
    return day


def removal_since(rules: MoveRules, on: date) -> date | None:
    """The last start of the removal clock that has run out before `on`."""
    if rules.x1t_transfer_months_over is None:
        return None
    day = add_months(on, -rules.x1t_transfer_months_over)
    while add_months(day, rules.x1t_transfer_months_over) >= on:
        day -= ONE_DAY
    return day


# --- official or temporary -------------------------------------------------------------------------------------------


def kind_finding(rules: MoveRules, start: date, until: date | None, *, study: bool = False) -> Finding:
    """Official or temporary by the length of the absence; `until` is the first day after it, None without an end.

    Temporary: from 3 to under 12 months; study in the country up to 24 months (294-QĐ/TW, 6.3.2a).
    """
    least, below, most = rules.temporary_min_months, rules.temporary_below_months, rules.temporary_study_max_months
    source = rules.cite("temporary_min_months", "temporary_study_max_months" if study else "temporary_below_months")
    if until and least is not None and add_months(start, least) > until:
        return Finding(STOP, f"Vắng mặt dưới {least} tháng thì chưa phải chuyển sinh hoạt.", source, verdict=NO_MOVE)
    if until and study and most is not None and until <= add_months(start, most):
        reason = f"Đi học trong nước không quá {most} tháng: chuyển sinh hoạt tạm thời."
        return Finding(OK, reason, source, verdict=TEMPORARY)
    if until and not study and below is not None and until < add_months(start, below):
        reason = f"Vắng mặt dưới {below} tháng: chuyển sinh hoạt tạm thời."
        return Finding(OK, reason, source, verdict=TEMPORARY)
    limit = f"quá {most} tháng" if study else f"từ {below} tháng trở lên"
    return Finding(OK, f"Vắng mặt {limit} hoặc không có hạn: chuyển sinh hoạt chính thức.", source, verdict=OFFICIAL)


def extension_finding(rules: MoveRules, until: date, new_until: date) -> Finding:
    """Whether a temporary move may be extended to `new_until`; both are first days after (38-HD/BTCTW, II.4.3.2c)."""
    below, source = rules.temporary_extension_below_months, rules.cite("temporary_extension_below_months")
    if new_until <= until:
        return Finding(STOP, "Ngày gia hạn phải sau hạn đang ghi.", source)
    if below is not None and new_until >= add_months(until, below):
        return Finding(STOP, f"Chỉ gia hạn sinh hoạt tạm thời dưới {below} tháng.", source)
    return Finding(OK, f"Gia hạn đến hết ngày {_day(new_until - ONE_DAY)}.", source)


def blocked_finding(rules: MoveRules, open_matters: Iterable[str]) -> Finding | None:
    """The refusal while a matter is open that stops a transfer (294-QĐ/TW, 6.3.1đ); None when nothing stops it."""
    found = [matter for matter in rules.transfer_blocked_by or () if matter in set(open_matters)]
    if not found:
        return None
    words = ", ".join(BLOCKING.get(matter, matter) for matter in found)
    reason = f"Chưa chuyển sinh hoạt vì đảng viên {words}; chờ kết luận."
    return Finding(STOP, reason, rules.cite("transfer_blocked_by"), "Chưa chuyển")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
