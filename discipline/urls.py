"""Inspection, discipline: the cases of a person, one case under its seal, and what stands beside the cases."""

from django.urls import include, path

from discipline import urls_beside, urls_decisions, urls_inspection, urls_papers, urls_statistics
from discipline.views import cases, seal, steps
from discipline.workflow import CASE

app_name = "discipline"

urlpatterns = [
    path("", cases.list_cases, name="cases"),
    path("signals/register/", cases.register_signal, name="register_signal"),
    path("openings/<uuid:pk>/", seal.answer_opening, name="answer_opening"),
    path("orphans/<uuid:pk>/", seal.take_over_case, name="take_over_case"),
    path("<uuid:pk>/", cases.show_cover, name="case"),
    path("<uuid:pk>/progress/", cases.show_file, name="file"),
    path("<uuid:pk>/journal/", cases.show_journal, name="journal"),
    path("<uuid:pk>/void/", seal.void_case, name="void_case"),
    path("<uuid:pk>/signal/correct/", seal.correct_signal, name="correct_signal"),
    path("<uuid:pk>/seal/ask/", seal.ask_opening, name="ask_opening"),
    path("<uuid:pk>/seal/<int:reader_id>/close/", seal.close_for, name="close_for"),
    path("<uuid:pk>/record/", seal.point_to_record, name="point_to_record"),
    *urls_inspection.case_pages,
    path("<uuid:pk>/", include(urls_decisions.case_pages)),
    *(
        path(f"<uuid:pk>/steps/{step.replace('_', '-')}/", steps.take_step, {"step": step}, name=step)
        for step in CASE.steps
    ),
    *urls_beside.pages,
    *urls_papers.case_pages,
    *urls_statistics.body_pages,
]
