"""Organisations rated: the pages of a season, of one organisation, of a decision."""

from django.urls import path

from evaluations.views import organisation_decisions, organisation_scores, organisations

season_pages = [
    path("", organisations.list_organisations, name="organisations"),
    path("add/", organisations.add_organisations, name="add_organisations"),
    path("<int:organisation_pk>/decide/", organisation_decisions.decide_organisations, name="decide_organisations"),
]

organisation_pages = [
    path("", organisations.show_organisation, name="organisation"),
    path("fill/", organisations.fill_organisation, name="fill_organisation"),
    path("send/", organisations.send_organisation, name="send_organisation"),
    path("recall/", organisations.recall_organisation, name="recall_organisation"),
    path("propose/", organisations.propose_organisation, name="propose_organisation"),
    path("return/", organisations.return_organisation, name="return_organisation"),
    path("rerate/", organisation_decisions.rerate_organisation, name="rerate_organisation"),
    path("void-grade/", organisation_decisions.void_organisation_grade, name="void_organisation_grade"),
    path("scores/", organisation_scores.show_organisation_scores, name="organisation_scores"),
    path("scores/save/", organisation_scores.save_organisation_scores, name="save_organisation_scores"),
    path("scores.pdf", organisation_scores.print_organisation_scores, name="print_organisation_scores"),
    path(
        "scores-blank.pdf",
        organisation_scores.print_blank_organisation_scores,
        name="print_blank_organisation_scores",
    ),
    path("form-01.pdf", organisation_decisions.print_form_01, name="print_form_01"),
    path("form-01-blank.pdf", organisation_decisions.print_blank_form_01, name="print_blank_form_01"),
]

decision_pages = [
    path("", organisation_decisions.show_decision, name="organisation_decision"),
    path("decision.pdf", organisation_decisions.print_decision, name="print_organisation_decision"),
    path("list.xlsx", organisation_decisions.export_decision, name="export_organisation_decision"),
]
