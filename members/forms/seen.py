"""The hidden field of a form that says from which row it was filled."""

from django import forms

from members.seen import seen_row


class SeenField(forms.CharField):
    """A digest of what was shown; left out it fits nothing."""

    widget = forms.HiddenInput

    def __init__(self, **options):
        super().__init__(required=False, **options)


def keep_seen(form, row):
    """Let the form carry what it showed of a row."""
    form.fields["seen"] = SeenField(initial=seen_row(row))
