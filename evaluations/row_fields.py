"""The fields that a cell fills in, by name: read from a row and written to it; votes have one field a level."""

from decimal import Decimal

from evaluations.rules import number_text

VOTES = "votes_"
NOT_RATED_BOX = "not_rated"  # the box “chưa xếp loại” of a ballot, where the committee prints one; never a level
HEAD_FIELDS = ("held_on", "present", "issued", "collected", "valid", "invalid", "tellers", "note")
PLAIN_FIELDS = (
    "own_level",
    "points",
    "tasks_total",
    "tasks_undone",
    "tasks_late",
    "tasks_beyond",
    "faults_remedied",
    "blanks",
    "proposed_level",
    "not_rated_reason",
    "reason",
    "answer",
    "attended",
)
FACT_FIELDS = (
    "targets_done",
    "key_targets_missed",
    "lowest_degree",
    "sick_months",
    "has_basic_targets",
    "basic_targets_missed",
    "units_rated_khtnv",
    "low_confidence",
    "subunits_disciplined",
)
TASK_PARTS = ("tasks_undone", "tasks_late", "tasks_beyond")

LABELS = {
    "held_on": "Ngày họp",
    "present": "Có mặt",
    "issued": "Phiếu phát ra",
    "collected": "Phiếu thu vào",
    "valid": "Phiếu hợp lệ",
    "invalid": "Phiếu không hợp lệ",
    "tellers": "Tổ kiểm phiếu",
    "note": "Ghi chú gửi cấp trên",
    "own_level": "Tự nhận",
    "points": "Điểm",
    "tasks_total": "Số nhiệm vụ",
    "tasks_undone": "Nhiệm vụ không hoàn thành",
    "tasks_late": "Nhiệm vụ chậm",
    "tasks_beyond": "Nhiệm vụ vượt yêu cầu",
    "faults_remedied": "Khắc phục hạn chế kỳ trước",
    f"{VOTES}{NOT_RATED_BOX}": "Phiếu chưa xếp loại",
    "blanks": "Phiếu trắng",
    "proposed_level": "Mức đề nghị",
    "not_rated_reason": "Lý do chưa xếp loại",
    "reason": "Lý do",
    "answer": "Trả lời cấp trên",
    "attended": "Có dự họp, bỏ phiếu",
    "raised_answer": "Giải trình gợi ý kiểm điểm",
    "targets_done": "Chỉ tiêu, nhiệm vụ hoàn thành (%)",
    "key_targets_missed": "Có chỉ tiêu chủ yếu không đạt",
    "lowest_degree": "Mức thấp nhất của các tiêu chí",
    "sick_months": "Nghỉ ốm trong năm (tháng)",
    "has_basic_targets": "Có chỉ tiêu KT-XH cơ bản",
    "basic_targets_missed": "Chỉ tiêu cơ bản không đạt",
    "units_rated_khtnv": "Đơn vị phụ trách không hoàn thành (%)",
    "low_confidence": "Phiếu tín nhiệm thấp (%)",
    "subunits_disciplined": "Đơn vị trực thuộc bị kỷ luật (%)",
}


def label_of(name):
    """The name of a field in words."""
    return LABELS.get(name) or f"Phiếu {name.removeprefix(VOTES)}"


def head_values(sheet):
    """What stands in the head of a sheet, by field."""
    return {name: getattr(sheet, name) for name in HEAD_FIELDS}


def ballot_codes(book):
    """What a ballot may be ticked for: the levels, and “chưa xếp loại” where the committee prints that box."""
    box = [NOT_RATED_BOX] if book.rules.procedure.ballot_not_rated_box else []
    return [*(level.code for level in book.scale.levels), *box]


def row_values(review, book):
    """What stands in a row, by field."""
    values = {name: getattr(review, name) for name in (*PLAIN_FIELDS, *FACT_FIELDS)}
    return values | {f"{VOTES}{code}": review.votes.get(code) for code in ballot_codes(book)}


def write_row(review, changes):
    """Put changed values into a row that is not saved yet."""
    votes = dict(review.votes)
    for name, value in changes.items():
        if name.startswith(VOTES):
            votes[name.removeprefix(VOTES)] = value
        else:
            setattr(review, name, value)
    review.votes = {code: count for code, count in votes.items() if count is not None}


def tasks_over_total(values):
    """Names of the parts of the tasks that are more than their total."""
    total = values["tasks_total"]
    return [name for name in TASK_PARTS if total is not None and (values[name] or 0) > total]


def as_text(value):
    """A value as it stands in a control."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return number_text(value)
    return str(value)
