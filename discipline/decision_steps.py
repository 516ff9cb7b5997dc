"""The pages of the steps from the vote of the cell to the last appeal."""

from discipline import forms_decisions as forms
from discipline.forms_votes import BallotForm, UpperBallotForm
from discipline.step_page import StepPage

TOTALS = "Phiếu kín, một lần. Chỉ ghi tổng số phiếu, không ghi ai bỏ phiếu thế nào."
VOTE = "discipline/vote.html"

DECISION_PAGES = {
    "vote_in_cell": StepPage(
        BallotForm, TOTALS, "Đã ghi kết quả biểu quyết của chi bộ.", "Ghi kết quả", VOTE, "votes"
    ),
    "receive_proposal": StepPage(forms.ReceiveForm, "", "Đã tiếp nhận đề nghị.", onward="votes"),
    "return_to_cell": StepPage(forms.ReturnForm, "Chi bộ họp, biểu quyết lại.", "Đã trả lại chi bộ.", onward="votes"),
    "report_verification": StepPage(
        forms.VerifiedForm,
        "Trước khi quyết định, đại diện cấp quyết định nghe người bị xem xét trình bày (Điều 39 Điều lệ Đảng).",
        "Đã ghi báo cáo thẩm tra.", onward="votes",
    ),
    "vote_above": StepPage(
        UpperBallotForm, TOTALS, "Đã ghi kết quả biểu quyết của cấp trên.", "Ghi kết quả", VOTE, "votes"
    ),
    "exempt": StepPage(
        forms.ExemptForm, "Có kết luận, không quyết định kỷ luật. Hồ sơ kết thúc.", "Đã ghi miễn kỷ luật."
    ),
    "postpone": StepPage(
        forms.PostponeForm, "Chưa xem xét; trong thời gian này thời hiệu không tính.", "Đã ghi tạm hoãn."
    ),
    "resume": StepPage(forms.ActForm, "Hồ sơ trở lại bước đang làm khi tạm hoãn.", "Đã xem xét tiếp."),
    "announce": StepPage(
        forms.AnnounceForm,
        "Từ khi công bố, kỷ luật được ghi vào hồ sơ đảng viên: hình thức, ngày, số quyết định; không ghi nội dung.",
        "Đã công bố; kỷ luật đã ghi vào hồ sơ đảng viên.", onward="execution",
    ),
    "notify": StepPage(
        forms.NotifyForm, "Báo cáo cấp trên; thông báo cơ quan, đoàn thể quản lý người bị kỷ luật.",
        "Đã ghi nơi nhận.", onward="execution",
    ),
    "enforce": StepPage(forms.ActForm, "", "Đã chuyển sang chấp hành.", onward="execution"),
    "lapse": StepPage(
        forms.ActForm, "Không ra văn bản. Hiệu lực chấm dứt, hồ sơ vẫn giữ.", "Đã ghi chấm dứt hiệu lực.",
        onward="execution",
    ),
    "appeal": StepPage(
        forms.AppealForm, "Trong khi chờ giải quyết vẫn phải chấp hành quyết định.", "Đã nhận đơn khiếu nại.",
        onward="execution",
    ),
    "decide_appeal": StepPage(
        forms.AppealDecisionForm, "Chưa có gì thay đổi trước khi quyết định này được công bố.",
        "Đã ghi quyết định giải quyết khiếu nại.", onward="execution",
    ),
    "announce_appeal": StepPage(
        forms.AnnounceAppealForm,
        "Từ khi công bố, hồ sơ đảng viên được sửa theo: giữ nguyên, thay hình thức, hoặc xóa bỏ kỷ luật.",
        "Đã công bố quyết định giải quyết khiếu nại.", onward="execution",
    ),
    "annul": StepPage(
        forms.AnnulForm, "Kỷ luật bị hủy, quyền của đảng viên được khôi phục; xin lỗi, phục hồi theo 117-QĐ/TW.",
        "Đã ghi hủy quyết định.", onward="execution",
    ),
}  # fmt: skip
