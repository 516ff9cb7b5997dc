"""Whose value stands when two records are merged, and why they are merged or taken apart."""

from django import forms

from members.forms.text import ReasonField
from members.merging import MERGED, SURVIVOR


class MergeForm(forms.Form):
    """One choice for every thing of which only one value can stand."""

    revisions = forms.RegexField(r"^\d{1,9}-\d{1,9}$", widget=forms.HiddenInput)
    reason = ReasonField(
        label="Căn cứ để biết là một người", help_text="Nêu giấy tờ đã đối chiếu: căn cước, thẻ, lý lịch."
    )

    def __init__(self, *args, plan, **options):
        super().__init__(*args, **options)
        self.choices = [*plan.choices, *plan.filled]
        self.fields["revisions"].initial = f"{plan.survivor.revision}-{plan.merged.revision}"
        for choice in self.choices:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.label, choices=[(SURVIVOR, choice.survivor), (MERGED, choice.merged)],
                initial=choice.default, widget=forms.RadioSelect,
            )  # fmt: skip

    @property
    def rows(self):
        """(choice, whose value is ticked) in the order of the page."""
        return [(choice, self[choice.name].value()) for choice in self.choices]

    @property
    def picks(self):
        return {choice.name: self.cleaned_data[choice.name] for choice in self.choices}

    @property
    def seen(self):
        """The revisions of both records that the page showed."""
        one, other = self.cleaned_data["revisions"].split("-")
        return int(one), int(other)


class UndoMergeForm(forms.Form):
    """Why a merge is taken apart."""

    reason = ReasonField(label="Vì sao hoàn tác")
