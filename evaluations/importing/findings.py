"""Findings about results that the catalogue of imports does not have, or has for one year only."""

from dataclasses import replace

from evaluations.rules import number_text
from members.importing.problems import ProblemKind, Severity, problem_kinds

OTHER_NAME = ProblemKind(
    "level_other_name",
    Severity.WARNING,
    "Mức ghi bằng tên gọi khác",
    "Phần mềm lấy mức nêu ở chi tiết; nếu không đúng, ghi lại tên mức của năm đó.",
)
DECIDED_HERE = ProblemKind(
    "decided_here",
    Severity.ERROR,
    "Kết quả năm này đã được quyết định trong phần mềm và khác với tệp",
    "Kết quả đã quyết định không bị thay; nếu tệp đúng, xem lại quyết định xếp loại trong phần mềm.",
)
YEAR_DIFFERS = ProblemKind(
    "year_differs",
    Severity.CONTROL,
    "Tiêu đề của tệp ghi năm khác",
    "Kiểm tra lại năm xếp loại đã chọn trước khi ghi.",
)


def not_member_kind(year):
    """The catalogue speaks of 2025; other years say their own."""
    kind = problem_kinds()["not_member_in_2025"]
    return replace(kind, code=kind.code.replace("2025", str(year)), message=kind.message.replace("2025", str(year)))


def cap_kind(rules):
    """The sentence with the percentage and the names of levels of the year."""
    best, second = (level.short for level in rules.scale.levels[:2])
    percent = number_text(rules.book.rules.cap.xs_cap_percent)
    message = f"Số {best} vượt {percent}% số {second} của tổ chức cơ sở đảng"
    return replace(problem_kinds()["cap_exceeded"], message=message)


def fault_of(reader, line, field, kind, **more):
    """A finding of a kind of this file in the cell of a field."""
    return replace(reader.fault(line, field, "unknown_level", **more), kind=kind)
