"""The pages of a move: what each asks, when it is open, on which side whoever takes it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from admissions.enums import MoveOutcome
from admissions.forms_moves import ForwardForm, ReceiveForm, ReviewForm
from cells.permissions import Permission as P

HERE, THERE = "from_organisation", "to_organisation"
SENT = (MoveOutcome.FORWARDED, MoveOutcome.CANCELLED)


@dataclass(frozen=True)
class MovePage:
    """One step of a move."""

    title: str
    form: Any
    side: str
    is_open: Callable[[Any], bool]
    done: str


MOVE_PAGES = {
    "forward_file": MovePage(
        "Ghi đã chuyển hồ sơ", ForwardForm, HERE, lambda move: move.forwarded_on is None and move.received_on is None,
        "Đã ghi ngày chuyển hồ sơ.",
    ),
    "receive_candidate": MovePage(
        "Tiếp nhận", ReceiveForm, THERE,
        lambda move: move.received_on is None and (move.outcome not in SENT or move.forwarded_on is not None),
        "Đã tiếp nhận.",
    ),
    "ask_review": MovePage(
        "Đề nghị xem lại hồ sơ", ReviewForm, THERE,
        lambda move: move.review_asked_on is None or move.review_answered_on is not None, "Đã ghi đề nghị xem lại.",
    ),
    "answer_review": MovePage(
        "Trả lời đề nghị xem lại", ReviewForm, HERE,
        lambda move: move.review_asked_on is not None and move.review_answered_on is None, "Đã ghi trả lời.",
    ),
}  # fmt: skip


def may_order(user, candidate):
    """Who records that somebody moves: the cell, or an office above it."""
    return _may(user, candidate)


def may_move(user, step, move):
    """Whether a person stands on the side of a move that takes the step."""
    body = getattr(move, MOVE_PAGES[step].side)
    return body is not None and _may(user, body)


def _may(user, body):
    return user.may(P.ADMISSIONS_FILE, body) or user.may(P.ADMISSIONS_DECIDE, body)
