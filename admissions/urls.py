"""Admission: the list, a candidate, the pages of his dossier and procedure."""

from django.urls import include, path

from admissions import urls_dossier, urls_papers, urls_procedure, urls_source
from admissions.views import candidates

app_name = "admissions"
PARTS = (urls_source, urls_dossier, urls_procedure, urls_papers)

urlpatterns = [
    path("", candidates.list_candidates, name="candidates"),
    path("list/", candidates.choose_cell, name="choose_cell"),
    path("cells/<int:organisation_id>/list/", candidates.list_candidate, name="list_candidate"),
    path("<uuid:pk>/", candidates.show_candidate, name="candidate"),
    path("<uuid:pk>/void/", candidates.void_candidate, name="void_candidate"),
    *(path("<uuid:pk>/", include(part.candidate_pages)) for part in PARTS),
    *(path("", include(part.list_pages)) for part in PARTS),
    *(path("", include(part.row_pages)) for part in PARTS),
]
