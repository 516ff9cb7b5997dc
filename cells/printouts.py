"""Registered printables as answers: their paper, their workbook."""

from django.contrib import messages
from django.shortcuts import redirect

from config.lib.downloads import file_answer

LONG = "Danh sách dài, máy chủ in riêng: hãy lập văn bản rồi in ở đó, hoặc xuất Excel."


def paper_answer(request, source, figures, frame, *, name, back):
    """The draft of `source` with its figures as `name`.pdf; a long one is sent back to `back` with what to do."""
    if source.is_long(figures):
        messages.error(request, LONG)
        return redirect(back)
    return file_answer(source.render_pdf(figures, frame, source.sections(figures)), f"{name}.pdf")
