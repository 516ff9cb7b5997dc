"""The steps of a document: what leads where, and who may do it."""

from cells.enums import DocumentState
from cells.permissions import Permission
from config.lib.workflow import Step, Workflow

DRAFT, NUMBERED, ISSUED = DocumentState.DRAFT, DocumentState.NUMBERED, DocumentState.ISSUED

DOCUMENT = Workflow(
    Step("number_document", (DRAFT,), NUMBERED, Permission.DOCUMENTS_ISSUE, "Lấy số"),
    Step("withdraw_number", (NUMBERED,), DRAFT, Permission.DOCUMENTS_ISSUE, "Bỏ số, sửa dự thảo"),
    Step("issue_document", (NUMBERED,), ISSUED, Permission.DOCUMENTS_ISSUE, "Ban hành"),
    Step("supersede_document", (ISSUED,), ISSUED, Permission.DOCUMENTS_ISSUE, "Lập bản thay thế"),
)
