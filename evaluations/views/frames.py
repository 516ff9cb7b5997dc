"""Score frames: who has which, one of them to read or to edit, founded, issued, given up, printed."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.permissions import Permission
from cells.views.act_pages import PAGE as FORM
from cells.views.act_pages import act_with_form, posted
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.frames import FrameEntry
from evaluations.frame_forms import CopyForm, FoundForm, FrameInput, IssueForm
from evaluations.frames import read_frame
from evaluations.models import ScoreFrame, Season
from evaluations.rules.score_frame import Line
from evaluations.scoring_printing import blank_paper, scoring_pdf
from members.forms.facts import VoidForm

PAGE = 50
MANAGE = Permission.RATINGS_DECIDE


@requires(Permission.RULES_VIEW)
def list_frames(request):
    """The frames that bind somebody in one's scope, by body and appendix, and one's own drafts."""
    frames = ScoreFrame.objects.visible_to(request.user).standing().select_related("organisation")
    if season := _uuid(request.GET.get("season", "")):
        frames = frames.filter(seasons=season)
    page = Paginator(frames.order_by("organisation__path", "appendix", "-version"), PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "may_found": request.user.holds(MANAGE),
        "of_season": bool(season),
    }
    return render(request, "evaluations/frames.html", context)


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


@requires(MANAGE)
def found_frame(request):
    """The form of a new frame, and the act."""
    places = [role.organisation for role in request.user.roles_today if request.user.may(MANAGE, role)]
    first = {"year": timezone.localdate().year, "organisation": places[0]}
    form = FoundForm(posted(request), user=request.user, initial=first)
    page = {
        "title": "Soạn khung điểm",
        "lead": "Bắt đầu từ hai nhóm 30 và 70 với tên nhóm của phụ lục; cấp ủy chia điểm, rồi ban hành.",
        "submit": "Soạn khung",
    }

    def entry():
        data = form.cleaned_data
        return FrameEntry(
            organisation=data["organisation"], rule_code=form.rule_set.code, appendix=data["appendix"],
            with_local_maxima=data["with_local_maxima"],
        )  # fmt: skip

    return _found(request, form, entry, page)


@requires(MANAGE)
def copy_frame(request, pk):
    """A new version after a frame that one may read: of the same body, or of one's own."""
    source = _frame(request, pk)
    own = request.user.may(MANAGE, source)
    places = [role.organisation for role in request.user.roles_today if request.user.may(MANAGE, role)]
    first = {"organisation": source.organisation if own else places[0]}
    form = CopyForm(posted(request), user=request.user, initial=first)
    page = {"title": "Soạn bản mới", "lead": f"Chép mọi mục của {source}, rồi sửa.", "submit": "Soạn bản mới"}
    return _found(request, form, lambda: _copy(form, source), page)


def _copy(form, source):
    body = form.cleaned_data["organisation"]
    return FrameEntry(organisation=body, rule_code=source.rule_code, appendix=source.appendix, source=source)


def _found(request, form, entry, page):
    if request.method == "POST" and form.is_valid():
        try:
            frame = actions.found_frame(entry(), on=timezone.localdate(), by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lập bản soạn: {frame}.")
            return redirect("evaluations:frame", frame.pk)
    context = {"form": form, "crumb": "Khung điểm", "back": reverse("evaluations:frames"), **page}
    return render(request, FORM, context, status=422 if form.errors else 200)


@requires(Permission.RULES_VIEW)
def show_frame(request, pk):
    """A frame to read, or the editor of a draft."""
    return _page(request, read_frame(_frame(request, pk), timezone.localdate()))


@dataclass(frozen=True)
class EditorLine:
    """One criterion in the editor, with what its controls show."""

    line: Line
    row: object
    name: str
    maximum: str
    error: str
    is_first: bool


def _page(request, page, posted=None, *, status=200):
    frame = page.frame
    manages = request.user.may(MANAGE, frame)
    context = {
        "page": page,
        "frame": frame,
        "manages": manages,
        "may_found": request.user.holds(MANAGE),
        "seasons": frame.seasons.all() if not frame.is_draft else (),
        "lines": _editor_lines(page, posted or FrameInput({}, page.rows)),
        "errors": posted.errors if posted else {},
    }
    name = "frame_edit" if frame.is_draft and manages else "frame"
    return render(request, f"evaluations/{name}.html", context, status=status)


def _editor_lines(page, posted):
    siblings, found = set(), []
    for line in page.lines:
        row = page.rows[line.key]
        name, maximum = posted.text_of(line.key, row)
        first = line.node.parent not in siblings
        siblings.add(line.node.parent)
        found.append(EditorLine(line, row, name, maximum, posted.errors.get(line.key, ""), first))
    return found


@requires(MANAGE)
@require_POST
def edit_frame(request, pk):
    """Keep what was typed in a draft, and do what the pressed button says with one of its criteria."""
    frame = _own(request, pk)
    today = timezone.localdate()
    page = read_frame(frame, today)
    posted = FrameInput(request.POST, page.rows)
    if posted.errors:
        return _page(request, page, posted, status=422)
    try:
        actions.edit_frame(frame, revision=posted.revision, values=posted.values, step=posted.step, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, read_frame(_frame(request, pk), today), posted, status=409)
    if posted.step is None:
        messages.success(request, "Đã lưu bản soạn.")
    where = f"#c{posted.step.criterion}" if posted.step and posted.step.verb != "remove" else ""
    return redirect(f"{reverse('evaluations:frame', args=[pk])}{where}")


@requires(MANAGE)
def issue_frame(request, pk):
    """The document that issues a draft, and the act."""
    frame = _own(request, pk)
    left = len(read_frame(frame, timezone.localdate()).problems)
    page = {
        "title": "Ban hành khung điểm",
        "lead": f"Còn {left} chỗ phải sửa trước khi ban hành: xem ở trang khung điểm."
        if left
        else f"{frame}. Sau khi ban hành, khung không sửa được nữa; muốn đổi thì soạn bản mới.",
        "submit": "Ban hành",
        "done": "Đã ban hành khung điểm; đợt xếp loại mở sau đây sẽ dùng khung này.",
    }

    def act(values):
        actions.issue_frame(frame, by=request.user, **values)

    seen = request.GET.get("revision") or frame.revision
    return _act(request, IssueForm(posted(request), initial={"revision": seen}), act, frame, page)


@requires(MANAGE)
def void_frame(request, pk):
    """Give up a draft."""
    frame = _own(request, pk)
    page = {
        "title": "Hủy bản soạn",
        "lead": f"{frame}. Bản đã hủy vẫn đọc được.",
        "submit": "Hủy bản soạn",
        "done": "Đã hủy bản soạn.",
    }

    def act(values):
        actions.void_frame(frame, reason=values["reason"], by=request.user)

    return _act(request, VoidForm(posted(request)), act, frame, page)


def _act(request, form, act, frame, page):
    back = reverse("evaluations:frame", args=[frame.pk])
    return act_with_form(request, form, act, {"crumb": str(frame), "back": back, **page})


@require_safe
@requires(Permission.RULES_VIEW)
def print_frame(request, pk):
    """A blank scoring sheet of the frame."""
    frame = _frame(request, pk)
    page = read_frame(frame, timezone.localdate())
    return file_answer(scoring_pdf(blank_paper(page), frame.organisation, timezone.localdate()), "bang-cham-diem.pdf")


@requires(Permission.SEASONS_MANAGE)
@require_POST
def take_frames(request, pk):
    """Let cells without points take frames issued since their season opened."""
    season = find(Season.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    check(request.user, Permission.SEASONS_MANAGE, season)
    try:
        changed = actions.take_frames(season, by=request.user)
        messages.success(request, f"{len(changed)} chi bộ lấy khung điểm mới ban hành.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:season", pk)


def _frame(request, pk):
    return find(ScoreFrame.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _own(request, pk):
    frame = _frame(request, pk)
    check(request.user, MANAGE, frame)
    return frame
