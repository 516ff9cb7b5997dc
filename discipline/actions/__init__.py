"""Every write of discipline; a step of the workflow has an action of its name."""

from discipline.actions.appeals import announce_appeal, annul, appeal, decide_appeal
from discipline.actions.corrections import correct_signal, void_last_step
from discipline.actions.decisions import announce, enforce, lapse, notify
from discipline.actions.denunciations import (
    accept_denunciation,
    answer_sender_opening,
    ask_sender_opening,
    close_denunciation_for,
    conclude_content,
    look_at_sender,
    open_case_from,
    open_denunciation,
    receive_denunciation,
    refuse_denunciation,
    take_over_denunciation,
    void_denunciation,
)
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
from discipline.actions.paper_printing import print_paper
from discipline.actions.papers import write_decision
from discipline.actions.plans import add_plan, change_item, plan_item, report_item, void_item, void_plan
from discipline.actions.proceeding_papers import add_proceeding_paper, void_proceeding_paper
from discipline.actions.proposals import exempt, postpone, receive_proposal, report_verification, resume, return_to_cell
from discipline.actions.record_of_case import point_to_record
from discipline.actions.records import (
    add_circumstance,
    add_evidence,
    add_team_member,
    add_violation,
    conclude_violation,
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
    void_case,
)
from discipline.actions.statistics import freeze_statistics
from discipline.actions.suspensions import end_suspension, extend_suspension, suspend, void_suspension
from discipline.actions.team_of_letter import set_off_team
from discipline.actions.votes import vote_above, vote_in_cell

__all__ = [
    "accept_denunciation",
    "add_circumstance",
    "add_evidence",
    "add_plan",
    "add_proceeding_paper",
    "add_team_member",
    "add_violation",
    "announce",
    "announce_appeal",
    "announce_inspection",
    "annul",
    "answer_opening",
    "answer_self_review",
    "answer_sender_opening",
    "appeal",
    "ask_opening",
    "ask_self_review",
    "ask_sender_opening",
    "change_item",
    "choose_rules",
    "close_case",
    "close_denunciation_for",
    "close_for",
    "conclude_content",
    "conclude_violation",
    "correct_signal",
    "decide_appeal",
    "end_suspension",
    "enforce",
    "exempt",
    "extend_inspection",
    "extend_suspension",
    "file_signal",
    "freeze_statistics",
    "lapse",
    "look_at_sender",
    "notify",
    "open_case",
    "open_case_from",
    "open_denunciation",
    "plan_inspection",
    "plan_item",
    "point_to_record",
    "postpone",
    "print_paper",
    "receive_denunciation",
    "receive_proposal",
    "record_self_review",
    "refuse_denunciation",
    "register_signal",
    "report_item",
    "report_sentence",
    "report_verification",
    "resume",
    "return_to_cell",
    "set_off_team",
    "submit_report",
    "suspend",
    "take_over_case",
    "take_over_denunciation",
    "transfer_case",
    "triage",
    "void_case",
    "void_denunciation",
    "void_item",
    "void_last_step",
    "void_plan",
    "void_proceeding_paper",
    "void_record",
    "void_suspension",
    "vote_above",
    "vote_in_cell",
    "write_decision",
]
