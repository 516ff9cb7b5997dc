"""Which form of which body, for which period or day."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms

from cells.forms import DateField, OrganisationField
from cells.permissions import Permission
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.printing import FORMS
from members.statistics.rules import Span, shown_periods


@dataclass(frozen=True)
class QuickPeriod:
    """A period that one click chooses, as the query of the page."""

    title: str
    query: str
    is_chosen: bool


class StatisticsForm(forms.Form):
    """The choice of a form, a body and a period; without days the year up to today."""

    form = forms.ChoiceField(label="Biểu", choices=[(name, each.title) for name, each in FORMS.items()])
    organisation = OrganisationField(permission=Permission.REPORTS_VIEW)
    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"].look_in(user)
        self.fields["organisation"].required = True

    def clean(self):
        values = super().clean()
        return check_period(self, values, self.today)

    @property
    def query(self):
        """The period as the query of the form's page."""
        return span_query(span_of(self.cleaned_data, self.today))


class PeriodForm(forms.Form):
    """The period on the page of a form; forms 3 and 5 count one day and ask for that alone."""

    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args, form, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        fresh = span_of({}, today)
        self.initial = {"since": fresh.since, "until": fresh.last_day}
        if form != FORM_1:
            del self.fields["since"]
            self.fields["until"].label = "Tính đến ngày"

    def clean(self):
        return check_period(self, super().clean(), self.today)

    @property
    def span(self):
        """The period asked for; that of a fresh page when nothing, or nothing that can be read, was asked."""
        return span_of(self.cleaned_data if self.is_valid() else {}, self.today)


def check_period(form, values, today):
    """Days in order and none to come; the faults stand beside the field."""
    since, until = values.get("since"), values.get("until")
    if until and until > today:
        form.add_error("until", f"Ngày {until:%d/%m/%Y} chưa đến; số liệu chỉ đếm đến hôm nay.")
    if since and since > (until or today):
        form.add_error("since", "Ngày đầu kỳ không thể sau ngày cuối kỳ.")
    return values


def span_of(values, today):
    """From the first of January of its year to a day, unless both days are given."""
    until = values.get("until") or today
    since = values.get("since") or until.replace(month=1, day=1)
    return Span(since, until + timedelta(days=1))


def span_query(span):
    """The period as a query: its first day and its last day."""
    return f"since={span.since:%d/%m/%Y}&until={span.last_day:%d/%m/%Y}"


def quick_periods(span, today):
    """This year, the first half, last year; the one that is shown is marked."""
    return [QuickPeriod(title, span_query(each), each == span) for title, each in shown_periods(today).items()]
