"""The yearly supplement slip (mẫu 3-HSĐV) as data: its questions, what stands today, what an answer would change.

A question that is left as it stands is unchanged and prints “K” (member-file.md, M30). The order of the items is our
default: residence; job, unit, posts; levels; titles; family; household economy. Administrative discipline is asked too,
and prints with that of the Party.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from members.answers import answer_words
from members.enums import Topic
from members.seen import digest, seen_row
from members.sheet.columns import row_words, stored_partial
from members.sheet.parts import PARTS, Part
from members.sheet.writing import differs, next_answer, standing_row, store_row, void_row

UNCHANGED = "K"
CHANGED_MEANWHILE = (
    "Hồ sơ này vừa được người khác thay đổi đúng lúc ghi, nên lần này chưa ghi gì. Những gì đã gõ vẫn còn ở dưới đây: "
    "hãy bấm xem lại để so với nội dung mới rồi gửi lần nữa."
)
PLACES = ("place-residence", "place-temporary")
JOB = ("work", "party_post", "state_post", "mass_post", "unit")
LEVELS = (
    Topic.GENERAL_EDUCATION, Topic.DEGREE, Topic.SCIENCE, Topic.ACADEMIC_DEGREE, Topic.ACADEMIC_TITLE, Topic.THEORY,
    Topic.FOREIGN_LANGUAGE, Topic.COMPUTING, Topic.MINORITY_LANGUAGE,
)  # fmt: skip
RELATIVE = ("residence", "occupation", "post", "unit")
HOUSEHOLD = ("income", "income_per_head", "activity", "hired_labour")
OCCUPATION_ITEM, JOB_ITEM, TITLE_ITEM, FAMILY_ITEM, HOUSEHOLD_ITEM = (
    "Nghề nghiệp", "Công tác, đơn vị, chức vụ", "Danh hiệu được phong", "Quan hệ gia đình",
    "Hoàn cảnh kinh tế gia đình",
)  # fmt: skip
ADMINISTRATIVE_ITEM = PARTS["administrative-discipline"].title
ITEMS = (  # as the slip prints them; the others of the form are read from the record, not asked
    *(PARTS[code].title for code in PLACES), OCCUPATION_ITEM, JOB_ITEM, *(topic.label for topic in LEVELS), TITLE_ITEM,
    FAMILY_ITEM, HOUSEHOLD_ITEM,
)  # fmt: skip
RESTRICTED_ITEMS = frozenset({FAMILY_ITEM, HOUSEHOLD_ITEM})


@dataclass(frozen=True)
class SlipChange:
    """One change of a slip: under which item it prints, before and after in words, and how it is written."""

    item: str
    before: str
    after: str
    write: Callable[..., Any] = field(compare=False)

    @property
    def restricted(self) -> bool:
        return self.item in RESTRICTED_ITEMS


@dataclass(frozen=True)
class Writing:
    """Within which act a change is written: the locked member, the day of the slip, its name as paper, by whom."""

    member: Any
    on: Any
    source: str
    by: Any


def paper_words(day) -> str:
    """What the facts that a slip writes name as their paper."""
    return f"Phiếu bổ sung hồ sơ ngày {day:%d/%m/%Y}"


def open_step(standing):
    """The step of the career that lasts, None where none does."""
    steps = [row for row in standing.rows["career"] if row.ended_on is None]
    return steps[-1] if steps else None


def shown_digest(standing, *, sensitive):
    """What the form of the slip shows of a record (`Standing`): its answers, its rows, the residence in one line."""
    parts = {code: standing.rows[code][:1] for code in PLACES} | {"job": [row for row in [open_step(standing)] if row]}
    if sensitive:
        parts |= {"family": standing.rows["family"], "household": standing.rows["household"][-1:]}
    answers = {topic: standing.answers.get(topic) for topic in (Topic.OCCUPATION, *LEVELS)}
    return digest(
        [
            {str(topic): row and [row.pk, row.value, row.text] for topic, row in answers.items()},
            {code: [seen_row(row) for row in rows] for code, rows in parts.items()},
            standing.residence,
        ]
    )


def topic_change(topic, current, value, text) -> SlipChange | None:
    """The next answer to a topic, None when it is the one that stands."""
    if current is None and not (value or text):
        return None
    if value == (current.value if current else "") and text == (current.text if current else ""):
        return None
    before = answer_words(topic, current.value, current.text) if current else ""
    item = OCCUPATION_ITEM if topic == Topic.OCCUPATION else topic.label

    def write(act: Writing):
        seen = current.pk if current else None
        next_answer(act.member, topic, (value, text, act.source), act.on, seen, by=act.by)

    return SlipChange(item, before, answer_words(topic, value, text), write)


def row_change(item, part: Part, row, typed: Mapping[str, Any]) -> SlipChange | None:
    """A row of the sheet that says something else now: voided and written anew."""
    values = {**_stored(part, row), **typed}
    if not differs(row, values):
        return None
    after = row_words(part, part.model(**part.fixed, **values))

    def write(act: Writing):
        standing = standing_row(part, row)
        void_row(standing, f"thay đổi theo {act.source[:1].lower()}{act.source[1:]}", act.by)
        store_row(act.member, part, {**values, "source": act.source}, by=act.by, replaces=standing)

    return SlipChange(item, row_words(part, row), after, write)


def job_change(row, typed, started) -> SlipChange | None:
    """Another job: the step that lasts ends where the next begins."""
    part = PARTS["career"]
    if not any(typed.values()) or (row and all(getattr(row, name) == value for name, value in typed.items())):
        return None
    values = {**typed, **stored_partial("started", started)}

    def write(act: Writing):
        if row is not None:
            standing = standing_row(part, row)
            void_row(standing, f"kết thúc theo {act.source[:1].lower()}{act.source[1:]}", act.by)
            ended = {"ended_on": values["started_on"], "ended_precision": values["started_precision"]}
            store_row(act.member, part, {**_stored(part, row), **ended, "source": row.source}, by=act.by,
                      replaces=standing)  # fmt: skip
        store_row(act.member, part, {**values, "source": act.source}, by=act.by)

    return SlipChange(JOB_ITEM, row_words(part, row) if row else "", row_words(part, part.model(**values)), write)


def dated_change(item, part: Part, row, typed, on) -> SlipChange | None:
    """A new declaration of the day of the slip; the one before stays true of its own day."""
    if not any(value not in (None, "") for value in typed.values()):
        return None
    if row and all(getattr(row, name) == value for name, value in typed.items()):
        return None
    change = _new(item, part, {**typed, "declared_on": on})
    return SlipChange(item, row_words(part, row) if row else "", change.after, change.write)


def _new(item, part, values, before=""):
    def write(act: Writing):
        store_row(act.member, part, {**values, "source": act.source}, by=act.by)

    return SlipChange(item, before, row_words(part, part.model(**part.fixed, **values)), write)


def new_row(item, part: Part, values, before="") -> SlipChange | None:
    """A row that stands beside the others, or the first of its part; `before` is what the record said without it."""
    return _new(item, part, values, before) if any(values.values()) else None


def _stored(part, row):
    """All columns of a row but its paper, as they are stored."""
    names = [field.name for field in part.model._meta.concrete_fields]
    kept = {"id", "member", "source", "replaces", "recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason"}
    return {name: getattr(row, name) for name in names if name not in kept and name not in part.fixed}
