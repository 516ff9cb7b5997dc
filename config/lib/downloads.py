"""A made file as the answer to a request."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".pdf": PDF, ".xlsx": XLSX}


def file_answer(content: bytes, name: str) -> HttpResponse:
    """`content` under `name`, a .pdf or an .xlsx: papers are shown in the browser, workbooks are saved."""
    content_type = _TYPES[PurePath(name).suffix]
    disposition = content_disposition_header(content_type != PDF, name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
