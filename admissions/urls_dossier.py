"""Pages of one candidate and of lists: dossier."""

from django.urls import path

from admissions.views import dossier_conditions, dossier_cv, dossier_papers, dossier_steps, dossier_verification

list_pages: list = []
candidate_pages = [
    path("conditions/", dossier_conditions.conditions, name="conditions"),
    path("conditions/<slug:key>/record/", dossier_conditions.record_finding, name="record_finding"),
    path("cv/", dossier_cv.cv, name="cv"),
    path("cv/correct/", dossier_cv.correct_cv, name="correct_cv"),
    path("cv/rows/<slug:part>/", dossier_cv.add_cv_row, name="add_cv_row"),
    path("papers/", dossier_papers.papers, name="papers"),
    path("papers/<slug:kind>/add/", dossier_papers.add_paper, name="add_paper"),
    path("introducers/assign/", dossier_papers.assign_introducer, name="assign_introducer"),
    path("background/", dossier_verification.background, name="background"),
    path("background/correct/", dossier_verification.correct_background, name="correct_background"),
    path("background/relatives/add/", dossier_verification.add_relative, name="add_relative"),
    path("background/verification/", dossier_verification.keep_verification, name="keep_verification"),
    path("apply/", dossier_steps.apply, name="apply"),
    path("seal-cv/", dossier_steps.seal_cv, name="seal_cv"),
    path("start-verification/", dossier_steps.start_verification, name="start_verification"),
    path("certify-cv/", dossier_steps.certify_cv, name="certify_cv"),
    path("complete-dossier/", dossier_steps.complete_dossier, name="complete_dossier"),
    path("redo-dossier/", dossier_steps.redo_dossier, name="redo_dossier"),
    path("take-class-again/", dossier_steps.take_class_again, name="take_class_again"),
    path("withdraw/", dossier_steps.withdraw, name="withdraw"),
]
row_pages = [
    path("checks/<int:pk>/", dossier_conditions.kept_check, name="kept_check"),
    path("cv-rows/<int:pk>/correct/", dossier_cv.correct_cv_row, name="correct_cv_row"),
    path("cv-rows/<int:pk>/void/", dossier_cv.void_cv_row, name="void_cv_row"),
    path("papers/<uuid:pk>/void/", dossier_papers.void_paper, name="void_paper"),
    path("introducers/<int:pk>/replace/", dossier_papers.replace_introducer, name="replace_introducer"),
    path("introducers/<int:pk>/end/", dossier_papers.end_introducer, name="end_introducer"),
    path("relatives/<int:pk>/correct/", dossier_verification.correct_relative, name="correct_relative"),
    path("relatives/<int:pk>/void/", dossier_verification.void_relative, name="void_relative"),
]
