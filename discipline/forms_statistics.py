"""Of which body and period figures are wanted; why a period that was closed is closed again."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.forms.statistics import PeriodForm
from members.forms.text import ReasonField
from members.statistics.form_1 import FORM as WITH_BOTH_DAYS


class BodyForm(PeriodForm):
    """A body in whose scope the person inspects, and a period; without days the year up to today."""

    organisation = OrganisationField(label="Tổ chức đảng", permission=Permission.CASES_WORK)
    field_order = ("organisation", "since", "until")

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, form=WITH_BOTH_DAYS, today=today, **kwargs)
        self.fields["organisation"].look_in(user)


class SpanForm(PeriodForm):
    """The period on a page of figures."""

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, form=WITH_BOTH_DAYS, today=today, **kwargs)


class FreezeForm(forms.Form):
    """Why the figures are frozen anew; nothing is asked the first time."""

    reason = ReasonField(label="Lý do chốt lại", max_length=300)

    def __init__(self, *args, again, **kwargs):
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["reason"]
