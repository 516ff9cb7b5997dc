"""The quality desk."""

from django.urls import include, path

from members.views import quality

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
]
