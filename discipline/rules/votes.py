"""The one ballot on forms of discipline: what each form needs, what passes, and accumulation (22-QĐ/TW, Điều 15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from config.lib.rulesets import Rules
from discipline.rules.forms import DISSOLUTION, EXPULSION, HEAVY_FIRST, WORDS
from members.rules import votes_at_least, votes_over

DECIDE, PROPOSE = "decide", "propose"
DIRECT, ACCUMULATED, NOTHING_PASSED, NO_DISCIPLINE = "direct", "accumulated", "nothing_passed", "no_discipline"
HARDEST = (EXPULSION, DISSOLUTION)
GOES_UP = "Báo cáo đầy đủ kết quả biểu quyết lên cấp có thẩm quyền."


@dataclass(frozen=True, kw_only=True)
class ProcedureRules(Rules):
    vote_rounds: int | None = None
    vote_majority_share: Fraction | None = None
    vote_expulsion_propose_share: Fraction | None = None
    vote_expulsion_decide_share: Fraction | None = None
    vote_dissolution_propose_share: Fraction | None = None
    vote_accumulation_when_deciding: bool | None = None
    vote_accumulation_when_proposing: bool | None = None
    person_concerned_in_base: bool | None = None
    person_concerned_votes: bool | None = None
    base_standing_board_power: str | None = None
    base_inspection_commission_power: str | None = None
    expulsion_needs_admission_authority: bool | None = None
    custodial_judgment_skips_inspection: bool | None = None
    suspension_days: int | None = None
    suspension_extension_count: int | None = None
    suspension_extension_days: int | None = None
    suspension_total_days: int | None = None
    suspension_organisation_total_days: int | None = None
    procedural_notice_days: int | None = None
    cell_decision_in_force_from: str | None = None
    cell_written_decision_days: int | None = None
    upper_decision_in_force_from: str | None = None
    announcement_days: int | None = None
    employer_notice_limit: int | None = None
    state_to_party_notice_days: int | None = None
    appeal_window_working_days: int | None = None
    appeal_settlement_local: int | None = None
    appeal_settlement_central: int | None = None
    cell_team_max: int | None = None
    cell_plan_announcement_working_days: int | None = None
    cell_signs_inspection_days: int | None = None
    cell_planned_inspection_days: int | None = None
    cell_thematic_supervision_days: int | None = None
    cell_extension_max_share: Fraction | None = None
    examined_period_max_years: int | None = None
    thematic_coverage_min_share: Fraction | None = None
    reminder_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """Totals of one ballot: `votes` per form that stood on it, `none` against discipline; who voted what is unknown."""

    base: int
    votes: Mapping[str, int]
    none: int = 0
    present: int | None = None
    issued: int | None = None
    collected: int | None = None
    invalid: int = 0

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms on the ballot, heaviest first."""
        return tuple(form for form in HEAVY_FIRST if form in self.votes)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the ballot came to: `form` empty where none passed.

    `doubtful`: the rules do not settle whether votes add up here; `otherwise` is the other reading, the body chooses.
    """

    how: str
    reason: str
    article: str
    form: str = ""
    act: str = ""
    doubtful: bool = False
    otherwise: str = ""


def need(rules: ProcedureRules, form: str, base: int, act: str) -> int:
    """Fewest votes for a form: two thirds to propose expulsion or dissolution, more than half for all else."""
    if form in HARDEST and act == PROPOSE:
        share = rules.vote_expulsion_propose_share if form == EXPULSION else rules.vote_dissolution_propose_share
        return votes_at_least(share or Fraction(2, 3), base) if share else base
    return votes_over(rules.vote_majority_share or Fraction(1, 2), base)


def outcome(rules: ProcedureRules, count: Count, acts: Mapping[str, str]) -> Outcome:
    """The result of one ballot; `acts` says for each form whether the body may decide it or only propose it."""
    direct = next((form for form in count.forms if count.votes[form] >= _need(rules, count, acts, form)), "")
    if direct:
        return _passed(rules, count, acts, direct)
    half = votes_over(rules.vote_majority_share or Fraction(1, 2), count.base)
    if count.none >= half:
        reason = f"{count.none} phiếu không kỷ luật, trên một nửa của {count.base} người."
        return Outcome(how=NO_DISCIPLINE, reason=reason, article=rules.cite("vote_majority_share"))
    deciding = any(acts[form] == DECIDE for form in count.forms)
    adds = rules.vote_accumulation_when_deciding if deciding else rules.vote_accumulation_when_proposing
    return (_accumulated(rules, count, acts) if adds else None) or _nothing(rules, count)


def _need(rules: ProcedureRules, count: Count, acts: Mapping[str, str], form: str) -> int:
    return need(rules, form, count.base, acts[form])


def _passed(rules: ProcedureRules, count: Count, acts: Mapping[str, str], form: str) -> Outcome:
    least, act = _need(rules, count, acts, form), acts[form]
    reason = f"{count.votes[form]} phiếu {WORDS[form]}, cần {least} của {count.base} người."
    keys = ("vote_expulsion_propose_share",) if form in HARDEST and act == PROPOSE else ("vote_majority_share",)
    return Outcome(how=DIRECT, form=form, act=act, reason=reason, article=rules.cite(*keys))


def _accumulated(rules: ProcedureRules, count: Count, acts: Mapping[str, str]) -> Outcome | None:
    """Votes of the heavier forms added to the next lighter one, until a form has its number."""
    total, added = 0, []
    for form in count.forms:
        total += count.votes[form]
        added.append(f"{WORDS[form]} {count.votes[form]}")
        if total >= _need(rules, count, acts, form):
            doubtful = acts[form] == PROPOSE or 2 * count.votes.get(EXPULSION, 0) > count.base
            reason = f"Cộng dồn từ hình thức nặng nhất: {', '.join(added)}; được {total}, đủ cho {WORDS[form]}."
            return Outcome(
                how=ACCUMULATED, form=form, act=acts[form], reason=reason, doubtful=doubtful,
                article=rules.cite("vote_accumulation_when_deciding"), otherwise=GOES_UP if doubtful else "",
            )  # fmt: skip
    return None


def _nothing(rules: ProcedureRules, count: Count) -> Outcome:
    reason = f"Không hình thức nào đủ phiếu của {count.base} người. {GOES_UP}"
    return Outcome(how=NOTHING_PASSED, reason=reason, article=rules.cite("vote_majority_share"))


def count_problems(count: Count) -> tuple[str, ...]:
    """What does not add up in the minutes: a warning to be explained, as old minutes do contain such errors."""
    return tuple(_problems(count))


def _problems(count: Count) -> Iterable[str]:
    cast = sum(count.votes.values()) + count.none
    if count.present is not None and count.issued is not None and count.issued > count.present:
        yield f"Phát ra {count.issued} phiếu, nhiều hơn {count.present} người có mặt."
    if count.issued is not None and count.collected is not None and count.collected > count.issued:
        yield f"Thu vào {count.collected} phiếu, nhiều hơn {count.issued} phiếu phát ra."
    if count.collected is not None and cast + count.invalid != count.collected:
        yield f"Phiếu hợp lệ {cast} và không hợp lệ {count.invalid} không bằng {count.collected} phiếu thu vào."
    for form in count.forms:
        if count.votes[form] > count.base:
            yield f"{count.votes[form]} phiếu {WORDS[form]}, nhiều hơn {count.base} người được biểu quyết."
