"""The values of a rule set: marks of certainty, units, and the place where a raw value meets its unit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Self

MARKS = {
    "●": "đã đọc trong văn bản",
    "○": "theo nguồn thứ hai",
    "◇": "cách làm của một địa phương",
    "△": "suy luận hoặc mặc định của phần mềm",
}
DEFAULT_NOTE = "mặc định của phần mềm, chưa đối chiếu văn bản"
READ_IN_TEXT = "●"
NONE = "none"  # a TOML value: the regulation is known not to have such a rule

_TEXT, _INTEGER, _NUMBER, _NUMBERS, _BOOL, _DATE, _MONTH_DAY, _FRACTION, _LIST = (
    "chữ",
    "số nguyên",
    "số",
    "danh sách số",
    "true/false",
    "ngày",
    "tháng-ngày (vd. 12-31)",
    "phân số (vd. 2/3)",
    "danh sách chữ",
)
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("text", "code", "level", "form", "degree", "event", "body", "choice"), _TEXT),
    **dict.fromkeys(("year", "years", "months", "days", "working days", "quarters"), _INTEGER),
    **dict.fromkeys(("persons", "members", "votes", "times", "number"), _INTEGER),
    **dict.fromkeys(("%", "% of tasks", "% of units", "% of sub-units", "% of votes", "% of members"), _NUMBER),
    **dict.fromkeys(("points", "percentage points"), _NUMBER),
    "× base salary": _NUMBERS,
    "list of years": _NUMBERS,
    "list of points": _NUMBERS,
    "bool": _BOOL,
    "date": _DATE,
    "month-day": _MONTH_DAY,
    "fraction": _FRACTION,
    "list": _LIST,
}


class RuleSetError(ValueError):
    """A rule-set file, key or override that cannot be used; the message names file and key."""


@dataclass(frozen=True, order=True)
class MonthDay:
    """A day of every year; 29 February is refused, so that `on` always answers."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> Self:
        if not re.fullmatch(r"\d{2}-\d{2}", text):
            raise ValueError(text)
        on = date(2001, int(text[:2]), int(text[3:]))
        return cls(on.month, on.day)

    def on(self, year: int) -> date:
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class RuleValue:
    """One value of a rule set; `origin` is "rule" (read in the text), "default" or "override" (local choice)."""

    value: Any
    unit: str
    mark: str
    source: str
    choices: tuple[Any, ...] = ()
    origin: str = "default"

    @property
    def is_free(self) -> bool:
        """Whether a committee may choose another value: not read in the text, or the text leaves a choice."""
        return self.mark != READ_IN_TEXT or bool(self.choices)

    @property
    def citation(self) -> str:
        """Where the value comes from, in Vietnamese, saying so when it was not read in the regulation."""
        if self.origin == "override":
            return "theo lựa chọn của cấp ủy"
        if self.mark == READ_IN_TEXT:
            return self.source
        return DEFAULT_NOTE if DEFAULT_NOTE.startswith(self.source) else f"{self.source} – {DEFAULT_NOTE}"


def coerce(place: str, unit: str, value: Any) -> Any:
    """The value as its unit wants it; "none" becomes None whatever the unit."""
    if unit not in UNITS:
        raise RuleSetError(f"{place}: không có đơn vị {unit!r}")
    if value == NONE:
        return None
    try:
        return _READERS[UNITS[unit]](value)
    except (TypeError, ValueError, InvalidOperation, ZeroDivisionError) as error:
        raise RuleSetError(f"{place}: {value!r} phải là {UNITS[unit]} (đơn vị {unit})") from error


def _only(kind: type) -> Any:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return read


def _number(value: Any) -> int | Decimal:
    if type(value) is int:
        return value
    if not isinstance(value, Decimal | str):
        raise TypeError(value)
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return number


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(_only(str)(item) for item in value)


def _numbers(value: Any) -> tuple[int | Decimal, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(_number(item) for item in value)


def _month_day(value: Any) -> str:
    MonthDay.parse(_only(str)(value))
    return str(value)


def _fraction(value: Any) -> str:
    if not re.fullmatch(r"\d+/\d+", _only(str)(value)):
        raise ValueError(value)
    Fraction(value)
    return str(value)


_READERS = {
    _TEXT: _only(str),
    _INTEGER: _only(int),
    _NUMBER: _number,
    _NUMBERS: _numbers,
    _BOOL: _only(bool),
    _DATE: lambda value: date.fromisoformat(value) if isinstance(value, str) else _only(date)(value),
    _MONTH_DAY: _month_day,
    _FRACTION: _fraction,
    _LIST: _texts,
}


def plain(value: Any) -> Any:
    """The value as JSON data; `coerce` with the same unit gives it back."""
    if value is None:
        return NONE
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date) else value


def articles_only(cited: str) -> str:
    """What a rule cites, each article once, without the words for a default: for a page that shows its mark."""
    bare = (part.replace(DEFAULT_NOTE, "").strip(" –") for part in cited.split(";"))
    return "; ".join(dict.fromkeys(part for part in bare if part))
