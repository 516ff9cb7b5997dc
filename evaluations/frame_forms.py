"""Validation of what people type about score frames; nothing here saves."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from cells.forms import OrganisationField
from cells.permissions import Permission
from config.lib.posted import whole_number
from config.lib.vietnamese import repair
from evaluations.actions.frames import CHANGED_SINCE, VERBS, Step
from evaluations.enums import Appendix
from evaluations.forms import YEAR, YEARS, Day, Text
from evaluations.frames import pattern_set, patterns
from evaluations.row_fields import as_text
from evaluations.scores_input import NUMBER

LONGEST = 300  # letters of a name, as the column


class CopyForm(forms.Form):
    """Whose frame the copy is to be."""

    organisation = OrganisationField(
        permission=Permission.RATINGS_DECIDE,
        label="Cấp ủy ban hành",
        error_messages={"required": "Hãy ghi cấp ủy ban hành khung điểm."},
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)


class FoundForm(CopyForm):
    """A new frame: whose, from which year on, for which appendix."""

    year = forms.IntegerField(
        label="Áp dụng từ năm xếp loại",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), YEAR),
    )
    appendix = forms.ChoiceField(
        label="Phụ lục",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn phụ lục trong danh sách."),
    )
    with_local_maxima = forms.BooleanField(
        label="Điền sẵn cách chia điểm của một địa phương (◇), nếu có",
        required=False,
        help_text="Trung ương không chia điểm dưới hai nhóm 30 và 70. Cách chia này chỉ để tham khảo, có ở Phụ lục 1 "
        "và 2; cấp ủy sửa lại theo hướng dẫn của mình.",
    )

    field_order = ["organisation", "year", "appendix", "with_local_maxima"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        known = pattern_set(timezone.localdate().year)
        owners = patterns(known.code) if known else {}
        self.fields["appendix"].choices = [
            (code, f"{label}: {owners[code].owner} (Mẫu {owners[code].form})")
            for code, label in Appendix.choices
            if code in owners
        ]

    def clean_year(self):
        year = self.cleaned_data["year"]
        self.rule_set = pattern_set(year)
        if self.rule_set is None:
            raise forms.ValidationError(f"Bộ quy tắc của năm {year} không chấm điểm theo khung. Hãy chọn năm khác.")
        return year


class IssueForm(forms.Form):
    """The document that issues a frame; `revision` is that of the draft which was seen."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=10**9,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), CHANGED_SINCE),
    )
    number = Text(
        label="Số văn bản ban hành",
        max_length=50,
        error_messages={"required": "Hãy ghi số văn bản ban hành.", "max_length": "Quá dài: tối đa 50 chữ."},
    )
    issued_on = Day(label="Ngày văn bản")

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày văn bản không thể ở trong tương lai.")
        return day


class FrameInput:
    """What was posted from the editor of a draft: names and maxima by criterion, and one step with the tree."""

    def __init__(self, data, rows):
        self.data, self.rows = data, rows
        self.typed, self.errors, self.values = {}, {}, {}
        for key, row in rows.items():
            if not row.root and f"name-{key}" in data:
                self._read(key)

    def _read(self, key):
        name, maximum = repair(self.data[f"name-{key}"]), self.data.get(f"max-{key}", "")
        self.typed[key] = (name, maximum)
        if len(name) > LONGEST:
            self.errors[key] = f"Nội dung quá dài: tối đa {LONGEST} chữ."
            return
        try:
            points = NUMBER.clean(maximum)
        except forms.ValidationError as error:
            self.errors[key] = " ".join(error.messages)
            return
        if points is not None and not 0 < points <= Decimal(100):
            self.errors[key] = "Điểm tối đa phải lớn hơn 0 và không quá 100."
            return
        self.values[int(key)] = (name, points)

    @property
    def revision(self):
        return whole_number(self.data.get("revision", ""))

    @property
    def step(self):
        """The step of the button that was pressed, None for saving alone or for one that is not known."""
        verb, _, key = self.data.get("act", "").partition(":")
        return Step(verb, int(key)) if verb in VERBS and key in self.rows else None

    def text_of(self, key, row):
        """(name, maximum) that the controls show."""
        return self.typed.get(key) or (row.name, as_text(row.maximum))
