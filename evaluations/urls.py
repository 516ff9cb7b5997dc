"""Seasons, the sheets of the cells, decisions."""

from django.urls import include, path

from evaluations.views import seasons

app_name = "evaluations"

urlpatterns = [
    path("report/", include("evaluations.urls_report")),
    path("", seasons.list_seasons, name="seasons"),
]
