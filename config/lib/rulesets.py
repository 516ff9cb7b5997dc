"""Dated rule sets: TOML files read, validated and turned into typed, frozen dataclasses."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from config.lib.rulevalues import MARKS, READ_IN_TEXT, MonthDay, RuleSetError, RuleValue, coerce, plain

__all__ = [
    "MonthDay",
    "RuleFile",
    "RuleSetError",
    "RuleValue",
    "Rules",
    "discover",
    "dump",
    "load_file",
    "restore",
    "typed",
    "with_overrides",
]

_HEADER = {"topic": str, "code": str, "title": str, "numbers": list, "effective_on": date}
_HEADER_OPTIONAL = {"first_season_year": int, "last_season_year": int, "supersedes": str}
_ENTRY_FIELDS = {"value", "unit", "mark", "source", "choices"}
_SLUG = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class RuleFile:
    """One regulation's rules on one topic; `digest` changes with the content, not with comments."""

    topic: str
    code: str
    title: str
    numbers: tuple[str, ...]
    effective_on: date
    first_season_year: int | None
    last_season_year: int | None
    supersedes: str
    keys: Mapping[str, RuleValue]
    digest: str

    @property
    def source(self) -> str:
        return ", ".join(self.numbers) or self.title

    def covers_season(self, year: int) -> bool:
        """Whether the set rates that year; a set without a first season year rates none."""
        if self.first_season_year is None or year < self.first_season_year:
            return False
        return self.last_season_year is None or year <= self.last_season_year


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Base of a typed rule set: every field is a key, None where it is absent or the regulation has no such rule."""

    values: Mapping[str, RuleValue] = field(default_factory=dict, repr=False, compare=False)

    def cite(self, *names: str) -> str:
        """Articles behind the named keys, each once; says when a default or a committee's choice was used."""
        found = [self.values[name].citation for name in names if name in self.values]
        return "; ".join(dict.fromkeys(found))

    def origin(self, name: str) -> str | None:
        found = self.values.get(name)
        return found.origin if found else None


R = TypeVar("R", bound=Rules)


def load_file(path: Path) -> RuleFile:
    """Read and validate one file; RuleSetError names the file and the key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleSetError(f"{path.name}: không đọc được TOML: {error}") from error
    entries = data.pop("keys", {})
    _check_header(path.name, data)
    keys = {name: _entry(f"{path.name}: {name}", name, entry) for name, entry in entries.items()}
    return RuleFile(
        topic=data["topic"],
        code=data["code"],
        title=data["title"],
        numbers=tuple(data["numbers"]),
        effective_on=data["effective_on"],
        first_season_year=data.get("first_season_year"),
        last_season_year=data.get("last_season_year"),
        supersedes=data.get("supersedes", ""),
        keys=keys,
        digest=_digest(data, keys),
    )


def discover(app_dir: Path) -> list[RuleFile]:
    """All rule sets of an app by topic and date; two files for one topic and code are refused."""
    found: dict[tuple[str, str], str] = {}
    files = []
    for path in sorted((app_dir / "rulesets").glob("*.toml")):
        rule_file = load_file(path)
        earlier = found.setdefault((rule_file.topic, rule_file.code), path.name)
        if earlier != path.name:
            raise RuleSetError(f"{path.name}: {rule_file.topic} {rule_file.code} đã có trong {earlier}")
        files.append(rule_file)
    return sorted(files, key=lambda each: (each.topic, each.effective_on, each.code))


def with_overrides(keys: Mapping[str, RuleValue], overrides: Mapping[str, Any]) -> dict[str, RuleValue]:
    """The keys with a committee's choices on top; a key read in the text without a choice is refused."""
    result = dict(keys)
    for name, value in overrides.items():
        if name not in keys:
            raise RuleSetError(f"{name}: bộ quy tắc này không có mục đó")
        current = keys[name]
        if not current.is_free:
            raise RuleSetError(f"{name}: {current.source} đã quy định, cấp ủy không được chọn khác")
        chosen = coerce(name, current.unit, value)
        if current.choices and chosen not in current.choices:
            raise RuleSetError(f"{name}: chỉ được chọn một trong {', '.join(map(str, current.choices))}")
        result[name] = replace(current, value=chosen, origin="override")
    return result


def typed(cls: type[R], source: RuleFile | Mapping[str, RuleValue]) -> R:
    """Fill a frozen dataclass of rules from the keys of its name; a value of another type is refused by name."""
    keys = source.keys if isinstance(source, RuleFile) else source
    hints = get_type_hints(cls)
    filled: dict[str, Any] = {}
    for each in fields(cls):
        rule = keys.get(each.name)
        if each.name != "values" and rule is not None and rule.value is not None:
            filled[each.name] = _as_type(each.name, hints[each.name], rule.value)
    return cls(values=dict(keys), **filled)


def dump(keys: Mapping[str, RuleValue]) -> dict[str, dict[str, Any]]:
    """The keys as JSON data, for storing; `restore` gives equal keys back."""
    return {name: _entry_data(rule) for name, rule in keys.items()}


def restore(data: Mapping[str, Mapping[str, Any]]) -> dict[str, RuleValue]:
    """The keys from stored JSON data."""
    return {name: _entry(name, name, dict(entry)) for name, entry in data.items()}


def _check_header(place: str, data: Mapping[str, Any]) -> None:
    for name, kind in _HEADER.items():
        if name not in data:
            raise RuleSetError(f"{place}: thiếu mục {name} ở đầu tệp")
        if type(data[name]) is not kind:
            raise RuleSetError(f"{place}: mục {name} phải là {kind.__name__}")
    for name, value in data.items():
        if name not in _HEADER and type(value) is not _HEADER_OPTIONAL.get(name):
            raise RuleSetError(f"{place}: mục {name} không được dùng hoặc sai kiểu")


def _entry(place: str, name: str, entry: Any) -> RuleValue:
    if not _SLUG.fullmatch(name) or not isinstance(entry, dict):
        raise RuleSetError(f"{place}: mỗi mục là một bảng [keys.ten_muc] viết thường, không dấu")
    if unknown := sorted(entry.keys() - _ENTRY_FIELDS):
        raise RuleSetError(f"{place}: không có thuộc tính {', '.join(unknown)}")
    for required in ("value", "unit", "mark", "source"):
        if entry.get(required) in (None, ""):
            raise RuleSetError(f"{place}: thiếu {required}")
    if entry["mark"] not in MARKS:
        raise RuleSetError(f"{place}: dấu {entry['mark']!r} không có trong {' '.join(MARKS)}")
    choices = tuple(coerce(place, entry["unit"], choice) for choice in entry.get("choices", ()))
    value = coerce(place, entry["unit"], entry["value"])
    if choices and value not in choices:
        raise RuleSetError(f"{place}: giá trị {entry['value']!r} không nằm trong các lựa chọn")
    origin = "rule" if entry["mark"] == READ_IN_TEXT else "default"
    return RuleValue(value, entry["unit"], entry["mark"], entry["source"], choices, origin)


def _entry_data(rule: RuleValue) -> dict[str, Any]:
    data = {"value": plain(rule.value), "unit": rule.unit, "mark": rule.mark, "source": rule.source}
    return {**data, "choices": [plain(choice) for choice in rule.choices]} if rule.choices else data


def _digest(header: Mapping[str, Any], keys: Mapping[str, RuleValue]) -> str:
    content = {"header": {name: plain(value) for name, value in header.items()}, "keys": dump(keys)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _as_type(name: str, hint: Any, value: Any) -> Any:
    """Convert a stored value to the annotated type of its field."""
    wanted = str(hint).removesuffix(" | None").replace("typing.Optional[", "").removesuffix("]")
    for kind, accepts, convert in _CONVERSIONS:
        if hint in (kind, kind | None):
            if type(value) in accepts:
                return convert(value)
            break
    raise RuleSetError(f"{name}: {value!r} không phải là {wanted}")


_CONVERSIONS: tuple[tuple[Any, tuple[type, ...], Any], ...] = (
    (int, (int,), int),
    (Decimal, (int, Decimal), Decimal),
    (bool, (bool,), bool),
    (str, (str,), str),
    (date, (date,), lambda value: value),
    (MonthDay, (str,), MonthDay.parse),
    (Fraction, (str,), Fraction),
    (tuple[str, ...], (tuple,), tuple),
    (tuple[Decimal, ...], (tuple,), lambda value: tuple(Decimal(item) for item in value)),
)
