"""What a person settles about one member: eligibility by hand, leading, doors to "không hoàn thành nhiệm vụ"."""

from django import forms

from evaluations.enums import NotRated, Outcome
from evaluations.forms import Text, reason_field
from evaluations.rules import door_name, doors_of

OTHER_LIST = (
    "Có trường hợp không áp dụng cho đối tượng này: cán bộ lãnh đạo, quản lý có danh sách riêng. "
    "Danh sách đã đổi theo, hãy chọn lại."
)


class EligibilityForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Đối tượng",
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.NEEDS_HUMAN],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn đối tượng."},
    )
    not_rated_reason = forms.ChoiceField(
        label="Lý do không xếp loại", required=False, choices=[("", "—"), *NotRated.choices]
    )
    reason = Text(label="Lý do xét khác quy tắc", max_length=300, error_messages={"required": "Hãy ghi lý do."})

    def clean(self):
        data = super().clean()
        if data.get("outcome") in (Outcome.OUTSIDE, Outcome.REVIEW_ONLY) and not data.get("not_rated_reason"):
            self.add_error("not_rated_reason", "Hãy chọn lý do không xếp loại.")
        return data


class DoorsForm(forms.Form):
    """Doors of the list that applies to the person: leaders have their own (366-QĐ/TW, Điều 11).

    Who `weighs` the case may be lenient.
    """

    is_leader = forms.BooleanField(
        label="Là cán bộ lãnh đạo, quản lý",
        required=False,
        help_text="Đánh dấu hay bỏ đánh dấu rồi ghi: danh sách trường hợp và các ô số liệu đổi theo.",
    )
    doors = forms.MultipleChoiceField(
        label="Trường hợp đã được xác nhận",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": OTHER_LIST},
    )
    lenient = forms.BooleanField(
        label="Tự giác nhận, tự phát hiện và đã khắc phục xong: cấp có thẩm quyền xem xét giảm nhẹ", required=False
    )
    reason = reason_field("Căn cứ, lý do", required=False)

    def __init__(self, *args, book, leader=False, weighs=True, **options):
        super().__init__(*args, **options)
        codes = doors_of(book.rules.conditions, self._is_leader(leader))
        self.fields["doors"].choices = [(code, door_name(code)) for code in codes]
        if not (weighs and book.rules.discipline_effect.leniency_self_detected):
            del self.fields["lenient"]

    def _is_leader(self, stored):
        """Whose list of doors applies: what was just said of the person, else what stands."""
        if not self.is_bound:
            return stored
        widget = self.fields["is_leader"].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix("is_leader"))

    def clean(self):
        data = super().clean()
        if (data.get("doors") or data.get("lenient")) and not data.get("reason"):
            self.add_error("reason", "Hãy ghi căn cứ của trường hợp được xác nhận.")
        return data
