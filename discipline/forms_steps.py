"""What the form of every step of a case shares: the case, today, days that are not in the future."""

from django import forms

from members.forms.dates import DayField, PastForm
from members.forms.text import TidyField


def long_text(label, most=4000, *, rows=2, **options):
    """Several lines of words; may be left empty."""
    options = {"required": False, "widget": forms.Textarea(attrs={"rows": rows})} | options
    return TidyField(label=label, max_length=most, **options)


def short_text(label, most=200, **options):
    """A line of words; may be left empty."""
    return TidyField(label=label, max_length=most, **{"required": False} | options)


class StepForm(PastForm):
    """The form of a step."""

    days = ("on",)

    def __init__(self, *args, case, user, **options):
        super().__init__(*args, **options)
        self.case, self.user = case, user


class DatedForm(StepForm):
    """A step with its day, its paper and a note."""

    on = DayField(label="Ngày")
    document = short_text("Số, ký hiệu văn bản")
    note = long_text("Ghi chú")
