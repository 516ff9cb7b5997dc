"""Which register of which body and year."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.forms.left import FIRST_YEAR, LAST_YEAR


class RegisterForm(forms.Form):
    """The body and the year of the registers."""

    organisation = OrganisationField(permission=Permission.REPORTS_VIEW, help_text="")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
