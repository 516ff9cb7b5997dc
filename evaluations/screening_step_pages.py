"""What the page of each step of screening asks and says; the verb of the step names its action and its address."""

from dataclasses import dataclass
from typing import Any

from config.lib.workflow import NotAllowed
from evaluations.enums import FlagCode, ScreeningState
from evaluations.models import ScreeningFlag
from evaluations.screening_base import list_base
from evaluations.screening_forms import (
    ActForm,
    AssistForm,
    DeclineForm,
    DismissForm,
    ListVoteForm,
    OpinionForm,
    ProgressForm,
    RecogniseForm,
    RemovalForm,
)
from evaluations.screening_rules import ScreeningBook
from members.models import Member, Membership, Overlay


@dataclass(frozen=True)
class StepPage:
    form: Any
    lead: str = ""
    done: str = "Đã ghi."


STEP_PAGES = {
    "dismiss": StepPage(DismissForm, "Việc không đưa vào danh sách là một kết thúc hợp lệ; lý do được giữ lại."),
    "consult_superior": StepPage(
        OpinionForm, "Từ bước này cấp ủy cấp trên, Ủy ban Kiểm tra và cơ quan tổ chức biết về đảng viên này."
    ),
    "vote_list": StepPage(ListVoteForm, "Chi bộ bỏ phiếu kín đối với từng người; chỉ ghi tổng số phiếu."),
    "assist": StepPage(AssistForm, "Phân công người giúp đỡ, nhận cam kết bằng văn bản của đảng viên."),
    "follow_up": StepPage(ActForm, "Ghi kết quả theo dõi, giúp đỡ trong tháng."),
    "review_progress": StepPage(
        ProgressForm, "Chi bộ nhận xét; chỉ quyết định của đảng ủy cơ sở mới đưa tên ra khỏi danh sách."
    ),
    "recognise": StepPage(RecogniseForm, "Đảng ủy cơ sở công nhận tiến bộ, đưa tên ra khỏi danh sách."),
    "decline_recognition": StepPage(DeclineForm, "Đảng viên tiếp tục được giáo dục, giúp đỡ."),
    "propose_removal": StepPage(
        RemovalForm, "Chưa ai bị xóa tên ở bước này: chi bộ còn phải biểu quyết theo quy trình xóa tên."
    ),
}


def form_of(step, subject, data, today, day=None):
    """The form of a step with what it needs to know of the cell on `day`."""
    options = {"subject": subject, "today": today}
    if step == "vote_list":
        options["base"] = _base(subject, day or today)
    elif step == "assist":
        options |= {"people": _may_help(subject, today), "initial": _assist_initial(subject)}
    elif step == "propose_removal":
        options["grounds"] = _grounds(subject)
    return STEP_PAGES[step].form(data, **options)


def _base(subject, day):
    """Who is counted on a day; None where no rule of the day says it, which the act then says in words."""
    try:
        return list_base(subject.organisation, day, ScreeningBook())
    except NotAllowed:
        return None


def _may_help(subject, today):
    """Official members of the cell who are there: not exempt, suspended or away, not pointed at in the round itself."""
    people = Member.objects.standing().in_cell(subject.organisation, today).filter(official_on__lte=today)
    flagged = ScreeningFlag.objects.counted().filter(round=subject.round).values("member")
    weighed = Overlay.objects.standing().on(today).values("member")
    away = Membership.objects.standing().on(today).exclude(organisation=subject.organisation).values("member")
    kept = people.exclude(pk=subject.member_id).exclude(pk__in=flagged).exclude(pk__in=weighed)
    return kept.exclude(pk__in=away).order_by("sort_key", "id")


def _assist_initial(subject):
    return {"started_on": subject.assisted_since}


def _grounds(subject):
    """Grounds of removal that stand today; X4 is offered to whom the cell has helped, and refused before its time."""
    rows = ScreeningFlag.objects.counted().filter(round=subject.round, member=subject.member)
    known = set(rows.values_list("code", flat=True))
    helped = subject.state in (ScreeningState.ASSISTING, ScreeningState.PROGRESS_REVIEW)
    return known | {FlagCode.X4.value} if helped else known - {FlagCode.X4.value}
