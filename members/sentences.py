"""What the log says about acts on members. A sentence continues the name of whoever acted."""

SENTENCES = {
    "members.enrol_member": "ghi đảng viên {subject} vào {organisation}, từ {on}",
    "members.correct_member": "sửa thông tin của {subject}: {fields}",
    "members.correct_birth_date": "đính chính ngày sinh của {subject} theo {paper}",
    "members.reveal_number": "xem số đầy đủ của {subject}: {numbers}",
    "members.report_clash": "nhập {number} đã có của {subject} ({held_in}) cho người khác ở {asked_in}; cần đối chiếu",
    "members.change_particular": "ghi thay đổi của {subject}: {fact}, từ {from}",
    "members.add_overlay": "ghi tình trạng sinh hoạt của {subject}: {fact}, từ {from}",
    "members.add_post": "ghi chức vụ của {subject}: {fact}, từ {from}",
    "members.end_fact": "kết thúc mục của {subject}: {fact}, đến hết {to}",
    "members.correct_fact": "sửa mục ghi sai của {subject}: {fact}; lý do: {reason}",
    "members.void_fact": "hủy bỏ mục ghi sai của {subject}: {fact}; lý do: {reason}",
    "members.export": "xuất danh sách {rows} đảng viên ra Excel, số được che",
    "members.export_unmasked": "xuất danh sách {rows} đảng viên ra Excel với số đầy đủ; lý do: {reason}",
    "members.check_file": "kiểm tra tệp {file} để nhập: {rows} dòng, {refused} dòng bị từ chối",
    "members.commit_batch": "nhập tệp {file}: thêm {created}, cập nhật {updated}, từ chối {refused}",
    "members.undo_batch": "hoàn tác lần nhập tệp {file}: {created} người đã thêm, {updated} người đã cập nhật",
    "members.keep_mapping": "lưu cách đọc {columns} cột cho tệp nhập",
    "members.save_row": "ghi bằng tay dòng {row} của tệp nhập cho {subject}; lý do: {reason}",
    "members.refresh_homes": "tính lại nơi sinh hoạt hôm nay, sửa {changed} người",
    "members.repair_keys": "tính lại khóa tìm kiếm, sắp xếp, sửa {changed} người",
}
