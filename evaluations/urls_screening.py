"""Screening: rounds, the cell's page, people and the steps of one of them, the report."""

from django.urls import include, path

from evaluations.views import screening_cells, screening_people, screening_report, screening_rounds

cell_pages = [
    path("", screening_cells.show_cell, name="screening_cell"),
    path("put-up/", screening_cells.put_up, name="put_up"),
    path("dismiss/", screening_cells.dismiss_together, name="dismiss_together"),
    path("review/", screening_cells.review_cell, name="review_cell"),
    path("flag/", screening_cells.record_flag, name="record_flag"),
    path("members/<uuid:member_pk>/note/", screening_cells.keep_note, name="keep_note"),
    path("members/<uuid:member_pk>/own.pdf", screening_people.print_own_flags, name="print_own_flags"),
]

round_pages = [
    path("", screening_rounds.show_round, name="screening_round"),
    path("compute/", screening_rounds.compute_round, name="compute_round"),
    path("close/", screening_rounds.close_round, name="close_round"),
    path("reopen/", screening_rounds.reopen_round, name="reopen_round"),
    path("people/", screening_people.list_people, name="screening_people"),
    path("report/", screening_report.show_report, name="screening_report"),
    path("report.pdf", screening_report.print_report, name="print_screening_report"),
    path("report.xlsx", screening_report.export_report, name="export_screening_report"),
    path("cells/<int:cell_pk>/", include(cell_pages)),
]

STEPS = (
    "dismiss",
    "consult_superior",
    "vote_list",
    "assist",
    "follow_up",
    "review_progress",
    "recognise",
    "decline_recognition",
    "propose_removal",
)

subject_pages = [
    path("", screening_people.show_subject, name="screening_subject"),
    *(
        path(f"{step.replace('_', '-')}/", screening_people.take_screening_step, {"step": step}, name=step)
        for step in STEPS
    ),
]

screening_pages = [
    path("", screening_rounds.list_rounds, name="screening"),
    path("open/", screening_rounds.open_round, name="open_round"),
    path("rounds/<uuid:pk>/", include(round_pages)),
    path("people/<uuid:pk>/", include(subject_pages)),
    path("steps/<int:step_pk>/void/", screening_people.void_screening_step, name="void_screening_step"),
    path("flags/<uuid:flag_pk>/withdraw/", screening_cells.withdraw_flag, name="withdraw_flag"),
    path("notes/<uuid:note_pk>/void/", screening_cells.void_note, name="void_screening_note"),
    path("hints/<int:cell_pk>/", screening_cells.show_hints, name="screening_hints"),
    path("conduct/<uuid:member_pk>/", screening_cells.record_conduct, name="record_conduct"),
    path("conduct-years/<uuid:conduct_pk>/void/", screening_cells.void_conduct, name="void_conduct"),
]
