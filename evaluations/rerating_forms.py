"""Validation of what people type after a decision: a result given anew, a complaint, its answer."""

from django import forms
from django.utils import timezone

from evaluations.enums import NotRated
from evaluations.forms import Day, DecidedOn, Text, reason_field

NO_LEVEL = "none"
YES, NO = "yes", "no"


class ReRatingForm(DecidedOn):
    """The decision of form 03; the reason for an excess over the cap is asked for when there is one."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Hãy tải lại trang để thấy kết quả đang có."),
    )
    organisation = forms.ModelChoiceField(
        label="Cấp quyết định",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn cấp quyết định trong danh sách."),
    )
    number = Text(
        label="Số quyết định",
        max_length=50,
        error_messages={"required": "Hãy ghi số quyết định.", "max_length": "Quá dài: tối đa 50 chữ."},
    )
    level = forms.ChoiceField(
        label="Kết quả xếp loại lại",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn kết quả trong danh sách."),
    )
    not_rated_reason = forms.ChoiceField(
        label="Lý do không xếp loại",
        required=False,
        choices=[("", "—"), *NotRated.choices],
        help_text="Chỉ chọn khi kết quả là không xếp loại.",
        error_messages={"invalid_choice": "Hãy chọn lý do trong danh sách."},
    )
    reason = reason_field("Lý do xếp loại lại")
    over_cap_reason = Text(
        label="Lý do vượt tỷ lệ",
        required=False,
        max_length=500,
        widget=forms.HiddenInput,
        error_messages={"max_length": "Quá dài: tối đa 500 chữ."},
    )

    field_order = [
        "organisation", "number", "decided_on", "level", "not_rated_reason", "reason", "over_cap_reason", "version",
    ]  # fmt: skip

    def __init__(self, *args, bodies, scale, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies
        levels = [(level.code, level.name) for level in scale.levels]
        self.fields["level"].choices = [*levels, (NO_LEVEL, "Không xếp loại")]
        if self.data.get("over_cap_reason"):
            self.ask_over_cap()

    def ask_over_cap(self):
        """Show the field for the reason."""
        self.fields["over_cap_reason"].widget = forms.Textarea(attrs={"rows": 3})

    def clean(self):
        data = super().clean()
        if data.get("level") == NO_LEVEL and not data.get("not_rated_reason"):
            self.add_error("not_rated_reason", "Hãy chọn lý do không xếp loại.")
        if data.get("level") not in (None, NO_LEVEL) and data.get("not_rated_reason"):
            self.add_error("not_rated_reason", "Đã chọn mức xếp loại thì để trống lý do không xếp loại.")
        return data

    @property
    def values(self):
        """The clean values as the act takes them."""
        level = self.cleaned_data["level"]
        return self.cleaned_data | {"level": "" if level == NO_LEVEL else level}


def _not_later(day, words):
    if day and day > timezone.localdate():
        raise forms.ValidationError(f"{words} không thể ở trong tương lai.")
    return day


class ComplaintForm(forms.Form):
    received_on = Day(label="Ngày nhận khiếu nại")
    summary = reason_field("Nội dung khiếu nại, tóm tắt")
    late_reason = reason_field("Lý do nhận khi đã quá hạn", required=False)

    def __init__(self, *args, term, **options):
        super().__init__(*args, **options)
        if term is None:
            del self.fields["late_reason"]
        else:
            self.fields["received_on"].help_text = f"Thời hạn: đến {term}."

    def clean_received_on(self):
        return _not_later(self.cleaned_data["received_on"], "Ngày nhận")


class AnswerForm(forms.Form):
    answered_on = Day(label="Ngày trả lời")
    upheld = forms.TypedChoiceField(
        label="Kết luận",
        choices=[(YES, "Khiếu nại đúng"), (NO, "Khiếu nại không đúng")],
        coerce=lambda text: text == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn kết luận."),
    )
    answer = reason_field("Nội dung trả lời")

    def clean_answered_on(self):
        return _not_later(self.cleaned_data["answered_on"], "Ngày trả lời")
