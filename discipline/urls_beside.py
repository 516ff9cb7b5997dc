"""What stands beside the cases: suspensions, the register of proceedings, denunciations, plans and their coverage."""

from django.urls import path

from discipline.views import denunciation_seal as seal
from discipline.views import denunciations, plans, proceedings, supervision, suspensions

pages = [
    path("suspensions/", suspensions.list_suspensions, name="suspensions"),
    path("suspensions/add/", suspensions.suspend, name="suspend"),
    path("suspensions/<uuid:pk>/", suspensions.show_suspension, name="suspension"),
    path("suspensions/<uuid:pk>/extend/", suspensions.extend_suspension, name="extend_suspension"),
    path("suspensions/<uuid:pk>/end/", suspensions.end_suspension, name="end_suspension"),
    path("suspensions/<uuid:pk>/void/", suspensions.void_suspension, name="void_suspension"),
    path("<uuid:pk>/beside/", suspensions.show_beside, name="beside"),
    path("<uuid:pk>/suspend/", suspensions.suspend_in_case, name="suspend_in_case"),
    path("proceedings/", proceedings.list_proceedings, name="proceedings"),
    path("proceedings/export/", proceedings.export_proceedings, name="export_proceedings"),
    path(
        "proceedings/<int:proceeding_id>/papers/add/",
        proceedings.add_proceeding_paper,
        name="add_proceeding_paper",
    ),
    path("proceedings/papers/<uuid:pk>/void/", proceedings.void_proceeding_paper, name="void_proceeding_paper"),
    path("denunciations/", denunciations.list_denunciations, name="denunciations"),
    path("denunciations/receive/", denunciations.receive_denunciation, name="receive_denunciation"),
    path("denunciations/openings/<uuid:pk>/", seal.answer_sender_opening, name="answer_sender_opening"),
    path("denunciations/orphans/<uuid:pk>/", seal.take_over_denunciation, name="take_over_denunciation"),
    path("denunciations/<uuid:pk>/", denunciations.show_denunciation, name="denunciation"),
    path("denunciations/<uuid:pk>/open/", denunciations.open_denunciation, name="open_denunciation"),
    path("denunciations/<uuid:pk>/classify/", denunciations.classify_denunciation, name="classify_denunciation"),
    path(
        "denunciations/<uuid:pk>/contents/<int:content_id>/",
        denunciations.conclude_content,
        name="conclude_content",
    ),
    path("denunciations/<uuid:pk>/case/", denunciations.open_case_from, name="open_case_from"),
    path("denunciations/<uuid:pk>/sender/", denunciations.show_sender, name="sender"),
    path("denunciations/<uuid:pk>/readers/ask/", seal.ask_sender_opening, name="ask_sender_opening"),
    path(
        "denunciations/<uuid:pk>/readers/<int:reader_id>/close/",
        seal.close_denunciation_for,
        name="close_denunciation_for",
    ),
    path("denunciations/<uuid:pk>/void/", seal.void_denunciation, name="void_denunciation"),
    path("plans/", plans.list_plans, name="plans"),
    path("plans/add/", plans.add_plan, name="add_plan"),
    path("plans/<uuid:pk>/", plans.show_plan, name="plan"),
    path("plans/<uuid:pk>/void/", plans.void_plan, name="void_plan"),
    path("plans/<uuid:pk>/items/add/", plans.plan_item, name="plan_item"),
    path("plans/items/<uuid:pk>/change/", plans.change_item, name="change_item"),
    path("plans/items/<uuid:pk>/report/", plans.report_item, name="report_item"),
    path("plans/items/<uuid:pk>/void/", plans.void_item, name="void_item"),
    path("supervision/<int:organisation_id>/", supervision.show_coverage, name="coverage"),
    path("supervision/<int:organisation_id>/export/", supervision.export_coverage, name="export_coverage"),
    path("indicators/", supervision.show_indicators, name="indicators"),
]
