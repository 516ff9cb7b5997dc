"""Which body and day the name lists speak of."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.forms.dates import DayField


class NameListForm(forms.Form):
    """The body and the day of the lists."""

    organisation = OrganisationField(permission=Permission.REPORTS_VIEW, help_text="")
    on = DayField(label="Tính đến ngày", required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
