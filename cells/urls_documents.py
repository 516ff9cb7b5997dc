"""Documents from draft to register."""

from django.urls import path

from cells.views import documents

urlpatterns = [
    path("", documents.list_documents, name="documents"),
    path("register.pdf", documents.print_register, name="print_register"),
    path("register.xlsx", documents.export_register, name="export_register"),
    path("new/", documents.draft_document, name="draft_document"),
    path("outside/", documents.register_outside, name="register_outside"),
    path("<uuid:id>/", documents.show_document, name="document"),
    path("<uuid:id>/pdf/", documents.print_document, name="print_document"),
    path("<uuid:id>/xlsx/", documents.export_document, name="export_document"),
    path("<uuid:id>/save-draft/", documents.save_draft, name="save_document_draft"),
    path("<uuid:id>/number-document/", documents.number_document, name="number_document"),
    path("<uuid:id>/withdraw-number/", documents.withdraw_number, name="withdraw_number"),
    path("<uuid:id>/issue-document/", documents.issue_document, name="issue_document"),
    path("<uuid:id>/supersede-document/", documents.supersede_document, name="supersede_document"),
]
