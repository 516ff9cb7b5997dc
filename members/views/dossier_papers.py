"""All papers of a file at once: what they say, on one page; the index and the hand-over minutes on paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions import dossier as acts
from members.catalogues.dossier import paper_types
from members.enums import Status
from members.file_printing import file_handover_pdf, index_pdf, index_xlsx
from members.filing import read_files
from members.forms.paper_rows import paper_rows, rows_after
from members.reports.dossier import keeper_of
from members.views.dossier import file_url, kept_file


@requires(P.FILES_VIEW)
def describe_papers(request, member_id):
    """Number, day, issuer and pages of every paper that is there, a row each."""
    member, today = kept_file(request, member_id), timezone.localdate()
    papers = read_files([member], today)[member.pk].in_index
    rows, wrong = paper_rows(papers, today, request.POST or None), ""
    if request.method == "POST" and rows.is_valid():
        sent = [form.cleaned_data["paper"] for form in rows.forms]
        details = dict(zip(sent, (form.details for form in rows.forms), strict=True))
        seen = dict(zip(sent, (form.cleaned_data["seen"] for form in rows.forms), strict=True))
        try:
            total = acts.describe_papers(member, details, seen=seen, on=today, by=request.user)
        except acts.PapersChanged as refused:
            wrong, rows = refused.messages[0], rows_after(rows, refused.papers, papers, today)
        except ValidationError as refused:
            wrong = " ".join(refused.messages)
        else:
            messages.success(request, f"Đã ghi chi tiết {total} tài liệu.")
            return redirect("members:dossier", member.pk)
    context = {"member": member, "rows": rows, "wrong": wrong, "back": file_url(member)}
    return render(request, "members/dossier/describe.html", context | {"lines": _lines(member, rows, papers)})


@require_safe
@requires(P.FILES_VIEW)
def print_index(request, member_id):
    """The index in the official order, to be signed and sealed."""
    member, state, keeper = _file(request, member_id)
    content = index_pdf(member, state, keeper, timezone.localdate())
    return file_answer(content, "muc-luc-ho-so.pdf")


@require_safe
@requires(P.FILES_VIEW)
def export_index(request, member_id):
    """The same index as a workbook."""
    _, state, _ = _file(request, member_id)
    return file_answer(index_xlsx(state), "muc-luc-ho-so.xlsx")


@require_safe
@requires(P.FILES_VIEW)
def print_file_handover(request, member_id):
    """Minutes of the file handed over with its index."""
    member, state, keeper = _file(request, member_id)
    content = file_handover_pdf(member, state, keeper, timezone.localdate())
    return file_answer(content, "bien-ban-giao-nhan-ho-so.pdf")


def _lines(member, rows, papers):
    """(name of the type, form) by row; a paper that was voided meanwhile keeps its name."""
    if rows.is_bound:
        papers = member.dossier_papers.all()
    names = {str(paper.pk): paper_types()[paper.type].name for paper in papers}
    return [(names.get(str(form["paper"].value()), "Tài liệu không có trong hồ sơ"), form) for form in rows.forms]


def _file(request, member_id):
    member = kept_file(request, member_id)
    keeper, _ = keeper_of(member, ended=member.status == Status.ENDED)
    return member, read_files([member], timezone.localdate())[member.pk], keeper
