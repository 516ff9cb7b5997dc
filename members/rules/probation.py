"""Probation (topic `probation`): its end, the official date, when the cell and the committee are due, three votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_months, add_working_days
from members.rules.exits import Clock

ADOPTED, NOT_ADOPTED, ESCALATED = "rec_cell_adopted", "rec_cell_not_adopted", "escalated"


@dataclass(frozen=True, kw_only=True)
class ProbationRules(Rules):
    probation_months: int | None = None
    probation_clock: str | None = None
    official_date_rule: str | None = None
    probation_extension_months: int | None = None
    probation_proposal_working_days: int | None = None
    recognition_votes_max: int | None = None
    recognition_decision_working_days: int | None = None
    recognition_decision_extension_working_days: int | None = None


@dataclass(frozen=True)
class Recognition:
    """Where the votes of a cell on recognition have led; escalated goes to the body directly above and the decider."""

    state: str
    reason: str
    article: str
    next_step: str = ""


def probation_end(rules: ProbationRules, ceremony_on: date, extended_months: int = 0) -> date:
    """12 months after the ceremony, of a readmission too, however late anybody votes or signs (Charter 5).

    An extension counts no further than the rule set lets it; shipped sets have none.
    """
    extension = min(extended_months, rules.probation_extension_months or 0)
    return add_months(ceremony_on, (rules.probation_months or 0) + extension)


def official_date(rules: ProbationRules, ceremony_on: date, extended_months: int = 0) -> date:
    """The day from which the member is official: the end of probation, never the decision's (294-QĐ/TW, 4.2.2)."""
    return probation_end(rules, ceremony_on, extended_months)


def proposal_due(rules: ProbationRules, ceremony_on: date, extended_months: int = 0) -> Clock | None:
    """Until when the cell considers recognition (294-QĐ/TW, 4.2.1); late changes nothing in the official date."""
    days = rules.probation_proposal_working_days
    if days is None:
        return None
    end = probation_end(rules, ceremony_on, extended_months)
    reason = f"{days} ngày làm việc từ ngày hết thời gian dự bị {end:%d/%m/%Y}"
    return Clock(add_working_days(end, days), reason, rules.cite("probation_proposal_working_days", "probation_months"))


def recognition_due(rules: ProbationRules, resolved_on: date) -> Clock | None:
    """Until when the competent committee decides after the cell's resolution (294-QĐ/TW, 4.3.1)."""
    return _recognition_clock(rules, resolved_on, "recognition_decision_working_days")


def recognition_latest(rules: ProbationRules, resolved_on: date) -> Clock | None:
    """The same in a special case, with the extension."""
    keys = ("recognition_decision_working_days", "recognition_decision_extension_working_days")
    return _recognition_clock(rules, resolved_on, *keys)


def _recognition_clock(rules: ProbationRules, resolved_on: date, *keys: str) -> Clock | None:
    lengths = [getattr(rules, key) for key in keys]
    if None in lengths:
        return None
    reason = f"{' + '.join(map(str, lengths))} ngày làm việc từ nghị quyết của chi bộ {resolved_on:%d/%m/%Y}"
    return Clock(add_working_days(resolved_on, sum(lengths)), reason, rules.cite(*keys))


def recognition(rules: ProbationRules, carried: Sequence[bool]) -> Recognition | None:
    """What the votes so far lead to, the last one decides; a third failure goes above (294-QĐ/TW, 4.2.3)."""
    if not carried:
        return None
    article, failed, most = rules.cite("recognition_votes_max"), carried.count(False), rules.recognition_votes_max
    if carried[-1]:
        return Recognition(ADOPTED, "Chi bộ tán thành đề nghị công nhận chính thức.", article)
    if most is not None and failed >= most:
        step = "Báo cáo cấp ủy cấp trên trực tiếp và cấp ủy có thẩm quyền xem xét, quyết định."
        return Recognition(ESCALATED, f"{failed} lần biểu quyết không đủ số phiếu.", article, step)
    step = "Báo cáo đầy đủ kết quả lên cấp ủy có thẩm quyền xem xét, quyết định."
    return Recognition(NOT_ADOPTED, f"Lần biểu quyết thứ {len(carried)} không đủ số phiếu.", article, step)
