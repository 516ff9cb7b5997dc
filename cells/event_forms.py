"""Input of the pages about changes of the tree."""

from django import forms

from cells.change_forms import Words
from cells.enums import TreeAct
from cells.forms import OrganisationField
from cells.permissions import Permission


class EventFilterForm(forms.Form):
    """Which changes to list."""

    organisation = OrganisationField(
        permission=Permission.ORGANISATIONS_VIEW, required=False, label="Tổ chức đảng", help_text=""
    )
    act = forms.ChoiceField(label="Việc", required=False, choices=[("", "Tất cả"), *TreeAct.choices])

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].look_in(user)

    def narrow(self, events):
        """The events that were asked for; none when the question cannot be understood."""
        if not self.is_bound:
            return events
        if not self.is_valid():
            return events.none()
        values = self.cleaned_data
        events = events.touching(values["organisation"]) if values["organisation"] else events
        return events.filter(act=values["act"]) if values["act"] else events


class UndoForm(forms.Form):
    """Why a change is taken back."""

    reason = Words(label="Lý do hoàn tác", max_length=300, help_text="Ví dụ: ghi nhầm ngày có hiệu lực.")
