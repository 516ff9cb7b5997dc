"""Forms of votes, decisions, ceremony, probation: each hands over the entry that its action takes."""

from django import forms

from admissions.actions.ceremonies import CeremonyEntry
from admissions.actions.removals import CancelEntry, RepairEntry
from admissions.deciding import DecisionEntry
from admissions.enums import RESOLUTION_REMARKS, Method
from admissions.voting import VoteEntry
from config.lib.steps import ActEntry
from members.forms.dates import DayField, PastForm
from members.forms.text import CountField, ReasonField, TidyField
from members.forms.votes import PersonVoteForm


def _long(label, **options):
    area = forms.Textarea(attrs={"rows": 2})
    return TidyField(label=label, max_length=1000, required=False, widget=area, **options)


class ActForm(PastForm):
    """A step without a vote."""

    days = ("on",)
    on = DayField(label="Ngày")
    document = TidyField(label="Số, ký hiệu văn bản", max_length=200, required=False)
    note = _long("Ý kiến, ghi chú")

    @property
    def entry(self):
        return ActEntry(**self.cleaned_data)


class ReturnForm(ActForm):
    """Given back to the cell, which must learn why."""

    note = ReasonField(label="Lý do trả lại", max_length=1000)


class VoteForm(PersonVoteForm):
    """The minutes of one vote on one person, with what the resolution says of him."""

    has_remarks = True
    method = forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices)
    yes = CountField(label="Tán thành")
    no = CountField(label="Không tán thành", initial=0)
    blank = CountField(label="Không có ý kiến, phiếu không hợp lệ", initial=0)
    outside = _long("Dự họp, không tính biểu quyết", help_text="Mỗi người một dòng, kèm lý do.")
    secretary = TidyField(label="Thư ký", max_length=100, required=False)

    field_order = [
        *("held_on", "number", "method", "present", "yes", "no", "blank", "attended", "outside"),
        *("hand_number", "hand_reason", "chair", "secretary"),
    ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.has_remarks:
            self.fields |= {f"word_{name}": _long(label) for name, label in RESOLUTION_REMARKS.items()}

    @property
    def entry(self):
        values = self.cleaned_data
        words = {name: text for name in RESOLUTION_REMARKS if (text := values.get(f"word_{name}"))}
        plain = {name: values[name] for name in _VOTE_FIELDS}
        outside = tuple(line.strip() for line in values["outside"].splitlines() if line.strip())
        return VoteEntry(**plain, **self.base, outside=outside, words=words)


_VOTE_FIELDS = ("held_on", "number", "method", "present", "yes", "no", "blank", "chair", "secretary")


class DecideForm(VoteForm):
    """The vote of the body that decides, and the decision or notice that came of it."""

    days = ("signed_on", "held_on", "received_on")
    has_remarks = False
    decision_number = TidyField(
        label="Số quyết định, thông báo", max_length=50, help_text="Mỗi người một quyết định, một số riêng."
    )
    signed_on = DayField(label="Ngày quyết định, thông báo")
    received_on = DayField(label="Ngày chi bộ nhận", required=False)
    reason = _long("Lý do, ghi chú")

    @property
    def entry(self):
        values = self.cleaned_data
        return DecisionEntry(
            values["decision_number"], values["signed_on"], super().entry, values["received_on"], values["reason"]
        )


class CeremonyForm(PastForm):
    """The ceremony; `helpers` are (id, name) of official members of the cell."""

    days = ("held_on", "received_on")
    held_on = DayField(label="Ngày tổ chức lễ kết nạp")
    place = TidyField(label="Nơi tổ chức", max_length=200, required=False)
    helper = forms.ModelChoiceField(None, label="Người được phân công giúp đỡ trong thời gian dự bị")
    received_on = DayField(
        label="Ngày chi bộ nhận quyết định", required=False, help_text="Để trống nếu đã ghi khi quyết định."
    )
    late_consent = TidyField(
        label="Văn bản đồng ý của cấp ủy cấp trên trực tiếp", max_length=200, required=False,
        help_text="Chỉ ghi khi lễ tổ chức quá hạn: số, ngày, cấp đồng ý.",
    )  # fmt: skip
    note = TidyField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args, helpers, **options):
        super().__init__(*args, **options)
        self.fields["helper"].queryset = helpers

    @property
    def entry(self):
        return CeremonyEntry(**self.cleaned_data)


class CancelForm(PastForm):
    """The decision that cancels an admission."""

    days = ("signed_on",)
    number = TidyField(label="Số quyết định hủy", max_length=50)
    signed_on = DayField(label="Ngày quyết định")
    reason = ReasonField(label="Lý do: tiêu chuẩn, điều kiện nào không đạt", max_length=500)
    consent = TidyField(
        label="Văn bản chỉ đạo, đồng ý của cấp ủy cấp trên", max_length=200, help_text="Số, ngày, cấp ban hành."
    )

    @property
    def entry(self):
        return CancelEntry(**self.cleaned_data)


class RepairForm(PastForm):
    """A new decision after a wrong step was done anew, with the dates as determined anew."""

    days = ("signed_on", "decided_on", "admitted_on")
    number = TidyField(label="Số quyết định mới", max_length=50)
    signed_on = DayField(label="Ngày quyết định mới")
    redone = TidyField(label="Bước làm lại", max_length=300, help_text="Bước nào sai, làm lại ngày nào, ở cấp nào.")
    decided_on = DayField(label="Ngày quyết định kết nạp, xác định lại")
    admitted_on = DayField(label="Ngày kết nạp, xác định lại")
    reason = ReasonField(label="Lý do, văn bản chỉ đạo")

    @property
    def entry(self):
        return RepairEntry(**self.cleaned_data)
