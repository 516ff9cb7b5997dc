"""Official forms of the statistics; included below `members:`."""

from django.urls import include, path

from members.views import statistics

statement_urls = [
    path("", statistics.show_statement, name="statement"),
    path("pdf/", statistics.print_statement, name="print_statement"),
    path("xlsx/", statistics.export_statement, name="export_statement"),
    path("names/", statistics.show_behind, name="behind"),
]
urlpatterns = [
    path("", statistics.choose_statement, name="statistics"),
    path("<slug:form>/<int:organisation_id>/", include(statement_urls)),
]
