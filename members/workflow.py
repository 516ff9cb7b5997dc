"""The steps of a move: what leads where, whose right it takes, and of which body the right is asked."""

from cells.permissions import Permission
from config.lib.workflow import NotAllowed, Step, Workflow
from members.enums import TEMPORARY_KINDS, TransferState

REQUESTED, ISSUED, PRESENTED = TransferState.REQUESTED, TransferState.ISSUED, TransferState.PRESENTED
REFUSED, RECEIVED, RETURNED = TransferState.REFUSED, TransferState.RECEIVED, TransferState.RETURNED
WITHDRAWN = TransferState.WITHDRAWN
ISSUE, RECEIVE = Permission.TRANSFERS_ISSUE, Permission.TRANSFERS_RECEIVE

MOVE = Workflow(
    Step("issue_slip", (REQUESTED,), ISSUED, ISSUE, "Cấp giấy giới thiệu"),
    Step("present_slip", (ISSUED, REFUSED), PRESENTED, RECEIVE, "Ghi đã nộp giấy"),
    Step("accept_transfer", (ISSUED, PRESENTED), RECEIVED, RECEIVE, "Tiếp nhận"),
    Step("refuse_transfer", (ISSUED, PRESENTED), REFUSED, RECEIVE, "Chưa tiếp nhận"),
    Step("confirm_departure", (ISSUED,), RECEIVED, ISSUE, "Ghi nơi đến đã tiếp nhận"),
    Step("reissue_slip", (ISSUED, PRESENTED, REFUSED), WITHDRAWN, ISSUE, "Cấp giấy thay thế"),
    Step("extend_temporary", (RECEIVED,), RECEIVED, ISSUE, "Gia hạn sinh hoạt tạm thời"),
    Step("end_temporary", (RECEIVED,), RETURNED, RECEIVE, "Ghi đã trở về"),
    Step(
        "withdraw_transfer",
        (REQUESTED, ISSUED, PRESENTED, REFUSED),
        WITHDRAWN,
        Permission.TRANSFERS_REQUEST,
        "Rút, không chuyển",
    ),
)
# What one does next in a state, the first that fits; everything else that is open stands beside it.
NEXT = ("issue_slip", "accept_transfer", "confirm_departure", "reissue_slip", "end_temporary")
AT_RECEIVER = {"present_slip", "accept_transfer", "refuse_transfer"}
OF_TEMPORARY = {"extend_temporary", "end_temporary"}


def asked_of(name, transfer):
    """(permission, organisation) of which a step asks the right.

    Issuing is asked of the body that issues; the cell that asked may take its request back, after the issue only the
    issuing body may; a temporary move ends where the member officially is.
    """
    if name in AT_RECEIVER:
        return RECEIVE, transfer.to_organisation
    if name == "end_temporary":
        return RECEIVE, transfer.from_organisation
    if name == "withdraw_transfer" and transfer.state == REQUESTED:
        return Permission.TRANSFERS_REQUEST, transfer.from_organisation
    return ISSUE, transfer.common


def may_take(user, name, transfer):
    """Whether `user` is of the body that takes this step with this move; the state is not looked at."""
    permission, organisation = asked_of(name, transfer)
    return organisation is not None and user.may(permission, organisation)


def fits(name, transfer):
    """Whether a move of this kind and direction has such a step at all."""
    if transfer.from_organisation_id is None:
        return False
    if name in AT_RECEIVER:
        return not transfer.goes_outside
    if name == "confirm_departure":
        return transfer.goes_outside
    return name not in OF_TEMPORARY or transfer.kind in TEMPORARY_KINDS


def steps_open_to(user, transfer):
    """Names of the steps that the state of the move, its kind and the rights of `user` leave open."""
    return [
        name
        for name, step in MOVE.steps.items()
        if transfer.state in step.sources and fits(name, transfer) and may_take(user, name, transfer)
    ]


def take_step(transfer, name):
    """Set the state on a locked `transfer`; `NotAllowed` when the step is not open to it."""
    if not fits(name, transfer):
        label = MOVE.step(name).label.lower()
        raise NotAllowed(f"Không “{label}” được với loại chuyển sinh hoạt này: {transfer.get_kind_display()}.")
    MOVE.move(transfer, name)
