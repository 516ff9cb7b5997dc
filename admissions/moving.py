"""A candidate who moves before the ceremony: how far the procedure was, and what becomes of file and decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from admissions.deciding import decision_in_force
from admissions.enums import DOSSIER_STATES, SOURCE_STATES, MoveOutcome, MoveStage, State
from admissions.rules.moving import moved_decision
from admissions.stations import read_way
from cells.models import Organisation
from config.lib.workflow import NotAllowed

HELPED = (*SOURCE_STATES, *DOSSIER_STATES)
STAGES = {
    **dict.fromkeys(HELPED, MoveStage.HELPED),
    **dict.fromkeys((State.CELL_ADOPTED, State.CELL_NOT_ADOPTED, State.APPRAISED), MoveStage.RESOLVED),
    **dict.fromkeys((State.BASE_ADOPTED, State.BASE_NOT_ADOPTED), MoveStage.RESOLVED),
    State.UNDER_DECISION: MoveStage.AT_DECIDER,
    State.APPROVED: MoveStage.DECIDED,
}
FORWARDED = "Hồ sơ chuyển đến cấp ủy có thẩm quyền nơi mới."
NEXT_STEPS = {
    MoveStage.HELPED: "Đảng ủy cơ sở cấp giấy chứng nhận người vào Đảng đang được giúp đỡ; chi bộ mới phân công đảng "
    "viên chính thức theo dõi, giúp đỡ, không cần đủ thời gian cùng công tác (06-HD/TW, 3.9).",
    MoveStage.RESOLVED: "Chuyển hồ sơ bằng công văn đến cấp ủy có thẩm quyền nơi mới (06-HD/TW, 3.9a).",
    MoveStage.AT_DECIDER: "Cấp ủy có thẩm quyền chuyển hồ sơ trong thời hạn quy định; cấp ủy nơi đến xem xét, quyết "
    "định, quá hạn thì báo cáo lý do (06-HD/TW, 3.9b).",
}


@dataclass(frozen=True)
class MoveEnds:
    """Where somebody goes by an order of a day: a cell here, or an organisation outside."""

    ordered_on: date
    to: Any = None
    outside: str = ""


@dataclass(frozen=True)
class Consequence:
    """The stage of the procedure, what is to be done, and why."""

    stage: str
    outcome: str
    reason: str
    next_step: str
    article: str = ""


def consequence_of(candidate, ends, book):
    """What a move means for the file and the decision (06-HD/TW, 3.9); NotAllowed for who cannot move any more."""
    stage = STAGES.get(candidate.state)
    if stage is None:
        raise NotAllowed(f"Không ghi chuyển nơi ở trạng thái “{candidate.get_state_display()}”. Hãy tải lại trang.")
    if stage == MoveStage.HELPED:
        return Consequence(stage, MoveOutcome.CERTIFIED, "Đang được giúp đỡ.", NEXT_STEPS[stage])
    if stage != MoveStage.DECIDED:
        return Consequence(stage, MoveOutcome.FORWARDED, FORWARDED, NEXT_STEPS[stage])
    decision = decision_in_force(candidate)
    same = same_committee(candidate, decision, ends)
    clocks = book.on(decision.organisation, ends.ordered_on).clocks
    found = moved_decision(clocks, ordered_on=ends.ordered_on, decided_on=decision.signed_on, same_committee=same)
    if found is None:
        raise NotAllowed("Bộ quy tắc ngày này không nói về người chuyển nơi sau khi có quyết định kết nạp.")
    return Consequence(stage, MoveOutcome(found.outcome), found.reason, found.next_step, found.article)


def cells_to_go_to():
    """Every open cell: somebody may go to one that the sender does not look after."""
    return Organisation.objects.open().cells()


def same_committee(candidate, decision, ends):
    """Whether the body that decided is the competent one of the new place too."""
    if ends.to is None:
        return False
    there = type(candidate)(organisation=ends.to, state=State.UNDER_DECISION)
    decider = read_way(there, ends.ordered_on).decider
    return decider is not None and decider.organisation_id == decision.organisation_id


def reconsider_move(candidate, book):
    """A decision that came after somebody had moved is held against the order: sent on, or out of time (3.9c)."""
    move = candidate.moves.filter(voided_at__isnull=True, received_on__isnull=True).first()
    if move is None:
        return None
    follows = consequence_of(candidate, MoveEnds(move.ordered_on, move.to_organisation, move.outside_name), book)
    move.stage, move.outcome = follows.stage, follows.outcome
    move.save(update_fields=["stage", "outcome"])
    return move
