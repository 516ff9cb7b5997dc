"""The tab of the inspection of a case: what was gathered, added and taken back by those who inspect."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find
from cells.views.act_pages import act_with_form, posted
from discipline import actions
from discipline.forms_inspection import AskSelfReviewForm, ExtendInspectionForm, RecordSelfReviewForm
from discipline.forms_records import (
    ChooseRulesForm,
    CircumstanceForm,
    ConcludeViolationForm,
    EvidenceForm,
    TeamMemberForm,
    ViolationForm,
)
from discipline.inspection_page import KINDS, known_sets_in_words, read_inspection
from discipline.models import CaseViolation
from discipline.planning import day_rules
from discipline.sealing import may_write, reads_evidence, runs_case
from discipline.tabs import tabs_of
from discipline.views.door import of_case
from members.forms.facts import VoidForm


@require_safe
@of_case
def show_inspection(request, opened):
    """The plan, the team, what was found."""
    page = read_inspection(opened, timezone.localdate())
    context = {"page": page, "case": opened.case, "tabs": tabs_of(opened, "inspection")}
    return render(request, "discipline/inspection.html", context)


@of_case
def add_violation(request, opened):
    """One violation."""
    _writers_only(opened)
    case, today = opened.case, timezone.localdate()
    form = ViolationForm(posted(request), rules=day_rules(case, today), today=today)
    page = _page(opened, "Ghi vi phạm", "Một hồ sơ có thể có nhiều vi phạm, chỉ một hình thức kỷ luật.", "Ghi vi phạm")

    def act(values):
        actions.add_violation(case, form.entry, on=today, by=request.user)

    return act_with_form(request, form, act, page)


@of_case
def conclude_violation(request, opened, row_id):
    """What is concluded of one violation."""
    _writers_only(opened)
    row = find(CaseViolation.objects.visible_to(request.user).standing(), pk=row_id, case=opened.case)
    form = ConcludeViolationForm(posted(request), initial={"found": row.is_concluded})
    page = _page(opened, "Kết luận về một vi phạm", f"{row}: {row.description}", "Ghi kết luận", "Đã ghi kết luận.")

    def act(values):
        actions.conclude_violation(row, found=values["found"], by=request.user)

    return act_with_form(request, form, act, page)


@of_case
def add_circumstance(request, opened):
    """A mitigating or aggravating circumstance."""
    _writers_only(opened)
    case, today = opened.case, timezone.localdate()
    form = CircumstanceForm(posted(request), rules=day_rules(case, today))
    lead = "Ghi tình tiết và căn cứ; phần mềm không cân đo. Nhận lỗi thay người khác không phải tình tiết giảm nhẹ."
    page = _page(opened, "Ghi tình tiết giảm nhẹ, tăng nặng", lead, "Ghi tình tiết")

    def act(values):
        actions.add_circumstance(case, on=today, by=request.user, **values)

    return act_with_form(request, form, act, page)


@of_case
def add_team_member(request, opened):
    """Somebody of the team."""
    _writers_only(opened)
    form = TeamMemberForm(posted(request), user=request.user)
    lead = "Vào tổ chưa phải là được xem hồ sơ: mở cho người khác thì cần người thứ hai xác nhận, ở bìa hồ sơ."
    page = _page(opened, "Thêm người vào tổ kiểm tra", lead, "Thêm vào tổ")

    def act(values):
        actions.add_team_member(opened.case, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@of_case
def add_evidence(request, opened):
    """Something that was gathered, in words."""
    _writers_only(opened)
    form = EvidenceForm(posted(request), today=timezone.localdate())
    lead = "Không tải tệp lên. Tài liệu có dấu mật: chỉ ghi số, ngày, độ mật, nơi giữ."
    page = _page(opened, "Ghi tài liệu, chứng cứ", lead, "Ghi tài liệu")

    def act(values):
        actions.add_evidence(opened.case, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@of_case
def void_record(request, opened, kind, row_id):
    """Something that was recorded and is not true."""
    _writers_only(opened)
    if kind not in KINDS or (kind == "evidence" and not reads_evidence(opened.part, opened.case)):
        raise Http404
    row = find(KINDS[kind].objects.visible_to(request.user).standing(), pk=row_id, case=opened.case)
    page = _page(opened, "Hủy mục đã ghi", f"{row._meta.verbose_name.capitalize()}.", "Hủy mục này", "Đã hủy.")

    def act(values):
        actions.void_record(row, reason=values["reason"], by=request.user)

    return act_with_form(request, VoidForm(posted(request)), act, page)


@of_case
def ask_self_review(request, opened):
    """The self-review is asked for again."""
    _writers_only(opened)
    form = AskSelfReviewForm(posted(request), case=opened.case, today=timezone.localdate(), user=request.user)
    page = _page(opened, "Yêu cầu tự kiểm điểm lại", "Hồ sơ giữ cả lần yêu cầu trước.", "Ghi yêu cầu")
    return act_with_form(
        request, form, lambda values: actions.ask_self_review(opened.case, by=request.user, **values), page
    )


@of_case
def answer_self_review(request, opened):
    """What came of asking again."""
    _writers_only(opened)
    form = RecordSelfReviewForm(posted(request), case=opened.case, today=timezone.localdate(), user=request.user)
    page = _page(opened, "Ghi thêm bản tự kiểm điểm", "Từ chối viết không làm dừng việc kiểm tra.", "Ghi")
    return act_with_form(
        request, form, lambda values: actions.answer_self_review(opened.case, form.entry, by=request.user), page
    )


@of_case
def extend_inspection(request, opened):
    """More days for the inspection."""
    _runners_only(opened)
    form = ExtendInspectionForm(posted(request), case=opened.case, today=timezone.localdate(), user=request.user)
    lead = "Quá số ngày được gia hạn thì vẫn ghi, kèm cảnh báo trong hồ sơ."
    page = _page(opened, "Gia hạn kiểm tra", lead, "Gia hạn")
    return act_with_form(
        request, form, lambda values: actions.extend_inspection(opened.case, by=request.user, **values), page
    )


@of_case
def choose_rules(request, opened):
    """Another rule set than that of the day."""
    _runners_only(opened)
    form = ChooseRulesForm(posted(request), sets=known_sets_in_words())
    lead = "Bình thường mỗi bước theo bộ quy tắc có hiệu lực vào ngày của bước. Bước đã làm giữ bộ quy tắc của nó."
    page = _page(opened, "Chọn bộ quy tắc cho hồ sơ", lead, "Chọn")

    def act(values):
        topic, starts = form.topic_and_start
        actions.choose_rules(opened.case, topic=topic, starts=starts, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


def _page(opened, title, lead, submit, done="Đã ghi."):
    back = reverse("discipline:inspection", args=[opened.case.pk])
    return {"back": back, "crumb": "Kiểm tra", "title": title, "lead": lead, "submit": submit, "done": done}


def _writers_only(opened):
    if not may_write(opened.part, opened.case):
        raise Http404


def _runners_only(opened):
    if not runs_case(opened.part, opened.case):
        raise Http404
