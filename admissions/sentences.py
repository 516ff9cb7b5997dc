"""The acts of admission in words, for the log."""

from admissions.workflow import ADMISSION

SOURCE = {
    "admissions.list_candidate": "đưa {subject} vào danh sách quần chúng ưu tú từ {on}",
    "admissions.assign_helper": "phân công đồng chí {helper} giúp đỡ {subject} từ {on}",
    "admissions.change_helper": "thay đồng chí {from} bằng {helper} giúp đỡ {subject} từ {on}; lý do: {reason}",
    "admissions.end_helper": "đồng chí {helper} thôi giúp đỡ {subject} sau ngày {on}; lý do: {reason}",
    "admissions.void_helper": "hủy phân công ghi nhầm đồng chí {helper} giúp đỡ {subject}; lý do: {reason}",
    "admissions.add_note": "ghi chép về {subject}, ngày {on}",
    "admissions.void_note": "hủy ghi chép về {subject}; lý do: {reason}",
    "admissions.add_certificate": "ghi giấy chứng nhận của {subject}, {class}, cấp ngày {on}",
    "admissions.void_certificate": "hủy giấy chứng nhận ngày {on} của {subject}; lý do: {reason}",
    "admissions.resolve_month": "ghi {subject}: đưa vào {added}, tiếp tục {kept}, đưa ra {dropped} người",
    "admissions.correct_resolution": "sửa {subject}; lý do: {reason}",
    "admissions.void_resolution": "hủy {subject}; lý do: {reason}",
    "admissions.void_step": "hủy bước “{step}” ngày {on} của {subject}; lý do: {reason}",
    "admissions.plan_candidate": "dự kiến kết nạp {subject} năm: {year}",
    "admissions.save_plan": "giao chỉ tiêu kết nạp năm {year} cho {organisation}: {target} người",
    "admissions.void_candidate": "hủy mục {subject} ghi nhầm trong danh sách quần chúng; lý do: {reason}",
}
PROCEDURE = {
    "admissions.receive_decision": "ghi chi bộ nhận quyết định kết nạp {subject} ngày {on}, số {number}",
    "admissions.assign_probation_helper": "phân công {helper} giúp đỡ đảng viên dự bị {subject} từ {on}",
    "admissions.note_probation": "ghi chép về đảng viên dự bị {subject}, ngày {on}",
    "admissions.add_probation_paper": "ghi giấy tờ xét công nhận {subject}: {paper}, ngày {on}",
    "admissions.record_new_member_class": "ghi giấy chứng nhận lớp đảng viên mới của {subject}, cấp ngày {on}",
    "admissions.take_over_probation": "đưa {people} đảng viên dự bị của {subject} vào theo dõi",
    "admissions.move_candidate": "ghi {subject} chuyển đến {to}, quyết định ngày {on}; {outcome}",
    "admissions.forward_file": "chuyển hồ sơ kết nạp của {subject} đến nơi mới, ngày {on}; {outcome}",
    "admissions.receive_candidate": "tiếp nhận {subject} từ {from}, ngày {on}",
    "admissions.ask_review": "đề nghị nơi đi xem lại hồ sơ của {subject}, ngày {on}: {what}",
    "admissions.answer_review": "trả lời về hồ sơ của {subject}, ngày {on}: {answer}",
    "admissions.void_procedure_step": "hủy bước “{step}” ngày {on} của {subject} ghi nhầm; lý do: {reason}",
    "admissions.repair_admission": "ghi quyết định {number} ngày {on}, xác định lại ngày của {subject}; {reason}",
}
DOSSIER = {
    "admissions.add_paper": "ghi giấy tờ của {subject}: {paper}, ngày {on}",
    "admissions.record_finding": "ghi kết luận về điều kiện của {subject}: {paper}, ngày {on}",
    "admissions.void_paper": "hủy giấy tờ của {subject}: {paper}; lý do: {reason}",
    "admissions.assign_introducer": "phân công {member} giới thiệu {subject}",
    "admissions.replace_introducer": "phân công {member} thay {former} giới thiệu {subject}; lý do: {reason}",
    "admissions.end_introducer": "{member} thôi giới thiệu {subject}; lý do: {reason}",
    "admissions.correct_cv": "sửa lý lịch của {subject}: {fields}",
    "admissions.correct_background": "sửa phần giới hạn trong lý lịch của {subject}: {fields}",
    "admissions.add_cv_row": "ghi dòng lý lịch của {subject}, mục {item}: {row}",
    "admissions.correct_cv_row": "sửa dòng lý lịch của {subject}, mục {item}: {before} → {row}; lý do: {reason}",
    "admissions.void_cv_row": "hủy dòng lý lịch của {subject}, mục {item}: {row}; lý do: {reason}",
    "admissions.add_relative": "ghi người trong gia đình của {subject}: {kinship}",
    "admissions.correct_relative": "sửa người trong gia đình của {subject}: {kinship}",
    "admissions.void_relative": "hủy người trong gia đình của {subject}: {kinship}",
    "admissions.keep_verification": "ghi {number} nội dung thẩm tra lý lịch của {subject}",
    "admissions.read_background": "xem {what} trong hồ sơ của {subject}",
}
PAPERS = {
    "admissions.renew_calendar": "tạo đường dẫn lịch mới của {subject}",
    "admissions.revoke_calendar": "thu hồi đường dẫn lịch của {subject}",
    "admissions.print_form": "in mẫu {form} của {subject}",
}
STEPS = {
    f"admissions.{name}": f"{step.label[:1].lower()}{step.label[1:]}: {{subject}}, ngày {{on}}, {{body}}"
    for name, step in ADMISSION.steps.items()
}
SENTENCES = STEPS | SOURCE | DOSSIER | PROCEDURE | PAPERS
