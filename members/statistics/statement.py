"""A filled form: one dataclass behind the page, the PDF and the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from config.lib.tables import NUMBER, PERCENT, TEXT
from members.statistics.checks import Check
from members.statistics.rules import Span, StatisticsRules, of_kind, year_span

OWN_LABEL = "Trực tiếp tại {name} (đang chuyển sinh hoạt, chưa xếp vào chi bộ)"
OWN_BODY_LABEL = "{name} (bản thân tổ chức và đảng viên trực tiếp tại đây)"
NO_FIGURES = "chưa có số liệu"


@dataclass(frozen=True)
class Column:
    """One column of a form; `group` is the heading above it, `number` the figure below it."""

    title: str
    kind: str = NUMBER
    group: str = ""
    number: str = ""


BESIDE_LAST_YEAR = (
    Column("Kỳ này", NUMBER, "Thực hiện", "2"),
    Column("Cùng kỳ năm trước", NUMBER, "Thực hiện", "3"),
    Column("(%) kỳ này so với cùng kỳ năm trước", PERCENT, "", "4 = 2*100/3"),
)


@dataclass(frozen=True)
class Line:
    """One row: its code, label and figures (None: not known); `serial` is what prints before the label."""

    code: str
    label: str
    values: tuple[Any, ...]
    depth: int = 0
    weight: str = ""
    serial: str = ""


@dataclass(frozen=True)
class Part:
    """A body directly below, as a row of the table of parts; `id` None for those registered at the body itself."""

    id: int | None
    name: str
    values: tuple[Any, ...]
    causes: int = 0


@dataclass(frozen=True)
class Difference:
    """A figure that an issued document froze, beside what is counted now."""

    label: str
    column: str
    frozen: Any
    counted: Any


@dataclass(frozen=True)
class Frozen:
    """The issued document of the same form, body and period, and how the count of today differs from it."""

    number: str
    signed_on: date
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class FormHead:
    """The frame of a form on paper: who made it, its title and number, the place, who signs."""

    number: str
    title: str
    period: str
    issuing_line: str
    board: str
    place: str
    signer: str
    source: str


@dataclass(frozen=True)
class Statement:
    """One form of one body: what it prints, what was checked, and the bodies below with their figures."""

    form: str
    organisation_id: int
    organisation: str
    span: Span
    head: FormHead
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    part_columns: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    frozen: Frozen | None = None
    known: bool = True
    wide: bool = False
    figures: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.status in ("error", "warn"))

    @property
    def words(self) -> str:
        return f"{self.head.number}. Thống kê {self.head.title.lower()} {self.head.period}"


def head_of(form: str, rules: StatisticsRules, stand: Any, title: str, period: str) -> FormHead:
    """The frame for a body as it was (`stand`) on the last day of the form."""
    number = (rules.form_number or "{number}").format(number=form.removeprefix("form-"))
    return FormHead(
        number=number,
        title=title,
        period=period,
        issuing_line=stand.heading_issuer or stand.name.upper(),
        board=of_kind(rules.form_boards, stand.kind),
        place=stand.place,
        signer=of_kind(rules.form_signers, stand.kind),
        source=rules.cite(f"{form.replace('-', '_')}_title"),
    )


def asked_span(*, year: int | None = None, on: Any = None, since: Any = None, until: Any = None) -> Span:
    """The period asked for: from a day until a first day after, a year, or the year up to and with `on`."""
    on, since, until = (_day(each) for each in (on, since, until))
    if since and until:
        return Span(since, until)
    if on:
        return Span(date(on.year, 1, 1), on + timedelta(days=1))
    if year is None:
        raise ValueError("a period, a year or a day must be given")
    return year_span(year)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_data(statement: Statement) -> dict[str, Any]:
    """The figures behind an issued form, as JSON data."""
    return {
        "form": statement.form,
        "since": statement.span.since.isoformat(),
        "until": statement.span.until.isoformat(),
        "organisation": statement.organisation,
        "lines": [
            {"code": line.code, "label": line.label, "values": [_plain(value) for value in line.values]}
            for line in statement.lines
        ],
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def differences(
    lines: tuple[Line, ...], columns: tuple[Column, ...], data: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Figures of an issued form that are counted otherwise now; percentages follow their columns and are left out."""
    frozen = {entry["code"]: entry["values"] for entry in data.get("lines", [])}
    return tuple(
        Difference(line.label, column.title, was, now)
        for line in lines
        for column, was, now in zip(columns, frozen.get(line.code, ()), map(_plain, line.values), strict=False)
        if was != now and column.kind not in (PERCENT, TEXT)
    )
