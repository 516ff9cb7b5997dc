"""The acts of the yearly rating in words, for the log."""

SENTENCES = {
    "evaluations.open_season": "mở đợt {subject}: {cells} chi bộ, {members} đảng viên",
    "evaluations.start_season": "giao việc mở đợt xếp loại năm {year} cho tiến trình nền",
    "evaluations.close_season": "đóng đợt {subject}",
    "evaluations.refresh_sheet": "cập nhật danh sách của {subject}",
    "evaluations.fill_tasks": "điền số nhiệm vụ của {number} đồng chí theo sổ phân công vào {subject}",
    "evaluations.raise_cap": "ghi quyết định nâng tỷ lệ hoàn thành xuất sắc số {number} ngày {date}: {reason}",
    "evaluations.send": "gửi {subject} lên cấp trên, họp ngày {held_on}",
    "evaluations.recall": "thu hồi {subject} để sửa",
    "evaluations.open_sheet": "{body} mở xem xét {subject}",
    "evaluations.return_sheet": "{body} trả lại {subject}: {reason}",
    "evaluations.appraise": "ghi mức thẩm định của {subject}",
    "evaluations.forward": "{body} trình cấp trên {subject}",
    "evaluations.decide": "quyết định xếp loại {members} đảng viên, quyết định số {number} ngày {date}",
    "evaluations.rerate": (
        "đánh giá, xếp loại lại {subject}: {before} thành {after}, quyết định số {number} ngày {date}; lý do: {reason}"
    ),
    "evaluations.void_rerating": "hủy lần xếp loại lại {subject} theo quyết định số {number}; lý do: {reason}",
    "evaluations.void_cap_raise": "hủy quyết định nâng tỷ lệ số {number} ngày {date}; lý do: {reason}",
    "complaints.receive_complaint": "ghi khiếu nại của {subject} về xếp loại năm {year}, nhận ngày {received_on}",
    "complaints.answer_complaint": "ghi trả lời khiếu nại của {subject} ngày {answered_on}: {result}",
    "complaints.void_complaint": "hủy mục khiếu nại của {subject} ghi sai; lý do: {reason}",
    "evaluations.override_eligibility": "xét khác quy tắc đối với {subject}: {reason}",
    "evaluations.confirm_doors": "ghi trường hợp riêng của {subject}: {reason}",
    "evaluations.check_grades_file": "kiểm tra tệp kết quả năm {year} {subject}: {rows} dòng, {refused} từ chối",
    "evaluations.map_grade_columns": "đọc lại tệp kết quả năm {year} {subject} theo {columns} cột đã chọn",
    "evaluations.commit_grades": "ghi kết quả năm {year} từ {subject}: {created} mới, {updated} thay",
    "evaluations.undo_grades": "hoàn tác lần nhập kết quả năm {year} từ {subject}",
    "evaluations.keep_grade_mapping": "lưu cách đọc cột của tệp kết quả {subject}",
    "evaluations.save_grade_row": "ghi bằng tay kết quả của {member} ở dòng {row} của {subject}; lý do: {reason}",
}
