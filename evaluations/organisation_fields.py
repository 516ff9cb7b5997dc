"""The fields of an organisation's own rating: form 01 of 2025 in order, and which of two versions differ where."""

from decimal import Decimal

from evaluations.enums import OrganisationNotRated
from evaluations.rules import number_text, organisation_door_name

# sections A of form 01 (43-HD/BTCTW), in the order of the form; III and IV may stay empty
SECTIONS = (
    ("principles", "I.1", "Việc thực hiện nguyên tắc tập trung dân chủ, quy chế làm việc"),
    ("results", "I.2", "Kết quả thực hiện các mục tiêu, chỉ tiêu, nhiệm vụ"),
    ("building", "I.3", "Công tác xây dựng, chỉnh đốn Đảng và hệ thống chính trị"),
    ("responsibility", "I.4", "Trách nhiệm trong thực hiện chủ trương, chính sách, nhiệm vụ chính trị"),
    ("faults", "II", "Hạn chế, khuyết điểm và nguyên nhân"),
    ("remedy", "III", "Kết quả khắc phục hạn chế, khuyết điểm đã chỉ ra kỳ trước"),
    ("answers", "IV", "Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)"),
    ("charge", "V", "Trách nhiệm của tập thể, cá nhân"),
    ("directions", "VI", "Phương hướng, biện pháp khắc phục"),
)
TASK_FIELDS = ("tasks_undone", "tasks_late", "tasks_beyond")
LABELS = {
    "held_on": "Ngày họp",
    "texts": "Nội dung kiểm điểm",
    "general_points": "Điểm nhóm tiêu chí chung",
    "results_points": "Điểm nhóm kết quả thực hiện nhiệm vụ",
    "tasks_total": "Tổng số nhiệm vụ",
    "tasks_undone": "Không hoàn thành",
    "tasks_late": "Chậm",
    "tasks_beyond": "Vượt yêu cầu",
    "faults_remedied": "Hạn chế kỳ trước đã khắc phục",
    "undisciplined": "Kỷ luật trong năm",
    "doors": "Trường hợp không hoàn thành nhiệm vụ",
    "lenient": "Xem xét giảm nhẹ",
    "grounds": "Căn cứ, giải trình",
    "own_level": "Mức tự xếp loại",
    "not_rated_reason": "Lý do không xếp loại",
}
FIELDS = tuple(LABELS)
YES_NO = {True: "có", False: "không", None: "chưa ghi"}


def differences(review, values):
    """Names of the fields in which `values` are not what the review has."""
    return [name for name in FIELDS if name in values and values[name] != getattr(review, name)]


def tasks_fit(review):
    """Whether no part of the tasks is more than the total, as far as both are written."""
    total = review.tasks_total
    parts = [number for name in TASK_FIELDS if (number := getattr(review, name)) is not None]
    return total is None or all(number <= total for number in parts)


def stored_words(review, names, levels):
    """(label, what is stored) for each of the fields, in words; `levels` are the names by code."""
    found = []
    for name in names:
        if name == "texts":
            found += [(f"{number}. {title}", review.texts.get(code, "")) for code, number, title in SECTIONS]
        else:
            found.append((LABELS[name], _words(name, getattr(review, name), levels)))
    return [(label, words or "(trống)") for label, words in found]


def _words(name, value, levels):
    if value is None or isinstance(value, bool):
        return YES_NO[value]
    if name == "own_level":
        return levels.get(value, "")
    if name == "not_rated_reason":
        return OrganisationNotRated(value).label if value else ""
    if name == "held_on":
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return "; ".join(map(organisation_door_name, value))
    return number_text(value) if isinstance(value, int | Decimal) else value
