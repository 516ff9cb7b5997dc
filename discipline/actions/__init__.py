"""Every write of discipline; a step of the workflow has an action of its name."""

from discipline.actions.denunciations import (
    accept_denunciation,
    answer_sender_opening,
    ask_sender_opening,
    conclude_content,
    look_at_sender,
    open_case_from,
    receive_denunciation,
    refuse_denunciation,
    void_denunciation,
)
from discipline.actions.paper_printing import print_paper
from discipline.actions.plans import (
    add_plan,
    change_item,
    plan_item,
    report_item,
    void_item,
    void_plan,
)
from discipline.actions.proceeding_papers import (
    add_proceeding_paper,
    void_proceeding_paper,
)
from discipline.actions.sealing import (
    answer_opening,
    ask_opening,
    close_for,
    open_case,
    register_signal,
    take_over_case,
)
from discipline.actions.statistics import freeze_statistics
from discipline.actions.suspensions import (
    end_suspension,
    extend_suspension,
    suspend,
    void_suspension,
)

__all__ = [
    "accept_denunciation",
    "add_plan",
    "add_proceeding_paper",
    "answer_opening",
    "answer_sender_opening",
    "ask_opening",
    "ask_sender_opening",
    "change_item",
    "close_for",
    "conclude_content",
    "end_suspension",
    "extend_suspension",
    "freeze_statistics",
    "look_at_sender",
    "open_case",
    "open_case_from",
    "plan_item",
    "print_paper",
    "receive_denunciation",
    "refuse_denunciation",
    "register_signal",
    "report_item",
    "suspend",
    "take_over_case",
    "void_denunciation",
    "void_item",
    "void_plan",
    "void_proceeding_paper",
    "void_suspension",
]
