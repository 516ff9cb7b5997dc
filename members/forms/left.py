"""Which of those who left are listed."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.enums import FINAL_ENDINGS

FIRST_YEAR, LAST_YEAR = 1930, 2200
CARD, FILE, PAPERS = "card", "file", "papers"


class LeftFilter(forms.Form):
    """Organisation, how, the year, and what is still to do."""

    organisation = OrganisationField(permission=Permission.MEMBERS_VIEW, required=False, help_text="")
    reason = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "tất cả"), *((each.value, each.label) for each in FINAL_ENDINGS)],
        required=False,
    )
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    left = forms.ChoiceField(
        label="Việc còn lại",
        choices=[("", "tất cả"), (CARD, "chưa thu thẻ"), (FILE, "chưa nộp hồ sơ"), (PAPERS, "chưa ghi giấy tờ")],
        required=False,
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)

    def narrow(self, rows):
        """The memberships that the filter asks for; what it cannot read is left out."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("organisation"):
            rows = rows.below(chosen["organisation"])
        if chosen.get("reason"):
            rows = rows.filter(end_reason=chosen["reason"])
        if chosen.get("year"):
            rows = rows.filter(ended_on__year=chosen["year"])
        return rows.with_papers_left(chosen["left"]) if chosen.get("left") else rows
