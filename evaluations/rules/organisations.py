"""The level that the rule set advises for an organisation (366-QĐ/TW, Điều 11; 21-HD/BTCTW), and counts of levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from config.lib.rulesets import Rules
from evaluations.rules.figures import number_text, percent_text, share
from evaluations.rules.levels import HTNV, HTTNV, HTXSNV, KHTNV
from evaluations.rules.suggestion import LEVEL, NEEDS_HUMAN, Note, Steps, Suggestion, Work

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
    return _ask((), Note("conditions_unknown", words), "")


def _doors(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion | None:
    """KHTNV by a door that was confirmed without leniency, or by the share of tasks; else None."""
    article = rules.cite("org_khtnv_doors")
    found = [code for code in facts.doors if code in (rules.org_khtnv_doors or ())]
    if found and not facts.lenient:
        return _level(KHTNV, tuple(f"Đã xác nhận: {ORGANISATION_DOORS[code]} ({article})." for code in found), article)
    return None


def _by_score(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion:
    article = rules.cite("org_score_min_httnv")
    if facts.score is None:
        return _ask((), Note("no_score", "Chưa có điểm nên chưa gợi ý được mức xếp loại."), article)
    steps: Steps = (f"Điểm: {number_text(facts.score)}.",)
    if not _reaches(facts.score, rules.org_score_min_htnv):
        words = f"Dưới {number_text(rules.org_score_min_htnv or 0)} điểm ({article})."
        return _level(KHTNV, (*steps, words), article)
    if facts.work is None or facts.work.total == 0:
        words = "Chưa ghi nhiệm vụ nào trong năm nên không tính được tỷ lệ: cần người quyết định."
        return _ask(steps, Note("G5", words), article)
    steps = (*steps, _work_text(facts.work))
    least = rules.org_khtnv_tasks_done_under
    if least is not None and 100 * (facts.work.total - facts.work.undone) < least * facts.work.total:
        return _under(rules, facts, facts.work, steps)
    return _by_work(rules, facts, facts.work, steps)


def _under(rules: OrganisationRules, facts: OrganisationFacts, work: Work, steps: Steps) -> Suggestion:
    """Too few tasks done; leniency (force majeure, self-detected and remedied) is for people to weigh."""
    least, article = rules.org_khtnv_tasks_done_under or Decimal(0), rules.cite("org_khtnv_tasks_done_under")
    done = _part(work.total - work.undone, work)
    words = f"Hoàn thành {done} nhiệm vụ, dưới {percent_text(least)} ({article})."
    if facts.lenient:
        note = Note("lenient", "Được xem xét do bất khả kháng hoặc tự phát hiện, đã khắc phục: cần người quyết định.")
        return _ask((*steps, words), note, article)
    return _level(KHTNV, (*steps, words), article)


def _by_work(rules: OrganisationRules, facts: OrganisationFacts, work: Work, steps: Steps) -> Suggestion:
    """Score band and task conditions together; the score of `facts` is known."""
    score, article = facts.score or Decimal(0), rules.cite("org_score_min_httnv")
    top = _reaches(score, rules.org_score_min_htxsnv)
    missing = _missing_for_xs(rules, facts, work)
    if top and not missing:
        if rules.org_xs_no_discipline and facts.undisciplined is None:
            return _ask(steps, Note("discipline_unconfirmed", UNCONFIRMED), rules.cite("org_xs_no_discipline"))
        found = _level(HTXSNV, (*steps, f"Đủ điều kiện HTXSNV ({article})."), article)
        return replace(found, subject_to_cap=True)
    if _reaches(score, rules.org_score_min_httnv) and _in_time(rules, work, rules.org_late_max_httnv):
        notes = (_g2(rules, missing),) if top else ()
        return _level(HTTNV, (*steps, f"Đủ điều kiện HTTNV ({article})."), article, notes)
    if _in_time(rules, work, rules.org_late_max_htnv):
        notes = (_g4(rules),) if _reaches(score, rules.org_score_min_httnv) else ()
        return _level(HTNV, (*steps, f"Đủ điều kiện HTNV ({article})."), article, notes)
    return _ask(steps, Note("G1", _g1_text(rules, work)), article)


UNCONFIRMED = (
    "Các điều kiện khác của HTXSNV đều đạt; chưa xác nhận không có đơn vị trực thuộc, thành viên tập thể lãnh đạo bị "
    "kỷ luật trong năm: cần người quyết định."
)


def _missing_for_xs(rules: OrganisationRules, facts: OrganisationFacts, work: Work) -> Steps:
    """Which conditions of HTXSNV other than the score are known not to hold."""
    beyond = rules.org_xs_tasks_beyond_min
    found = (
        (not _in_time(rules, work, rules.org_late_max_htxsnv), "còn nhiệm vụ chậm hoặc không hoàn thành"),
        (
            beyond is not None and 100 * work.beyond < beyond * work.total,
            f"nhiệm vụ vượt yêu cầu {_part(work.beyond, work)} < {percent_text(beyond or 0)}",
        ),
        (
            rules.org_xs_earlier_faults_remedied_min is not None and facts.faults_remedied is False,
            "chưa khắc phục xong hạn chế, khuyết điểm được chỉ ra kỳ trước",
        ),
        (
            bool(rules.org_xs_no_discipline) and facts.undisciplined is False,
            "có đơn vị trực thuộc hoặc thành viên tập thể lãnh đạo bị kỷ luật",
        ),
    )
    return tuple(words for is_missing, words in found if is_missing)


def _g2(rules: OrganisationRules, missing: Steps) -> Note:
    least = number_text(rules.org_score_min_htxsnv or 0)
    words = (
        f"Điểm từ {least} trở lên nhưng {'; '.join(missing)}. "
        f"Khung điểm của HTTNV ghi dưới {least}: giữ nguyên điểm và giải trình."
    )
    return Note("G2", words)


def _g4(rules: OrganisationRules) -> Note:
    words = (
        f"Điểm từ {number_text(rules.org_score_min_httnv or 0)} trở lên nhưng còn nhiệm vụ chậm nên chỉ đủ điều kiện "
        "HTNV: giữ nguyên điểm và giải trình."
    )
    return Note("G4", words)


def _g1_text(rules: OrganisationRules, work: Work) -> str:
    if work.undone:
        found = f"{_part(work.undone, work)} nhiệm vụ không hoàn thành"
    else:
        found = f"{_part(work.late, work)} nhiệm vụ chậm, trên {percent_text(rules.org_late_max_htnv or 0)}"
    return f"{found}: không khớp điều kiện của mức nào, cần người quyết định ({rules.cite('org_late_max_htnv')})."


def _by_shares(rules: OrganisationRules, facts: OrganisationFacts) -> Suggestion:
    """Shares of the members of a cell, or of the sub-organisations of a đảng bộ: what 21-HD says of HTXSNV alone."""
    article = rules.cite("org_xs_sub_min_htnv", "org_xs_sub_min_httnv")
    what = "đảng viên" if facts.is_cell else "tổ chức đảng trực thuộc"
    if not facts.below.rated:
        words = f"Chưa có kết quả xếp loại của {what} nên chưa xét được tỷ lệ: cần người quyết định."
        return _ask((), Note("no_shares", words), article)
    least_all, least_good = rules.org_xs_sub_min_htnv or Decimal(0), rules.org_xs_sub_min_httnv or Decimal(0)
    tests = (((HTXSNV, HTTNV, HTNV), least_all, "HTNV"), ((HTXSNV, HTTNV), least_good, "HTTNV"))
    steps = tuple(_share_text(facts.below, codes, least, name, what) for codes, least, name in tests)
    holds = all(facts.below.reaches(least, *codes) for codes, least, _ in tests)
    if holds:
        words = (
            f"Đủ tỷ lệ của HTXSNV ({article}); mức của từng tiêu chí và kết quả của chính quyền, Mặt trận, đoàn thể "
            "cùng cấp không có trong phần mềm: cần người quyết định."
        )
        return _ask(steps, Note("shares_hold", words), article)
    words = f"Không đủ tỷ lệ của HTXSNV ({article}); điều kiện của các mức khác không có: cần người quyết định."
    return _ask(steps, Note("shares_missed", words), article)


def _share_text(below: LevelCounts, codes: Steps, least: Decimal, name: str, what: str) -> str:
    found = percent_text(share(below.number(*codes), below.rated, 1) or 0)
    held = "đạt" if below.reaches(least, *codes) else "không đạt"
    counted = f"{number_text(below.number(*codes))}/{number_text(below.rated)} ({found})"
    return f"{what.capitalize()} được xếp từ {name} trở lên: {counted}, yêu cầu {percent_text(least)} – {held}."


def _level(level: str, steps: Steps, article: str, notes: tuple[Note, ...] = ()) -> Suggestion:
    return Suggestion(LEVEL, level, steps, notes, article)


def _ask(steps: Steps, note: Note, article: str) -> Suggestion:
    return Suggestion(NEEDS_HUMAN, None, steps, (note,), article)


def _reaches(score: Decimal, least: Decimal | None) -> bool:
    return least is None or score >= least


def _in_time(rules: OrganisationRules, work: Work, late_max: Decimal | None) -> bool:
    least = rules.org_tasks_done_min
    done = least is None or 100 * (work.total - work.undone) >= least * work.total
    return done and (late_max is None or 100 * work.late <= late_max * work.total)


def _part(count: int, work: Work) -> str:
    return f"{count}/{work.total} ({percent_text(share(count, work.total, 1) or 0)})"


def _work_text(work: Work) -> str:
    beyond = _part(work.beyond, work)
    return f"Nhiệm vụ: {work.total}; không hoàn thành {work.undone}, chậm {work.late}, vượt yêu cầu {beyond}."
