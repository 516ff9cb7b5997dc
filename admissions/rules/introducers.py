"""Who introduces an applicant (topic `introducers`): which route, which members qualify, which paper is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from admissions.rules.findings import FAIL, MISSING, NEEDS_HUMAN, NO_RULE, PASS, Finding, day, not_applicable
from config.lib.rulesets import Rules
from config.lib.workdays import add_months, full_months

YEAR = 12  # months
ADULT, YOUTH, TRADE, COMMUNE, NO_UNION = "adult", "youth_union", "trade_union", "commune_youth_union", "no_union"
BASE, OF_COMMUNE, NO_BODY = "base", "commune", "none"
PAPERS = {
    YOUTH: "nghị quyết của Ban Chấp hành Đoàn cơ sở hoặc tập thể chi đoàn cơ sở",
    TRADE: "nghị quyết của Ban Chấp hành Công đoàn cơ sở",
    COMMUNE: "nghị quyết hoặc kết luận của Ban Thường vụ Đoàn xã, phường",
}
ROUTE_WORDS = {
    ADULT: "quá tuổi thanh niên",
    YOUTH: "trong tuổi thanh niên, nơi công tác có tổ chức Đoàn",
    TRADE: "trong tuổi thanh niên, nơi công tác không có Đoàn, có công đoàn",
    COMMUNE: "trong tuổi thanh niên, sinh hoạt Đoàn tại xã, phường",
    NO_UNION: "trong tuổi thanh niên, nơi công tác không có Đoàn, công đoàn",
}


@dataclass(frozen=True, kw_only=True)
class IntroducerRules(Rules):
    introducers_required: int | None = None
    introducer_months_together: int | None = None
    introducer_months_official: int | None = None
    replacement_introducer_months: int | None = None
    introducers_beside_a_resolution: int | None = None
    introducers_without_union: int | None = None
    youth_age_max: int | None = None
    youth_age_max_union_cadre: int | None = None
    commune_youth_union_introduces: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Introducer:
    """A member who introduces; `together_since` in one unit under the base, `ended_on` when he gave it up."""

    name: str
    official_on: date | None
    together_since: date | None
    replacement: bool = False
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Unions:
    """Mass organisations of the applicant and where he works; a body that is None is not yet known."""

    youth_body: str | None = None  # BASE, OF_COMMUNE or NO_BODY
    youth_member: bool = False
    youth_cadre: bool = False
    trade_body: bool | None = None
    trade_member: bool = False
    resolution_on: date | None = None


@dataclass(frozen=True)
class Qualification:
    """Whether one member may introduce, why, and from when."""

    name: str
    status: str
    reason: str
    changes_on: date | None = None


def qualification(rules: IntroducerRules, introducer: Introducer, on: date) -> Qualification:
    """Official, and together with the applicant long enough, on the day of the meeting (294-QĐ/TW, 3.2)."""
    name, official, since = introducer.name, introducer.official_on, introducer.together_since
    if official is None or add_months(official, rules.introducer_months_official or 0) > on:
        return Qualification(name, FAIL, f"{name}: chưa là đảng viên chính thức đủ thời gian.")
    months = rules.replacement_introducer_months if introducer.replacement else rules.introducer_months_together
    if not months:
        words = "thay người giới thiệu trước, không tính thời gian cùng công tác"
        return Qualification(name, PASS, f"{name}: đảng viên chính thức; {words}.")
    if since is None:
        return Qualification(name, MISSING, f"{name}: chưa ghi ngày bắt đầu cùng công tác.")
    reached = add_months(since, months)
    if reached > on:
        words = f"cùng công tác chưa đủ {months} tháng, đủ vào ngày {day(reached)}"
        return Qualification(name, FAIL, f"{name}: {words}.", reached)
    return Qualification(name, PASS, f"{name}: đảng viên chính thức, cùng công tác đủ {months} tháng.")


def route(rules: IntroducerRules, unions: Unions, born: date, on: date) -> str | None:
    """Which introduction the Charter (article 4) asks for; None where it is not known which bodies there are."""
    most = rules.youth_age_max_union_cadre if unions.youth_cadre else rules.youth_age_max
    if most is None or full_months(born, on) // YEAR > most:
        return ADULT
    if unions.youth_body is None:
        return None
    if unions.youth_body == BASE:
        return YOUTH
    if unions.youth_body == OF_COMMUNE and unions.youth_member and rules.commune_youth_union_introduces:
        return COMMUNE
    return {True: TRADE, False: NO_UNION, None: None}[unions.trade_body]


def introducers(
    rules: IntroducerRules, named: Iterable[Introducer], unions: Unions, *, born: date | None, on: date
) -> Finding:
    """Whether the introduction stands on the day of the meeting; the evidence says how each member fares."""
    if rules.introducers_required is None:
        return not_applicable("introducers", NO_RULE)
    say = partial(Finding, key="introducers", article=rules.cite("introducers_required"))
    way = route(rules, unions, born, on) if born else None
    if way is None:
        step = "Bổ sung ngày sinh và ghi nơi công tác có tổ chức Đoàn, công đoàn hay không."
        return say(status=MISSING, reason="Chưa rõ người vào Đảng do ai giới thiệu.", next_step=step)
    say = partial(say, code=way, article=_article(rules, way))
    if way == YOUTH and not unions.youth_member:
        reason = "Trong tuổi thanh niên, nơi có Đoàn mà chưa là đoàn viên."
        return say(status=FAIL, reason=reason, next_step="Vào Đoàn rồi xét.")
    if way == TRADE and not unions.trade_member:
        step = "Cấp ủy có thẩm quyền kết luận về việc giới thiệu."
        return say(status=NEEDS_HUMAN, reason="Nơi có công đoàn mà chưa là đoàn viên công đoàn.", next_step=step)
    found = [qualification(rules, each, on) for each in named if each.ended_on is None or each.ended_on > on]
    silent = way in PAPERS and (unions.resolution_on is None or unions.resolution_on > on)
    say = partial(say, evidence=" ".join(each.reason for each in found), items=("resolution",) if silent else ())
    needed = _needed(rules, way)
    able = sum(each.status == PASS for each in found)
    if able < needed:
        return say(**_too_few(found, able, needed))
    if silent:
        paper = PAPERS[way]
        return say(status=MISSING, reason=f"Chưa có {paper}.", next_step=f"Đề nghị ra {paper}.")
    return say(status=PASS, reason=f"Đủ {needed} đảng viên giới thiệu ({ROUTE_WORDS[way]}).")


def _needed(rules: IntroducerRules, way: str) -> int:
    if way in PAPERS:
        return rules.introducers_beside_a_resolution or 0
    return (rules.introducers_without_union if way == NO_UNION else rules.introducers_required) or 0


def _too_few(found: list[Qualification], able: int, needed: int) -> dict:
    """FAIL where a named member does not qualify, MISSING where too few are named; from when that is enough."""
    failed = [each for each in found if each.status == FAIL]
    later = sorted(each.changes_on for each in failed if each.changes_on)
    lacking = needed - able
    return {
        "status": FAIL if failed else MISSING,
        "reason": f"Có {able} đảng viên đủ điều kiện giới thiệu, cần {needed}.",
        "next_step": "Chi bộ phân công đảng viên chính thức khác, cùng công tác đủ thời gian.",
        "changes_on": later[lacking - 1] if len(later) >= lacking else None,
    }


def _article(rules: IntroducerRules, way: str) -> str:
    keys = {
        ADULT: ("introducers_required",),
        YOUTH: ("introducers_beside_a_resolution",),
        TRADE: ("introducers_beside_a_resolution",),
        COMMUNE: ("introducers_beside_a_resolution", "commune_youth_union_introduces"),
        NO_UNION: ("introducers_without_union",),
    }[way]
    return rules.cite(*keys, "introducer_months_together", "youth_age_max", "youth_age_max_union_cadre")
