"""Votes on an admission or a recognition: who is counted, how many are needed, what a failed vote leads to."""

from dataclasses import dataclass

from members.rules import VoteBaseRules, votes_at_least, votes_over
from members.rules.deciders import CELL, COMMITTEE

STANDING_BOARD, WHOLE_COMMITTEE = "standing_board", "whole_committee"
# What a body votes by: the key of topic `vote_base`, how it is reached, its words.
THRESHOLDS = {
    CELL: ("cell_share", votes_at_least, "ít nhất"),
    COMMITTEE: ("base_share", votes_at_least, "ít nhất"),
    STANDING_BOARD: ("standing_board_share_over", votes_over, "trên"),
    WHOLE_COMMITTEE: ("delegated_committee_share", votes_at_least, "ít nhất"),
}
ADOPTED = {CELL: "cell_adopted", COMMITTEE: "base_adopted"}
NOT_ADOPTED = {CELL: "cell_not_adopted", COMMITTEE: "base_not_adopted"}
REPORT_UP = "Báo cáo đầy đủ kết quả biểu quyết lên cấp ủy có thẩm quyền xem xét, quyết định."


@dataclass(frozen=True, kw_only=True)
class Votes:
    """Totals of one vote on one person; `present` are those present who are in the base."""

    base: int
    present: int
    yes: int
    no: int = 0
    blank: int = 0


@dataclass(frozen=True, kw_only=True)
class VoteResult:
    """Whether the vote carries; `state` is empty for a body that decides, whose word the decision itself is."""

    carried: bool
    needed: int
    state: str
    reason: str
    article: str
    next_step: str = ""


def votes_needed(rules: VoteBaseRules, voting_as: str, base: int) -> int | None:
    """Fewest votes that carry; None where the rule set knows no such body."""
    key, count, _ = THRESHOLDS[voting_as]
    share = getattr(rules, key)
    return None if share is None else count(share, base)


def vote_problem(votes: Votes) -> str:
    """What does not add up in the minutes, in words; empty when the vote can be recorded."""
    cast = votes.yes + votes.no + votes.blank
    if min(vars(votes).values()) < 0:
        return "Số phiếu và số người không được nhỏ hơn 0."
    if cast > votes.present:
        return f"Số phiếu {cast}, nhiều hơn {votes.present} người có mặt được biểu quyết."
    if votes.present > votes.base:
        return f"Có mặt {votes.present} người, nhiều hơn {votes.base} người được tính biểu quyết."
    return ""


def vote_result(rules: VoteBaseRules, voting_as: str, votes: Votes) -> VoteResult | None:
    """What the vote leads to; a vote that fails below is reported upwards all the same (06-HD/TW, 5.1)."""
    needed = votes_needed(rules, voting_as, votes.base)
    if needed is None:
        return None
    key, _, words = THRESHOLDS[voting_as]
    carried = votes.yes >= needed
    proposes = voting_as in ADOPTED
    return VoteResult(
        carried=carried,
        needed=needed,
        state=(ADOPTED if carried else NOT_ADOPTED).get(voting_as, ""),
        reason=f"{votes.yes} phiếu tán thành, cần {needed}: {words} {getattr(rules, key)} của {votes.base} người.",
        article=rules.cite(key, "base_excludes"),
        next_step=REPORT_UP if proposes and not carried else "",
    )
