"""Every write about admission that means something."""

from admissions.actions.ceremonies import hold_ceremony
from admissions.actions.dossier_steps import (
    apply,
    certify_cv,
    complete_dossier,
    redo_dossier,
    seal_cv,
    start_verification,
    take_class_again,
    withdraw,
)
from admissions.actions.probation import end_probation
from admissions.actions.procedure_decisions import decide, notify_refusal
from admissions.actions.procedure_votes import appraise, return_to_cell, submit, vote_in_base, vote_in_cell
from admissions.actions.recognitions import (
    appraise_recognition,
    decide_recognition,
    return_recognition,
    submit_recognition,
    vote_recognition,
    vote_recognition_in_base,
)
from admissions.actions.removals import cancel_admission, decide_removal, vote_removal, vote_removal_in_base
from admissions.actions.source_steps import (
    clear,
    drop,
    recognise_sympathiser,
    record_certificate,
    relist,
    send_to_class,
)

__all__ = [
    "apply",
    "appraise",
    "appraise_recognition",
    "cancel_admission",
    "certify_cv",
    "clear",
    "complete_dossier",
    "decide",
    "decide_recognition",
    "decide_removal",
    "drop",
    "end_probation",
    "hold_ceremony",
    "notify_refusal",
    "recognise_sympathiser",
    "record_certificate",
    "redo_dossier",
    "relist",
    "return_recognition",
    "return_to_cell",
    "seal_cv",
    "send_to_class",
    "start_verification",
    "submit",
    "submit_recognition",
    "take_class_again",
    "vote_in_base",
    "vote_in_cell",
    "vote_recognition",
    "vote_recognition_in_base",
    "vote_removal",
    "vote_removal_in_base",
    "withdraw",
]
