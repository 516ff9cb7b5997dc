"""The register of legal proceedings: for inspection officers in scope; to all others there is no such page."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.downloads import file_answer
from discipline import actions
from discipline.forms_suspensions import ProceedingPaperForm
from discipline.models import ProceedingPaper
from discipline.proceedings_page import TITLE, read_paper, read_register, register_xlsx
from members.forms.facts import VoidForm
from members.models import Proceeding
from members.views.rights import sealed

PAGE = 50


@require_safe
@sealed(P.CASES_WORK)
def list_proceedings(request):
    """Who is in proceedings and not yet disciplined, with what is missing and what came late."""
    page = Paginator(_lines(request), PAGE).get_page(request.GET.get("page"))
    return render(request, "discipline/proceedings.html", {"page": page, "title": TITLE})


@require_safe
@sealed(P.CASES_WORK)
def export_proceedings(request):
    """The same list as a workbook, without numbers of persons."""
    return file_answer(register_xlsx(_lines(request)), f"to-tung-{timezone.localdate():%Y%m%d}.xlsx")


def _lines(request):
    today = timezone.localdate()
    stages = Proceeding.objects.visible_to(request.user, P.CASES_WORK).standing()
    return read_register(stages, ProceedingPaper.objects.visible_to(request.user), request.user, today)


@sealed(P.CASES_WORK)
def add_proceeding_paper(request, proceeding_id):
    """A paper that came about a stage."""
    stages = Proceeding.objects.visible_to(request.user, P.CASES_WORK).standing().select_related("member__home")
    stage = find(stages, pk=proceeding_id)
    form = ProceedingPaperForm(posted(request), today=timezone.localdate())
    page = {
        "back": reverse("discipline:proceedings"),
        "crumb": TITLE,
        "title": "Ghi văn bản tố tụng",
        "lead": f"{stage.member}, {stage.get_stage_display().lower()} từ {stage.started_on:%d/%m/%Y}.",
        "submit": "Ghi văn bản",
        "done": "Đã ghi văn bản.",
    }

    def act(values):
        actions.add_proceeding_paper(stage, values, by=request.user)

    return act_with_form(request, form, act, page)


@require_safe
@sealed(P.CASES_WORK)
def show_proceeding_paper(request, pk):
    """One paper with its journal."""
    papers = ProceedingPaper.objects.visible_to(request.user).select_related("proceeding__member")
    paper = find(papers, pk=pk)
    return render(request, "discipline/proceeding_paper.html", {"paper": paper, "page": read_paper(paper)})


@sealed(P.CASES_WORK)
def void_proceeding_paper(request, pk):
    """A paper that was entered wrongly."""
    paper = find(ProceedingPaper.objects.visible_to(request.user), pk=pk)
    page = {
        "back": reverse("discipline:proceedings"),
        "crumb": TITLE,
        "title": "Hủy văn bản ghi nhầm",
        "lead": f"{paper} ngày {paper.issued_on:%d/%m/%Y}.",
        "submit": "Hủy mục này",
        "done": "Đã hủy.",
    }

    def act(values):
        actions.void_proceeding_paper(paper, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)
