"""Every write of discipline; a step of the workflow has an action of its name."""

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

__all__ = [
    "add_circumstance",
    "add_evidence",
    "add_team_member",
    "add_violation",
    "announce_inspection",
    "answer_opening",
    "answer_self_review",
    "ask_opening",
    "ask_self_review",
    "choose_rules",
    "close_case",
    "close_for",
    "extend_inspection",
    "file_signal",
    "open_case",
    "plan_inspection",
    "record_self_review",
    "register_signal",
    "report_sentence",
    "submit_report",
    "take_over_case",
    "transfer_case",
    "triage",
    "void_record",
]
