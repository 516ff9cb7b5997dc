"""The repeating items of the CV booklet (2-KNĐ, 14–21, 24–26) as lines of text."""

from datetime import date

from django.core.exceptions import ValidationError

from admissions.enums import PaperKind
from config.lib.paper_lines import Said, day
from members.sheet.columns import row_words
from members.sheet.parts import PARTS

# Which parts of a CV stand in which item.
ITEMS = {
    "history": ("lịch sử bản thân", ("own-history",)),
    "career": ("quá trình công việc, chức vụ", ("career", "military")),
    "features": ("đặc điểm lịch sử", ("legal", "old-regime", "foreign-organisations")),
    "training": ("đào tạo, bồi dưỡng", ("training",)),
    "foreign": ("đi nước ngoài", ("foreign-stays",)),
    "awards": ("khen thưởng", ("commendations", "titles")),
    "discipline": ("kỷ luật", ("administrative-discipline",)),
}
STORY = PARTS["legal"]  # from, to, what, where: what items of the CV have that the sheet keeps elsewhere


def cv(rows):
    """Every item, also of a CV that has nothing yet: it is then named by item."""
    lines = {name: Said(words, _lines(rows, parts)) for name, (words, parts) in ITEMS.items()}
    if not lines["history"].value:  # the story of a life as the list of its steps tells it
        lines["history"] = Said(lines["history"].words, lines["career"].value)
    return {
        **lines,
        "family": Said("hoàn cảnh gia đình", tuple(_relative(row) for row in rows.relatives)),
        "answers": Said("nhận xét nơi thẩm tra", tuple(_answer(row) for row in rows.items if row.answered_on)),
        "cell_remark": Said("nhận xét của chi ủy, chi bộ", _text(rows.paper(PaperKind.CELL_REMARK))),
        "base_certificate": Said("chứng nhận của cấp ủy cơ sở", _text(rows.paper(PaperKind.BASE_CERTIFICATE))),
    }


def _lines(rows, parts):
    return tuple(("", entry_words(row)) for row in rows.cv if row.part in parts)


def entry_words(row):
    """One line of the CV in words; what does not fit the columns of its part is written as it stands."""
    part = PARTS.get(row.part, STORY)
    fields = {field.name: field for field in part.model._meta.concrete_fields}
    try:
        known = {name: fields[name].to_python(value) for name, value in row.values.items() if name in fields}
        words = row_words(part, part.model(**known))
    except (ValidationError, TypeError, ValueError, KeyError):
        words = ""
    said = [_plain(value) for name, value in row.values.items() if not name.endswith("precision")]
    return words or " · ".join(each for each in said if each)


def _plain(value):
    try:
        return day(date.fromisoformat(value)) if isinstance(value, str) else ("" if value is None else str(value))
    except ValueError:
        return value


def _relative(row):
    years = "–".join(str(year) for year in (row.birth_year, row.died_year) if year)
    facts = [
        f"sinh năm {years}" if years else "",
        f"quê quán: {row.home_place}" if row.home_place else "",
        f"nơi cư trú: {row.residence}" if row.residence else "",
        f"nghề nghiệp: {row.occupation}" if row.occupation else "",
        {True: "là đảng viên", False: "không phải đảng viên", None: ""}[row.is_member],
    ]
    who = f"{row.relation or row.get_kinship_display()}: {row.full_name}"
    text = "; ".join(fact for fact in facts if fact)
    return who, "\n".join(part for part in (text, row.history) if part)


def _answer(row):
    who = row.relative.full_name if row.relative else row.candidate.full_name
    said = f"{row.place}, ngày {day(row.answered_on)}: {row.get_result_display()}. {row.note}"
    return f"{who} – {row.get_topic_display().lower()}", said.strip()


def _text(paper):
    if paper is None:
        return ""
    return paper.text or ("Đủ điều kiện." if paper.favourable else "")
