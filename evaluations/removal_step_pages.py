"""What the page of each step of leaving asks and says; the verb of the step names its action."""

from dataclasses import dataclass
from typing import Any

from evaluations import forms_removals as forms

ONE_BY_ONE = "Biểu quyết từng người một. Chỉ ghi tổng số phiếu, không ghi ai biểu quyết thế nào."
SELF = "Đồng chí được xét vẫn tính trong số đảng viên nhưng không tự biểu quyết (mặc định của phần mềm)."


@dataclass(frozen=True)
class RemovalStepPage:
    """The form of a step, what it says above it, and what is said once it is done."""

    form: Any
    lead: str = ""
    done: str = "Đã ghi."


REMOVAL_STEP_PAGES = {
    "ask_self_review": RemovalStepPage(
        forms.AskForm, "Ghi từng lần yêu cầu đảng viên viết bản tự kiểm điểm.", "Đã ghi lần yêu cầu."
    ),
    "receive_self_review": RemovalStepPage(
        forms.SelfReviewForm, "Đảng viên trình bày bản này trước chi bộ.", "Đã nhận bản tự kiểm điểm."
    ),
    "record_refusal": RemovalStepPage(
        forms.RefusalForm, "Công khai từ chối thì chi bộ tiếp tục quy trình ngay (06-HD/TW, điểm 11.1).", "Đã ghi."
    ),
    "vote_removal_in_cell": RemovalStepPage(
        forms.RemovalVoteForm, f"{ONE_BY_ONE} {SELF}", "Đã ghi kết quả biểu quyết của chi bộ."
    ),
    "appraise_leaving": RemovalStepPage(
        forms.RemovalActForm, "Đảng ủy bộ phận xem xét, không biểu quyết.", "Đã ghi ý kiến."
    ),
    "vote_removal_in_base": RemovalStepPage(forms.RemovalVoteForm, ONE_BY_ONE, "Đã ghi kết quả biểu quyết."),
    "submit_removal": RemovalStepPage(forms.RemovalActForm, "", "Đã tiếp nhận hồ sơ."),
    "return_removal": RemovalStepPage(forms.RemovalReasonForm, "Chi bộ xem lại, biểu quyết lại.", "Đã trả lại chi bộ."),
    "decide_removal": RemovalStepPage(
        forms.RemovalDecideForm, "Kết quả biểu quyết cho biết đảng viên ra khỏi Đảng hay không.", "Đã ghi quyết định."
    ),
    "withdraw_removal": RemovalStepPage(
        forms.RemovalReasonForm, "Hồ sơ dừng ở đây, được giữ lại để xem.", "Đã rút, thôi xét."
    ),
    "receive_removal_complaint": RemovalStepPage(
        forms.RemovalComplaintForm, "Đảng viên khiếu nại đến cấp ủy cấp trên, cao nhất là Ban Bí thư.",
        "Đã ghi khiếu nại.",
    ),
    "answer_removal_complaint": RemovalStepPage(
        forms.RemovalAnswerForm, "Hủy quyết định thì đảng viên được khôi phục quyền như chưa từng bị xóa tên.",
        "Đã ghi trả lời khiếu nại.",
    ),
}  # fmt: skip
