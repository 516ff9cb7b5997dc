"""Screening: grounds X1–X5 of removal and criteria B1, B2 of the assistance list, each with its figures.

A flag is evidence, never a decision: people discuss, help and vote. What is only a hint of this software is in
`screening_hints`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from config.lib.rulesets import Rules
from config.lib.workdays import add_months
from members.rules.exits import (
    ABSENCE,
    FEES,
    MET,
    NEEDS_HUMAN,
    NOT_MET,
    Month,
    MonthsMissed,
    RemovalRules,
    is_looked_at,
    months_missed,
)

ASK_HOST = "ask_host"
EXEMPT, SUSPENDED, AWAY, APPROVED, OUT, ACTIVE = "exempt", "suspended", "away", "approved_absence", "out", "active"
# What a status in a month leaves out (screening.md, 2.2): of a suspended member only the attendance, he still pays.
NO_ABSENCE = (EXEMPT, SUSPENDED, APPROVED, OUT)
NO_FEES = (EXEMPT, OUT)
WORDS = {
    EXEMPT: "được miễn công tác và sinh hoạt đảng",
    SUSPENDED: "bị đình chỉ sinh hoạt đảng",
    AWAY: "sinh hoạt tạm thời nơi khác",
    APPROVED: "vắng có lý do được chấp nhận, điều trị",
    OUT: "không thuộc danh sách",
}
NOT_DONE, BREAKS = "KHTNV", "breaks"


@dataclass(frozen=True, kw_only=True)
class AssistanceRules(Rules):
    b1_years_khtnv: int | None = None
    b1_unrated_year_effect: str | None = None
    b2_forms: tuple[str, ...] | None = None
    list_vote_cell: Fraction | None = None
    list_vote_secret: bool | None = None
    list_vote_exempt_counted: bool | None = None
    assistance_months: int | None = None
    assistance_follow_up: int | None = None
    round_period: str | None = None


@dataclass(frozen=True, kw_only=True)
class MonthFacts:
    """One month of one member: what was held, attended and paid, and his status in it.

    `attended` counts meetings at which he was or had an accepted reason; `host_known` whether the host told of it;
    `fees_known` whether the cell that collects kept its register of fees in this month at all.
    """

    year: int
    month: int
    meetings: int = 1
    attended: int = 0
    paid_on: date | None = None
    fee_exempt: bool = False
    status: str = ACTIVE
    host_known: bool = True
    fees_known: bool = True


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A ground or criterion with its result, why, by which article, and what was tested and left out.

    `figures` are the counts behind it: of months both of them, `cumulative` and `consecutive`.
    """

    code: str
    status: str
    reason: str
    article: str = ""
    details: tuple[str, ...] = ()
    figures: tuple[tuple[str, int], ...] = ()

    @property
    def points(self) -> bool:
        """Whether people have to look at it."""
        return self.status in (MET, NEEDS_HUMAN, ASK_HOST)


def absence(rules: RemovalRules, months: Iterable[MonthFacts], on: date) -> Flag | None:
    """X1: months without any meeting attended and without an accepted reason; None where the set has no such ground.

    A month without a meeting is neutral: it neither counts nor breaks a run.
    """
    return _months("X1", rules, ABSENCE, list(months), on)


def fees(rules: RemovalRules, months: Iterable[MonthFacts], on: date) -> Flag | None:
    """X2: months for which nothing is recorded by the check date and no exemption holds; a late payment is shown."""
    return _months("X2", rules, FEES, list(months), on)


def _months(code: str, rules: RemovalRules, ground: str, facts: list[MonthFacts], on: date) -> Flag | None:
    read = _absent if ground == ABSENCE else _unpaid
    found = months_missed(rules, ground, [read(each, on) for each in facts], on)
    if found is None:
        return None
    seen = [each for each in facts if is_looked_at(rules, read(each, on), on)]
    details = (*_named(found, ground), *_left_out(seen, ground), *(_late(seen) if ground == FEES else ()))
    figures = (("cumulative", found.cumulative), ("consecutive", found.consecutive), ("needed", found.needed))
    flag = Flag(
        code=code, status=found.result, reason=found.reason, article=found.article, details=details, figures=figures
    )
    unknown = [each for each in facts if each.status == AWAY and not each.host_known]
    if unknown and found.result == NOT_MET:
        words = f"{len(unknown)} tháng sinh hoạt tạm thời chưa có số liệu của nơi tiếp nhận: hãy hỏi nơi đó."
        return replace(flag, status=ASK_HOST, reason=f"{flag.reason} {words}")
    return flag


def _named(found: MonthsMissed, ground: str) -> Iterable[str]:
    """The months that count, by name."""
    if found.missed:
        months = ", ".join(f"{month:02d}/{year}" for year, month in found.missed)
        yield f"{'Tháng bỏ sinh hoạt' if ground == ABSENCE else 'Tháng không đóng đảng phí'}: {months}."


def _absent(facts: MonthFacts, on: date) -> Month:
    neutral = not facts.meetings or facts.status in NO_ABSENCE or not facts.host_known
    return Month(facts.year, facts.month, missed=not facts.attended, neutral=neutral)


def _unpaid(facts: MonthFacts, on: date) -> Month:
    neutral = facts.fee_exempt or facts.status in NO_FEES or not facts.host_known or not facts.fees_known
    return Month(facts.year, facts.month, missed=facts.paid_on is None or facts.paid_on > on, neutral=neutral)


def _left_out(facts: list[MonthFacts], ground: str) -> Iterable[str]:
    for each in facts:
        if each.status in (NO_ABSENCE if ground == ABSENCE else NO_FEES):
            yield f"Tháng {each.month:02d}/{each.year} không xét: {WORDS[each.status]}."
        elif ground == ABSENCE and not each.meetings and each.status == ACTIVE:
            yield f"Tháng {each.month:02d}/{each.year} chi bộ không họp."
        elif ground == FEES and each.fee_exempt:
            yield f"Tháng {each.month:02d}/{each.year} được miễn đóng đảng phí."
        elif ground == FEES and not each.fees_known:
            yield f"Tháng {each.month:02d}/{each.year} chi bộ chưa ghi sổ đảng phí."


def _late(facts: list[MonthFacts]) -> Iterable[str]:
    for each in facts:
        if each.paid_on and (each.paid_on.year, each.paid_on.month) > (each.year, each.month):
            yield f"Đảng phí tháng {each.month:02d}/{each.year} đóng muộn, ngày {each.paid_on:%d/%m/%Y}."


def no_progress(
    rules: RemovalRules, assisted_since: date | None, on: date, *, recognised_on: date | None
) -> Flag | None:
    """X4: educated by the cell for the months of the rule set without progress; only after the assistance list.

    `recognised_on` is the decision of the grassroots committee: what the cell alone recognises ends nothing.
    """
    if rules.x4_months is None:
        return None
    article = rules.cite("x4_months")
    if assisted_since is None:
        return Flag(code="X4", status=NOT_MET, reason="Chưa đưa vào danh sách giáo dục, giúp đỡ.", article=article)
    due = add_months(assisted_since, rules.x4_months)
    if recognised_on and recognised_on <= on:
        reason = f"Đảng ủy cơ sở công nhận tiến bộ ngày {recognised_on:%d/%m/%Y}."
        return Flag(code="X4", status=NOT_MET, reason=reason, article=article)
    reason = f"Giúp đỡ từ {assisted_since:%d/%m/%Y}, đủ {rules.x4_months} tháng ngày {due:%d/%m/%Y}."
    status = MET if on >= due else NOT_MET
    words = " Chưa được công nhận tiến bộ." if status == MET else " Chưa hết thời gian."
    return Flag(code="X4", status=status, reason=reason + words, article=article)


def unworthy(rules: RemovalRules, years: Mapping[int, bool | None], last: int) -> Flag | None:
    """X5: "vi phạm tư cách đảng viên" recorded for years running up to `last`; never read from a level.

    None for a year whose level has two meanings and for which nobody recorded which one holds: people decide.
    """
    if rules.x5_years is None:
        return None
    answers = [years.get(last - back, False) for back in range(rules.x5_years)]
    span = f"{last - rules.x5_years + 1}–{last}"
    article = rules.cite("x5_years")
    if all(answers):
        return Flag(code="X5", status=MET, reason=f"Vi phạm tư cách đảng viên các năm {span}.", article=article)
    if False in answers:
        return Flag(code="X5", status=NOT_MET, reason=f"Không vi phạm tư cách liên tục {span}.", article=article)
    reason = f"Mức xếp loại các năm {span} có hai nghĩa; chưa ghi rõ có vi phạm tư cách đảng viên hay không."
    return Flag(code="X5", status=NEEDS_HUMAN, reason=reason, article=article)


def years_not_done(rules: AssistanceRules, levels: Mapping[int, str], last: int) -> Flag | None:
    """B1: rated "không hoàn thành nhiệm vụ" for years running up to `last`; "" or no entry is a year not rated."""
    if rules.b1_years_khtnv is None:
        return None
    years: list[int] = []
    for year in range(last, min(levels, default=last) - 1, -1):
        level = levels.get(year, "")
        if level == NOT_DONE:
            years.append(year)
        elif level or rules.b1_unrated_year_effect == BREAKS:
            break
    run = len(years)
    met = run >= rules.b1_years_khtnv
    reason = f"{run} năm liền xếp loại không hoàn thành nhiệm vụ đến năm {last}; mức quy định {rules.b1_years_khtnv}."
    article = rules.cite("b1_years_khtnv", "b1_unrated_year_effect")
    named = (f"Các năm: {', '.join(map(str, sorted(years)))}.",) if years else ()
    return Flag(code="B1", status=MET if met else NOT_MET, reason=reason, article=article, details=named)


@dataclass(frozen=True)
class Punishment:
    """A discipline with its form as the rule set names it, and while which days it is served."""

    form: str
    started_on: date
    lapses_on: date | None = None


def again_while_served(rules: AssistanceRules, served: Iterable[Punishment], violated_on: date | None) -> Flag | None:
    """B2: violates again while serving one of the listed disciplines."""
    if not rules.b2_forms:
        return None
    article = rules.cite("b2_forms")
    hit = next(
        (
            each
            for each in served
            if violated_on
            and each.form in rules.b2_forms
            and each.started_on <= violated_on
            and (each.lapses_on is None or violated_on < each.lapses_on)
        ),
        None,
    )
    if hit is None:
        reason = "Không vi phạm tiếp trong thời gian chấp hành kỷ luật."
        return Flag(code="B2", status=NOT_MET, reason=reason, article=article)
    reason = f"Vi phạm ngày {violated_on:%d/%m/%Y} khi đang chấp hành kỷ luật từ {hit.started_on:%d/%m/%Y}."
    return Flag(code="B2", status=MET, reason=reason, article=article)


WAIT, PROCEED = "wait", "proceed"


def self_review(rules: RemovalRules, asked: int, *, refused: bool) -> tuple[str, str]:
    """(wait or proceed, why): asked the times of the rule set without result, or openly refused (06-HD/TW, 11.1)."""
    times = rules.self_review_requests
    if refused:
        return PROCEED, "Đảng viên công khai từ chối viết tự kiểm điểm: tiếp tục quy trình."
    if times is not None and asked >= times:
        return PROCEED, f"Đã yêu cầu {asked} lần mà không có bản tự kiểm điểm: tiếp tục quy trình."
    return WAIT, f"Đã yêu cầu {asked} lần; tiếp tục quy trình sau {times} lần yêu cầu."


def may_leave(*, open_violation: bool) -> tuple[bool, str]:
    """Whether an application to leave may be considered: with a violation discipline comes first."""
    if open_violation:
        return False, "Có vi phạm chưa xử lý: xem xét kỷ luật trước, sau đó mới xét đơn xin ra khỏi Đảng."
    return True, "Xét theo quy trình: chi bộ, đảng ủy bộ phận, đảng ủy cơ sở, cấp có thẩm quyền."
