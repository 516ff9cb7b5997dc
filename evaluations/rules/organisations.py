"""The level that the rule set advises for an organisation (366-QĐ/TW, Điều 11; 21-HD/BTCTW), and counts of levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from config.lib.rulesets import Rules
from evaluations.rules.figures import number_text, percent_text, share
from evaluations.rules.levels import HTNV, HTTNV, HTXSNV, KHTNV
from evaluations.rules.score_bands import (
    Bands,
    Note,
    Steps,
    Suggestion,
    Work,
    ask,
    at_level,
    known_steps,
    level_by_score,
    part,
)

TASKS_UNDER, TARGETS_MISSED = "org_tasks_done_under", "org_basic_targets_missed"
ORGANISATION_DOORS = {
    "org_personnel_wrongdoing": (
        "có kết luận về vi phạm trong công tác cán bộ, mất đoàn kết, bè phái, chạy chức, chạy quyền"
    ),
    "org_leader_duty_linked_discipline": (
        "thành viên tập thể lãnh đạo có vi phạm liên quan đến hoạt động công vụ, bị kỷ luật từ khiển trách trở lên "
        "(không tính hành vi ở nơi khác hoặc ngoài phạm vi trách nhiệm của tập thể)"
    ),
    "org_leader_degradation": "thành viên tập thể lãnh đạo bị kết luận suy thoái, “tự diễn biến”, “tự chuyển hóa”",
    TASKS_UNDER: "hoàn thành dưới mức nhiệm vụ quy định trong năm",
    TARGETS_MISSED: "không đạt các chỉ tiêu kinh tế – xã hội cơ bản",
}


@dataclass(frozen=True, kw_only=True)
class OrganisationRules(Rules):
    org_score_min_htxsnv: Decimal | None = None
    org_score_min_httnv: Decimal | None = None
    org_score_min_htnv: Decimal | None = None
    org_tasks_done_min: Decimal | None = None
    org_late_max_htxsnv: Decimal | None = None
    org_late_max_httnv: Decimal | None = None
    org_late_max_htnv: Decimal | None = None
    org_xs_tasks_beyond_min: Decimal | None = None
    org_xs_earlier_faults_remedied_min: Decimal | None = None
    org_xs_no_discipline: bool | None = None
    org_khtnv_doors: tuple[str, ...] | None = None
    org_khtnv_tasks_done_under: Decimal | None = None
    org_basic_targets: int | None = None
    org_xs_sub_min_htnv: Decimal | None = None
    org_xs_sub_min_httnv: Decimal | None = None
    percent_tolerance: Decimal | None = None

    @property
    def uses_points(self) -> bool:
        """Whether levels depend on points and tasks in this rule set."""
        return self.org_score_min_httnv is not None


@dataclass(frozen=True)
class LevelCounts:
    """So many at each level, by code; shares are of those rated."""

    levels: Mapping[str, int] = field(default_factory=dict)
    not_rated: int = 0

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def total(self) -> int:
        return self.rated + self.not_rated

    def number(self, *codes: str) -> int:
        return sum(self.levels.get(code, 0) for code in codes)

    def percent(self, *codes: str) -> Decimal | None:
        """Share of those rated, two decimals; None when nothing is rated."""
        return share(self.number(*codes), self.rated)

    def reaches(self, least: Decimal, *codes: str) -> bool:
        """Whether at least so many per cent of those rated have one of the levels."""
        return 100 * self.number(*codes) >= least * self.rated


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What is known of the year of one organisation; doors are those that a person confirmed.

    `undisciplined` is what a person confirmed: no sub-unit and nobody of the leading collective was disciplined; None
    until then. `below` are the levels of the members of a cell, of the sub-organisations of any other.
    """

    score: Decimal | None = None
    work: Work | None = None
    faults_remedied: bool | None = None
    undisciplined: bool | None = None
    doors: tuple[str, ...] = ()
    lenient: bool = False
    below: LevelCounts = LevelCounts()
    is_cell: bool = True


def organisation_door_name(code: str) -> str:
    return ORGANISATION_DOORS[code]


def suggest_organisation_level(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion:
    """By score, tasks and doors (2025), by the shares below (2019), or none where the conditions are not known."""
    if rules.uses_points:
        return _doors(rules, facts) or _by_score(rules, facts)
    if rules.org_xs_sub_min_httnv is not None:
        return _by_shares(rules, facts)
    words = (
        "Phần mềm không có điều kiện của các mức đối với tổ chức đảng theo văn bản áp dụng cho năm này: "
        "cần người quyết định."
    )
    return ask((), Note("conditions_unknown", words), "")


def _doors(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion | None:
    """KHTNV by a door that was confirmed without leniency, or by the share of tasks; else None."""
    article = rules.cite("org_khtnv_doors")
    found = [code for code in facts.doors if code in (rules.org_khtnv_doors or ())]
    if found and not facts.lenient:
        return at_level(
            KHTNV, tuple(f"Đã xác nhận: {ORGANISATION_DOORS[code]} ({article})." for code in found), article
        )
    return None


def _by_score(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion:
    score, work = facts.score, facts.work
    disciplined = bool(rules.org_xs_no_discipline) and facts.undisciplined is False
    also = ("có đơn vị trực thuộc hoặc thành viên tập thể lãnh đạo bị kỷ luật",) if disciplined else ()
    found = level_by_score(_bands(rules), score, work, remedied=facts.faults_remedied, also_missing=also)
    if score is not None and work is not None and work.total and _is_under(rules, score, work):
        return _under(rules, facts, score, work)
    if found.level == HTXSNV and rules.org_xs_no_discipline and facts.undisciplined is None:
        return ask(found.steps[:-1], Note("discipline_unconfirmed", UNCONFIRMED), rules.cite("org_xs_no_discipline"))
    return found


def _bands(rules: OrganisationRules) -> Bands:
    article = rules.cite("org_score_min_httnv")
    return Bands(
        scores=(rules.org_score_min_htxsnv, rules.org_score_min_httnv, rules.org_score_min_htnv),
        late_most=(rules.org_late_max_htxsnv, rules.org_late_max_httnv, rules.org_late_max_htnv),
        done_least=rules.org_tasks_done_min,
        beyond_least=rules.org_xs_tasks_beyond_min,
        asks_remedy=rules.org_xs_earlier_faults_remedied_min is not None,
        article=article,
        row_article=article,
        gap_article=rules.cite("org_late_max_htnv"),
    )


def _is_under(rules: OrganisationRules, score: Decimal, work: Work) -> bool:
    """Whether too few tasks are done, at a score that is not too low by itself."""
    least, fair = rules.org_khtnv_tasks_done_under, rules.org_score_min_htnv
    return (
        least is not None and (fair is None or score >= fair) and 100 * (work.total - work.undone) < least * work.total
    )


def _under(rules: OrganisationRules, facts: OrganisationFacts, score: Decimal, work: Work) -> Suggestion:
    """Too few tasks done; leniency (force majeure, self-detected and remedied) is for people to weigh."""
    least, article = rules.org_khtnv_tasks_done_under or Decimal(0), rules.cite("org_khtnv_tasks_done_under")
    words = f"Hoàn thành {part(work.total - work.undone, work)} nhiệm vụ, dưới {percent_text(least)} ({article})."
    steps = (*known_steps(score, work), words)
    if facts.lenient:
        note = Note("lenient", "Được xem xét do bất khả kháng hoặc tự phát hiện, đã khắc phục: cần người quyết định.")
        return ask(steps, note, article)
    return at_level(KHTNV, steps, article)


UNCONFIRMED = (
    "Các điều kiện khác của HTXSNV đều đạt; chưa xác nhận không có đơn vị trực thuộc, thành viên tập thể lãnh đạo bị "
    "kỷ luật trong năm: cần người quyết định."
)


def _by_shares(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion:
    """Shares of the members of a cell, or of the sub-organisations of a đảng bộ: what 21-HD says of HTXSNV alone."""
    article = rules.cite("org_xs_sub_min_htnv", "org_xs_sub_min_httnv")
    what = "đảng viên" if facts.is_cell else "tổ chức đảng trực thuộc"
    if not facts.below.rated:
        words = f"Chưa có kết quả xếp loại của {what} nên chưa xét được tỷ lệ: cần người quyết định."
        return ask((), Note("no_shares", words), article)
    least_all, least_good = rules.org_xs_sub_min_htnv or Decimal(0), rules.org_xs_sub_min_httnv or Decimal(0)
    tests = (((HTXSNV, HTTNV, HTNV), least_all, "HTNV"), ((HTXSNV, HTTNV), least_good, "HTTNV"))
    steps = tuple(_share_text(facts.below, codes, least, name, what) for codes, least, name in tests)
    holds = all(facts.below.reaches(least, *codes) for codes, least, _ in tests)
    if holds:
        words = (
            f"Đủ tỷ lệ của HTXSNV ({article}); mức của từng tiêu chí và kết quả của chính quyền, Mặt trận, đoàn thể "
            "cùng cấp không có trong phần mềm: cần người quyết định."
        )
        return ask(steps, Note("shares_hold", words), article)
    words = f"Không đủ tỷ lệ của HTXSNV ({article}); điều kiện của các mức khác không có: cần người quyết định."
    return ask(steps, Note("shares_missed", words), article)


def _share_text(below: LevelCounts, codes: Steps, least: Decimal, name: str, what: str) -> str:
    found = percent_text(share(below.number(*codes), below.rated, 1) or 0)
    held = "đạt" if below.reaches(least, *codes) else "không đạt"
    counted = f"{number_text(below.number(*codes))}/{number_text(below.rated)} ({found})"
    return f"{what.capitalize()} được xếp từ {name} trở lên: {counted}, yêu cầu {percent_text(least)} – {held}."
