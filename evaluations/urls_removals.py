"""Leaving the Party by screening: the list, one matter, its steps and papers."""

from django.urls import path

from evaluations.removal_step_pages import REMOVAL_STEP_PAGES
from evaluations.views import removal_after, removals

list_pages = [
    path("", removals.list_removals, name="removals"),
    path("new/", removals.choose_removal_member, name="choose_removal_member"),
    path("start/<uuid:member_id>/", removals.start_removal, name="start_removal"),
    path("leave/<uuid:member_id>/", removals.apply_to_leave, name="apply_to_leave"),
    path("statements/<int:paper_id>/void/", removals.void_removal_statement, name="void_removal_statement"),
    path("steps/<int:step_id>/void/", removals.void_removal_step, name="void_removal_step"),
]
matter_pages = [
    path("", removals.show_removal, name="removal"),
    path("statement/", removals.add_removal_statement, name="add_removal_statement"),
    path("decider/", removals.choose_removal_body, name="choose_removal_body"),
    path("receipt/", removal_after.record_removal_receipt, name="record_removal_receipt"),
    path("card/", removal_after.hand_in_removal_card, name="hand_in_removal_card"),
    path("file/", removal_after.send_removal_file, name="send_removal_file"),
    path("papers/dossier.pdf", removal_after.print_removal_dossier, name="print_removal_dossier"),
    path("papers/<slug:paper>.pdf", removal_after.print_removal_paper, name="print_removal_paper"),
    path("papers/<slug:paper>.docx", removal_after.download_removal_paper, name="download_removal_paper"),
    *(
        path(f"{step.replace('_', '-')}/", removals.take_removal_step, {"step": step}, name=step)
        for step in REMOVAL_STEP_PAGES
    ),
]
