"""Votes and decisions of one case, what follows from them, the last step taken back."""

from django.urls import path

from discipline.views import decisions

case_pages = [
    path("votes/", decisions.show_votes, name="votes"),
    path("execution/", decisions.show_execution, name="execution"),
    path("last-step/<int:step_id>/void/", decisions.void_last_step, name="void_last_step"),
]
