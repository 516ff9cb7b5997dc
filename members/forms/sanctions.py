"""Discipline and legal proceedings entered from paper, and the hold."""

from datetime import timedelta

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.enums import ProceedingStage, SanctionForm
from members.forms.dates import DayField
from members.forms.endings import PaperForm
from members.forms.text import TidyField

_YES_NO = [("", "chưa rõ"), ("true", "có"), ("false", "không")]


def _yes_no(label):
    return forms.TypedChoiceField(
        label=label, choices=_YES_NO, required=False, coerce=lambda text: text == "true", empty_value=None
    )


class RecordSanctionForm(PaperForm):
    """A disciplinary decision with what ratings and statistics ask of it."""

    form = forms.ChoiceField(label="Hình thức kỷ luật", choices=[("", "– chọn –"), *SanctionForm.choices])
    decision = TidyField(label="Số quyết định", max_length=100)
    decided_on = DayField(label="Ngày quyết định")
    decided_by = TidyField(label="Cấp quyết định", max_length=200, required=False)
    announced_on = DayField(label="Ngày công bố", required=False)
    lapses_on = DayField(label="Ngày hết hiệu lực", required=False, help_text="Theo quyết định; để trống nếu chưa rõ.")
    act_from = DayField(label="Hành vi vi phạm từ ngày", required=False)
    act_to = DayField(label="Hành vi vi phạm đến ngày", required=False)
    organisation = OrganisationField(
        label="Nơi sinh hoạt khi vi phạm", permission=Permission.SANCTIONS_RECORD, required=False
    )
    duty_linked = _yes_no("Gắn với nhiệm vụ được giao")
    self_remedied = _yes_no("Tự phát hiện và khắc phục xong")
    article_code = TidyField(label="Điều khoản vi phạm", max_length=40, required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)

    def clean(self):
        lapses_on = self.cleaned_data.pop("lapses_on", None)  # the one day that may be to come
        cleaned = super().clean()
        for first, last in (("decided_on", "announced_on"), ("act_from", "act_to")):
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, "Ngày này không thể trước ngày ở ô kia.")
        return cleaned | {"lapses_on": lapses_on}

    @property
    def values(self):
        """Columns of the sanction."""
        columns = dict(self.cleaned_data)
        columns["act_unit"] = columns.pop("organisation")
        return columns


class RecordProceedingForm(PaperForm):
    """One stage of legal proceedings; no contents."""

    stage = forms.ChoiceField(label="Giai đoạn", choices=[("", "– chọn –"), *ProceedingStage.choices])
    started_on = DayField(label="Từ ngày")
    decision = TidyField(label="Văn bản", max_length=200, help_text="Loại, số, ngày; văn bản mật chỉ ghi số, ngày.")
    decided_by = TidyField(label="Cơ quan ban hành", max_length=200, required=False)

    @property
    def values(self):
        return dict(self.cleaned_data)


class SetHoldForm(PaperForm):
    """From which day no slip is issued; nothing else is stored."""

    started_on = DayField(label="Từ ngày")


class LiftHoldForm(PaperForm):
    """The last day of a hold."""

    last_day = DayField(label="Đến hết ngày")

    @property
    def ended_on(self):
        return self.cleaned_data["last_day"] + timedelta(days=1)
