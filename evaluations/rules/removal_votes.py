"""Votes on leaving the Party: how many are needed of which base (topic `removal`; 294-QĐ/TW, 8.1; 06-HD/TW, 4.6)."""

from dataclasses import dataclass
from fractions import Fraction

from members.rules import votes_at_least, votes_over
from members.rules.deciders import CELL, COMMITTEE
from members.rules.exits import RemovalRules
from members.rules.readmission import ReadmissionRules

DECIDER, DELEGATED = "decider", "delegated"
# What a body votes by: the key of the rule set, how it is reached, its words.
SHARES = {
    CELL: ("vote_cell", votes_at_least, "ít nhất"),
    COMMITTEE: ("vote_grassroots_committee", votes_at_least, "ít nhất"),
    DECIDER: ("vote_decide_over", votes_over, "trên"),
    DELEGATED: ("vote_decide_delegated", votes_at_least, "ít nhất"),
}


@dataclass(frozen=True, kw_only=True)
class RemovalCaseRules(RemovalRules, ReadmissionRules):
    """Topic `removal` as a matter asks for it: shares of votes, and what `members` asks for readmission."""

    vote_cell: Fraction | None = None
    vote_grassroots_committee: Fraction | None = None
    vote_decide_over: Fraction | None = None
    vote_decide_delegated: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class RemovalCounts:
    """Totals of one vote on one person; `present` are those present who are in the base."""

    base: int
    present: int
    issued: int
    yes: int
    no: int = 0
    blank: int = 0
    invalid: int = 0

    @property
    def collected(self) -> int:
        return self.yes + self.no + self.blank + self.invalid


@dataclass(frozen=True)
class RemovalVoteResult:
    carried: bool
    needed: int
    reason: str
    article: str


def votes_to_remove(rules: RemovalCaseRules, voting_as: str, base: int) -> int | None:
    """Fewest votes that carry; None where the rule set has no share for such a body."""
    key, count, _ = SHARES[voting_as]
    share = getattr(rules, key)
    return None if share is None else count(share, base)


def removal_vote_problem(counts: RemovalCounts) -> str:
    """What does not add up in the minutes, in words; empty when the vote can be recorded."""
    if min(vars(counts).values()) < 0:
        return "Số phiếu và số người không được nhỏ hơn 0."
    if counts.base < 1:
        return "Ngày họp không có ai được tính biểu quyết. Hãy xem lại ngày họp và danh sách."
    if counts.present > counts.base:
        return f"Có mặt {counts.present} người, nhiều hơn {counts.base} người được tính biểu quyết."
    if counts.issued > counts.present:
        return f"Phát ra {counts.issued} phiếu, nhiều hơn {counts.present} người có mặt được biểu quyết."
    if counts.collected > counts.issued:
        return f"Thu vào {counts.collected} phiếu, nhiều hơn {counts.issued} phiếu phát ra."
    return ""


def removal_vote(rules: RemovalCaseRules, voting_as: str, counts: RemovalCounts) -> RemovalVoteResult | None:
    """Whether the vote carries, counted of the whole base and not of those present."""
    needed = votes_to_remove(rules, voting_as, counts.base)
    if needed is None:
        return None
    key, _, words = SHARES[voting_as]
    reason = f"{counts.yes} phiếu đồng ý, cần {needed}: {words} {getattr(rules, key)} của {counts.base} người."
    return RemovalVoteResult(counts.yes >= needed, needed, reason, rules.cite(key))
