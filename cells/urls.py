"""Organisations, accounts, documents, rules."""

from django.urls import include, path

from cells.views import accounts, acting, changes, events, jobs, organs, rules, tree

app_name = "cells"

urlpatterns = [
    path("", tree.show_tree, name="tree"),
    path("print/", tree.print_tree, name="print_tree"),
    path("export/", tree.export_tree, name="export_tree"),
    path("organisations/options/", tree.organisation_options, name="organisation_options"),
    path("organisations/<int:organisation_id>/", tree.show_organisation, name="organisation"),
    path("organisations/<int:organisation_id>/add-term/", tree.add_term, name="add_term"),
    path("organisations/<int:organisation_id>/organs/", organs.show_organs, name="organs"),
    path("organisations/<int:organisation_id>/organs/add/", organs.add_organ, name="add_organ"),
    path("organisations/<int:organisation_id>/seal/", organs.record_seal, name="record_seal"),
    path("organs/<int:organ_id>/end/", organs.end_organ, name="end_organ"),
    path("organs/<int:organ_id>/correct/", organs.correct_organ, name="correct_organ"),
    path("organs/<int:organ_id>/void/", organs.void_organ, name="void_organ"),
    path("organisations/<int:organisation_id>/change/<slug:act>/", changes.change_tree, name="change_tree"),
    path("events/", events.list_events, name="events"),
    path("events/<int:event_id>/", events.show_event, name="event"),
    path("events/<int:event_id>/undo/", events.undo_event, name="undo_event"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("accounts/new/", accounts.create_account, name="create_account"),
    path("accounts/<int:account_id>/", accounts.show_account, name="account"),
    path("accounts/<int:account_id>/grant-role/", accounts.grant_role, name="grant_role"),
    path("accounts/<int:account_id>/reset-password/", accounts.reset_password, name="reset_password"),
    path("accounts/<int:account_id>/deactivate/", accounts.deactivate_account, name="deactivate_account"),
    path("accounts/<int:account_id>/reactivate/", accounts.reactivate_account, name="reactivate_account"),
    path("accounts/<int:account_id>/end-sessions/", accounts.end_sessions, name="end_sessions"),
    path("accounts/<int:account_id>/unlock/", accounts.unlock_account, name="unlock_account"),
    path("roles/<int:role_id>/end/", accounts.end_role, name="end_role"),
    path("acting/", acting.choose_acting, name="choose_acting"),
    path("acting/act-for/", acting.act_for, name="act_for"),
    path("documents/", include("cells.urls_documents")),
    path("rules/", rules.list_rules, name="rules"),
    path("rules/choices/", rules.list_choices, name="choices"),
    path("rules/choices/<int:override_id>/end/", rules.end_override, name="end_override"),
    path("rules/<int:rule_set_id>/", rules.show_rule_set, name="rule_set"),
    path("rules/<int:rule_set_id>/<slug:key>/choose/", rules.add_override, name="add_override"),
    path("jobs/", jobs.list_jobs, name="jobs"),
    path("jobs/<uuid:job_id>/", jobs.show_job, name="job"),
    path("jobs/<uuid:job_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:job_id>/file/", jobs.job_file, name="job_file"),
]
