"""Every write of the yearly rating that means something; each is atomic and logged."""

from evaluations.actions.cap_groups import found_cap_group, place_in_group, void_cap_group
from evaluations.actions.complaints import answer_complaint, receive_complaint, void_complaint
from evaluations.actions.decisions import decide
from evaluations.actions.drafts import save_draft
from evaluations.actions.frames import edit_frame, found_frame, issue_frame, take_frames, void_frame
from evaluations.actions.managed import rejoin_managed, split_managed
from evaluations.actions.notices import notify_results, void_notice
from evaluations.actions.organisation_decisions import (
    decide_organisations,
    rerate_organisation,
    void_organisation_grade,
)
from evaluations.actions.organisation_scores import save_organisation_scores
from evaluations.actions.organisations import (
    add_organisations,
    fill_organisation,
    propose_organisation,
    recall_organisation,
    return_organisation,
    send_organisation,
)
from evaluations.actions.plans import plan
from evaluations.actions.quarters import follow_member, save_quarter, void_quarter
from evaluations.actions.raised_points import answer_raised_point, raise_point, void_raised_point
from evaluations.actions.readings import read_flags, read_run_list, read_screening, read_screening_report, read_written
from evaluations.actions.removal_after import (
    answer_removal_complaint,
    hand_in_removal_card,
    receive_removal_complaint,
    record_removal_receipt,
    send_removal_file,
)
from evaluations.actions.removal_bodies import (
    appraise_leaving,
    choose_removal_body,
    decide_removal,
    return_removal,
    submit_removal,
    void_removal_step,
    vote_removal_in_base,
)
from evaluations.actions.removals import (
    add_removal_statement,
    apply_to_leave,
    ask_self_review,
    read_removal,
    receive_self_review,
    record_refusal,
    start_removal,
    void_removal_statement,
    vote_removal_in_cell,
    withdraw_removal,
)
from evaluations.actions.reratings import rerate, void_rerating
from evaluations.actions.rerouting import reroute
from evaluations.actions.residence import record_residence
from evaluations.actions.reviews import confirm_doors, override_eligibility
from evaluations.actions.scores import choose_appendix, choose_own_score, save_scores
from evaluations.actions.screening_cells import (
    dismiss,
    keep_note,
    put_up,
    record_conduct,
    record_flag,
    review_cell,
    void_conduct,
    void_note,
    withdraw_flag,
)
from evaluations.actions.screening_list import (
    assist,
    consult_superior,
    decline_recognition,
    follow_up,
    recognise,
    review_progress,
    void_screening_step,
    vote_list,
)
from evaluations.actions.screening_removal import propose_removal
from evaluations.actions.screening_rounds import (
    close_round,
    compute_round,
    open_round,
    reopen_round,
    start_computing,
)
from evaluations.actions.seasons import (
    close_season,
    open_season,
    raise_cap,
    refresh_sheet,
    start_season,
    void_cap_raise,
)
from evaluations.actions.sheets import appraise, forward, open_sheet, recall, return_sheet, send
from evaluations.actions.task_numbers import fill_tasks
from evaluations.actions.written import hand_in_written, receive_papers, reopen_written, save_written

__all__ = [
    "add_organisations",
    "add_removal_statement",
    "answer_complaint",
    "answer_raised_point",
    "answer_removal_complaint",
    "apply_to_leave",
    "appraise",
    "appraise_leaving",
    "ask_self_review",
    "assist",
    "choose_appendix",
    "choose_own_score",
    "choose_removal_body",
    "close_round",
    "close_season",
    "compute_round",
    "confirm_doors",
    "consult_superior",
    "decide",
    "decide_organisations",
    "decide_removal",
    "decline_recognition",
    "dismiss",
    "edit_frame",
    "fill_organisation",
    "fill_tasks",
    "follow_member",
    "follow_up",
    "forward",
    "found_cap_group",
    "found_frame",
    "hand_in_removal_card",
    "hand_in_written",
    "issue_frame",
    "keep_note",
    "notify_results",
    "open_round",
    "open_season",
    "open_sheet",
    "override_eligibility",
    "place_in_group",
    "plan",
    "propose_organisation",
    "propose_removal",
    "put_up",
    "raise_cap",
    "raise_point",
    "read_flags",
    "read_removal",
    "read_run_list",
    "read_screening",
    "read_screening_report",
    "read_written",
    "recall",
    "recall_organisation",
    "receive_complaint",
    "receive_papers",
    "receive_removal_complaint",
    "receive_self_review",
    "recognise",
    "record_conduct",
    "record_flag",
    "record_refusal",
    "record_removal_receipt",
    "record_residence",
    "refresh_sheet",
    "rejoin_managed",
    "reopen_round",
    "reopen_written",
    "rerate",
    "rerate_organisation",
    "reroute",
    "return_organisation",
    "return_removal",
    "return_sheet",
    "review_cell",
    "review_progress",
    "save_draft",
    "save_organisation_scores",
    "save_quarter",
    "save_scores",
    "save_written",
    "send",
    "send_organisation",
    "send_removal_file",
    "split_managed",
    "start_computing",
    "start_removal",
    "start_season",
    "submit_removal",
    "take_frames",
    "void_cap_group",
    "void_cap_raise",
    "void_complaint",
    "void_conduct",
    "void_frame",
    "void_note",
    "void_notice",
    "void_organisation_grade",
    "void_quarter",
    "void_raised_point",
    "void_removal_statement",
    "void_removal_step",
    "void_rerating",
    "void_screening_step",
    "vote_list",
    "vote_removal_in_base",
    "vote_removal_in_cell",
    "withdraw_flag",
    "withdraw_removal",
]
