"""Which year, or which month of it."""

from django import forms

from members.forms.left import LAST_YEAR
from members.reports.life import LifePeriod

FIRST_YEAR = 2000  # of the registers
MONTHS = [("", "cả năm"), *((str(month), f"tháng {month}") for month in range(1, 13))]


class LifePeriodForm(forms.Form):
    """The year and the month shown; what cannot be read shows this year."""

    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False, required=False)
    month = forms.ChoiceField(label="Tháng", choices=MONTHS, required=False)

    def period(self, today):
        """The period asked for; of a year to come nothing is known."""
        values = self.cleaned_data if self.is_valid() else {}
        month = values.get("month")
        year = min(values.get("year") or today.year, today.year)
        return LifePeriod(year, int(month) if month else None, today)
