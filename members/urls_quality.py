"""The quality desk."""

from django.urls import include, path

from members.views import merging, quality

finding_urls = [
    path("accept/", quality.accept_finding, name="accept_finding"),
    path("reopen/", quality.reopen_finding, name="reopen_finding"),
]
urlpatterns = [
    path("", quality.show_quality, name="show_quality"),
    path("<int:organisation_id>/check/", quality.check_quality, name="check_quality"),
    path("<int:organisation_id>/fix/<slug:rule>/", quality.fix_findings, name="fix_findings"),
    path("fixes/<int:fix_id>/undo/", quality.undo_fix, name="undo_fix"),
    path("findings/", quality.list_findings, name="findings"),
    path("findings/assign/", quality.assign_findings, name="assign_findings"),
    path("findings/<int:finding_id>/", include(finding_urls)),
    path("merges/<int:merge_id>/", merging.show_merge, name="merge"),
    path("merges/<int:merge_id>/undo/", merging.undo_merge, name="undo_merge"),
    path("<uuid:member_id>/with/<uuid:other_id>/", merging.merge_members, name="merge_members"),
]
