"""Rows of the check that ask about the person: citizenship, religion, marriage, enterprise, births, place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from admissions.rules.conditions import ConditionRules
from admissions.rules.findings import (
    FAIL,
    MISSING,
    NEEDS_HUMAN,
    NO_APPROVAL,
    NO_RULE,
    PASS,
    Approval,
    Finding,
    approved,
    day,
    not_applicable,
)
from config.lib.vietnamese import fold

NO_RELIGION, RECOGNISED, NOT_RECOGNISED = "none", "recognised", "not_recognised"
STUDY, WAITING, GRADUATED, CONTRACT = "study", "waiting", "graduated", "contract"
HOST, RESIDENCE = "host", "residence"
PLACES = {HOST: "tổ chức đảng nơi học, nơi công tác", RESIDENCE: "tổ chức đảng nơi cư trú"}


@dataclass(frozen=True, kw_only=True)
class Religion:
    """`kind` is empty when not recorded; `dignitary` holds an office of the religion (chức sắc, chức việc)."""

    kind: str = ""
    dignitary: bool = False
    approval: Approval = NO_APPROVAL


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the applicant studies or works, for how many months on end, and who considers him now."""

    situation: str
    considered_by: str
    months: int = 0


def citizenship(rules: ConditionRules, nationality: str, *, foreign_origin: bool = False) -> Finding:
    """A Vietnamese citizen (Charter 1.2)."""
    if rules.citizenship is None:
        return not_applicable("citizenship", NO_RULE)
    say = partial(Finding, key="citizenship", article=rules.cite("citizenship"))
    if not nationality:
        return say(status=MISSING, reason="Chưa ghi quốc tịch.", next_step="Bổ sung quốc tịch theo giấy tờ tùy thân.")
    if fold(nationality) != fold(rules.citizenship):
        return say(status=FAIL, reason=f"Quốc tịch {nationality}: không phải công dân Việt Nam.")
    if foreign_origin:
        step = "Cấp ủy có thẩm quyền xem xét theo hướng dẫn."
        return say(status=NEEDS_HUMAN, reason="Công dân Việt Nam gốc nước ngoài.", next_step=step)
    return say(status=PASS, reason="Công dân Việt Nam.")


def religion(rules: ConditionRules, faith: Religion) -> Finding:
    """A recognised religion: the committee above agrees before the procedure starts; an office is for people too."""
    say = partial(Finding, key="religion", article=rules.cite("religion_not_recognised"))
    if rules.religion_not_recognised is None:
        return not_applicable("religion", NO_RULE)
    if not faith.kind:
        return say(status=MISSING, reason="Chưa ghi tôn giáo.", next_step="Ghi tôn giáo, hoặc ghi “không”.")
    if faith.kind == NO_RELIGION:
        return say(status=PASS, reason="Không theo tôn giáo.")
    if faith.kind == NOT_RECOGNISED:
        status = FAIL if rules.religion_not_recognised == "fail" else NEEDS_HUMAN
        return say(status=status, reason="Theo tôn giáo chưa được Nhà nước công nhận.")
    found = say(status=PASS, reason="Theo tôn giáo được Nhà nước công nhận.")
    settled = approved(found, faith.approval, "committee_above")
    if settled.status == PASS and faith.dignitary:
        step = "Cấp ủy cơ sở và cấp trên kết luận về chức sắc, chức việc."
        return say(status=NEEDS_HUMAN, reason=f"{found.reason} Là chức sắc, chức việc.", next_step=step)
    return settled


def foreign_spouse(rules: ConditionRules, married: bool | None) -> Finding:
    """Married to a foreigner: for people to judge, with three papers."""
    step = "Kèm giấy đăng ký kết hôn, lý lịch của vợ (chồng), ý kiến của cơ quan an ninh."
    words = ("Có vợ hoặc chồng là người nước ngoài.", "Không có vợ, chồng là người nước ngoài.")
    return _asked(rules, "foreign_spouse", married, words, step)


def business_owner(rules: ConditionRules, owns: bool | None) -> Finding:
    """The owner of a private enterprise: for people to judge, decided by the standing board of the higher committee."""
    step = "Kèm tài liệu về thuế, bảo hiểm, lao động, báo cáo hoạt động; ban thường vụ cấp ủy cấp trên quyết định."
    words = ("Là chủ doanh nghiệp tư nhân.", "Không là chủ doanh nghiệp tư nhân.")
    return _asked(rules, "business_owner", owns, words, step)


def _asked(rules: ConditionRules, key: str, answer: bool | None, words: tuple[str, str], step: str) -> Finding:
    """A circumstance that a person judges where it is there."""
    if getattr(rules, f"{key}_rule") is None:
        return not_applicable(key, NO_RULE)
    say = partial(Finding, key=key, article=rules.cite(f"{key}_rule"))
    if answer is None:
        return say(status=MISSING, reason="Chưa ghi.", next_step="Bổ sung vào lý lịch.")
    if answer:
        return say(status=NEEDS_HUMAN, reason=words[0], next_step=step)
    return not_applicable(key, words[1], rules.cite(f"{key}_rule"))


def population_policy(rules: ConditionRules, births: Iterable[date]) -> Finding:
    """Births against the policy of the time; from the day on which it ended they are not held against anybody."""
    rule, until = rules.population_policy_rule, rules.population_policy_until
    article = rules.cite("population_policy_rule", "population_policy_until")
    if rule in (None, "not_applied"):
        return not_applicable("population_policy", NO_RULE, article)
    counted = [each for each in births if rule == NEEDS_HUMAN or until is None or each < until]
    if not counted:
        return not_applicable("population_policy", "Không có việc phải xem xét về chính sách dân số.", article)
    evidence = ", ".join(day(each) for each in sorted(counted))
    step = "Cấp ủy xem xét theo quy định về chính sách dân số tại thời điểm đó."
    return Finding(
        key="population_policy",
        status=NEEDS_HUMAN,
        reason="Có việc sinh con phải xem xét theo chính sách dân số.",
        article=article,
        evidence=f"Sinh con ngày {evidence}",
        next_step=step,
    )


def right_place(rules: ConditionRules, place: Place | None) -> Finding:
    """Whether the organisation that considers the applicant is the right one (06-HD/TW, 6.2)."""
    if rules.routing_min_months is None:
        return not_applicable("right_place", NO_RULE)
    say = partial(Finding, key="right_place", article=rules.cite("routing_min_months"))
    if place is None:
        return say(status=MISSING, reason="Chưa ghi nơi học, nơi công tác.", next_step="Ghi nơi học, nơi công tác.")
    proposed = proposed_place(rules, place)
    if place.considered_by == proposed:
        return say(status=PASS, reason=f"Đúng nơi xem xét: {PLACES[proposed]}.")
    step = f"Chuyển việc xem xét về {PLACES[proposed]}, kèm nhận xét của nơi kia."
    return say(status=NEEDS_HUMAN, code=proposed, reason=f"Nơi xem xét phải là {PLACES[proposed]}.", next_step=step)


def proposed_place(rules: ConditionRules, place: Place) -> str:
    """The host of who studies or works there on end for long enough, or waits to graduate; else the residence."""
    if place.situation in (STUDY, CONTRACT):
        return HOST if place.months >= (rules.routing_min_months or 0) else RESIDENCE
    return HOST if place.situation == WAITING else RESIDENCE
