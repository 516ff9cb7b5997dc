"""Every write of discipline; a step of the workflow has an action of its name."""

from discipline.actions.appeals import announce_appeal, annul, appeal, decide_appeal
from discipline.actions.corrections import void_last_step
from discipline.actions.decisions import announce, enforce, lapse, notify
from discipline.actions.papers import write_decision
from discipline.actions.proposals import (
    exempt,
    postpone,
    receive_proposal,
    report_verification,
    resume,
    return_to_cell,
)
from discipline.actions.sealing import (
    answer_opening,
    ask_opening,
    close_for,
    open_case,
    register_signal,
    take_over_case,
)
from discipline.actions.votes import vote_above, vote_in_cell

__all__ = [
    "announce",
    "announce_appeal",
    "annul",
    "answer_opening",
    "appeal",
    "ask_opening",
    "close_for",
    "decide_appeal",
    "enforce",
    "exempt",
    "lapse",
    "notify",
    "open_case",
    "postpone",
    "receive_proposal",
    "register_signal",
    "report_verification",
    "resume",
    "return_to_cell",
    "take_over_case",
    "void_last_step",
    "vote_above",
    "vote_in_cell",
    "write_decision",
]
