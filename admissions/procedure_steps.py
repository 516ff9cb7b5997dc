"""What the page of each step of the procedure asks and says; the verb of the step names its action."""

from dataclasses import dataclass
from typing import Any

from admissions.forms_procedure import ActForm, CancelForm, CeremonyForm, DecideForm, RepairForm, ReturnForm, VoteForm

PERSON_BY_PERSON = "Xét, biểu quyết từng người một. Chỉ ghi tổng số phiếu, không ghi ai biểu quyết thế nào."
WHOLE_WAY = "Không đủ phiếu vẫn báo cáo đầy đủ lên cấp có thẩm quyền."


@dataclass(frozen=True)
class StepPage:
    """The form of a step, what it says above it, and what is said once it is done."""

    form: Any
    lead: str = ""
    done: str = "Đã ghi."


STEP_PAGES = {
    "vote_in_cell": StepPage(VoteForm, f"{PERSON_BY_PERSON} {WHOLE_WAY}", "Đã ghi kết quả biểu quyết của chi bộ."),
    "appraise": StepPage(ActForm, "Đảng ủy bộ phận thẩm định, không biểu quyết (7-KNĐ).", "Đã ghi thẩm định."),
    "vote_in_base": StepPage(VoteForm, f"{PERSON_BY_PERSON} {WHOLE_WAY}", "Đã ghi kết quả biểu quyết."),
    "submit": StepPage(
        ActForm, "Thẩm định lại hồ sơ; gửi trích lục đến từng thành viên của cấp quyết định.", "Đã tiếp nhận hồ sơ."
    ),
    "return_to_cell": StepPage(ReturnForm, "", "Đã trả lại chi bộ."),
    "decide": StepPage(
        DecideForm, "Kết quả biểu quyết của cấp quyết định cho biết kết nạp hay không.", "Đã ghi quyết định."
    ),
    "notify_refusal": StepPage(ActForm, "Không kết nạp cũng thông báo cho chi bộ.", "Đã ghi thông báo."),
    "hold_ceremony": StepPage(
        CeremonyForm, "Tổ chức từng người, ở nơi người đó đang thuộc về. Từ ngày này tính thời gian dự bị.",
        "Đã ghi lễ kết nạp; hồ sơ đảng viên đã được lập.",
    ),
    "end_probation": StepPage(ActForm, "", "Đã chuyển sang xét công nhận."),
    "vote_recognition": StepPage(VoteForm, f"{PERSON_BY_PERSON} {WHOLE_WAY}", "Đã ghi kết quả biểu quyết của chi bộ."),
    "appraise_recognition": StepPage(ActForm, "Đảng ủy bộ phận thẩm định (14-KNĐ).", "Đã ghi thẩm định."),
    "vote_recognition_in_base": StepPage(VoteForm, PERSON_BY_PERSON, "Đã ghi kết quả biểu quyết."),
    "submit_recognition": StepPage(ActForm, "", "Đã tiếp nhận hồ sơ công nhận."),
    "return_recognition": StepPage(ReturnForm, "", "Đã trả lại chi bộ."),
    "decide_recognition": StepPage(
        DecideForm, "Ngày chính thức là ngày hết thời gian dự bị, dù quyết định muộn.", "Đã ghi quyết định công nhận."
    ),
    "vote_removal": StepPage(VoteForm, PERSON_BY_PERSON, "Đã ghi kết quả biểu quyết của chi bộ."),
    "vote_removal_in_base": StepPage(VoteForm, PERSON_BY_PERSON, "Đã ghi kết quả biểu quyết."),
    "decide_removal": StepPage(DecideForm, "", "Đã ghi quyết định."),
    "cancel_admission": StepPage(
        CancelForm, "Chỉ khi tiêu chuẩn, điều kiện không đạt; có văn bản của cấp ủy cấp trên (294-QĐ/TW, khoản 4.4).",
        "Đã ghi hủy quyết định kết nạp.",
    ),
    "repair_admission": StepPage(
        RepairForm, "Đủ điều kiện nhưng sai thẩm quyền, thủ tục: chỉ làm lại bước sai, rồi xác định lại các ngày.",
        "Đã ghi quyết định mới và các ngày xác định lại.",
    ),
}  # fmt: skip
LABELS = {"repair_admission": "Làm lại bước sai, xác định lại ngày"}
