"""Papers as Word files, to be edited further by their readers: a .docx with fields that is filled in."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings


def render_word(template: str, context: dict) -> bytes:
    """The .docx `template` (below the folder of templates) with its fields filled in; texts are never markup."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- loads much that only few requests need

    paper = DocxTemplate(Path(settings.BASE_DIR) / "templates" / template)
    paper.render(context, autoescape=True)
    output = BytesIO()
    paper.save(output)
    return output.getvalue()


def settled(content: bytes, dated: date) -> bytes:
    """The same .docx with every part dated alike, so that equal papers of one day are equal byte for byte."""
    output = BytesIO()
    at = (dated.year, dated.month, dated.day, 0, 0, 0)
    with ZipFile(BytesIO(content)) as found, ZipFile(output, "w", ZIP_DEFLATED) as written:
        for part in found.infolist():
            written.writestr(ZipInfo(part.filename, at), found.read(part), ZIP_DEFLATED)
    return output.getvalue()
