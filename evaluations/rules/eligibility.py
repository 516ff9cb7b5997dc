"""Who is reviewed and rated: from dated facts on the reference date, always with the reason and the article."""

from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import MonthDay, Rules
from config.lib.workdays import add_months

RATE, REVIEW_ONLY, OUTSIDE, NEEDS_HUMAN = "rate", "review_only", "outside", "needs_human"


@dataclass(frozen=True, kw_only=True)
class EligibilityRules(Rules):
    exempt_outside: bool | None = None
    suspended_outside: bool | None = None
    committee_suspended_rated: bool | None = None
    new_member_months: int | None = None
    new_member_treatment: str | None = None
    month_counting: str | None = None
    reference_date: MonthDay | None = None
    sick_months_for_ceiling: int | None = None
    sick_ceiling_level: str | None = None
    temporary_rated_at: str | None = None
    temporary_comment_required: bool | None = None
    moved_rated_at: str | None = None
    moved_old_cell_comment_min_months: int | None = None
    new_organisation_or_leader_months: int | None = None
    small_collective_under: int | None = None


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What is on file for the reference date; `admitted_by` is the last possible day where the day is not known."""

    admitted_on: date | None
    admitted_by: date | None = None
    official: bool = True
    exempt: bool = False
    suspended: bool = False
    committee_suspended: bool = False
    temporary_elsewhere: bool = False
    months_in_old_cell: int | None = None
    sick_months: int = 0


@dataclass(frozen=True)
class Eligibility:
    """`outcome` is rate, review_only, outside or needs_human; `ceiling` is the highest level open to the member."""

    outcome: str
    reason_code: str
    explanation: str
    article: str
    notes: tuple[str, ...] = ()
    ceiling: str | None = None

    @property
    def is_rated(self) -> bool:
        return self.outcome == RATE


def eligibility(rules: EligibilityRules, facts: MemberFacts, reference_date: date) -> Eligibility:
    """Whether the member is rated, only reviewed, or outside the review of the year (366-QĐ/TW, Điều 5)."""
    day = f"{reference_date:%d/%m/%Y}"
    if facts.exempt and rules.exempt_outside:
        return _outside(rules, "exempt", f"Được miễn công tác và sinh hoạt đảng vào ngày {day}", "exempt_outside")
    if facts.suspended and rules.suspended_outside:
        return _outside(rules, "suspended", f"Đang bị đình chỉ sinh hoạt đảng vào ngày {day}", "suspended_outside")
    newcomer = _newcomer(rules, facts, reference_date)
    if newcomer:
        return newcomer
    return Eligibility(
        RATE,
        "",
        f"Là đối tượng kiểm điểm, xếp loại vào ngày {day}.",
        rules.cite("new_member_months"),
        _notes(rules, facts),
        sick_ceiling(rules, facts.sick_months),
    )


def is_new(rules: EligibilityRules, admitted_on: date, reference_date: date) -> bool:
    """Whether fewer calendar months than asked have passed; exactly so many are not fewer (end of month clamped)."""
    return add_months(admitted_on, rules.new_member_months or 0) > reference_date


def _outside(rules: EligibilityRules, code: str, fact: str, key: str) -> Eligibility:
    article = rules.cite(key)
    return Eligibility(OUTSIDE, code, f"{fact}: không thuộc đối tượng kiểm điểm, xếp loại ({article}).", article)


def _newcomer(rules: EligibilityRules, facts: MemberFacts, reference_date: date) -> Eligibility | None:
    """The answer for a member admitted too lately, or whose day of admission leaves that open; else None."""
    if not rules.new_member_months or rules.new_member_treatment == "rated":
        return None
    if facts.admitted_on is None:
        return None if facts.official else _unknown_day(rules)
    first, last = facts.admitted_on, facts.admitted_by or facts.admitted_on
    if not is_new(rules, last, reference_date):
        return None
    if not is_new(rules, first, reference_date):
        return _unknown_day(rules)
    return _too_new(rules, first, reference_date)


def _too_new(rules: EligibilityRules, admitted_on: date, reference_date: date) -> Eligibility:
    months = rules.new_member_months or 0
    article = rules.cite("new_member_months")
    consequence = {
        OUTSIDE: "không thuộc đối tượng kiểm điểm, xếp loại",
        REVIEW_ONLY: "phải kiểm điểm nhưng không xếp loại",
    }
    outcome = REVIEW_ONLY if rules.new_member_treatment == REVIEW_ONLY else OUTSIDE
    words = (
        f"Kết nạp ngày {admitted_on:%d/%m/%Y}, đến ngày {reference_date:%d/%m/%Y} chưa đủ {months} tháng "
        f"(đủ vào ngày {add_months(admitted_on, months):%d/%m/%Y}): {consequence[outcome]} ({article})."
    )
    return Eligibility(outcome, "new_under_6_months", words, article)


def _unknown_day(rules: EligibilityRules) -> Eligibility:
    article = rules.cite("new_member_months")
    words = (
        f"Chưa rõ ngày kết nạp nên chưa biết đã đủ {rules.new_member_months} tháng hay chưa ({article}): "
        "bổ sung ngày kết nạp hoặc quyết định và ghi lý do."
    )
    return Eligibility(NEEDS_HUMAN, "admission_date_unknown", words, article)


def _notes(rules: EligibilityRules, facts: MemberFacts) -> tuple[str, ...]:
    """What must be minded for a member who is rated."""
    notes = []
    if facts.committee_suspended and rules.committee_suspended_rated:
        article = rules.cite("committee_suspended_rated")
        notes.append(
            f"Bị đình chỉ sinh hoạt cấp ủy: kiểm điểm ở chi bộ về thời gian trước khi bị đình chỉ ({article})."
        )
    if facts.temporary_elsewhere and rules.temporary_comment_required:
        article = rules.cite("temporary_comment_required")
        notes.append(f"Sinh hoạt tạm thời nơi khác: cần nhận xét bằng văn bản của nơi sinh hoạt tạm thời ({article}).")
    least = rules.moved_old_cell_comment_min_months
    if least is not None and facts.months_in_old_cell is not None and facts.months_in_old_cell >= least:
        article = rules.cite("moved_old_cell_comment_min_months")
        notes.append(f"Ở chi bộ cũ {facts.months_in_old_cell} tháng trong năm: cần nhận xét của chi bộ cũ ({article}).")
    return (*notes, *sick_notes(rules, facts.sick_months))


def sick_ceiling(rules: EligibilityRules, months: int) -> str | None:
    """The highest level open to who was ill so many months in total; None where the rule set sets no ceiling."""
    least = rules.sick_months_for_ceiling
    return rules.sick_ceiling_level if least is not None and months >= least else None


def sick_notes(rules: EligibilityRules, months: int) -> tuple[str, ...]:
    """Why there is a ceiling, with its article."""
    ceiling = sick_ceiling(rules, months)
    article = rules.cite("sick_months_for_ceiling")
    return (f"Nghỉ ốm {months} tháng trong năm: cao nhất là {ceiling} ({article}).",) if ceiling else ()
