"""The papers of a case: which are ready, which lack what; each print is a line in the case's own journal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.downloads import file_answer
from discipline import actions
from discipline.printed.catalogue import STAGES, kinds, kinds_of, place_of, stage_of
from discipline.printed.filling import missing
from discipline.printed.papers import MarkedSecret
from discipline.printed.pdf import paper_docx, paper_pdf
from discipline.printed.rows import CaseRows
from discipline.printed.values import CONDITIONS
from discipline.sealing import reads_evidence, reads_inspection
from discipline.tabs import tabs_of
from discipline.views.door import of_case

MARKED = (
    "Nội dung hồ sơ ghi có dấu mật nên phần mềm không lập giấy này. Hãy lập theo chế độ mật, "
    "và chỉ giữ trong hồ sơ số, ngày, nơi giữ của tài liệu."
)


@require_safe
@of_case
def list_papers(request, opened):
    """The papers of a stage: ready to print, or what each lacks."""
    case = opened.case
    rows = CaseRows(case, timezone.localdate())
    asked, own = request.GET.get("stage"), stage_of(case.state)
    stage = asked if asked in STAGES else own
    shown = [(kind, missing(kind, rows)) for kind in kinds_of(stage) if _is_shown(opened, kind, rows)]
    context = {
        "case": case,
        "stages": [(words, f"?stage={name}", name == stage) for name, words in STAGES.items()],
        "papers": shown,
        "tabs": tabs_of(opened, "papers"),
    }
    return render(request, "discipline/papers.html", context)


@of_case
@require_POST
def print_paper(request, opened, paper):
    """One paper as PDF, or as Word of those that people complete; what it lacks stands on its top."""
    kind, form = kinds().get(paper), request.POST.get("form", "pdf")
    if kind is None or form not in ("pdf", "docx") or (form == "docx" and not kind.word):
        raise Http404
    rows = CaseRows(opened.case, timezone.localdate())
    if not _is_shown(opened, kind, rows):
        raise Http404
    try:
        content = paper_pdf(kind, rows) if form == "pdf" else paper_docx(kind, rows)
    except MarkedSecret:
        messages.error(request, MARKED)
        return redirect("discipline:papers", pk=opened.case.pk)
    actions.print_paper(opened.case, kind.name, form={"pdf": "PDF", "docx": "Word"}[form], by=request.user)
    return file_answer(content, f"van-ban-{place_of(kind):02d}.{form}")


def _is_shown(opened, kind, rows):
    """Whether a paper exists for the case, and the reader may read what it says."""
    part, case = opened.part, opened.case
    if not reads_inspection(part, case) or (kind.tells_evidence and not reads_evidence(part, case)):
        return False
    return not kind.needs or CONDITIONS[kind.needs](rows)
