"""Papers as Word files, to be edited further by their readers: a .docx with fields that is filled in."""

from io import BytesIO
from pathlib import Path

from django.conf import settings


def render_word(template: str, context: dict) -> bytes:
    """The .docx `template` (below the folder of templates) with its fields filled in; texts are never markup."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- loads much that only few requests need

    paper = DocxTemplate(Path(settings.BASE_DIR) / "templates" / template)
    paper.render(context, autoescape=True)
    output = BytesIO()
    paper.save(output)
    return output.getvalue()
