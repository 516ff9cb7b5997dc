"""Matters of leaving the Party: the list, one matter, its opening, the page of a step, steps taken back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted, tell_vote
from evaluations import actions
from evaluations.forms_removals import (
    ChooseBodyForm,
    LeaveForm,
    RemovalFilter,
    RemovalVoteForm,
    StartRemovalForm,
    StatementForm,
)
from evaluations.models import RemovalPaper, RemovalStep, RemovalVote
from evaluations.removal_book import RemovalBook
from evaluations.removal_enums import RemovalPaperKind
from evaluations.removal_page import (
    PILLS,
    belonging,
    matters,
    may_choose_body,
    may_void_removal,
    read_removal_page,
    removal_vote_options,
)
from evaluations.removal_papers import papers_for
from evaluations.removal_stations import may_take_removal, read_removal_way
from evaluations.removal_step_pages import REMOVAL_STEP_PAGES
from evaluations.removal_steps import step_label
from evaluations.workflow import BODY, REMOVAL
from members.forms.facts import VoidForm
from members.forms.votes import day_typed
from members.models import Member
from members.readmissions import Readmissions

PAGE = 50
CRUMB = "Xóa tên, cho ra khỏi Đảng"
OTHER_BODY = "Theo quy trình của ngày {on}, bước này do cấp khác làm; đồng chí không ghi thay được. Hãy xem lại ngày."


def find_removal(request, pk):
    """The matter in the scope of the person; 404 outside of it."""
    return find(matters(request.user), pk=pk)


@require_safe
@requires(P.SCREENING_VIEW)
def list_removals(request):
    """Matters in scope, fifty a page, those under way unless the query asks otherwise."""
    form = RemovalFilter(request.GET or {"state": "open"})
    rows = form.narrow(matters(request.user).with_last_step())
    page = Paginator(rows.order_by("-opened_on", "-recorded_at"), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.pill = PILLS.get(row.state, "waiting")
    context = {"form": form, "page": page, "may_file": request.user.holds(P.SCREENING_FILE)}
    return render(request, "evaluations/removal_list.html", context)


@require_safe
@requires(P.SCREENING_FILE)
def choose_removal_member(request):
    """Of whom: members of the cells for which the person files, by name."""
    words = request.GET.get("q", "")[:100]
    rows = Member.objects.visible_to(request.user, P.SCREENING_FILE).standing()
    rows = belonging(rows, timezone.localdate())
    rows = rows.matching(words) if words.strip() else rows
    page = Paginator(rows.select_related("home").order_by("sort_key", "id"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words}
    return render(request, "evaluations/removal_choose.html", context)


@require_safe
@requires(P.SCREENING_VIEW)
def show_removal(request, pk):
    """Where a matter is, what comes next, what was said, voted and decided; the look is noted."""
    removal = find_removal(request, pk)
    actions.read_removal(removal, by=request.user)
    page = read_removal_page(removal, request.user, timezone.localdate())
    context = {"removal": removal, "page": page, "pill": PILLS.get(removal.state, "waiting")}
    return render(request, "evaluations/removal_show.html", context | {"papers": papers_for(removal, page.facts)})


@requires(P.SCREENING_FILE)
def start_removal(request, member_id):
    """Open a matter on grounds, with their evidence."""
    member = _find_member(request, member_id)
    today = timezone.localdate()
    is_probationary = Readmissions([member.pk]).official_on(member, today) is None
    form = StartRemovalForm(posted(request), today=today, is_probationary=is_probationary)
    page = {
        "back": reverse("evaluations:choose_removal_member"),
        "crumb": CRUMB,
        "title": f"Lập hồ sơ xóa tên: {member}",
        "lead": "Đảng viên dự bị thì xóa tên, không khai trừ." if is_probationary else
        "Căn cứ X4 chỉ mở từ danh sách giáo dục, giúp đỡ đã đủ thời gian.",
        "submit": "Lập hồ sơ",
        "done": "Đã lập hồ sơ. Tiếp theo: yêu cầu đảng viên viết bản tự kiểm điểm.",
    }  # fmt: skip

    def act(values):
        removal = actions.start_removal(member, tuple(values["grounds"]), form.flags, on=values["on"], by=request.user)
        return reverse("evaluations:removal", args=[removal.pk])

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE)
def apply_to_leave(request, member_id):
    """Take in an application to leave."""
    member = _find_member(request, member_id)
    form = LeaveForm(posted(request), today=timezone.localdate())
    page = {
        "back": reverse("evaluations:choose_removal_member"),
        "crumb": CRUMB,
        "title": f"Nhận đơn xin ra khỏi Đảng: {member}",
        "lead": "Chỉ xét khi không có vi phạm; có vi phạm thì xem xét kỷ luật trước.",
        "submit": "Nhận đơn",
        "done": "Đã nhận đơn. Tiếp theo: chi bộ xem xét, biểu quyết.",
    }

    def act(values):
        removal = actions.apply_to_leave(member, form.entry, by=request.user)
        return reverse("evaluations:removal", args=[removal.pk])

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE, P.SCREENING_DECIDE)
def take_removal_step(request, pk, step):
    """The page of one step: for the cell by the matter, for a body when it is the one that takes it."""
    removal, book = find_removal(request, pk), RemovalBook()
    way = read_removal_way(removal, timezone.localdate(), book=book)
    if not may_take_removal(request.user, step, removal, way):
        raise PermissionDenied
    asked, label = REMOVAL_STEP_PAGES[step], REMOVAL.steps[step].label
    form = _form(request, asked.form, removal_vote_options(removal, way, step, book))
    stop = way.taker(step) if REMOVAL.steps[step].permission == BODY else None
    page = {
        "back": reverse("evaluations:removal", args=[removal.pk]),
        "crumb": str(removal),
        "title": label,
        "lead": " ".join(part for part in (asked.lead, f"Cấp thực hiện: {stop.words}." if stop else "") if part),
        "submit": "Ghi",
        "done": asked.done,
    }

    def act(values):
        of_day = read_removal_way(removal, form.day)
        if not of_day.problem and not may_take_removal(request.user, step, removal, of_day):
            raise ValidationError(OTHER_BODY.format(on=f"{form.day:%d/%m/%Y}"))
        row = getattr(actions, step)(removal, form.entry, by=request.user)
        tell_vote(page, row if isinstance(row, RemovalVote) else getattr(row, "vote", None))

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE)
def add_removal_statement(request, pk):
    """What the member says or proves, entered from paper."""
    removal = find_removal(request, pk)
    check(request.user, P.SCREENING_FILE, removal)
    page = {
        "back": reverse("evaluations:removal", args=[removal.pk]),
        "crumb": str(removal),
        "title": "Ghi ý kiến của đảng viên",
        "lead": "Đảng viên được xem căn cứ đối với mình và nêu ý kiến, bổ sung chứng cứ. Ghi theo bản giấy.",
        "submit": "Ghi",
        "done": "Đã ghi ý kiến của đảng viên.",
    }

    def act(values):
        actions.add_removal_statement(removal, **values, by=request.user)

    return act_with_form(request, StatementForm(posted(request), today=timezone.localdate()), act, page)


@requires(P.SCREENING_FILE)
def void_removal_statement(request, paper_id):
    """A statement of the member that was entered wrongly."""
    rows = RemovalPaper.objects.visible_to(request.user).standing().filter(kind=RemovalPaperKind.STATEMENT)
    paper = find(rows.select_related("removal__member__home", "removal__organisation"), pk=paper_id)
    check(request.user, P.SCREENING_FILE, paper.removal)
    page = {
        "back": reverse("evaluations:removal", args=[paper.removal_id]),
        "crumb": str(paper.removal),
        "title": "Hủy ý kiến ghi nhầm",
        "lead": f"{paper}.",
        "submit": "Hủy mục này",
        "done": "Đã hủy ý kiến ghi nhầm.",
    }

    def act(values):
        actions.void_removal_statement(paper, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


@requires(P.SCREENING_DECIDE)
def choose_removal_body(request, pk):
    """Who decides, where the text does not name it."""
    removal = find_removal(request, pk)
    if not may_choose_body(request.user, removal):
        raise PermissionDenied
    cell = removal.scope_organisation
    above = Organisation.objects.visible_to(request.user, P.SCREENING_DECIDE).above(cell).exclude(is_cell=True)
    page = {
        "back": reverse("evaluations:removal", args=[removal.pk]),
        "crumb": str(removal),
        "title": "Chọn cấp quyết định",
        "lead": "Chỉ khi quy định đang áp dụng chưa nói rõ cấp nào quyết định. Lý do được ghi vào nhật ký.",
        "submit": "Chọn cấp này",
        "done": "Đã chọn cấp quyết định.",
    }

    def act(values):
        actions.choose_removal_body(removal, values["organisation"], reason=values["reason"], by=request.user)

    return act_with_form(request, ChooseBodyForm(posted(request), bodies=above), act, page)


@requires(P.SCREENING_FILE, P.SCREENING_DECIDE)
def void_removal_step(request, step_id):
    """The last step taken back by the body that took it."""
    rows = RemovalStep.objects.visible_to(request.user).standing()
    step = find(rows.select_related("organisation", "removal__member__home", "removal__organisation"), pk=step_id)
    if not may_void_removal(request.user, step):
        raise PermissionDenied
    page = {
        "back": reverse("evaluations:removal", args=[step.removal_id]),
        "crumb": str(step.removal),
        "title": "Hủy bước ghi nhầm",
        "lead": f"{step_label(step.step)}, ngày {step.on:%d/%m/%Y}. Hồ sơ trở về trạng thái trước đó.",
        "submit": "Hủy bước này",
        "done": "Đã hủy bước ghi nhầm.",
    }

    def act(values):
        actions.void_removal_step(step, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


def _find_member(request, member_id):
    member = find(
        Member.objects.visible_to(request.user, P.SCREENING_VIEW).standing().select_related("home"), pk=member_id
    )
    check(request.user, P.SCREENING_FILE, member)
    return member


def _form(request, kind, options):
    data, today = posted(request), timezone.localdate()
    if issubclass(kind, RemovalVoteForm):
        return kind(data, today=today, **options(day_typed(data, today)))
    return kind(data, today=today)
