"""A row of the sheet: the fields of its part, made from the table of parts."""

from django import forms
from django.db import models

from members.catalogues import choices
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.text import ReasonField, TidyField
from members.forms.two_sided import TwoSidedForm
from members.sheet.columns import is_partial, label, stored_field, stored_partial, value_of
from members.sheet.parts import ENDED

BLANK = [("", "– chọn –")]
_HELP = {"started": "Ngày, tháng hoặc năm: 03/1990.", ENDED: "Để trống nếu còn đến nay hoặc chưa rõ."}


class RowForm(forms.Form):
    """A row of a part that is not written yet; `values` are the columns as they are stored."""

    def __init__(self, *args, part, today, row=None, **options):
        if row is not None:
            options["initial"] = {name: value_of(row, name) for name in (*part.columns, "source")}
        super().__init__(*args, **options)
        self.part, self.today = part, today
        for column in part.columns:
            self.fields[column] = column_field(part, column)
        self.fields["source"] = TidyField(
            label="Giấy tờ làm căn cứ", max_length=200, required=False, help_text="Loại giấy, số, ngày; nếu có."
        )

    def begin_at_first(self):
        """The first field has the keyboard: one row follows the other without the mouse."""
        self.fields[self.part.columns[0]].widget.attrs["autofocus"] = True

    def clean(self):
        for column in self.part.columns:
            if isinstance(self.fields[column], PartialDateField):
                self._refuse_future(column)
        started, ended = self.cleaned_data.get("started"), self.cleaned_data.get(ENDED)
        if started and ended and stored_partial(ENDED, ended)["ended_on"] <= started.day:
            self.add_error(ENDED, "Thời gian kết thúc phải sau thời gian bắt đầu.")
        return self.cleaned_data

    def _refuse_future(self, column):
        try:
            refuse_future(self.cleaned_data.get(column), self.today)
        except forms.ValidationError as error:
            self.add_error(column, error)

    @property
    def values(self):
        found = {"source": self.cleaned_data["source"]}
        for column in self.part.columns:
            value = self.cleaned_data[column]
            if is_partial(self.part.model, column):
                found |= stored_partial(column, value)
            else:
                found[column] = value
        return found


class CorrectRowForm(TwoSidedForm, RowForm):
    """A row that stands, in place of the one of the key `asked`, which others may have written anew meanwhile."""

    not_compared = ("reason",)

    def __init__(self, *args, row, asked, **options):
        super().__init__(*args, row=row, **options)
        self.is_asked = row.pk == asked
        self.fields["reason"] = ReasonField(label="Vì sao sửa", widget=forms.TextInput())
        self.face()

    def shown_marks(self):
        """A row never changes: the one that was asked for is as it was shown."""
        return self.marks if self.is_asked else super().shown_marks()


def column_field(part, column):
    """The form field of a column."""
    model, required = part.model, column in part.required
    stored = stored_field(model, column)
    options = {"label": label(model, column), "required": required, "help_text": _HELP.get(column, "")}
    if is_partial(model, column):
        return PartialDateField(**options)
    if column in model.codes:
        initial = stored.default if stored.has_default() else None
        return forms.ChoiceField(choices=[*BLANK, *choices(model.codes[column])], initial=initial, **options)
    if stored.choices:
        return forms.ChoiceField(choices=[*BLANK, *stored.choices], **options)
    return _plain(stored, options)


def _plain(stored, options):
    if isinstance(stored, models.DateField):
        return DayField(**options)
    if isinstance(stored, models.DecimalField):
        return forms.DecimalField(
            max_digits=stored.max_digits, decimal_places=stored.decimal_places, min_value=0, localize=True, **options
        )
    if isinstance(stored, models.IntegerField):
        return _WholeField(stored, **options)
    return TidyField(max_length=stored.max_length, **options)


class _WholeField(forms.IntegerField):
    """A whole number, with or without dots between its thousands; years within reason."""

    MOST = 10**15

    def __init__(self, stored, **options):
        bounds = {validator.code: validator.limit_value for validator in stored.validators}
        least = max(0, bounds.get("min_value", 0))
        most = min(self.MOST, bounds.get("max_value", self.MOST))
        if stored.get_internal_type() == "PositiveIntegerField":
            most = min(most, 10**6)
        super().__init__(min_value=least, max_value=most, localize=False, **options)
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(str(value or "").replace(".", "").replace(" ", "") if value not in (None, "") else "")
