"""What the log says: one dictionary of sentences per app, and the one place that turns an entry into words.

A sentence continues the name of whoever acted; `{subject}` and the keys of the entry's data may occur in it.
"""

import re
from datetime import date

from config.lib.vietnamese import fold

SENTENCES = {
    "cells.add_organisation": "lập tổ chức đảng {subject}",
    "cells.refresh_organisations": "tính lại cột hiện hành của tổ chức đảng, sửa {changed} tổ chức",
    "cells.import_catalogue": "nạp danh mục tổ chức vào {subject}: thêm {added}, đã có {unchanged}",
    "cells.tree_add": "thành lập {after} theo {decision}, từ {since}",
    "cells.tree_arrive": "tiếp nhận nguyên tổ chức {after} theo {decision}, từ {since}",
    "cells.tree_rename": "đổi tên, ký hiệu của {before} theo {decision}, từ {since}",
    "cells.tree_move": "chuyển {before} về trực thuộc nơi khác theo {decision}, từ {since}",
    "cells.tree_change_kind": "đổi loại hình, cấp của {before} theo {decision}, từ {since}",
    "cells.tree_merge": "hợp nhất, sáp nhập {before} thành {after} theo {decision}, từ {since}; kế thừa: {heir}",
    "cells.tree_split": "chia, tách {before} thành {after} theo {decision}, từ {since}; kế thừa: {heir}",
    "cells.tree_close": "kết thúc hoạt động {before} theo {decision}, từ {since}; kế thừa: {heir}",
    "cells.tree_leave": "chuyển giao {before} đi nơi khác theo {decision}, từ {since}; kế thừa: {heir}",
    "cells.undo_event": "hoàn tác thay đổi tổ chức – {subject}, theo {decision}; lý do: {reason}",
    "cells.add_term": "ghi nhiệm kỳ {term} của {subject}, từ {since}",
    "cells.add_organ": "ghi {organ} của {subject}, từ {since}",
    "cells.end_organ": "kết thúc {organ} của {subject}, đến hết {until}",
    "cells.correct_organ": "sửa mục ghi sai về {organ} của {subject}; lý do: {reason}",
    "cells.void_organ": "hủy bỏ mục ghi sai về {organ} của {subject}; lý do: {reason}",
    "cells.record_seal": "ghi {subject} {seal}, từ {since}",
    "cells.draft_document": "lập dự thảo: {subject}",
    "cells.number_document": "lấy số {number} cho: {subject}",
    "cells.withdraw_number": "bỏ số {number} của: {subject}",
    "cells.issue_document": "ban hành văn bản số {number}: {subject}",
    "cells.supersede_document": "lập bản thay thế của: {subject}",
    "cells.register_outside": "vào sổ văn bản lập ngoài phần mềm số {number}: {subject}",
    "jobs.drop_old_prints": "xóa {files} tệp đã làm xong quá một ngày",
    "jobs.start_job": "bắt đầu việc chạy nền: {subject}",
    "jobs.finish_job": "việc chạy nền đã xong: {subject}",
    "jobs.fail_job": "việc chạy nền không xong: {subject}",
    "jobs.offer_again": "chạy lại việc bị ngắt giữa chừng: {subject}",
    "rules.add_override": "chọn khác cho một quy tắc: {rule} = {value_words}",
    "rules.end_override": "thôi lựa chọn riêng cho quy tắc {rule}",
}
_ACCOUNT_SENTENCES = {
    "create_account": "lập tài khoản {username} cho {subject}",
    "grant_role": "giao vai trò {role} ở {place} cho {subject}, từ {since}",
    "end_role": "thôi vai trò {role} ở {place} của {subject}",
    "change_password": "đổi mật khẩu của mình",
    "reset_password": "đặt lại mật khẩu cho {subject}",
    "deactivate_account": "khóa tài khoản của {subject}",
    "reactivate_account": "mở lại tài khoản của {subject}",
    "end_sessions": "kết thúc các phiên đăng nhập của {subject}",
    "unlock_account": "bỏ tạm khóa đăng nhập cho {subject}",
}
SENTENCES |= {
    f"{area}.{verb}": words for area in ("accounts", "inspection") for verb, words in _ACCOUNT_SENTENCES.items()
}

MISSING = "…"
_known: dict[str, str] = {}
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_IDENTIFIER = re.compile(r"\b\d{5,8}(\d{4})\b")  # 9 or 12 digits; also the 11 and 10 that typing errors leave


def register(sentences):
    """Called once for each app's dictionary when the project is ready; two words for one act are an error."""
    for action, sentence in sentences.items():
        if _known.setdefault(action, sentence) != sentence:
            raise ValueError(f"{action} has two sentences")


def sentence(action, subject, data):
    """The words for one act; what looks like a personal number is masked whatever the entry holds."""
    words = _known.get(action, "làm một việc chưa có tên trong từ điển, về {subject}")
    values = _Values({name: _plain(value) for name, value in data.items()}, subject=subject or MISSING)
    return hide_identifiers(words.format_map(values))


def action_choices(hidden=()):
    """(action, words) for every act that can occur but those of `hidden` areas, in the order of the words."""
    shown = {action: words for action, words in _known.items() if action.partition(".")[0] not in hidden}
    labels = ((action, re.sub(r"\{[^}]*\}", MISSING, words)) for action, words in shown.items())
    return sorted(labels, key=lambda choice: (fold(choice[1]), choice[0]))


def hide_identifiers(text):
    """The text with all but the last four digits of every number of an identity card hidden."""
    return _IDENTIFIER.sub(r"••••••••\1", text)


class _Values(dict):
    def __missing__(self, name):
        return MISSING


def _plain(value):
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(str(_plain(item)) for item in value)
    return _ISO_DATE.sub(_as_written, value) if isinstance(value, str) else value


def _as_written(match):
    try:
        return f"{date(*map(int, match.groups())):%d/%m/%Y}"
    except ValueError:
        return match.group()
