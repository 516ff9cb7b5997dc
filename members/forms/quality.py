"""Which findings are listed, to whom they are given, why one is accepted."""

from django import forms

from cells.forms import OrganisationField
from cells.models import User
from cells.permissions import Permission
from members.forms.dates import DayField
from members.forms.text import ReasonField
from members.quality.rules import quality_rules
from members.quality_enums import FindingState

MINE, NOBODY, OVERDUE = "mine", "nobody", "overdue"


class QualityForm(forms.Form):
    """The organisation of the desk."""

    organisation = OrganisationField(permission=Permission.MEMBERS_VIEW, help_text="")

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)


class FindingFilter(QualityForm):
    """Organisation, rule, state, whose, overdue; what it cannot read is left out."""

    rule = forms.ChoiceField(label="Quy tắc", required=False)
    state = forms.ChoiceField(
        label="Trạng thái",
        choices=[("", "còn"), (FindingState.ACCEPTED, "chấp nhận"), (FindingState.FIXED, "đã hết")],
        required=False,
    )
    whose = forms.ChoiceField(
        label="Phụ trách", choices=[("", "tất cả"), (MINE, "tôi"), (NOBODY, "chưa giao")], required=False
    )
    due = forms.ChoiceField(label="Hạn", choices=[("", "tất cả"), (OVERDUE, "quá hạn")], required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        self.user = user
        self.fields["organisation"].required = False
        self.fields["rule"].choices = [("", "tất cả"), *((code, rule.words) for code, rule in quality_rules().items())]

    def narrow(self, rows, today):
        """The findings that the filter asks for."""
        self.is_valid()
        chosen = self.cleaned_data if self.is_bound else {}
        if chosen.get("organisation"):
            rows = rows.below(chosen["organisation"])
        if chosen.get("rule"):
            rows = rows.filter(rule=chosen["rule"])
        rows = rows.filter(state=chosen.get("state") or FindingState.OPEN)
        if chosen.get("whose"):
            rows = rows.filter(owner=self.user if chosen["whose"] == MINE else None)
        return rows.filter(due_on__lt=today) if chosen.get("due") else rows

    @property
    def organisation(self):
        return self.cleaned_data.get("organisation") if self.is_bound else None


class AssignForm(forms.Form):
    """Who mends, until when; what is left empty stays as it was."""

    owner = forms.ModelChoiceField(User.objects.none(), label="Giao cho", required=False, empty_label="giữ như cũ")
    due_on = DayField(label="Hạn", required=False, help_text="Để trống thì giữ hạn cũ.")

    def __init__(self, *args, owners, today, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = owners
        self.today = today

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise forms.ValidationError("Hạn không thể trước hôm nay.")
        return day

    def clean(self):
        if not self.errors and not (self.cleaned_data.get("owner") or self.cleaned_data.get("due_on")):
            raise forms.ValidationError("Hãy chọn người phụ trách hoặc ghi hạn.")
        return self.cleaned_data


class AcceptForm(forms.Form):
    """Why the record stays as it is."""

    reason = ReasonField(label="Vì sao hồ sơ đúng như vậy", help_text="Nêu giấy tờ đã đối chiếu.")
