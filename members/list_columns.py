"""The columns of the member list: what each is called and what it says of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.lib.periods import Precision
from members.answers import answer_words
from members.catalogues import printed
from members.enums import Sex, Status, Topic
from members.forms.dates import PartialDate
from members.models.member import mask


@dataclass(frozen=True)
class ListColumn:
    """One column: `value(row)` answers a text, a `PartialDate` or None.

    Of people who have left the reader's scope only the columns that are `open` say anything.
    """

    key: str
    title: str
    value: Callable[[Any], Any]
    width: int = 16
    sort: str = ""
    topic: str = ""
    open: bool = False

    def text(self, row):
        """The value as the page shows it."""
        value = self._seen(row)
        return "" if value is None else str(value)

    def cell(self, row):
        """The value as a workbook keeps it: a whole day is a date, a partial one stays as written."""
        value = self._seen(row)
        if isinstance(value, PartialDate):
            return value.day if value.precision == Precision.DAY else str(value)
        return value

    def _seen(self, row):
        return self.value(row) if self.open or row.within_reach else None


def _dated(name):
    def value(row):
        day = getattr(row.member, f"{name}_on")
        return PartialDate(day, getattr(row.member, f"{name}_precision")) if day else None

    return value


def _number(name):
    def value(row):
        number = getattr(row.member, name)
        return number if row.shows_numbers else mask(number)

    return value


def _answer(topic):
    def value(row):
        found = row.answers.get(topic)
        return answer_words(topic, found.value, found.text) if found else "Chưa rõ"

    return value


def _plain(name):
    return lambda row: getattr(row.member, name)


def _answered(topic, width=20):
    return ListColumn(topic.value, topic.label, _answer(topic), width, topic=topic.value)


_ALL = (
    ListColumn("cell", "Chi bộ", lambda row: row.place, 38, open=True),
    ListColumn("status", "Tình trạng", lambda row: Status(row.status).label, 18, open=True),
    ListColumn("sex", "Giới tính", lambda row: Sex(row.member.sex).label, 10, open=True),
    ListColumn("born", "Ngày sinh", _dated("born"), 12, sort="born_on", open=True),
    ListColumn("admitted", "Ngày vào Đảng", _dated("admitted"), 14, sort="admitted_on", open=True),
    ListColumn("official", "Ngày chính thức", _dated("official"), 14, sort="official_on", open=True),
    ListColumn("decided", "Ngày quyết định", _dated("decided"), 14, sort="decided_on", open=True),
    ListColumn("post", "Chức vụ", lambda row: ", ".join(row.posts), 24),
    ListColumn("grade", "Xếp loại năm trước", lambda row: row.grade, 28),
    ListColumn("card", "Số thẻ đảng viên", _number("current_card"), 16),
    ListColumn("personal_id", "Số định danh", _number("personal_id"), 16),
    ListColumn("cv_number", "Số lý lịch", _plain("cv_number"), 12),
    ListColumn("ethnic", "Dân tộc", lambda row: printed("ethnic", row.member.ethnic), 12),
    _answered(Topic.GENERAL_EDUCATION),
    _answered(Topic.DEGREE),
    _answered(Topic.THEORY),
    _answered(Topic.OCCUPATION, 30),
    ListColumn("home_place", "Quê quán", _plain("home_place"), 30),
    ListColumn("residence", "Nơi thường trú", _plain("residence"), 30),
)
COLUMNS = {column.key: column for column in _ALL}
DEFAULT = ("cell", "status", "born", "admitted", "card")
NAME = ListColumn("name", "Họ và tên", lambda row: row.member.full_name, 28, sort="sort_key", open=True)
SORTS = {column.key: column.sort for column in (NAME, *_ALL) if column.sort}


def chosen_columns(keys):
    """The columns asked for, in their own order; unknown names are passed over, none means the usual ones."""
    wanted = {key for given in keys for key in given.split(",")} & COLUMNS.keys()
    return [column for column in _ALL if column.key in (wanted or DEFAULT)]
