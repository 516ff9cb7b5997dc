"""Input at the seal: a sign of a violation, the reason of a reading, whom to name."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from discipline.actions.sealing import SignalEntry
from discipline.enums import Handler, Part, Scope, Source
from members.forms.choosing import MemberField, SomeField
from members.forms.dates import DayField, PastForm
from members.forms.text import ReasonField, TidyField

READING = "Vì sao mở hồ sơ này hôm nay: việc đang làm, theo phân công nào."


class PersonChoice(forms.ModelChoiceField):
    """An account by its full name; a number that no database holds is no choice."""

    def label_from_instance(self, user):
        return user.get_full_name() or user.username

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError("Lựa chọn không có trong danh sách.") from None


class PeopleChoice(SomeField):
    """Several accounts by their full names."""

    def label_from_instance(self, user):
        return user.get_full_name() or user.username


ONE_SUBJECT = "Hãy ghi một đảng viên, hoặc một tổ chức đảng ở ô dưới; không ghi cả hai."


class AccusedForm(PastForm):
    """About one member, or to inspection officers about one organisation; what it says of them is the `entry`'s."""

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["member"].look_in(user)
        self.fields["organisation"].look_in(user)
        if not user.holds(Permission.CASES_WORK):
            del self.fields["organisation"]

    def clean(self):
        values = super().clean()
        known = not {"member", "organisation"} & set(self.errors)
        if known and bool(values.get("member")) == bool(values.get("organisation")):
            self.add_error("member", ONE_SUBJECT if "organisation" in self.fields else "Hãy ghi một đảng viên.")
        return values

    @property
    def subject(self):
        return self.cleaned_data["member"], self.cleaned_data.get("organisation")

    @property
    def said(self):
        """Everything but the subject."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("member", "organisation")}


class SignalFields(forms.Form):
    """What is written down of a sign of a violation."""

    signal_on = DayField(label="Ngày tiếp nhận dấu hiệu vi phạm")
    source = forms.ChoiceField(label="Nguồn", choices=[("", "– chọn –"), *Source.choices])
    document = TidyField(label="Số, ngày văn bản, đơn thư", max_length=200, required=False)
    summary = TidyField(
        label="Nội dung dấu hiệu vi phạm", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Không ghi tên người tố cáo, không ghi nội dung văn bản có dấu mật.",
    )  # fmt: skip
    scope = forms.ChoiceField(label="Vi phạm về", choices=Scope.choices)
    is_managed_above = forms.BooleanField(label="Người này thuộc diện cấp ủy cấp trên quản lý", required=False)
    code = TidyField(
        label="Ký hiệu hồ sơ", max_length=50, required=False,
        help_text="Tự đặt để gọi hồ sơ; phần mềm không đánh số, để không ai suy ra có bao nhiêu hồ sơ.",
    )  # fmt: skip


class SignalForm(SignalFields, AccusedForm):
    """A sign of a violation; a cell secretary reports one of his own members, inspection officers take it on."""

    member = MemberField(label="Đảng viên bị phản ánh", required=False)
    organisation = OrganisationField(
        label="Hoặc tổ chức đảng bị phản ánh", permission=Permission.CASES_WORK, required=False
    )
    handler = forms.ChoiceField(label="Nơi kiểm tra", choices=Handler.choices, initial=Handler.COMMISSION)
    officers = PeopleChoice(None, label="Giao cho cán bộ kiểm tra", widget=forms.CheckboxSelectMultiple, required=False)
    field_order = ("member", "organisation")

    def __init__(self, *args, officers, **options):
        super().__init__(*args, **options)
        self.fields["officers"].queryset = officers

    @property
    def entry(self):
        return SignalEntry(**self.said | {"officers": tuple(self.said["officers"])})


class CorrectSignalForm(SignalFields, PastForm):
    """What was written down wrongly of a sign, and why it is corrected."""

    reason = ReasonField(label="Vì sao sửa")

    @property
    def columns(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class OpenForm(forms.Form):
    """Why the file is opened; the journal of the case keeps it."""

    reason = ReasonField(label="Lý do mở hồ sơ", help_text=READING, max_length=300)


class AskOpeningForm(forms.Form):
    """For whom the seal is to be opened, as what, and who answers."""

    user = PersonChoice(None, label="Mở cho")
    part = forms.ChoiceField(label="Với tư cách", choices=Part.choices)
    second = PersonChoice(None, label="Người thứ hai xác nhận")
    reason = ReasonField()

    def __init__(self, *args, users, seconds, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = users
        self.fields["second"].queryset = seconds


class OtherRecordForm(forms.Form):
    """Under which record the person stands now."""

    member = MemberField(label="Hồ sơ đảng viên hiện có")
    reason = ReasonField()

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["member"].look_in(user)


class TakeOverForm(forms.Form):
    """To whom a case without any officer in office is given."""

    user = PersonChoice(None, label="Giao cho")
    reason = ReasonField()

    def __init__(self, *args, users, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = users
