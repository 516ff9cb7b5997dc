"""The pages of the inspection of one case."""

from django.urls import path

from discipline.views import inspection as views

case_pages = [
    path("<uuid:pk>/inspection/", views.show_inspection, name="inspection"),
    path("<uuid:pk>/inspection/violations/add/", views.add_violation, name="add_violation"),
    path("<uuid:pk>/inspection/violations/<int:row_id>/conclude/", views.conclude_violation, name="conclude_violation"),
    path("<uuid:pk>/inspection/circumstances/add/", views.add_circumstance, name="add_circumstance"),
    path("<uuid:pk>/inspection/team/add/", views.add_team_member, name="add_team_member"),
    path("<uuid:pk>/inspection/evidence/add/", views.add_evidence, name="add_evidence"),
    path("<uuid:pk>/inspection/<str:kind>/<int:row_id>/void/", views.void_record, name="void_record"),
    path("<uuid:pk>/inspection/self-review/ask/", views.ask_self_review, name="ask_self_review"),
    path("<uuid:pk>/inspection/self-review/answer/", views.answer_self_review, name="answer_self_review"),
    path("<uuid:pk>/inspection/extend/", views.extend_inspection, name="extend_inspection"),
    path("<uuid:pk>/inspection/rules/choose/", views.choose_rules, name="choose_rules"),
]
