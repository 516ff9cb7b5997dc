"""Input for what a committee chooses: a field for a value of any unit, and the reason and decision behind it."""

import re
from decimal import Decimal

from django import forms

from cells.forms import DateField, LastDayForm, OrganisationField
from cells.permissions import Permission
from cells.rulewords import value_text, words
from config.lib.rulesets import RuleValue
from config.lib.rulevalues import UNITS, RuleSetError, coerce

_NUMBER = re.compile(r"-?\d{1,15}(,\d{1,6})?")
LONGEST = {"days": 36_500, "working days": 36_500, "months": 1_200, "quarters": 400, "years": 100}  # a hundred years


class RuleValueField(forms.CharField):
    """A value as people write it: 12,5 · 20 · 15/12 · 2/3 · a list with semicolons."""

    def __init__(self, *, rule, **kwargs):
        super().__init__(max_length=500, **kwargs)
        self.rule = rule
        if unit := words()["units"].get(rule.unit):
            self.help_text = f"Đơn vị: {unit}."

    def clean(self, value):
        raw = _READERS.get(UNITS[self.rule.unit], str)(super().clean(value).strip())
        try:
            coerce("", self.rule.unit, raw)
        except RuleSetError:
            raise forms.ValidationError(
                f"Giá trị này không dùng được ở đây. Ví dụ cách viết: {value_text(self.rule)}."
            ) from None
        if self.rule.unit in LONGEST and abs(raw) > LONGEST[self.rule.unit]:
            raise forms.ValidationError("Thời gian quá dài: tối đa một trăm năm.")
        return raw


def _number(text):
    if not _NUMBER.fullmatch(plain := text.replace(".", "")):
        raise forms.ValidationError("Chỉ viết số, phần lẻ sau dấu phẩy, ví dụ 85,5.")
    number = Decimal(plain.replace(",", "."))
    return int(number) if number == number.to_integral_value() else number


def _month_day(text):
    if not (found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})", text)):
        raise forms.ValidationError("Viết ngày và tháng, ví dụ 15/12.")
    return f"{int(found[2]):02d}-{int(found[1]):02d}"


def _day(text):
    return DateField().clean(text)


def _list(read):
    return lambda text: [read(part.strip()) for part in text.split(";") if part.strip()]


_READERS = {
    UNITS["days"]: _number,
    UNITS["%"]: _number,
    UNITS["× base salary"]: _list(_number),
    UNITS["date"]: _day,
    UNITS["month-day"]: _month_day,
    UNITS["list"]: _list(str),
}


def value_field(rule: RuleValue):
    """The field for another value of `rule`: a choice where the rule lists some or knows yes and no, else text."""
    label = "Chọn giá trị"
    known = rule.choices or ((True, False) if rule.unit == "bool" else ())
    if not known:
        return RuleValueField(rule=rule, label=label)
    choices = [(str(place), _said(rule, value)) for place, value in enumerate(known)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda place: known[int(place)])


def _said(rule, value):
    return value_text(RuleValue(value, rule.unit, rule.mark, rule.source))


class OverrideForm(forms.Form):
    """Another value for one key, for an organisation and everything below it."""

    organisation = OrganisationField(permission=Permission.RULES_MANAGE, label="Áp dụng ở")
    started_on = DateField(label="Từ ngày")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    decision = forms.CharField(
        label="Văn bản của cấp ủy",
        max_length=200,
        help_text="Số, ký hiệu, ngày. Ví dụ: Quyết định số 12-QĐ/ĐU, 05/11/2026.",
    )
    field_order = ["value", "organisation", "started_on", "reason", "decision"]

    def __init__(self, *args, rule, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(rule)
        self.fields["organisation"].look_in(user)
        self.order_fields(self.field_order)


class EndOverrideForm(LastDayForm):
    """Why a choice ends, and when."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    decision = forms.CharField(label="Văn bản của cấp ủy", max_length=200, required=False)
