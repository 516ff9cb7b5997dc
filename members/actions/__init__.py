"""Every write about people that means something; each is atomic and logged."""

from members.actions.reception import (
    accept_transfer,
    present_slip,
    receive_former_member,
    receive_from_outside,
    receive_notice,
    refuse_transfer,
)
from members.actions.temporary import end_temporary, extend_temporary
from members.actions.transfers import (
    confirm_departure,
    issue_slip,
    reissue_slip,
    request_transfer,
    withdraw_transfer,
)
from members.actions.transfers_together import accept_transfers, issue_slips, request_transfers

__all__ = [
    "accept_transfer",
    "accept_transfers",
    "confirm_departure",
    "end_temporary",
    "extend_temporary",
    "issue_slip",
    "issue_slips",
    "present_slip",
    "receive_former_member",
    "receive_from_outside",
    "receive_notice",
    "refuse_transfer",
    "reissue_slip",
    "request_transfer",
    "request_transfers",
    "withdraw_transfer",
]
