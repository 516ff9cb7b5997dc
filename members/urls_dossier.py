"""Members' files: how complete they are, one file with its papers and scans, loans, reconciliations."""

from django.urls import include, path

from members.views import dossier, dossier_papers, file_keeping, scans

one_file = [
    path("", dossier.show_dossier, name="dossier"),
    path("tick/", dossier.tick_papers, name="tick_papers"),
    path("describe/", dossier_papers.describe_papers, name="describe_papers"),
    path("add/<int:number>/", dossier.add_paper, name="add_paper"),
    path("certify/", dossier.certify_index, name="certify_index"),
    path("index/", dossier_papers.print_index, name="print_index"),
    path("index/xlsx/", dossier_papers.export_index, name="export_index"),
    path("handover/", dossier_papers.print_file_handover, name="print_file_handover"),
    path("lend/", file_keeping.lend_file, name="lend_file"),
]
one_paper = [
    path("", dossier.show_paper, name="paper"),
    path("correct/", dossier.correct_paper, name="correct_paper"),
    path("void/", dossier.void_paper, name="void_paper"),
    path("scan/", scans.add_scan, name="add_scan"),
]
one_scan = [
    path("read/", scans.read_scan, name="read_scan"),
    path("withdraw/", scans.withdraw_scan, name="withdraw_scan"),
]
urlpatterns = [
    path("", file_keeping.list_dossiers, name="dossiers"),
    path("files/", file_keeping.list_files, name="files"),
    path("loans/", file_keeping.list_loans, name="file_loans"),
    path("loans/<int:loan_id>/return/", file_keeping.return_file, name="return_file"),
    path("loans/<int:loan_id>/void/", file_keeping.void_loan, name="void_loan"),
    path("checks/", file_keeping.list_file_checks, name="file_checks"),
    path("checks/<int:organisation_id>/record/", file_keeping.record_file_check, name="record_file_check"),
    path("checks/<int:check_id>/void/", file_keeping.void_file_check, name="void_file_check"),
    path("print/<int:organisation_id>/<slug:name>/", file_keeping.print_files, name="print_files"),
    path("papers/<int:paper_id>/", include(one_paper)),
    path("scans/<uuid:scan_id>/", include(one_scan)),
    path("<uuid:member_id>/", include(one_file)),
]
