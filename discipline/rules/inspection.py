"""What an inspection is warned of: the period examined, its time, its team (local practice), never refused."""

from dataclasses import dataclass
from datetime import date

from config.lib.workdays import add_months
from discipline.rules.terms import extension_most, inspection_due
from discipline.rules.votes import ProcedureRules


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An inspection as it is planned: by whom, of what kind, the period examined, from when to when it is carried out.

    `official_work_managed_above`: it is about the official work of somebody whom a higher committee manages.
    """

    by_cell: bool
    kind: str
    examined_from: date
    examined_to: date
    starts_on: date
    ends_on: date
    official_work_managed_above: bool = False


@dataclass(frozen=True)
class Warned:
    """What a rule says against something that is recorded all the same, and by which article."""

    reason: str
    article: str


def plan_warnings(rules: ProcedureRules, plan: Plan) -> tuple[Warned, ...]:
    """What the rule set says against a plan."""
    found = [_examined(rules, plan)]
    if plan.by_cell:
        found += [_time(rules, plan), _managed(rules, plan)]
    return tuple(each for each in found if each)


def _examined(rules: ProcedureRules, plan: Plan) -> Warned | None:
    years = rules.examined_period_max_years
    if years is None or plan.examined_to < add_months(plan.examined_from, 12 * years):
        return None
    words = f"Thời kỳ được kiểm tra {plan.examined_from:%d/%m/%Y} – {plan.examined_to:%d/%m/%Y} quá {years} năm."
    return Warned(words, rules.cite("examined_period_max_years"))


def _time(rules: ProcedureRules, plan: Plan) -> Warned | None:
    due = inspection_due(rules, plan.kind, plan.starts_on)
    if due is None or not due.is_over(plan.ends_on):
        return None
    words = f"Kế hoạch kết thúc ngày {plan.ends_on:%d/%m/%Y}, sau hạn {due.due_on:%d/%m/%Y}."
    return Warned(words, due.article)


def _managed(rules: ProcedureRules, plan: Plan) -> Warned | None:
    if not plan.official_work_managed_above:
        return None
    words = (
        "Chi bộ không kiểm tra dấu hiệu vi phạm trong công tác chuyên môn của cán bộ thuộc diện cấp trên quản lý; báo "
        "cáo bằng văn bản."
    )
    return Warned(words, "Quy định 21-QĐ/TW, chưa đối chiếu văn bản")


def team_warning(rules: ProcedureRules, size: int) -> Warned | None:
    """What the rule set says against the size of the team of a cell."""
    most = rules.cell_team_max
    if most is None or size <= most:
        return None
    return Warned(f"Tổ kiểm tra của chi bộ có {size} người, quá {most} người.", rules.cite("cell_team_max"))


def extension_warning(rules: ProcedureRules, kind: str, days: int) -> Warned | None:
    """What the rule set says against extending an inspection by so many days in all."""
    most = extension_most(rules, kind)
    if most is None or days <= most:
        return None
    words = f"Gia hạn tổng cộng {days} ngày, quá {most} ngày ({rules.cell_extension_max_share} thời gian kiểm tra)."
    return Warned(words, rules.cite("cell_extension_max_share"))
