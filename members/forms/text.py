"""Text and numbers, repaired at the door."""

import re

from django import forms

from config.lib.vietnamese import repair

MOST_PEOPLE = 100_000
_SEPARATORS = re.compile(r"[\s.\-]")


class TidyField(forms.CharField):
    """Text in NFC, single-spaced, without anything invisible."""

    def to_python(self, value):
        return super().to_python(repair(str(value or "")))


class IdentifierField(forms.CharField):
    """An identifier as text, without the spaces, dots and hyphens that people put between its digits."""

    def to_python(self, value):
        return super().to_python(_SEPARATORS.sub("", repair(str(value or ""))).upper())

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), self.to_python(data))


class ReasonField(TidyField):
    """Why something is done; goes to the log."""

    def __init__(self, **options):
        options.setdefault("label", "Lý do")
        options.setdefault("max_length", 500)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**options)


class CountField(forms.IntegerField):
    """How many people, or ballots."""

    def __init__(self, **options):
        super().__init__(min_value=0, max_value=MOST_PEOPLE, **options)
