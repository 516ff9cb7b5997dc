"""Complaints about a result: only who may decide on the sheet meets them; to others they are not there."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.permissions import Permission
from evaluations import actions
from evaluations.complaint_term import complaint_term
from evaluations.models import Complaint, Season
from evaluations.rerating_forms import AnswerForm, ComplaintForm
from evaluations.views.acting import act_on_review
from evaluations.views.reratings import find_review
from members.forms.facts import VoidForm

PAGE = 50


@require_safe
@requires(Permission.RATINGS_DECIDE)
def show_complaints(request, pk):
    """The complaints about one result, what was answered, and which one waits."""
    review = _decides(request, pk)
    found = Complaint.objects.visible_to(request.user).filter(review=review).with_people()
    waiting = next((each for each in found if each.is_open), None)
    term = complaint_term(review)
    context = {"review": review, "complaints": found, "waiting": waiting, "term": term}
    return render(request, "evaluations/complaints.html", context)


@require_safe
@requires(Permission.RATINGS_DECIDE)
def season_complaints(request, pk):
    """The complaints of one season within one's right to decide, those without an answer first."""
    season = find(Season.objects.visible_to(request.user), pk=pk)
    found = Complaint.objects.visible_to(request.user).of_season(season).with_result()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"season": season, "page": page, "waiting": found.unanswered().count()}
    return render(request, "evaluations/season_complaints.html", context)


@requires(Permission.RATINGS_DECIDE)
def receive_complaint(request, pk):
    """A complaint that came in: when, and what it says."""
    review = _decides(request, pk)
    page = {
        "back": _back(review),
        "title": "Ghi khiếu nại về xếp loại",
        "lead": f"Của đồng chí {review.member}, {review.sheet.organisation}. Chỉ người có quyền quyết định xếp loại "
        "thấy mục này.",
        "submit": "Ghi khiếu nại",
        "done": "Đã ghi khiếu nại; đợt chưa đóng được cho đến khi có trả lời.",
    }

    def act(values):
        actions.receive_complaint(review, by=request.user, **values)

    form = ComplaintForm(request.POST or None, term=complaint_term(review))
    return act_on_review(request, review, form, act, page)


@requires(Permission.RATINGS_DECIDE)
def answer_complaint(request, pk):
    """What the body answered, and whether the complaint was right."""
    complaint, review = _complaint(request, pk)
    page = {
        "back": _back(review),
        "title": "Ghi trả lời khiếu nại",
        "lead": f"Khiếu nại nhận ngày {complaint.received_on:%d/%m/%Y}: {complaint.summary}",
        "submit": "Ghi trả lời",
        "done": "Đã ghi trả lời khiếu nại. Nếu khiếu nại đúng, hãy xếp loại lại bằng quyết định.",
    }

    def act(values):
        actions.answer_complaint(complaint, by=request.user, **values)

    return act_on_review(request, review, AnswerForm(request.POST or None), act, page)


@requires(Permission.RATINGS_DECIDE)
def void_complaint(request, pk):
    """A complaint that was entered wrongly."""
    complaint, review = _complaint(request, pk)
    page = {
        "back": _back(review),
        "title": "Hủy mục khiếu nại ghi sai",
        "lead": f"Khiếu nại nhận ngày {complaint.received_on:%d/%m/%Y}: {complaint.summary}",
        "done": "Đã hủy mục khiếu nại.",
    }

    def act(values):
        actions.void_complaint(complaint, reason=values["reason"], by=request.user)

    return act_on_review(request, review, VoidForm(request.POST or None), act, page)


def _decides(request, pk):
    review = find_review(request, pk)
    check(request.user, Permission.RATINGS_DECIDE, review.sheet.decider)
    return review


def _back(review):
    return reverse("evaluations:complaints", args=[review.pk])


def _complaint(request, pk):
    complaint = find(Complaint.objects.visible_to(request.user), pk=pk)
    return complaint, find_review(request, complaint.review_id)
