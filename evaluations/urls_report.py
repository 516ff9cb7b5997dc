"""The report on the ratings of a year, those at one level for years running, the trend over the years."""

from django.urls import path

from evaluations.views import organisation_report, report, runs, trend

urlpatterns = [
    path("<int:organisation>/<int:year>/", report.show_report, name="report"),
    path("<int:organisation>/<int:year>/pdf/", report.print_report, name="print_report"),
    path("<int:organisation>/<int:year>/xlsx/", report.export_report, name="export_report"),
    path("<int:organisation>/<int:year>/docx/", report.export_word, name="export_word"),
    path("runs/<slug:name>/", runs.show_run, name="run"),
    path("<int:organisation>/<int:year>/runs/<slug:name>/pdf/", runs.print_run, name="print_run"),
    path("<int:organisation>/<int:year>/runs/<slug:name>/xlsx/", runs.export_run, name="export_run"),
    path("<int:organisation>/trend/", trend.show_trend, name="trend"),
    path("<int:organisation>/trend/xlsx/", trend.export_trend, name="export_trend"),
    path(
        "<int:organisation>/<int:year>/organisations/",
        organisation_report.show_organisations,
        name="organisations_report",
    ),
    path(
        "<int:organisation>/<int:year>/organisations/pdf/",
        organisation_report.print_organisations,
        name="print_organisations_report",
    ),
    path(
        "<int:organisation>/<int:year>/organisations/xlsx/",
        organisation_report.export_organisations,
        name="export_organisations_report",
    ),
    path("<int:organisation>/<int:year>/summary/", organisation_report.show_summary, name="summary"),
    path("<int:organisation>/<int:year>/summary/pdf/", organisation_report.print_summary, name="print_summary"),
    path("<int:organisation>/<int:year>/summary/xlsx/", organisation_report.export_summary, name="export_summary"),
]
