"""Steps of the dossier, each on the page of its own form."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from admissions import actions
from admissions.acting import base_body, may_act
from admissions.actions.dossier_steps import Certificate
from admissions.forms_dossier import ApplyForm, CertifyForm, StepForm, VerifierForm, WithdrawForm
from admissions.views.candidates import find_candidate
from admissions.workflow import ADMISSION
from cells.access import requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.steps import ActEntry


@requires(P.ADMISSIONS_FILE)
def apply(request, pk):
    """Application and CV received (1-KNĐ, 2-KNĐ)."""
    lead = "Giấy chứng nhận lớp nhận thức về Đảng phải còn giá trị; tôn giáo (nếu có) phải được đồng ý trước."

    def act(candidate, values):
        days = {name: values[name] for name in ("applied_on", "written_on")}
        actions.apply(candidate, _act(values), **days, by=request.user)

    return _step_page(request, pk, "apply", ApplyForm, act, lead)


@requires(P.ADMISSIONS_DECIDE)
def seal_cv(request, pk):
    """Every page and the photo sealed by the base committee."""
    lead = "{body} giáp lai các trang và ảnh khi lý lịch đã khai đủ, chưa có nhận xét, chưa thẩm tra (06-HD/TW, 3.4d)."

    def act(candidate, values):
        actions.seal_cv(candidate, _act(values), by=request.user)

    return _step_page(request, pk, "seal_cv", StepForm, act, lead)


@requires(P.ADMISSIONS_FILE)
def start_verification(request, pk):
    """Who verifies; the circle gets its items."""
    lead = "Lập danh sách thẩm tra theo quy định, mỗi người hai nội dung; cách và nơi thẩm tra ghi ở phần Thẩm tra."

    def act(candidate, values):
        who = {name: values[name] for name in ("verifier_name", "kinship")}
        actions.start_verification(candidate, _act(values), **who, by=request.user)

    return _step_page(request, pk, "start_verification", VerifierForm, act, lead)


@requires(P.ADMISSIONS_DECIDE)
def certify_cv(request, pk):
    """Item 26 of the CV."""
    lead = "{body} chứng nhận khi mọi nội dung thẩm tra đã có trả lời và chi bộ đã nhận xét (mục 25)."

    def act(candidate, values):
        certificate = Certificate(values["fit"] == "yes", values["words"], values["signer"])
        actions.certify_cv(candidate, _act(values), certificate=certificate, by=request.user)

    return _step_page(request, pk, "certify_cv", CertifyForm, act, lead)


@requires(P.ADMISSIONS_FILE)
def complete_dossier(request, pk):
    """Introducers, opinions, and the age of the dossier are in order."""
    lead = "Đủ giấy giới thiệu, nghị quyết đoàn thể, ý kiến nhận xét; hồ sơ còn trong thời hạn."

    def act(candidate, values):
        actions.complete_dossier(candidate, _act(values), by=request.user)

    return _step_page(request, pk, "complete_dossier", StepForm, act, lead)


@requires(P.ADMISSIONS_FILE)
def redo_dossier(request, pk):
    """A dossier over 12 months: four papers anew."""
    lead = (
        "Hồ sơ quá thời hạn: làm lại giấy giới thiệu, nghị quyết đoàn thể, thẩm tra bổ sung nếu có thay đổi, ý kiến bổ "
        "sung (06-HD/TW, 5.4a). Giấy tờ cũ vẫn đọc được; giấy chứng nhận lớp không đổi. Chỉ tính giấy tờ từ ngày ghi "
        "dưới đây."
    )

    def act(candidate, values):
        actions.redo_dossier(candidate, _act(values), by=request.user)

    return _step_page(request, pk, "redo_dossier", StepForm, act, lead)


@requires(P.ADMISSIONS_FILE)
def take_class_again(request, pk):
    """A certificate over 60 months."""
    lead = "Giấy chứng nhận quá thời hạn mà chi bộ chưa họp xét thì phải học lại (06-HD/TW, 5.4b)."

    def act(candidate, values):
        actions.take_class_again(candidate, _act(values), by=request.user)

    return _step_page(request, pk, "take_class_again", StepForm, act, lead)


@requires(P.ADMISSIONS_FILE)
def withdraw(request, pk):
    """No longer considered, before the ceremony."""
    lead = "Người này thôi được xét kết nạp; hồ sơ vẫn đọc được. Muốn xét lại thì đưa vào danh sách như người mới."

    def act(candidate, values):
        actions.withdraw(candidate, _act(values), died=values["died"], by=request.user)

    return _step_page(request, pk, "withdraw", WithdrawForm, act, lead)


def _act(values):
    return ActEntry(values["on"], values["document"], values["note"])


def _step_page(request, pk, name, form_class, act, lead):
    """The form of a step for whoever acts for its body; 403 for others in scope."""
    candidate, step = find_candidate(request, pk), ADMISSION.steps[name]
    if not may_act(request.user, step, candidate):
        raise PermissionDenied
    form = form_class(posted(request), today=timezone.localdate())
    page = {
        "back": reverse("admissions:candidate", args=[candidate.pk]),
        "crumb": str(candidate),
        "title": step.label,
        "lead": lead.format(body=base_body(candidate)),
        "submit": step.label,
        "done": f"Đã ghi “{step.label}”.",
    }
    return act_with_form(request, form, lambda values: act(candidate, values), page)
