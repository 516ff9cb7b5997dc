"""Input about denunciations; the sender is asked for apart and stored apart."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from discipline.actions.denunciations import LetterEntry
from discipline.actions.sealing import SignalEntry
from discipline.beside_enums import ContentResult, DenunciationState, NotHandled
from discipline.enums import Handler, Scope, Source
from discipline.forms import AccusedForm, PeopleChoice, PersonChoice
from members.forms.choosing import MemberField
from members.forms.dates import DayField, PastForm, refuse_future
from members.forms.text import ReasonField, TidyField

HANDLE = "handle"
MOST_CONTENTS = 30
LONGEST = 2000


class LetterForm(AccusedForm):
    """A letter as it came in; without a sender it is an anonymous one."""

    member = MemberField(label="Đảng viên bị tố cáo", required=False)
    organisation = OrganisationField(
        label="Hoặc tổ chức đảng bị tố cáo", permission=Permission.CASES_REPORT, required=False
    )
    received_on = DayField(label="Ngày tiếp nhận")
    code = TidyField(label="Ký hiệu", max_length=50, required=False, help_text="Tự đặt; phần mềm không đánh số.")
    contents = forms.CharField(
        label="Các nội dung tố cáo", max_length=20000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một nội dung. Không ghi tên người tố cáo ở đây.",
    )  # fmt: skip
    sender = TidyField(
        label="Họ và tên người tố cáo", max_length=100, required=False,
        help_text="Để trống nếu đơn không ghi tên. Chỉ đồng chí xem được; mỗi lần xem đều ghi lại.",
    )  # fmt: skip
    address = TidyField(label="Địa chỉ, cách liên hệ của người tố cáo", max_length=300, required=False)
    note = TidyField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_contents(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["contents"].splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError("Hãy ghi ít nhất một nội dung.")
        if len(lines) > MOST_CONTENTS or any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(f"Nhiều nhất {MOST_CONTENTS} nội dung, mỗi nội dung không quá {LONGEST} ký tự.")
        return tuple(lines)

    def clean(self):
        values = super().clean()
        if values.get("address") and not values.get("sender"):
            self.add_error("sender", "Có địa chỉ thì hãy ghi họ tên người tố cáo.")
        return values

    @property
    def entry(self):
        return LetterEntry(**self.said)


class ClassifyForm(forms.Form):
    """Handled as a denunciation, or why not."""

    outcome = forms.ChoiceField(
        label="Phân loại",
        choices=[
            ("", "– chọn –"),
            (HANDLE, "Giải quyết theo quy định về tố cáo"),
            *((value, f"Không giải quyết: {label[:1].lower()}{label[1:]}") for value, label in NotHandled.choices),
        ],
    )
    note = TidyField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ConcludeForm(PastForm):
    """How one content ends."""

    result = forms.ChoiceField(label="Kết luận", choices=[("", "– chọn –"), *ContentResult.choices])
    concluded_on = DayField(label="Ngày kết luận")
    reason = TidyField(
        label="Căn cứ kết luận", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Không ghi tên người tố cáo.",
    )  # fmt: skip


class CaseFromLetterForm(forms.Form):
    """The case that comes out of a letter; of the sender it learns nothing."""

    signal_on = DayField(label="Ngày ghi nhận dấu hiệu vi phạm")
    summary = TidyField(
        label="Nội dung dấu hiệu vi phạm", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Không ghi tên người tố cáo, không ghi nội dung văn bản có dấu mật.",
    )  # fmt: skip
    scope = forms.ChoiceField(label="Vi phạm về", choices=Scope.choices)
    is_managed_above = forms.BooleanField(label="Người này thuộc diện cấp ủy cấp trên quản lý", required=False)
    handler = forms.ChoiceField(label="Nơi kiểm tra", choices=Handler.choices, initial=Handler.COMMISSION)
    code = TidyField(label="Ký hiệu hồ sơ", max_length=50, required=False)
    officers = PeopleChoice(None, label="Giao cho cán bộ kiểm tra", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, officers, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["officers"].queryset = officers

    def clean_signal_on(self):
        refuse_future(self.cleaned_data["signal_on"], self.today)
        return self.cleaned_data["signal_on"]

    def entry(self, denunciation):
        """The sign of a violation: from a denunciation that is handled, else from a letter."""
        handled = denunciation.state in (DenunciationState.HANDLING, DenunciationState.CONCLUDED)
        values = self.cleaned_data | {"officers": tuple(self.cleaned_data["officers"])}
        return SignalEntry(source=Source.DENUNCIATION if handled else Source.LETTER, **values)


class AskSenderForm(forms.Form):
    """For whom a denunciation is to be opened, with the sender or without, and who answers."""

    user = PersonChoice(None, label="Mở cho")
    sees_sender = forms.BooleanField(label="Được xem cả người tố cáo", required=False)
    second = PersonChoice(None, label="Người thứ hai xác nhận")
    reason = ReasonField()

    def __init__(self, *args, users, seconds, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = users
        self.fields["second"].queryset = seconds
