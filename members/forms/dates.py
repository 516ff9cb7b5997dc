"""Dates as people write them: 05/03/1975, 03/1975 or 1975."""

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from config.lib.periods import EARLIEST_DAY, LATEST_DAY, Precision
from config.lib.vietnamese import repair

_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d+)")
_EXAMPLES = {
    Precision.DAY: "ngày/tháng/năm, ví dụ 05/03/1975",
    Precision.YEAR: "ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 05/03/1975, 03/1975, 1975",
}


@dataclass(frozen=True)
class PartialDate:
    """The first day of what is known, and how much of it is known."""

    day: date
    precision: str = Precision.DAY

    def __str__(self):
        parts = {Precision.DAY: "%d/%m/%Y", Precision.MONTH: "%m/%Y", Precision.YEAR: "%Y"}
        return self.day.strftime(parts[self.precision])


def read_date(text, coarsest=Precision.YEAR):
    """The partial date that `text` says; `ValidationError` names what is wrong and how to write it."""
    found = _WRITTEN.fullmatch(repair(text).replace(" / ", "/"))
    if not found:
        raise ValidationError(f"Không đọc được ngày “{text[:30]}”. Hãy ghi {_EXAMPLES[coarsest]}.")
    day, month, year = found.groups()
    if len(year) != 4:
        raise ValidationError("Hãy ghi đủ bốn chữ số của năm, ví dụ 1975.")
    if day is None and coarsest == Precision.DAY:
        raise ValidationError(f"Hãy ghi đủ {_EXAMPLES[coarsest]}.")
    return PartialDate(_existing_day(day, month, year), _precision(day, month))


def read_day(text, today):
    """The day that `text` says, None without text; `ValidationError` for one that cannot be read or is yet to come."""
    if not text:
        return None
    day = read_date(text, Precision.DAY).day
    refuse_future(day, today)
    return day


def _precision(day, month):
    if day:
        return Precision.DAY
    return Precision.MONTH if month else Precision.YEAR


def _existing_day(day, month, year):
    written = "/".join(part for part in (day, month, year) if part)
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValidationError(f"Ngày {written} không có trong lịch. Hãy kiểm tra lại ngày và tháng.") from None
    if not EARLIEST_DAY <= found <= LATEST_DAY:
        raise ValidationError(f"Năm {year} quá xa. Hãy kiểm tra lại năm.")
    return found


class PartialDateField(forms.CharField):
    """A day, a month or a year; the clean value is a `PartialDate`, None when left empty."""

    coarsest = Precision.YEAR

    def __init__(self, **options):
        options.setdefault("max_length", 30)
        super().__init__(**options)
        self.widget.attrs |= {"class": "date", "autocomplete": "off", "placeholder": "ngày/tháng/năm"}

    def prepare_value(self, value):
        return str(value) if isinstance(value, PartialDate) else value

    def clean(self, value):
        text = super().clean(value)
        return read_date(text, self.coarsest) if text else None

    def has_changed(self, initial, data):
        return super().has_changed(str(initial or ""), data)


class DayField(PartialDateField):
    """A whole day; the clean value is a `date`."""

    coarsest = Precision.DAY
    may_lie_ahead = False

    def prepare_value(self, value):
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def clean(self, value):
        found = super().clean(value)
        return found.day if found else None


def refuse_future(when, today):
    """`ValidationError` when a `date` or `PartialDate` begins after today."""
    day = when.day if isinstance(when, PartialDate) else when
    if day and day > today:
        words = str(when) if isinstance(when, PartialDate) else f"{when:%d/%m/%Y}"
        raise ValidationError(f"Ngày {words} ở tương lai. Ghi ngày không sau hôm nay, {today:%d/%m/%Y}.")


class PastForm(forms.Form):
    """A form whose days do not lie after `today`: those named in `days`, or where none are named every `DayField`."""

    days: tuple[str, ...] | None = None

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean(self):
        for name in self._every_day() if self.days is None else self.days:
            try:
                refuse_future(self.cleaned_data.get(name), self.today)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return self.cleaned_data

    def _every_day(self):
        return [name for name, field in self.fields.items() if isinstance(field, DayField) and not field.may_lie_ahead]

    @property
    def day(self):
        """The day of the step, which says which body acts."""
        return self.cleaned_data[self.days[0]]
