"""The repeating items of the CV (14–20 of 2-KNĐ) as parts of the member's sheet, stored as JSON until the ceremony."""

from datetime import date
from decimal import Decimal

from admissions.models import CVEntry
from members import models as m
from members.sheet.parts import PARTS, Part

# Items of the CV that the member's sheet keeps elsewhere: they stay with the candidate.
OWN = {
    "own-history": Part(
        "own-history", "14", "Lịch sử bản thân", m.HistoryNote, ("started", "ended", "what", "place"), ("what",),
        hint="Từ nhỏ đến khi đi học, đi làm: ở đâu, làm gì.",
    ),
    "commendations": Part(
        "commendations", "19", "Khen thưởng", m.HistoryNote, ("started", "what", "place"), ("what",),
        hint="Hình thức, nội dung khen thưởng; cấp quyết định ghi ở ô cơ quan.",
    ),
}  # fmt: skip
# (item of the CV, code of the part) in the order of the form.
ITEMS = (
    ("14", "own-history"),
    ("15", "career"),
    ("15", "military"),
    ("16", "legal"),
    ("16", "old-regime"),
    ("16", "foreign-organisations"),
    ("17", "training"),
    ("18", "foreign-stays"),
    ("19", "commendations"),
    ("19", "titles"),
    ("20", "administrative-discipline"),
)
CODES = tuple(code for _, code in ITEMS)
REQUIRED = ("career",)  # an empty item is “không có”; of work and posts everybody has something to write
PROFILE_ITEMS = {
    "sex": "4 giới tính",
    "born_on": "3 ngày sinh",
    "birth_place": "5 nơi đăng ký khai sinh",
    "home_place": "6 quê quán",
    "residence": "7 nơi cư trú",
    "ethnic": "8 dân tộc",
    "religion_standing": "9 tôn giáo",
    "occupation_text": "10 nghề nghiệp",
    "schooling": "11 trình độ",
    "self_assessment": "22 tự nhận xét",
}


def cv_part(code):
    """The part of that code; KeyError for what the CV does not have."""
    if code not in CODES:
        raise KeyError(code)
    return OWN.get(code) or PARTS[code]


def entries_of(candidate):
    """Standing rows by code of their part, in the order of entry."""
    found = {code: [] for code in CODES}
    for entry in CVEntry.objects.standing().filter(candidate=candidate).order_by("id"):
        found.setdefault(entry.part, []).append(entry)
    return found


def as_stored(values):
    """Clean values of a row as JSON."""
    return {name: _plain(value) for name, value in values.items()}


def typed_values(part, values):
    """Values from JSON as the columns of the part take them."""
    known = {field.name: field for field in part.model._meta.concrete_fields}
    return {name: known[name].to_python(value) for name, value in values.items() if name in known}


def row_of(entry):
    """The entry as a row of its part, not saved: what lists and forms of the sheet take."""
    part = cv_part(entry.part)
    return part.model(**part.fixed, **typed_values(part, entry.values))


def sheet_rows(candidate):
    """(part, values) for `members.actions.sheet.add_sheet_row`, in the order of entry; the ceremony writes them."""
    rows = CVEntry.objects.standing().filter(candidate=candidate, part__in=PARTS).order_by("id")
    return [(PARTS[row.part], typed_values(PARTS[row.part], row.values)) for row in rows]


def lacking_items(candidate):
    """Items of the CV that are not filled in yet, in words; two queries."""
    profile = candidate.profile
    answers = {
        **vars(profile),
        "sex": candidate.sex if candidate.sex != "unknown" else "",
        "born_on": candidate.born_on,
    }
    lacking = [words for name, words in PROFILE_ITEMS.items() if not answers[name]]
    parts = set(CVEntry.objects.standing().filter(candidate=candidate).values_list("part", flat=True))
    numbers = {code: number for number, code in ITEMS}
    lacking += [f"{numbers[code]} {cv_part(code).title.lower()}" for code in REQUIRED if code not in parts]
    if not candidate.relatives.filter(voided_at__isnull=True).exists():
        lacking.append("21 gia đình")
    return lacking


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
