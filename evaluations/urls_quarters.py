"""Quarterly follow-up: the board of a body, one quarter of a cell, form 05."""

from django.urls import path

from evaluations.views import quarter_papers, quarters

quarter_pages = [
    path("", quarters.show_quarter, name="quarter"),
    path("save/", quarters.save_quarter, name="save_quarter"),
    path("follow/", quarters.follow_member, name="follow_member"),
    path("history/", quarters.show_history, name="quarter_history"),
    path("form-05.pdf", quarter_papers.print_forms_05, name="print_forms_05"),
    path("form-05-blank.pdf", quarter_papers.print_blank_form_05, name="print_blank_form_05"),
]

board_pages = [
    path("", quarters.show_board, name="quarters"),
    path("pdf/", quarter_papers.print_board, name="print_quarters"),
    path("xlsx/", quarter_papers.export_board, name="export_quarters"),
]

rating_pages = [
    path("void/", quarters.void_quarter, name="void_quarter"),
    path("form-05.pdf", quarter_papers.print_form_05, name="print_form_05"),
]
