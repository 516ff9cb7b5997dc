"""When a discipline lapses, how long a suspension lasts, until when a decision is announced and may be appealed."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.workdays import add_months, add_working_days
from discipline.rules.forms import WORDS, ViolationRules
from discipline.rules.votes import ProcedureRules

INSPECTION_DAYS = {
    "signs": "cell_signs_inspection_days",
    "planned": "cell_planned_inspection_days",
    "thematic": "cell_thematic_supervision_days",
}


@dataclass(frozen=True, kw_only=True)
class Expiry:
    """When a decision lapses by itself; None for a form that never does. `to_confirm`: not of itself any more."""

    lapses_on: date | None
    reason: str
    article: str
    to_confirm: bool = False


@dataclass(frozen=True, kw_only=True)
class Served:
    """A decision in force: its form and announcement, and the announcement of an appeal decision that changed it."""

    form: str
    announced_on: date
    changed_on: date | None = None
    new_violation_on: date | None = None
    appeal_open: bool = False


def expiry(rules: ViolationRules, served: Served) -> Expiry:
    """12 months after the announcement, without any paper; the record stays (69-QĐ/TW, Điều 2, khoản 5).

    After an appeal that changed the form the time already served counts, or not, as the rule set chooses.
    """
    article = rules.cite("expiry_months", "expiry_starts_on")
    if served.form in (rules.expiry_excluded_forms or ()) or rules.expiry_months is None:
        reason = f"{WORDS[served.form].capitalize()} không có thời hạn chấm dứt hiệu lực."
        return Expiry(lapses_on=None, reason=reason, article=rules.cite("expiry_excluded_forms"))
    start = served.announced_on
    if served.changed_on and not rules.expiry_counts_served_time:
        start = served.changed_on
    lapses = add_months(start, rules.expiry_months)
    broken = served.new_violation_on is not None and start <= served.new_violation_on < lapses
    reason = f"{rules.expiry_months} tháng từ ngày công bố {start:%d/%m/%Y}."
    if broken or served.appeal_open:
        reason += " Việc chấm dứt hiệu lực do cấp có thẩm quyền xác nhận."
    return Expiry(lapses_on=lapses, reason=reason, article=article, to_confirm=broken or served.appeal_open)


@dataclass(frozen=True, kw_only=True)
class SuspensionTerm:
    """Until which day a suspension lasts, and until when at the latest with what extension there is."""

    ends_on: date
    latest_on: date
    reason: str
    article: str


def suspension_term(rules: ProcedureRules, started_on: date, *, organisation: bool = False) -> SuspensionTerm | None:
    """The term of a suspension; its first day is not counted. None where the rule set knows no such term."""
    if rules.suspension_days is None:
        return None
    total_key = "suspension_organisation_total_days" if organisation else "suspension_total_days"
    most = getattr(rules, total_key) or rules.suspension_days
    if rules.suspension_extension_days is not None:
        most = min(most, rules.suspension_days + rules.suspension_extension_days)
    return SuspensionTerm(
        ends_on=started_on + timedelta(days=rules.suspension_days),
        latest_on=started_on + timedelta(days=max(most, rules.suspension_days)),
        reason=f"{rules.suspension_days} ngày từ {started_on:%d/%m/%Y}, kể cả gia hạn không quá {most} ngày.",
        article=rules.cite("suspension_days", "suspension_extension_days", total_key),
    )


@dataclass(frozen=True, kw_only=True)
class Term:
    """The last day of a term, why, and by which article."""

    due_on: date
    reason: str
    article: str

    def is_over(self, on: date) -> bool:
        return on > self.due_on


def announcement_due(rules: ProcedureRules, signed_on: date) -> Term | None:
    """Until when a decision of a body above the cell is announced; late is reported up."""
    return _term(rules, "announcement_days", signed_on, "từ ngày ký quyết định")


def written_decision_due(rules: ProcedureRules, voted_on: date) -> Term | None:
    """Until when a cell writes its decision and reports it."""
    return _term(rules, "cell_written_decision_days", voted_on, "từ ngày công bố kết quả biểu quyết")


def employer_notice_due(rules: ProcedureRules, announced_on: date) -> Term | None:
    """Until when the employer and the unions are told."""
    return _term(rules, "employer_notice_limit", announced_on, "từ ngày công bố quyết định")


def appeal_until(rules: ProcedureRules, received_on: date) -> Term | None:
    """The last day of the window of appeal (Charter 39): a transfer inside it warns."""
    return _term(rules, "appeal_window_working_days", received_on, "từ ngày nhận quyết định")


def appeal_settlement_due(rules: ProcedureRules, lodged_on: date, *, central: bool = False) -> Term | None:
    """Until when an appeal is settled: up to the province, or at the centre."""
    key = "appeal_settlement_central" if central else "appeal_settlement_local"
    return _term(rules, key, lodged_on, "từ ngày khiếu nại")


def plan_announcement_due(rules: ProcedureRules, signed_on: date) -> Term | None:
    """Until when a cell announces its decision and plan of inspection."""
    return _term(rules, "cell_plan_announcement_working_days", signed_on, "từ ngày ký quyết định kiểm tra")


def inspection_due(rules: ProcedureRules, kind: str, announced_on: date, extended: int = 0) -> Term | None:
    """Until when a cell ends an inspection of a kind, with the days by which it was extended."""
    term = _term(rules, INSPECTION_DAYS[kind], announced_on, "từ ngày công bố quyết định kiểm tra")
    if term is None or not extended:
        return term
    article = rules.cite(INSPECTION_DAYS[kind], "cell_extension_max_share")
    reason = f"{term.reason}, gia hạn {extended} ngày"
    return Term(due_on=term.due_on + timedelta(days=extended), reason=reason, article=article)


def extension_most(rules: ProcedureRules, kind: str) -> int | None:
    """By how many days an inspection of a cell may be extended at most; None where no rule says so."""
    days, share = getattr(rules, INSPECTION_DAYS[kind]), rules.cell_extension_max_share
    return None if days is None or share is None else int(days * share)


def _term(rules: ProcedureRules, key: str, start: date, since: str) -> Term | None:
    days = getattr(rules, key)
    if days is None:
        return None
    working = rules.values[key].unit == "working days"
    due = add_working_days(start, days) if working else start + timedelta(days=days)
    unit = "ngày làm việc" if working else "ngày"
    return Term(due_on=due, reason=f"{days} {unit} {since} {start:%d/%m/%Y}", article=rules.cite(key))


APPEAL_REFUSALS = {
    "late": "quá thời hạn khiếu nại",
    "highest": "đã do cấp cao nhất giải quyết hoặc kết luận cuối cùng",
    "sentenced": "bị kết án từ cải tạo không giam giữ trở lên, bản án chưa bị hủy",
    "for_another": "khiếu nại thay người khác",
    "no_decision": "chưa nhận quyết định bằng văn bản",
    "refused_to_receive": "người bị kỷ luật từ chối nhận quyết định",
    "moved_away": "đã chuyển chính thức sang đảng bộ khác cấp trên quản lý",
}
