"""Input about suspensions and papers of legal proceedings."""

from django import forms

from discipline.actions.suspensions import ExtensionEntry, SuspensionEntry
from discipline.beside_enums import LegalPaper, SuspensionEnd, SuspensionGround
from discipline.enums import Sentence
from members.forms.choosing import MemberField
from members.forms.dates import DayField, PastForm
from members.forms.text import ReasonField, TidyField

GRADES = [("", "không có dấu mật"), ("mật", "Mật"), ("tối mật", "Tối mật"), ("tuyệt mật", "Tuyệt mật")]
OVER = "Chỉ ghi khi dài hơn thời hạn của quy định: ai quyết định như vậy, căn cứ nào."


class SuspensionForm(PastForm):
    """A decision on suspension; of a case the member is known."""

    days = ("started",)
    member = MemberField(label="Đảng viên bị đình chỉ")
    ground = forms.ChoiceField(label="Căn cứ", choices=[("", "– chọn –"), *SuspensionGround.choices])
    decided_by = TidyField(label="Cấp quyết định", max_length=200)
    decision = TidyField(label="Số, ngày quyết định", max_length=200)
    started = DayField(label="Đình chỉ từ ngày")
    last_day = DayField(
        label="Đến hết ngày", required=False,
        help_text="Để trống thì theo thời hạn của quy định; với người bị truy tố, tạm giam thì theo thời hạn tố tụng.",
    )  # fmt: skip
    over_reason = TidyField(label="Vì sao dài hơn quy định", max_length=500, required=False, help_text=OVER)

    def __init__(self, *args, user, member=None, **options):
        super().__init__(*args, **options)
        if member is None:
            self.fields["member"].look_in(user)
        else:
            del self.fields["member"]

    def clean(self):
        values = super().clean()
        started, last_day = values.get("started"), values.get("last_day")
        if started and last_day and last_day < started:
            self.add_error("last_day", "Ngày kết thúc không thể trước ngày bắt đầu.")
        return values

    def entry(self, organisation, proceeding):
        values = {name: value for name, value in self.cleaned_data.items() if name != "member"}
        return SuspensionEntry(organisation=organisation, proceeding=proceeding, **values)


class ExtendSuspensionForm(PastForm):
    """A decision to extend."""

    days = ("decided_on",)
    decision = TidyField(label="Số quyết định gia hạn", max_length=200)
    decided_on = DayField(label="Ngày quyết định gia hạn")
    last_day = DayField(label="Gia hạn đến hết ngày")
    over_reason = TidyField(label="Vì sao dài hơn quy định", max_length=500, required=False, help_text=OVER)

    @property
    def entry(self):
        return ExtensionEntry(**self.cleaned_data)


class EndSuspensionForm(PastForm):
    """The last day of a suspension that ends early, and why."""

    last_day = DayField(label="Đình chỉ đến hết ngày")
    reason = forms.ChoiceField(label="Lý do kết thúc", choices=[("", "– chọn –"), *SuspensionEnd.choices])
    note = TidyField(label="Quyết định, căn cứ", max_length=300, required=False)


class ProceedingPaperForm(PastForm):
    """A paper of police, procuracy or court; of one marked secret only number, day and where it is kept."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=[("", "– chọn –"), *LegalPaper.choices])
    number = TidyField(label="Số, ký hiệu", max_length=100)
    issued_on = DayField(label="Ngày văn bản")
    issuer = TidyField(label="Cơ quan ban hành", max_length=200)
    received_on = DayField(label="Ngày nhận")
    received_by = TidyField(label="Người, nơi nhận", max_length=200)
    grade = forms.ChoiceField(
        label="Dấu mật", choices=GRADES, required=False,
        help_text="Văn bản có dấu mật chỉ ghi số, ngày và nơi giữ; không ghi nội dung.",
    )  # fmt: skip
    kept_at = TidyField(label="Nơi giữ, người giữ", max_length=200, required=False)
    sentence = forms.ChoiceField(label="Bản án", choices=[("", "không phải bản án"), *Sentence.choices], required=False)
    sentence_text = TidyField(label="Mức án", max_length=300, required=False)
    in_force_on = DayField(label="Bản án có hiệu lực từ ngày", required=False)
    post = TidyField(label="Chức vụ của đảng viên", max_length=200, required=False)
    work_unit = TidyField(label="Đơn vị công tác", max_length=200, required=False)

    def clean(self):
        values = super().clean()
        issued, received = values.get("issued_on"), values.get("received_on")
        if issued and received and received < issued:
            self.add_error("received_on", "Ngày nhận không thể trước ngày văn bản.")
        if values.get("grade"):
            self._check_pointer(values)
        return values

    def _check_pointer(self, values):
        if not values.get("kept_at"):
            self.add_error("kept_at", "Văn bản có dấu mật: hãy ghi nơi giữ, người giữ.")
        for name in ("sentence", "sentence_text", "in_force_on"):
            if values.get(name):
                self.add_error(name, "Văn bản có dấu mật thì không ghi nội dung ở đây.")


class WhyForm(forms.Form):
    """Why something sealed is looked at; its own journal keeps it."""

    reason = ReasonField(label="Lý do", max_length=300)
