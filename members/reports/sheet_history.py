"""Every change of a member's sheet, field by field: before, after, when, by whom, on which paper."""

from dataclasses import dataclass
from datetime import datetime

from cells.models import LogEntry, User
from members.answers import answer_words
from members.enums import SENSITIVE_TOPICS, Topic
from members.models import Particular
from members.sheet.columns import row_words
from members.sheet.parts import PARTS
from members.sheet.reading import read_rows

BY_LIST = "nhập từ danh sách"
OF_THE_PERSON = ("members.correct_member", "members.correct_birth_date", "members.change_name")


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    at: datetime
    item: str
    before: str
    after: str
    paper: str
    by: str
    voided: bool = False


def sheet_history(member, *, sensitive):
    """All changes in sight, the newest first; what is restricted is not even read without the right."""
    parts = [part for part in PARTS.values() if sensitive or not part.sensitive]
    tables = tuple(dict.fromkeys((*(part.model for part in parts), Particular)))
    rows = read_rows(member, tables, voided=True)
    answers = [row for row in rows[Particular] if sensitive or row.topic not in SENSITIVE_TOPICS]
    names = _names([row for found in rows.values() for row in found])
    changes = [*_of_the_person(member), *_of_answers(answers, names)]
    for part in parts:
        changes += _of_part(part, [row for row in rows[part.model] if part.holds(row)], names)
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _names(rows):
    ids = {user_id for row in rows for user_id in (row.recorded_by_id, row.voided_by_id) if user_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def _of_the_person(member):
    """Columns of the record, from the log: numbers are masked there."""
    entries = LogEntry.objects.about(member).filter(action__in=OF_THE_PERSON).select_related("actor")
    for entry in entries:
        papers = (entry.data.get("paper"), entry.data.get("consent"), entry.data.get("reason"))
        paper = " · ".join(str(words) for words in papers if words)
        for label, (before, after) in entry.data.get("changes", {}).items():
            yield Change(entry.at, f"{label[:1].upper()}{label[1:]}", before, after, paper, str(entry.actor))


def _of_part(part, rows, names):
    by_id = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    for row in rows:
        former = by_id.get(row.replaces_id)
        before = row_words(part, former) if former else ""
        reason = former.void_reason if former else ""
        paper = " · ".join(words for words in (row.source, reason) if words)
        yield Change(
            row.recorded_at, part.heading, before, row_words(part, row), paper, names.get(row.recorded_by_id, BY_LIST)
        )
        if row.voided_at and row.pk not in replaced:
            yield _voided(row, part.heading, row_words(part, row), names)


def _of_answers(rows, names):
    for row in rows:
        former = next((each for each in rows if each.topic == row.topic and each.ended_on == row.started_on), None)
        before = answer_words(former.topic, former.value, former.text) if former else ""
        words, item = answer_words(row.topic, row.value, row.text), Topic(row.topic).label
        by = names.get(row.recorded_by_id, BY_LIST)
        yield Change(row.recorded_at, item, before, words, row.source, by)
        if row.voided_at:
            yield _voided(row, item, words, names)


def _voided(row, item, words, names):
    by = names.get(row.voided_by_id, BY_LIST)
    return Change(row.voided_at, item, words, "đã hủy", row.void_reason, by, voided=True)
