"""Seasons, the sheets of the cells, decisions."""

from django.urls import include, path

from evaluations import urls_organisations
from evaluations.views import (
    cap_groups,
    complaints,
    decisions,
    frames,
    notices,
    papers,
    points,
    reratings,
    residence,
    reviews,
    scores,
    seasons,
    sheet,
    stations,
    twin,
    written,
)

app_name = "evaluations"

season_pages = [
    path("", seasons.show_season, name="season"),
    path("close/", seasons.close_season, name="close_season"),
    path("reminders.pdf", papers.print_reminders, name="print_reminders"),
    path("take-frames/", frames.take_frames, name="take_frames"),
    path("raise-cap/", seasons.raise_cap, name="raise_cap"),
    path("raises/<int:raise_pk>/void/", reratings.void_cap_raise, name="void_cap_raise"),
    path("decisions/<int:organisation_pk>/", decisions.show_table, name="decisions"),
    path("decisions/<int:organisation_pk>/decide/", decisions.decide, name="decide"),
    path("decisions/<int:organisation_pk>/groups/", cap_groups.show_cap_groups, name="cap_groups"),
    path("decisions/<int:organisation_pk>/groups/found/", cap_groups.found_cap_group, name="found_cap_group"),
    path("decisions/<int:organisation_pk>/groups/place/", cap_groups.place_in_group, name="place_in_group"),
]

sheet_pages = [
    path("", sheet.show_sheet, name="sheet"),
    path("save/", sheet.save_draft, name="save_draft"),
    path("refresh/", sheet.refresh_sheet, name="refresh_sheet"),
    path("fill-tasks/", sheet.fill_tasks, name="fill_tasks"),
    path("send/", sheet.send, name="send"),
    path("recall/", sheet.recall, name="recall"),
    path("open/", stations.open_sheet, name="open_sheet"),
    path("appraise/", stations.appraise, name="appraise"),
    path("return/", stations.return_sheet, name="return_sheet"),
    path("forward/", stations.forward, name="forward"),
    path("workbook/", twin.workbook, name="workbook"),
    path("points/", scores.show_cell_points, name="cell_points"),
    path("points/save/", scores.save_points, name="save_points"),
    path("results.pdf", papers.print_results, name="print_results"),
    path("ballot.pdf", papers.print_ballot, name="print_ballot"),
    path("count.pdf", papers.print_count, name="print_count"),
    path("minutes.pdf", papers.print_minutes, name="print_minutes"),
    path("written/", written.list_written, name="list_written"),
    path("written/receive/", written.receive_papers, name="receive_papers"),
    path("written/all.pdf", written.print_cell_written, name="print_cell_written"),
    path("written/blank/<slug:group>.pdf", written.print_blank, name="print_blank"),
    path("residence/", residence.record_residence, name="record_residence"),
    path("points/raise/", points.raise_point, name="raise_point"),
    path("points/<uuid:point_pk>/answer/", points.answer_point, name="answer_point"),
    path("points/<uuid:point_pk>/void/", points.void_point, name="void_point"),
]

review_pages = [
    path("", reviews.show_review, name="review"),
    path("eligibility/", reviews.override_eligibility, name="override_eligibility"),
    path("doors/", reviews.confirm_doors, name="confirm_doors"),
    path("written/", written.show_written, name="written"),
    path("written/save/", written.save_written, name="save_written"),
    path("written/hand-in/", written.hand_in_written, name="hand_in_written"),
    path("written/reopen/", written.reopen_written, name="reopen_written"),
    path("written/form.pdf", written.print_written, name="print_written"),
    path("written/file-list.pdf", written.print_file_list, name="print_file_list"),
    path("points/", scores.show_points, name="points"),
    path("points/appendix/", scores.choose_appendix, name="choose_appendix"),
    path("points.pdf", scores.print_points, name="print_points"),
    path("rerate/", reratings.rerate, name="rerate"),
    path("complaints/", complaints.show_complaints, name="complaints"),
    path("complaints/receive/", complaints.receive_complaint, name="receive_complaint"),
]

urlpatterns = [
    path("report/", include("evaluations.urls_report")),
    path("frames/", include("evaluations.urls_frames")),
    path("", seasons.list_seasons, name="seasons"),
    path("open/", seasons.open_season, name="open_season"),
    path("seasons/<uuid:pk>/", include(season_pages)),
    path("seasons/<uuid:pk>/organisations/", include(urls_organisations.season_pages)),
    path("organisations/<uuid:pk>/", include(urls_organisations.organisation_pages)),
    path("organisation-decisions/<uuid:pk>/", include(urls_organisations.decision_pages)),
    path("sheets/<uuid:pk>/", include(sheet_pages)),
    path("reviews/<uuid:pk>/", include(review_pages)),
    path("reratings/<uuid:pk>/void/", reratings.void_rerating, name="void_rerating"),
    path("reratings/<uuid:pk>/decision.pdf", reratings.print_rerating, name="print_rerating"),
    path("cap-groups/<int:pk>/void/", cap_groups.void_cap_group, name="void_cap_group"),
    path("complaints/<uuid:pk>/answer/", complaints.answer_complaint, name="answer_complaint"),
    path("complaints/<uuid:pk>/void/", complaints.void_complaint, name="void_complaint"),
    path("decisions/<uuid:pk>/", decisions.show_decision, name="decision"),
    path("decisions/<uuid:pk>/notify/", notices.notify_results, name="notify_results"),
    path("notices/<int:pk>/void/", notices.void_notice, name="void_notice"),
    path("decisions/<uuid:pk>/decision.pdf", papers.print_decision, name="print_decision"),
    path("decisions/<uuid:pk>/list.xlsx", papers.export_decision, name="export_decision"),
]
