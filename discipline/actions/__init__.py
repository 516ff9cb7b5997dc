"""Every write of discipline; a step of the workflow has an action of its name."""

from discipline.actions.paper_printing import print_paper
from discipline.actions.sealing import (
    answer_opening,
    ask_opening,
    close_for,
    open_case,
    register_signal,
    take_over_case,
)

__all__ = [
    "answer_opening",
    "ask_opening",
    "close_for",
    "open_case",
    "print_paper",
    "register_signal",
    "take_over_case",
]
