"""Columns of a part: their words, the fields they are stored in, how a stored value is shown."""

from datetime import date, timedelta

from config.lib.periods import Precision
from members.catalogues import printed
from members.forms.dates import PartialDate
from members.sheet.parts import ENDED


def is_partial(model, column) -> bool:
    """Whether the column is the stem of a partial date."""
    return any(field.name == f"{column}_precision" for field in model._meta.concrete_fields)


def stored_field(model, column):
    return model._meta.get_field(f"{column}_on" if is_partial(model, column) else column)


def label(model, column) -> str:
    """The words of a column, with a capital."""
    words = str(stored_field(model, column).verbose_name)
    return f"{words[:1].upper()}{words[1:]}"


def partial(row, column):
    """The partial date of a row as a paper writes it; of `ended` the last day, month or year."""
    day = getattr(row, f"{column}_on")
    if day is None:
        return None
    precision = getattr(row, f"{column}_precision")
    return PartialDate(day - timedelta(days=1) if column == ENDED else day, precision)


def stored_partial(column, found):
    """A partial date under the names of its two fields; `ended` as the first day after."""
    if found is None:
        return {f"{column}_on": None, f"{column}_precision": Precision.DAY}
    day = day_after(found) if column == ENDED else found.day
    return {f"{column}_on": day, f"{column}_precision": found.precision}


def day_after(found) -> date:
    """The first day after a day, a month or a year."""
    day = found.day
    if found.precision == Precision.YEAR:
        return date(day.year + 1, 1, 1)
    if found.precision == Precision.MONTH:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(days=1)


def value_of(row, column):
    """The value of a column as a form takes it."""
    return partial(row, column) if is_partial(type(row), column) else getattr(row, column)


def shown(row, column) -> str:
    """A column of a row in words; empty when it says nothing."""
    value = value_of(row, column)
    if value is None or value == "":
        return ""
    if column in row.codes:
        return printed(row.codes[column], value)
    field = stored_field(type(row), column)
    if field.choices and not isinstance(value, PartialDate):
        return dict(field.choices)[value]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return _number(field, value) if field.get_internal_type() in _NUMBERS else str(value)


_NUMBERS = {"PositiveBigIntegerField", "PositiveIntegerField", "DecimalField"}


def _number(field, value):
    """1.234.567 or 85,5; years are no numbers."""
    whole, _, rest = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest.strip("0") else "")


def period_words(row) -> str:
    """“03/1990 – 08/1995”, “từ 03/1990”, or what is known."""
    started, ended = partial(row, "started"), partial(row, "ended")
    if started and ended:
        return f"{started} – {ended}"
    if started:
        return f"từ {started}"
    return f"đến {ended}" if ended else ""


def row_words(part, row) -> str:
    """A row in one line, for lists, the history and the log."""
    words = [period_words(row)] if "started" in part.columns else []
    words += [_said(part, row, column) for column in part.columns if column not in ("started", ENDED)]
    return " · ".join(word for word in words if word)


_LABELLED = {"income": "thu nhập {} đồng", "income_per_head": "bình quân {} đồng", "hired_labour": "thuê {} lao động",
             "area": "{} m²", "value": "{} đồng", "former": "tên cũ: {}", "birth_year": "sinh {}",
             "ground": "lý do: {}", "changed": "thay đổi, xóa bỏ: {}"}  # fmt: skip


def _said(part, row, column):
    words = shown(row, column)
    if column == "country" and getattr(row, column) == "VN" and part.code.startswith("place-"):
        return ""
    return _LABELLED[column].format(words) if words and column in _LABELLED else words


def place_words(row) -> str:
    """A place in one line as the record prints it: detail, province, and the country when it is another one."""
    country = "" if row.country == "VN" else printed("country", row.country)
    return ", ".join(part for part in (row.detail, row.province, country) if part)
