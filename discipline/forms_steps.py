"""What the form of every step of a case shares: the case, today, days that are not in the future."""

from django import forms

from members.forms.dates import DayField, refuse_future
from members.forms.text import TidyField


def long_text(label, most=4000, *, rows=2, **options):
    """Several lines of words; may be left empty."""
    options = {"required": False, "widget": forms.Textarea(attrs={"rows": rows})} | options
    return TidyField(label=label, max_length=most, **options)


def short_text(label, most=200, **options):
    """A line of words; may be left empty."""
    return TidyField(label=label, max_length=most, **{"required": False} | options)


class StepForm(forms.Form):
    """The form of a step; `days` are the fields that may not be in the future."""

    days: tuple[str, ...] = ("on",)

    def __init__(self, *args, case, today, user, **options):
        super().__init__(*args, **options)
        self.case, self.today, self.user = case, today, user

    def clean(self):
        values = super().clean()
        for name in self.days:
            try:
                refuse_future(values.get(name), self.today)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data


class DatedForm(StepForm):
    """A step with its day, its paper and a note."""

    on = DayField(label="Ngày")
    document = short_text("Số, ký hiệu văn bản")
    note = long_text("Ghi chú")
