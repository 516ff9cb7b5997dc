"""Forms of the dossier: its steps, its papers, its introducers."""

from django import forms
from django.db import models

from admissions.enums import Kinship, PaperKind
from admissions.models import AdmissionPaper, Introducer
from admissions.paper_kinds import BY_STEP, ENTERED
from members.forms.choosing import MemberField
from members.forms.dates import DayField, PastForm
from members.forms.text import CountField, ReasonField, TidyField

FAVOURABLE = [("yes", "đồng ý, đủ điều kiện"), ("no", "không đồng ý, không đủ điều kiện")]
LONG = 3000


class LongField(TidyField):
    """Text of several lines, each repaired at the door."""

    def __init__(self, *, rows=4, **options):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value):
        lines = [super(LongField, self).to_python(line) for line in str(value or "").splitlines()]
        return "\n".join(lines).strip()


class StepForm(PastForm):
    """When a step is taken and by which document."""

    on = DayField(label="Ngày")
    document = TidyField(label="Văn bản, biên bản", max_length=200, required=False, help_text="Số, ngày; nếu có.")
    note = TidyField(label="Ghi chú", max_length=500, required=False)


class ApplyForm(StepForm):
    """Application and CV as they are dated."""

    applied_on = DayField(label="Ngày ghi trên đơn (1-KNĐ)")
    written_on = DayField(label="Ngày ghi trên lý lịch (2-KNĐ)")
    on = DayField(label="Ngày chi bộ nhận đơn, lý lịch")
    field_order = ["applied_on", "written_on", "on", "document", "note"]

    def clean(self):
        values = super().clean()
        received = values.get("on")
        for name in ("applied_on", "written_on"):
            if received and values.get(name) and values[name] > received:
                self.add_error(name, "Ngày ghi trên giấy không thể sau ngày chi bộ nhận.")
        return values


class VerifierForm(StepForm):
    """Who goes to verify, and how he stands to the applicant."""

    verifier_name = TidyField(label="Người được cử đi thẩm tra", max_length=100)
    kinship = forms.ChoiceField(
        label="Quan hệ với người vào Đảng",
        required=False,
        choices=[("", "không phải người thân"), ("applicant", "chính người vào Đảng"), *Kinship.choices],
        help_text="Cha, mẹ, vợ, chồng, anh, chị, em, con (đẻ, nuôi) không được đi thẩm tra.",
    )
    field_order = ["on", "verifier_name", "kinship", "document", "note"]


class CertifyForm(StepForm):
    """Item 26 of the CV."""

    fit = forms.ChoiceField(label="Chứng nhận", choices=[("yes", "đủ điều kiện"), ("no", "không đủ điều kiện")])
    words = LongField(label="Nội dung chứng nhận", max_length=LONG, required=False)
    signer = TidyField(label="Người ký", max_length=200, required=False, help_text="Bí thư hoặc phó bí thư.")
    field_order = ["on", "fit", "words", "signer", "document", "note"]


class WithdrawForm(StepForm):
    """Why somebody is no longer considered."""

    note = ReasonField(label="Lý do")
    died = forms.BooleanField(label="Người xin vào Đảng đã từ trần", required=False)
    field_order = ["on", "note", "died", "document"]


class PaperForm(PastForm):
    """One paper of a kind, with the fields that its kind asks for."""

    def __init__(self, *args, kind, candidate, **options):
        super().__init__(*args, **options)
        self.kind, self.entered = kind, ENTERED.get(kind) or BY_STEP[kind]
        for column in self.entered.columns:
            self.fields[column] = self._field(column, candidate)

    def clean(self):
        values = super().clean()
        asked, agreed, disagreed = (values.get(name) for name in ("asked", "agreed", "disagreed"))
        if asked is not None and (agreed or 0) + (disagreed or 0) > asked:
            self.add_error("asked", "Số tán thành và không tán thành cộng lại nhiều hơn tổng số được hỏi.")
        return values

    @property
    def columns(self):
        """Columns of the paper as they are stored."""
        values = {"kind": self.kind, **self.cleaned_data}
        if "favourable" in values:
            values["favourable"] = {"yes": True, "no": False}.get(values["favourable"])
        if values.get("topic") == "within":
            values["topic"] = ""
        return values

    def _field(self, column, candidate):
        stored, required = AdmissionPaper._meta.get_field(column), column in self.entered.required
        label = f"{stored.verbose_name[:1].upper()}{stored.verbose_name[1:]}"
        if column == "dated_on":
            return DayField(label="Ngày ghi trên giấy")
        if column == "topic":
            return forms.ChoiceField(label=self.entered.topic_label, choices=[("", "– chọn –"), *self.entered.topics])
        if column == "favourable":
            return forms.ChoiceField(label="Kết luận", choices=[("", "– chọn –"), *FAVOURABLE], required=required)
        if column == "introducer":
            rows = Introducer.objects.standing().filter(candidate=candidate).select_related("member")
            return forms.ModelChoiceField(rows, label="Người giới thiệu", empty_label="– chọn –")
        if column in ("asked", "agreed", "disagreed"):
            return CountField(label=label, required=required)
        kind = LongField if isinstance(stored, models.TextField) else TidyField
        return kind(label=label, max_length=stored.max_length, required=required)


class FindingForm(PastForm):
    """A signed finding about one condition."""

    dated_on = DayField(label="Ngày của kết luận")
    number = TidyField(label="Số văn bản", max_length=50, required=False)
    given_by = TidyField(label="Ai kết luận, ký", max_length=200, help_text="Cấp ủy, người ký và chức vụ.")
    favourable = forms.ChoiceField(label="Kết luận", choices=[("", "– chọn –"), *FAVOURABLE])
    text = LongField(label="Nội dung kết luận", max_length=LONG)

    def __init__(self, *args, topic, **options):
        super().__init__(*args, **options)
        self.topic = topic

    @property
    def columns(self):
        """Columns of the finding as they are stored."""
        values = {"kind": PaperKind.FINDING, "topic": self.topic, **self.cleaned_data}
        return values | {"favourable": values["favourable"] == "yes"}


class ChecklistForm(PastForm):
    """One point of the committee's own list, seen to be in order."""

    text = forms.ChoiceField(label="Nội dung đã xét")
    dated_on = DayField(label="Ngày xét")
    given_by = TidyField(label="Ai xét", max_length=200)

    def __init__(self, *args, items, **options):
        super().__init__(*args, **options)
        self.fields["text"].choices = [("", "– chọn –"), *((item, item) for item in items)]

    @property
    def columns(self):
        return {"kind": PaperKind.CHECKED, "topic": "local_checklist", **self.cleaned_data}


class IntroducerForm(PastForm):
    """Which member introduces, since when in one unit with the applicant."""

    introducing_member = MemberField(label="Đảng viên giới thiệu")
    together_since = DayField(label="Cùng công tác, cư trú từ ngày", required=False)
    together_where = TidyField(label="Cùng đơn vị", max_length=200, required=False)
    assigned_on = DayField(label="Ngày chi bộ phân công")

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["introducing_member"].look_in(user)

    @property
    def columns(self):
        """Columns of the introducer as they are stored."""
        names = ("together_since", "together_where", "assigned_on")
        return {"member": self.cleaned_data["introducing_member"], **{name: self.cleaned_data[name] for name in names}}


class ReplaceForm(IntroducerForm):
    """The next member, and since when the former one no longer introduces."""

    ended_on = DayField(label="Người trước thôi giới thiệu từ ngày")
    reason = ReasonField(label="Vì sao thay")
    field_order = ["ended_on", "reason", "introducing_member", "assigned_on", "together_since", "together_where"]


class EndForm(PastForm):
    """Since when a member no longer introduces, and why."""

    ended_on = DayField(label="Thôi giới thiệu từ ngày")
    reason = ReasonField(label="Lý do")
