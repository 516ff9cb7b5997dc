"""A made file as the answer to a request."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".pdf": PDF, ".xlsx": XLSX, ".docx": DOCX}


def file_answer(content: bytes, name: str) -> HttpResponse:
    """`content` under `name`, a .pdf, .xlsx or .docx: papers are shown in the browser, the others are saved."""
    content_type = _TYPES[PurePath(name).suffix]
    disposition = content_disposition_header(content_type != PDF, name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
