"""What a season's page says of its rules: values with their articles, and the calendar of the year."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownRule:
    """One rule as a page shows it: in words, with its article and whether it is a default of the software."""

    label: str
    value: str
    source: str
    is_default: bool


SHOWN = (
    ("eligibility", "new_member_months", "Kết nạp dưới số tháng này thì không xếp loại"),
    ("eligibility", "reference_date", "Ngày xét điều kiện"),
    ("cap", "xs_cap_percent", "Tỷ lệ tối đa hoàn thành xuất sắc (%)"),
    ("cap", "xs_cap_raised_percent", "Tỷ lệ khi có quyết định nâng (%)"),
    ("cap", "cap_denominator", "Tỷ lệ tính trên"),
    ("cap", "cap_rounding", "Cách làm tròn"),
    ("procedure", "ballot_threshold", "Mức được đề nghị khi đạt"),
    ("procedure", "ballot_self_vote", "Tự bỏ phiếu cho mình"),
)
WORDS = {
    True: "có",
    False: "không",
    "text": "số hoàn thành tốt nhiệm vụ",
    "xs_plus_htt": "tổng số xuất sắc và tốt",
    "floor": "làm tròn xuống",
    "half_up": "làm tròn nửa lên",
    "more_than_half": "quá nửa số đảng viên được tính",
    "two_thirds": "hai phần ba số đảng viên được tính",
}


def shown_rules(book):
    """The rules that a page lists, with their sources; keys that the set does not have are left out."""
    rows = []
    for topic, key, label in SHOWN:
        rule = getattr(book.rules, topic).values.get(key)
        if rule is not None and rule.value is not None:
            rows.append(ShownRule(label, _written(rule.value), rule.citation, rule.origin == "default"))
    return rows


def _written(value):
    if isinstance(value, str) and len(value) == 5 and value[2] == "-":
        return f"{value[3:]}/{value[:2]}"
    return WORDS.get(value, str(value)) if isinstance(value, bool | str) else f"{value:n}".replace(".", ",")


@dataclass(frozen=True)
class CalendarLine:
    """What is to be done until when; durations have no day of their own and stand last."""

    what: str
    when: str
    source: str
    is_default: bool


# what is to be done, the key of the day that it must precede (43-HD/BTCTW, mục 4), years after the one that is rated
ENDS = (
    ("Xếp loại cán bộ, công chức, viên chức, làm trước khi xếp loại đảng viên", "staff_rating_before", 0),
    ("Kiểm điểm, tự xếp loại, xếp loại xong", "season_close_before", 0),
    ("Như trên, đối với đơn vị đặc thù kết thúc năm muộn hơn do cấp trên quy định", "special_units_close_before", 1),
    ("Hồ sơ của cán bộ Trung ương quản lý, kèm Mẫu 04, gửi Ban Tổ chức Trung ương", "central_files_before", 1),
    ("Ban Tổ chức Trung ương báo cáo Bộ Chính trị", "politburo_report_before", 1),
)
LENGTHS = (
    (
        "Gửi dự thảo báo cáo kiểm điểm của tập thể cho người dự",
        "draft_report_working_days",
        "ít nhất {} ngày làm việc trước hội nghị",
    ),
    ("Kiểm điểm tập thể và cá nhân", "session_min_days", "ít nhất {} ngày một cuộc"),
    ("Kiểm điểm của ban thường vụ tỉnh ủy, thành ủy", "session_min_days_provincial_standing", "ít nhất {} ngày"),
)


def calendar_of(season, book):
    """The days of a season in their order, then how long things take; what the rule set does not name is left out."""
    known = book.rules.procedure.values
    days = [(day, _due(what, day)) for what, day in _own_days(season) if day]
    for what, key, later in ENDS:
        if (rule := known.get(key)) and rule.value:
            day = getattr(book.rules.procedure, key).on(season.year + later)
            days.append((day, _line(what, f"trước {day:%d/%m/%Y}", rule)))
    lengths = [_line(what, words.format(known[key].value), known[key]) for what, key, words in LENGTHS if key in known]
    return [line for _, line in sorted(days, key=lambda each: each[0])] + lengths


def _own_days(season):
    return (
        ("Ngày xét điều kiện", season.reference_date),
        ("Chi bộ gửi kết quả", season.cell_due_on),
        ("Cấp cơ sở thẩm định xong", season.base_due_on),
    )


def _due(what, day):
    return CalendarLine(what, f"{day:%d/%m/%Y}", "kế hoạch của đợt", is_default=False)


def _line(what, when, rule):
    return CalendarLine(what, when, rule.citation, rule.origin == "default")
