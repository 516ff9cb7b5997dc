"""Moves: the queue, one move with its steps, several at once."""

from django.urls import include, path

from members.views import transfer_requests, transfer_steps, transfers, transfers_together

one_transfer = [
    path("", transfers.show_transfer, name="transfer"),
    path("slip/", transfers.print_slip, name="print_slip"),
    path("notices/", transfers.print_notices, name="print_notices"),
    path("issue/", transfer_steps.issue_slip, name="issue_slip"),
    path("reissue/", transfer_steps.reissue_slip, name="reissue_slip"),
    path("notice/", transfer_steps.receive_notice, name="receive_notice"),
    path("present/", transfer_steps.present_slip, name="present_slip"),
    path("accept/", transfer_steps.accept_transfer, name="accept_transfer"),
    path("refuse/", transfer_steps.refuse_transfer, name="refuse_transfer"),
    path("confirm/", transfer_steps.confirm_departure, name="confirm_departure"),
    path("withdraw/", transfer_steps.withdraw_transfer, name="withdraw_transfer"),
    path("extend/", transfer_steps.extend_temporary, name="extend_temporary"),
    path("return/", transfer_steps.end_temporary, name="end_temporary"),
]
urlpatterns = [
    path("", transfers.list_transfers, name="transfers"),
    path("request/<int:organisation_id>/", transfer_requests.request_transfers, name="request_transfers"),
    path("receive/", transfer_requests.choose_receiving_cell, name="choose_receiving_cell"),
    path("receive/<int:organisation_id>/", transfer_requests.receive_from_outside, name="receive_from_outside"),
    path("issue/", transfers_together.issue_slips, name="issue_slips"),
    path("accept/", transfers_together.accept_transfers, name="accept_transfers"),
    path("<uuid:transfer_id>/", include(one_transfer)),
]
