"""Members' files: the lists, one file with its papers."""

from django.urls import include, path

from members.views import dossier

one_file = [
    path("", dossier.show_dossier, name="dossier"),
    path("tick/", dossier.tick_papers, name="tick_papers"),
    path("add/<int:number>/", dossier.add_paper, name="add_paper"),
    path("certify/", dossier.certify_index, name="certify_index"),
]
one_paper = [
    path("", dossier.show_paper, name="paper"),
    path("correct/", dossier.correct_paper, name="correct_paper"),
    path("void/", dossier.void_paper, name="void_paper"),
]
urlpatterns = [
    path("papers/<int:paper_id>/", include(one_paper)),
    path("<uuid:member_id>/", include(one_file)),
]
