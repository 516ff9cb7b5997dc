"""Forms of the list of outstanding people."""

from django import forms

from admissions.enums import FoundBy, State
from cells.models import Organisation
from config.lib.periods import Precision
from config.lib.vietnamese import capitalise_name
from members.enums import Sex
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.people import NAME, identifier
from members.forms.text import TidyField


class ListForm(forms.Form):
    """Who is put on the list, since when, found by whom; `today` is the last day that may be written."""

    full_name = TidyField(
        label="Họ và tên khai sinh", max_length=100, validators=[NAME], help_text="Họ viết trước, ví dụ Nguyễn Văn An."
    )
    alias = TidyField(label="Tên gọi khác", max_length=100, required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex.choices, initial=Sex.UNKNOWN)
    born = PartialDateField(label="Ngày sinh", required=False)
    personal_id = identifier("personal_id", help_text="12 chữ số, giữ cả các số 0 ở đầu.")
    listed_on = DayField(label="Ngày đưa vào danh sách")
    found_by = forms.ChoiceField(label="Nguồn phát hiện", choices=FoundBy.choices, initial=FoundBy.CELL)
    document = TidyField(label="Nghị quyết, văn bản giới thiệu", max_length=200, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_full_name(self):
        return capitalise_name(self.cleaned_data["full_name"])

    def clean_born(self):
        refuse_future(self.cleaned_data["born"], self.today)
        return self.cleaned_data["born"]

    def clean_listed_on(self):
        refuse_future(self.cleaned_data["listed_on"], self.today)
        return self.cleaned_data["listed_on"]

    @property
    def columns(self):
        """The columns of the candidate that the form fills."""
        values, born = self.cleaned_data, self.cleaned_data["born"]
        return {name: values[name] for name in ("full_name", "alias", "sex", "personal_id")} | {
            "born_on": born.day if born else None,
            "born_precision": born.precision if born else Precision.DAY,
        }


class CandidateFilter(forms.Form):
    """What the list of candidates is narrowed to, within the scope of `user`."""

    q = TidyField(label="Họ tên", max_length=100, required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "tất cả"), *State.choices])
    found_by = forms.ChoiceField(label="Nguồn", required=False, choices=[("", "tất cả"), *FoundBy.choices])
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Tổ chức đảng", required=False, empty_label="tất cả"
    )

    def __init__(self, data, *, user, permission):
        super().__init__(data)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user, permission).open()

    def narrow(self, rows):
        """The rows that match; a condition that cannot be read is left out."""
        self.is_valid()
        asked = self.cleaned_data
        rows = rows.named_like(asked["q"]) if asked.get("q") else rows
        rows = rows.below(asked["organisation"]) if asked.get("organisation") else rows
        exact = {name: asked[name] for name in ("state", "found_by") if asked.get(name)}
        return rows.filter(**exact)
