"""Every write of discipline; a step of the workflow has an action of its name."""

from discipline.actions.appeals import announce_appeal, annul, appeal, decide_appeal
from discipline.actions.corrections import void_last_step
from discipline.actions.decisions import announce, enforce, lapse, notify
from discipline.actions.inspection import (
    announce_inspection,
    answer_self_review,
    ask_self_review,
    close_case,
    extend_inspection,
    file_signal,
    plan_inspection,
    record_self_review,
    report_sentence,
    submit_report,
    transfer_case,
    triage,
)
from discipline.actions.proposals import (
    exempt,
    postpone,
    receive_proposal,
    report_verification,
    resume,
    return_to_cell,
)
from discipline.actions.records import (
    add_circumstance,
    add_evidence,
    add_team_member,
    add_violation,
    void_record,
)
from discipline.actions.rule_choice import choose_rules
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
    "add_circumstance",
    "add_evidence",
    "add_team_member",
    "add_violation",
    "announce",
    "announce_appeal",
    "announce_inspection",
    "annul",
    "answer_opening",
    "answer_self_review",
    "appeal",
    "ask_opening",
    "ask_self_review",
    "choose_rules",
    "close_case",
    "close_for",
    "decide_appeal",
    "enforce",
    "exempt",
    "extend_inspection",
    "file_signal",
    "lapse",
    "notify",
    "open_case",
    "plan_inspection",
    "postpone",
    "receive_proposal",
    "record_self_review",
    "register_signal",
    "report_sentence",
    "report_verification",
    "resume",
    "return_to_cell",
    "submit_report",
    "take_over_case",
    "transfer_case",
    "triage",
    "void_last_step",
    "void_record",
    "vote_above",
    "vote_in_cell",
]
