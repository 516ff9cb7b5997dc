"""The ballot of a cell on its members' levels: sums that must agree, and the level that the votes carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evaluations.rules.procedure import ProcedureRules
from members.rules import votes_at_least, votes_over


@dataclass(frozen=True, kw_only=True)
class BallotCounts:
    """Counts of the meeting; `present` are those present who may vote."""

    base: int
    present: int
    issued: int
    collected: int
    valid: int
    invalid: int


@dataclass(frozen=True, kw_only=True)
class VoteRow:
    """Votes for each level on one member, never who gave them; `voted` where it is known that the member voted."""

    key: str
    name: str
    votes: Mapping[str, int] = field(default_factory=dict)
    blanks: int = 0
    voted: bool = False


@dataclass(frozen=True)
class BallotProblem:
    """A sum that does not agree; `key` is the member's row, or empty for the counts of the meeting."""

    code: str
    message: str
    key: str = ""


@dataclass(frozen=True)
class Proposal:
    """The level that reached `needed` votes, or None."""

    level: str | None
    needed: int
    explanation: str


THRESHOLDS = {
    "more_than_half": (votes_over, Fraction(1, 2), "quá nửa"),
    "two_thirds": (votes_at_least, Fraction(2, 3), "ít nhất hai phần ba"),
}


def votes_needed(rules: ProcedureRules, base: int) -> int | None:
    """Votes that propose a level; None where the rule set has no threshold."""
    if rules.ballot_threshold is None:
        return None
    count, share, _ = THRESHOLDS[rules.ballot_threshold]
    return count(share, base)


def ballot_problems(rules: ProcedureRules, counts: BallotCounts, rows: Iterable[VoteRow]) -> tuple[BallotProblem, ...]:
    """Every sum that does not agree, in words; empty when the ballot may be recorded."""
    return (*_count_problems(counts), *(problem for row in rows for problem in _row_problems(rules, counts, row)))


def _count_problems(counts: BallotCounts) -> Iterable[BallotProblem]:
    if min(vars(counts).values()) < 0:
        yield BallotProblem("negative", "Số phiếu và số người không được nhỏ hơn 0.")
    if counts.present > counts.base:
        yield BallotProblem(
            "present_over_base",
            f"Có mặt {counts.present} người, nhiều hơn {counts.base} đảng viên được tính biểu quyết.",
        )
    if counts.issued > counts.present:
        yield BallotProblem(
            "issued_over_present",
            f"Phát ra {counts.issued} phiếu, nhiều hơn {counts.present} người có mặt được biểu quyết.",
        )
    if counts.collected > counts.issued:
        yield BallotProblem(
            "collected_over_issued", f"Thu vào {counts.collected} phiếu, nhiều hơn {counts.issued} phiếu phát ra."
        )
    if counts.valid + counts.invalid != counts.collected:
        yield BallotProblem(
            "valid_and_invalid",
            f"Hợp lệ {counts.valid} + không hợp lệ {counts.invalid} = {counts.valid + counts.invalid}, "
            f"khác {counts.collected} phiếu thu vào.",
        )


def _row_problems(rules: ProcedureRules, counts: BallotCounts, row: VoteRow) -> Iterable[BallotProblem]:
    numbers = [*row.votes.values(), row.blanks]
    total = sum(numbers)
    if min(numbers) < 0:
        yield BallotProblem("negative", f"{row.name}: số phiếu không được nhỏ hơn 0.", row.key)
    if total != counts.valid:
        found = "nhiều hơn" if total > counts.valid else "ít hơn"
        sum_text = " + ".join(map(str, numbers))
        message = f"{row.name}: {sum_text} = {total}, {found} {counts.valid} phiếu hợp lệ."
        yield BallotProblem("row_sum", message, row.key)
    if rules.ballot_self_vote is False and row.voted and row.blanks < 1:
        message = (
            f"{row.name}: đảng viên không tự bỏ phiếu cho mình ({rules.cite('ballot_self_vote')}) "
            "nên hàng này phải có ít nhất 1 phiếu trắng."
        )
        yield BallotProblem("self_vote", message, row.key)


def proposed_level(rules: ProcedureRules, base: int, votes: Mapping[str, int]) -> Proposal | None:
    """The level that the votes carry; None where the rule set has no threshold."""
    needed = votes_needed(rules, base)
    if needed is None or rules.ballot_threshold is None:
        return None
    words = THRESHOLDS[rules.ballot_threshold][2]
    asked = f"cần {needed} phiếu ({words} của {base} đảng viên; {rules.cite('ballot_threshold')})"
    level, most = max(votes.items(), key=lambda each: each[1], default=("", 0))
    if most < needed:
        return Proposal(None, needed, f"Không mức nào đủ phiếu: cao nhất {most}, {asked}. Chi bộ ghi cách giải quyết.")
    return Proposal(level, needed, f"{level} được {most} phiếu, {asked}.")
