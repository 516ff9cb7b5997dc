"""The acts of inspection and supervision in words, for the log; sealed matters have their own journals."""

SENTENCES = {
    "discipline.freeze_statistics": "chốt số liệu thống kê kiểm tra, kỷ luật từ {since} đến {last_day}",
    "discipline.add_plan": "lập {subject}",
    "discipline.void_plan": "hủy {subject} ghi nhầm; lý do: {reason}",
    "discipline.plan_item": "đưa vào kế hoạch: {subject}",
    "discipline.change_item": "sửa trong kế hoạch: {subject}",
    "discipline.report_item": "ghi kết quả, ngày {on}: {subject}",
    "discipline.void_item": "hủy cuộc ghi nhầm “{subject}”; lý do: {reason}",
}
