"""What the pages of the steps up to the report of results ask and say."""

from discipline.advice import competent, on_plan, on_sentence, on_triage
from discipline.forms_inspection import (
    AnnounceInspectionForm,
    CloseCaseForm,
    FileSignalForm,
    PlanInspectionForm,
    RecordSelfReviewForm,
    ReportSentenceForm,
    SubmitReportForm,
    TransferCaseForm,
    TriageForm,
)
from discipline.step_page import StepPage

INSPECTION_STEPS = {
    "triage": StepPage(
        TriageForm, "Ghi kết quả xem thẩm quyền, xem trùng việc và hướng xử lý; sau đó mới làm bước đã chọn.",
        "Đã ghi kết quả phân loại.", advice=on_triage,
    ),
    "file_signal": StepPage(FileSignalForm, "Hồ sơ kết thúc, không kiểm tra.", "Đã lưu, hồ sơ kết thúc."),
    "transfer_case": StepPage(
        TransferCaseForm, "Hồ sơ kết thúc ở đây; nơi nhận mở hồ sơ của mình.", "Đã ghi chuyển hồ sơ.",
        advice=competent,
    ),
    "plan_inspection": StepPage(
        PlanInspectionForm, "Vượt giới hạn vẫn ghi được, kèm cảnh báo trong hồ sơ. Tổ kiểm tra ghi ở phần Kiểm tra.",
        "Đã ghi quyết định, kế hoạch kiểm tra.", advice=on_plan,
    ),
    "report_sentence": StepPage(
        ReportSentenceForm, "Hồ sơ chuyển thẳng lên cấp có thẩm quyền, không kiểm tra, không biểu quyết ở chi bộ.",
        "Đã báo cáo bản án.", advice=on_sentence,
    ),
    "announce_inspection": StepPage(
        AnnounceInspectionForm, "Từ ngày này người được kiểm tra được yêu cầu viết bản tự kiểm điểm.",
        "Đã ghi công bố.",
    ),
    "record_self_review": StepPage(
        RecordSelfReviewForm, "Từ chối viết không làm dừng việc kiểm tra.", "Đã ghi bản tự kiểm điểm.",
    ),
    "submit_report": StepPage(
        SubmitReportForm, "Vi phạm, tình tiết, chứng cứ ghi ở phần Kiểm tra trước khi báo cáo.",
        "Đã ghi báo cáo; chi bộ họp xem xét.", advice=competent,
    ),
    "close_case": StepPage(CloseCaseForm, "Hồ sơ kết thúc, không kỷ luật.", "Đã kết thúc hồ sơ."),
}  # fmt: skip
