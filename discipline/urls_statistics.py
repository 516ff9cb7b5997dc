"""Inspection statistics of a body: the tables, what stands behind a figure, closing a period, the report."""

from django.urls import path

from discipline.views import statistics

body_pages: list = [
    path("statistics/", statistics.choose_statistics, name="statistics"),
    path("statistics/<int:organisation_id>/", statistics.show_statistics, name="statistics_of"),
    path("statistics/<int:organisation_id>/print/", statistics.print_statistics, name="print_statistics"),
    path("statistics/<int:organisation_id>/workbook/", statistics.export_statistics, name="export_statistics"),
    path("statistics/<int:organisation_id>/behind/", statistics.behind_figure, name="behind_figure"),
    path("statistics/<int:organisation_id>/freeze/", statistics.freeze_statistics, name="freeze_statistics"),
    path("statistics/<int:organisation_id>/report/", statistics.show_report, name="inspection_report"),
    path("statistics/<int:organisation_id>/report/print/", statistics.print_report, name="print_inspection_report"),
]
