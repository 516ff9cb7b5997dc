"""Which badges the register shows: of which body, in which year or round, all or those of which something lacks."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.badge_rules import BadgeBook
from members.forms.left import FIRST_YEAR, LAST_YEAR
from members.reports.badge_register import ROUNDS, round_day
from members.reports.register_honours import NO_NUMBER, NOT_HANDED


class BadgeRegisterForm(forms.Form):
    """Body and year, the whole year unless a round of it is chosen; days of the rounds come from the rules."""

    organisation = OrganisationField(permission=Permission.MEMBERS_VIEW, help_text="")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    round = forms.ChoiceField(label="Đợt", required=False)
    lack = forms.ChoiceField(
        label="Còn thiếu", required=False, choices=[("", "tất cả"), (NO_NUMBER, NO_NUMBER), (NOT_HANDED, NOT_HANDED)]
    )

    def __init__(self, *args, user, today, **options):
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        field.look_in(user)
        self.initial = {"organisation": field.rows.order_by("path").first(), "year": today.year}
        self.rules = BadgeBook().badge(self.initial["organisation"], today)
        days = {place: round_day(place, self.rules, today.year) for place in ROUNDS}
        self.fields["round"].choices = [
            ("", "cả năm"),
            *((place, f"{day:%d/%m}") for place, day in days.items() if day),
        ]

    @property
    def chosen(self):
        """What was asked for; at first one's own body and this year, nothing where it cannot be read."""
        if not self.is_bound:
            return self.initial
        return self.cleaned_data if self.is_valid() else {}
