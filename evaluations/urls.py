"""Seasons, the sheets of the cells, decisions."""

from django.urls import path

from evaluations.views import seasons

app_name = "evaluations"

urlpatterns = [
    path("", seasons.list_seasons, name="seasons"),
]
