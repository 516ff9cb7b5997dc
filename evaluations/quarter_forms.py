"""Validation of what people type about a quarter: a row, the decision behind decided levels, whom to follow besides."""

from django import forms
from django.utils import timezone

from evaluations.enums import QuarterNotRated
from evaluations.forms import Day, Text
from evaluations.quarter_fields import DECIDED, NOT_RATED, NOTE, OWN, PLAIN, POINT
from evaluations.rules.quarterly import quarter_point_problem

NUMBER = "Ghi điểm bằng số, ví dụ 27,5."
CHOICE = {"invalid_choice": "Hãy chọn trong danh sách."}


def point_field():
    messages = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), NUMBER)
    return forms.DecimalField(required=False, max_digits=5, decimal_places=2, localize=True, error_messages=messages)


class QuarterRowForm(forms.Form):
    """One row of a quarter; everything may still be empty."""

    def __init__(self, data, *, unit, prefix):
        super().__init__(data, prefix=prefix)
        self.unit = unit
        levels = [("", ""), *((level.code, level.short) for level in unit.scale.levels)]
        reasons = [("", ""), *QuarterNotRated.choices]
        too_long = {"max_length": "Ghi chú quá dài: tối đa 500 chữ."}
        self.fields = {
            OWN: forms.ChoiceField(required=False, choices=levels, error_messages=CHOICE),
            DECIDED: forms.ChoiceField(required=False, choices=levels, error_messages=CHOICE),
            NOT_RATED: forms.ChoiceField(required=False, choices=reasons, error_messages=CHOICE),
            NOTE: Text(required=False, max_length=500, error_messages=too_long),
            **{f"{POINT}{column.key}": point_field() for column in unit.columns},
        }

    def clean(self):
        data = super().clean()
        for column in self.unit.columns:
            name = f"{POINT}{column.key}"
            value = data.get(name)
            if value is not None and (words := quarter_point_problem(column, self.unit.step, value)):
                self.add_error(name, words)
        return data


class QuarterHeadForm(forms.Form):
    """What stands below the rows: the decision behind new decided levels, and why results are corrected."""

    body = forms.TypedChoiceField(label="Cấp quyết định", required=False, coerce=int, error_messages=CHOICE)
    number = Text(label="Số quyết định", required=False, max_length=50)
    decided_on = Day(label="Ngày quyết định", required=False)
    correction = Text(
        label="Lý do sửa kết quả đã ghi",
        required=False,
        max_length=500,
        help_text="Chỉ ghi khi sửa dòng đã có mức quyết định hoặc đã ghi không đánh giá; bản trước vẫn được giữ.",
    )

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.bodies = {body.pk: body for body in bodies}
        self.fields["body"].choices = [(body.pk, body.name) for body in bodies]
        if not bodies:
            for name in ("body", "number", "decided_on"):
                del self.fields[name]

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày quyết định không thể ở trong tương lai.")
        return day

    @property
    def values(self):
        """The entry's values: the body itself, nothing where the person does not decide."""
        data = dict(self.cleaned_data)
        if self.bodies:
            data["body"] = self.bodies.get(data["body"]) or next(iter(self.bodies.values()))
        return data


class FollowForm(forms.Form):
    """Whom to follow besides, and why."""

    member = forms.ChoiceField(label="Đảng viên", error_messages={**CHOICE, "required": "Hãy chọn đảng viên."})
    reason = Text(
        label="Vì sao theo dõi thêm",
        max_length=300,
        help_text="Ví dụ: giữ chức vụ lãnh đạo ở cơ quan, đơn vị.",
        error_messages={"required": "Hãy ghi vì sao theo dõi thêm.", "max_length": "Quá dài: tối đa 300 chữ."},
    )

    def __init__(self, *args, rest, **options):
        super().__init__(*args, **options)
        self.rest = {str(member.pk): member for member in rest}
        self.fields["member"].choices = [("", "—"), *((pk, str(member)) for pk, member in self.rest.items())]

    def clean_member(self):
        return self.rest[self.cleaned_data["member"]]


class QuarterInput:
    """Reads one post of the page of a quarter, and puts what was not saved back on it."""

    def __init__(self, data, unit):
        self.edits, self.typed, self.errors = {}, {}, {}
        for row in unit.rows:
            if f"{row.key}-seen" in data:
                self._read(data, unit, row)

    def _read(self, data, unit, row):
        form = QuarterRowForm(data, unit=unit, prefix=row.key)
        names = [name for name in (*PLAIN, *row.shown) if form.add_prefix(name) in data]
        self.typed[row.key] = ({name: data[form.add_prefix(name)].strip() for name in names}, data[f"{row.key}-seen"])
        if form.is_valid():
            self.edits[row.key] = ({name: form.cleaned_data[name] for name in names}, data[f"{row.key}-seen"])
        else:
            self.errors[row.key] = {name: " ".join(words) for name, words in form.errors.items()}

    def show_on(self, unit, keys):
        """What was typed in these rows, and beside it what somebody else wrote since the page was read."""
        for row in unit.rows:
            if row.key not in keys or row.key not in self.typed:
                continue
            texts, seen = self.typed[row.key]
            stored = dict(row.shown)
            row.shown = {**stored, **texts}
            row.errors = {**row.errors, **self.errors.get(row.key, {})}
            if seen != row.seen:
                row.theirs = _theirs(unit, stored, texts)
        return unit


def _theirs(unit, stored, texts):
    """What is stored now where it differs from what was typed."""
    levels = {level.code: level.short for level in unit.scale.levels} | dict(QuarterNotRated.choices)
    other = [(name, stored[name]) for name, text in texts.items() if stored.get(name, "") != text]
    return "; ".join(f"{unit.label(name)}: {levels.get(text, text) or 'để trống'}" for name, text in other)
