"""The report on the ratings of a year."""

from django.urls import path

from evaluations.views import report

urlpatterns = [
    path("<int:organisation>/<int:year>/", report.show_report, name="report"),
    path("<int:organisation>/<int:year>/pdf/", report.print_report, name="print_report"),
    path("<int:organisation>/<int:year>/xlsx/", report.export_report, name="export_report"),
    path("<int:organisation>/<int:year>/docx/", report.export_word, name="export_word"),
]
