"""Points that bodies above raise for the review (gợi ý kiểm điểm): raised, answered by the cell, voided."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.raised_points import RaisedPointEntry
from evaluations.enums import Outcome
from evaluations.raised_points import raised_points_of, raising_bodies
from evaluations.views.written import READERS, find_readable_sheet
from evaluations.written_fields import seen
from evaluations.written_forms import AnswerRaisedPointForm, RaisedPointForm
from members.forms.facts import VoidForm


@requires(Permission.RATINGS_DECIDE)
def raise_point(request, pk):
    """A point to a member or to the cell as a whole, from a body above it."""
    sheet = find_readable_sheet(request, pk)
    bodies = raising_bodies(request.user, sheet)
    nearest = bodies.first()
    if nearest is None:
        raise PermissionDenied
    reviews = sheet.reviews.exclude(outcome=Outcome.OUTSIDE).select_related("member")
    initial = {"body": nearest.pk, "raised_on": timezone.localdate(), "whom": request.GET.get("whom", "")[:40]}
    form = RaisedPointForm(posted(request), bodies=bodies, reviews=reviews, initial=initial)
    page = {
        "title": "Gợi ý kiểm điểm",
        "lead": f"Gửi {sheet.organisation} trước buổi kiểm điểm năm {sheet.season.year}; chi bộ và đảng viên giải "
        "trình ở mục IV của bản kiểm điểm.",
        "submit": "Ghi gợi ý",
        "done": "Đã ghi gợi ý kiểm điểm; chi bộ thấy ngay trên trang bản kiểm điểm.",
    }

    def act(_values):
        actions.raise_point(sheet, entry=RaisedPointEntry(**form.values), by=request.user)

    return _act(request, sheet, form, act, page)


@requires(*READERS)
def answer_raised_point(request, pk, point_pk):
    """What the cell or its member answers to a point."""
    sheet = find_readable_sheet(request, pk)
    check(request.user, Permission.RATINGS_FILE, sheet)
    point = find(raised_points_of(sheet), pk=point_pk)
    initial = {"answer": point.answer, "shown": seen(point.answer)}
    form = AnswerRaisedPointForm(posted(request), initial=initial)
    page = {
        "title": f"Giải trình gợi ý đối với {_whom(point)}",
        "lead": f"{point.body} gợi ý ngày {point.raised_on:%d/%m/%Y}: {point.text}",
        "submit": "Ghi giải trình",
        "done": "Đã ghi giải trình.",
    }

    def act(values):
        try:
            actions.answer_raised_point(point, sheet, by=request.user, **values)
        except NotAllowed:
            # the other answer is on the page now: writing once more replaces it knowingly
            form.data = form.data.copy()
            form.data["shown"] = seen(find(raised_points_of(sheet), pk=point_pk).answer)
            raise

    return _act(request, sheet, form, act, page | {"back": _back(sheet, point)})


@requires(Permission.RATINGS_DECIDE)
def void_raised_point(request, pk, point_pk):
    """A point that was entered wrongly."""
    sheet = find_readable_sheet(request, pk)
    point = find(raised_points_of(sheet), pk=point_pk)
    check(request.user, Permission.RATINGS_DECIDE, point.body)
    form = VoidForm(posted(request))
    page = {
        "title": "Hủy gợi ý kiểm điểm ghi sai",
        "lead": f"{point.body} gợi ý {_whom(point)} ngày {point.raised_on:%d/%m/%Y}: {point.text}",
        "done": "Đã hủy gợi ý kiểm điểm.",
    }

    def act(values):
        actions.void_raised_point(point, reason=values["reason"], by=request.user)

    return _act(request, sheet, form, act, page)


def _whom(point):
    return f"đồng chí {point.member}" if point.member_id else "tập thể chi bộ"


def _back(sheet, point):
    """The page of the member to whom the point was raised, else the list."""
    review = sheet.reviews.filter(member=point.member_id).first() if point.member_id else None
    return reverse("evaluations:written", args=[review.pk]) if review else _list(sheet)


def _list(sheet):
    return reverse("evaluations:list_written", args=[sheet.pk])


def _act(request, sheet, form, act, page):
    crumb = f"{sheet.organisation} · kiểm điểm {sheet.season.year}"
    return act_with_form(request, form, act, {"crumb": crumb, "back": _list(sheet), **page})
