"""Certificate, dossier, size of the cell (topic `admission_conditions`); the gap of 2026."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from admissions.rules.findings import FAIL, MISSING, NEEDS_HUMAN, NO_RULE, PASS, Finding, day, not_applicable
from config.lib.rulesets import Rules
from config.lib.workdays import add_months

ONE_DAY = timedelta(days=1)
REDO = "Làm lại giấy giới thiệu, nghị quyết đoàn thể, thẩm tra bổ sung nếu có thay đổi, lấy ý kiến bổ sung."


@dataclass(frozen=True, kw_only=True)
class ConditionRules(Rules):
    age_min_months: int | None = None
    age_max_months: int | None = None
    age_reference_event: str | None = None
    age_month_rule: str | None = None
    over_age_approver: str | None = None
    education_min: str | None = None
    education_min_area: str | None = None
    education_min_person: str | None = None
    class_certificate_months: int | None = None
    dossier_months: int | None = None
    dossier_start_event: str | None = None
    dossier_redone: tuple[str, ...] | None = None
    cell_min_official: int | None = None
    citizenship: str | None = None
    application_required: bool | None = None
    cv_steps: tuple[str, ...] | None = None
    cv_sealed_first: bool | None = None
    political_standard_rule: str | None = None
    opinions_asked: tuple[str, ...] | None = None
    religion_not_recognised: str | None = None
    foreign_spouse_rule: str | None = None
    business_owner_rule: str | None = None
    population_policy_rule: str | None = None
    population_policy_until: date | None = None
    routing_min_months: int | None = None
    local_checklist: tuple[str, ...] | None = None
    gap_2026_mode: str | None = None
    gap_2026_started_on: date | None = None
    limb_1: tuple[str, ...] | None = None
    limb_2: tuple[str, ...] | None = None
    limb_3: tuple[str, ...] | None = None
    limb_4: tuple[str, ...] | None = None
    line_standards: tuple[str, ...] | None = None
    line_ability: tuple[str, ...] | None = None
    line_history: tuple[str, ...] | None = None


def class_certificate(rules: ConditionRules, issued_on: date | None, on: date) -> Finding:
    """The certificate of the awareness class, valid on its last day too (06-HD/TW, 5.4b)."""
    months = rules.class_certificate_months
    say = partial(Finding, key="class_certificate", article=rules.cite("class_certificate_months"))
    if months is None:
        return not_applicable("class_certificate", NO_RULE)
    if issued_on is None:
        reason = "Chưa có giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng."
        return say(status=MISSING, reason=reason, next_step="Cử đi học lớp bồi dưỡng nhận thức về Đảng.")
    say, last = partial(say, evidence=f"Giấy chứng nhận ngày {day(issued_on)}"), add_months(issued_on, months)
    if on <= last:
        reason = f"Giấy chứng nhận còn giá trị đến hết ngày {day(last)}."
        return say(status=PASS, reason=reason, changes_on=last + ONE_DAY)
    reason = f"Giấy chứng nhận đã quá {months} tháng, hết giá trị sau ngày {day(last)}."
    return say(status=FAIL, reason=reason, next_step="Học lại lớp bồi dưỡng nhận thức về Đảng.")


@dataclass(frozen=True)
class Renewal:
    """A dossier too old that is made anew: since when, and which of `dossier_redone` are there again."""

    begun_on: date
    redone: frozenset[str] = frozenset()


def dossier_age(rules: ConditionRules, made_on: date | None, on: date, renewal: Renewal | None = None) -> Finding:
    """The cell meets within 12 months of the dossier, else four papers are made anew (06-HD/TW, 5.4a)."""
    months = rules.dossier_months
    say = partial(Finding, key="dossier_age", article=rules.cite("dossier_months", "dossier_start_event"))
    if months is None:
        return not_applicable("dossier_age", NO_RULE)
    if made_on is None:
        return say(status=MISSING, reason="Chưa có hồ sơ.", next_step="Lập hồ sơ xin vào Đảng.")
    if renewal and (lacking := tuple(each for each in rules.dossier_redone or () if each not in renewal.redone)):
        reason = f"Hồ sơ quá {months} tháng, đang làm lại từ ngày {day(renewal.begun_on)}, chưa đủ giấy tờ."
        return say(status=MISSING, reason=reason, next_step=REDO, items=lacking)
    made_on = renewal.begun_on if renewal else made_on
    say, last = partial(say, evidence=f"Hồ sơ lập ngày {day(made_on)}"), add_months(made_on, months)
    if on <= last:
        return say(status=PASS, reason=f"Hồ sơ dùng được đến hết ngày {day(last)}.", changes_on=last + ONE_DAY)
    return say(
        status=MISSING,
        reason=f"Hồ sơ đã quá {months} tháng, dùng được đến hết ngày {day(last)}.",
        next_step=REDO,
        items=rules.dossier_redone or (),
    )


def cell_size(rules: ConditionRules, official: int | None) -> Finding:
    """Whether the cell has enough official members to consider anybody."""
    least = rules.cell_min_official
    say = partial(Finding, key="cell_size", article=rules.cite("cell_min_official"))
    if least is None:
        return not_applicable("cell_size", NO_RULE)
    if official is None:
        step = "Ghi số đảng viên chính thức của chi bộ."
        return say(status=MISSING, reason="Chưa rõ số đảng viên chính thức của chi bộ.", next_step=step)
    reason = f"Chi bộ có {official} đảng viên chính thức, phải có ít nhất {least}."
    if official >= least:
        return say(status=PASS, reason=reason)
    step = "Cấp ủy cấp trên giao chi bộ khác xem xét."
    return say(status=FAIL, code="cell_too_small", reason=reason, next_step=step)


# --- the gap of 2026 -------------------------------------------------------------------------------------------------


def in_gap(rules: ConditionRules, on: date) -> bool:
    """Whether the text in force on that day is not known, so that the next rule set is asked as well."""
    asks = rules.gap_2026_mode == "needs_human_if_different"
    return asks and rules.gap_2026_started_on is not None and on >= rules.gap_2026_started_on


def agreed(rules: ConditionRules, current: Finding, coming: Finding) -> Finding:
    """What both sets say; where they differ a person decides."""
    if current.status == coming.status:
        return current
    return Finding(
        key=current.key,
        status=NEEDS_HUMAN,
        reason=f"Hai quy định cho kết quả khác nhau. Quy định trước: {current.reason} Quy định sau: {coming.reason}",
        article="; ".join((current.article, coming.article, rules.cite("gap_2026_mode"))),
        evidence=current.evidence,
        next_step="Cấp ủy có thẩm quyền kết luận theo văn bản đang có hiệu lực.",
        changes_on=current.changes_on,
    )
