"""Forms of the source: steps, helpers, certificates, notes, the year of the plan, many at once."""

from django import forms
from django.core.exceptions import ValidationError

from admissions.certificates import CertificateEntry
from admissions.enums import CertificateKind
from admissions.helping import HelperEntry
from admissions.models import Candidate
from admissions.steps import Taken
from cells.models import Organisation
from members.forms.choosing import SomeField
from members.forms.dates import DayField, PastForm
from members.forms.text import ReasonField, TidyField
from members.models import Member

FIRST_YEAR, LAST_YEAR = 1930, 2999


class MemberChoice(forms.ModelChoiceField):
    """One of some members; what is no key at all is no choice."""

    def clean(self, value):
        try:
            return super().clean(value)
        except (OverflowError, ValidationError):
            raise ValidationError("Hãy chọn một đồng chí có trong danh sách.") from None


class StepForm(PastForm):
    """The day and the document of a step."""

    on = DayField(label="Ngày")
    document = TidyField(label="Nghị quyết, văn bản", max_length=200, required=False)
    note = TidyField(label="Ghi chú", max_length=1000, required=False)

    def taken(self, organisation):
        """How the step is kept."""
        values = self.cleaned_data
        return Taken(values["on"], organisation, values["document"], values["note"])


class DropForm(StepForm):
    """Leaving the list says why."""

    note = ReasonField(label="Lý do", max_length=1000)


class BodyStepForm(StepForm):
    """A step of a committee above the cell, one of those for which the person acts."""

    body = forms.ModelChoiceField(Organisation.objects.none(), label="Cấp ủy", empty_label=None)
    field_order = ["body", "on", "document", "note"]

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=[each.pk for each in bodies])
        self.initial.setdefault("body", bodies[0].pk if bodies else None)


class HelperForm(PastForm):
    """Who of the official members helps, from which day on."""

    member = MemberChoice(Member.objects.none(), label="Đảng viên chính thức giúp đỡ", empty_label="– chọn –")
    on = DayField(label="Từ ngày")
    decision = TidyField(label="Nghị quyết phân công", max_length=200, required=False)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members

    @property
    def entry(self):
        return HelperEntry(*(self.cleaned_data[name] for name in ("member", "on", "decision")))


class ChangeHelperForm(HelperForm):
    """Somebody else helps, and why."""

    reason = ReasonField(label="Vì sao thay", max_length=300)


class EndHelperForm(PastForm):
    """Until when somebody helped, and why no longer."""

    last_day = DayField(label="Đến hết ngày")
    reason = ReasonField(label="Lý do thôi", max_length=300)


class RecogniseForm(StepForm):
    """A sympathiser is recognised and gets a helper in one act; the helper begins that day."""

    member = MemberChoice(Member.objects.none(), label="Đảng viên chính thức giúp đỡ", empty_label="– chọn –")
    field_order = ["on", "member", "document", "note"]

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members

    @property
    def entry(self):
        values = self.cleaned_data
        return HelperEntry(values["member"], values["on"], values["document"])


class CertificateForm(PastForm):
    """A certificate as the paper says it."""

    kind = forms.ChoiceField(label="Lớp", choices=CertificateKind.choices)
    issued_on = DayField(label="Ngày cấp")
    number = TidyField(label="Số", max_length=50, required=False)
    issued_by = TidyField(label="Nơi cấp", max_length=200, required=False)
    held_from = DayField(label="Học từ ngày", required=False)
    held_to = DayField(label="Đến ngày", required=False)
    result = TidyField(label="Loại kết quả", max_length=60, required=False)

    def clean(self):
        values = super().clean()
        if values.get("held_from") and values.get("held_to") and values["held_to"] < values["held_from"]:
            self.add_error("held_to", "Ngày học xong không thể trước ngày bắt đầu học.")
        return values

    @property
    def entry(self):
        """None where the form leaves out the day of issue."""
        values = self.cleaned_data
        if not values.get("issued_on"):
            return None
        names = ("issued_on", "number", "issued_by", "held_from", "held_to", "result")
        return CertificateEntry(
            **{name: values[name] for name in names}, kind=values.get("kind") or CertificateKind.AWARENESS
        )


class CertificateStepForm(CertificateForm):
    """The class is done; where a certificate stands already, it need not be typed again."""

    on = DayField(label="Ngày ghi nhận")
    kind = None
    field_order = ["on", "issued_on", "number", "issued_by", "held_from", "held_to", "result"]

    def __init__(self, *args, has_one, **kwargs):
        super().__init__(*args, **kwargs)
        if has_one:
            self.fields["issued_on"].required = False
            self.fields["issued_on"].help_text = "Đã có giấy chứng nhận được ghi; để trống nếu dùng giấy đó."

    def taken(self, organisation):
        return Taken(self.cleaned_data["on"], organisation, self.cleaned_data["number"])


class NoteForm(PastForm):
    """What the helper or the cell notes."""

    on = DayField(label="Ngày")
    text = TidyField(label="Nội dung", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class PlannedYearForm(forms.Form):
    """In which year the cell means to admit somebody."""

    year = forms.IntegerField(
        label="Năm dự kiến kết nạp", min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False,
        help_text="Để trống nếu chưa định.",
    )  # fmt: skip


class TogetherForm(StepForm):
    """Some of the candidates in sight, by one document of the body."""

    people = SomeField(Candidate.objects.none(), error_messages={"required": "Hãy chọn ít nhất một người."})

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = rows
        self.fields["document"].required = True


class ResolutionForm(PastForm):
    """The head of a monthly resolution: the day lies in its month."""

    held_on = DayField(label="Ngày họp chi bộ")
    number = TidyField(label="Số nghị quyết", max_length=50, required=False)

    def __init__(self, *args, month, corrects=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.month = month
        if corrects:
            self.fields["reason"] = ReasonField(label="Vì sao sửa nghị quyết đã ghi")

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day.replace(day=1) != self.month:
            raise ValidationError(
                f"Ngày {day:%d/%m/%Y} không thuộc tháng {self.month:%m/%Y} của trang này. Hãy mở trang tháng đó."
            )
        return day
