"""Issued forms: what was frozen for a body, against which a count of today is held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cells.enums import DocumentState
from cells.models import IssuedDocument
from members.statistics.statement import Frozen, differences


@dataclass(frozen=True)
class IssuedForm:
    """One issued document of a form: its number, its signed day, the figures it froze."""

    number: str
    signed_on: date
    data: dict[str, Any]


class IssuedForms:
    """All issued forms of one kind of one body, the latest first."""

    def __init__(self, forms):
        self.forms = list(forms)

    def of(self, span, *, last_day_only=False):
        """The form of that period (of that last day), or None."""
        for form in self.forms:
            same_end = form.data.get("until") == span.until.isoformat()
            if same_end and (last_day_only or form.data.get("since") == span.since.isoformat()):
                return form
        return None

    def data_of(self, span, *, last_day_only=False):
        """The figures of that form, or None."""
        found = self.of(span, last_day_only=last_day_only)
        return found.data if found else None

    def until(self, day):
        """The form whose period ended the day before `day`, or None."""
        return next((form for form in self.forms if form.data.get("until") == day.isoformat()), None)

    def compared(self, span, lines, columns, *, last_day_only=False):
        """The issued form of the period with the differences of the count of today."""
        found = self.of(span, last_day_only=last_day_only)
        return Frozen(found.number, found.signed_on, differences(lines, columns, found.data)) if found else None


def issued_forms(form, organisation_id):
    """Forms of one body that stand issued today."""
    rows = IssuedDocument.objects.filter(kind=form, organisation_id=organisation_id, state=DocumentState.ISSUED).defer(
        "pdf", "text"
    )
    return IssuedForms(IssuedForm(row.number_text, row.signed_on, row.data) for row in rows.order_by("-signed_on"))
