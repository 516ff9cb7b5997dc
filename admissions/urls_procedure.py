"""Pages of one candidate and of lists: procedure."""

from django.urls import path

from admissions.move_pages import MOVE_PAGES
from admissions.procedure_steps import STEP_PAGES
from admissions.views import moves, probation, procedure

list_pages: list = [
    path("moves/arriving/", moves.list_arriving, name="arriving"),
    path("cells/<int:organisation_id>/vote/", probation.vote_together, name="vote_together"),
    path(
        "organisations/<int:organisation_id>/take-over-probation/",
        probation.take_over_probation,
        name="take_over_probation",
    ),
]
candidate_pages: list = [
    path("procedure/", procedure.show_procedure, name="procedure"),
    path("procedure/move/", moves.move_candidate, name="move_candidate"),
    path("procedure/receive-decision/", probation.receive_decision, name="receive_decision"),
    path("probation/", probation.show_probation, name="probation"),
    path("probation/helper/", probation.assign_probation_helper, name="assign_probation_helper"),
    path("probation/note/", probation.note_probation, name="note_probation"),
    path("probation/paper/", probation.add_probation_paper, name="add_probation_paper"),
    path("probation/class/", probation.record_new_member_class, name="record_new_member_class"),
    *(
        path(f"procedure/{step.replace('_', '-')}/", procedure.take_step, {"step": step}, name=step)
        for step in STEP_PAGES
    ),
]
row_pages: list = [
    path("procedure-steps/<int:step_id>/void/", procedure.void_procedure_step, name="void_procedure_step"),
    *(
        path(f"moves/<uuid:pk>/{step.replace('_', '-')}/", moves.take_move_step, {"step": step}, name=step)
        for step in MOVE_PAGES
    ),
]
