"""Forms of votes, decisions, ceremony, probation: each hands over the entry that its action takes."""

from django import forms

from admissions.actions.ceremonies import CeremonyEntry
from admissions.actions.procedure_votes import ActEntry
from admissions.actions.removals import CancelEntry, RepairEntry
from admissions.deciding import DecisionEntry
from admissions.enums import Method
from admissions.voting import VoteEntry
from members.forms.dates import DayField, refuse_future
from members.forms.text import ReasonField, TidyField

MOST_PEOPLE = 100_000
# What a resolution says of the person, in the order of 6-KNĐ.
REMARKS = {
    "background": "Về lý lịch",
    "awareness": "Về giác ngộ chính trị",
    "character": "Về phẩm chất chính trị, đạo đức, lối sống",
    "ability": "Về năng lực công tác",
    "masses": "Về quan hệ quần chúng",
    "standards": "Đối chiếu tiêu chuẩn",
    "disagreed_reason": "Lý do không tán thành",
}


def count(label, **options):
    """How many people or ballots."""
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, **options)


def _long(label, **options):
    area = forms.Textarea(attrs={"rows": 2})
    return TidyField(label=label, max_length=1000, required=False, widget=area, **options)


class DayForm(forms.Form):
    """A form whose days are not in the future; `today` is the last that may be written."""

    days: tuple[str, ...] = ()

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean(self):
        for name in self.days:
            try:
                refuse_future(self.cleaned_data.get(name), self.today)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data

    @property
    def day(self):
        """The day of the step, which says which body acts."""
        return self.cleaned_data[self.days[0]]


class ActForm(DayForm):
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


class VoteForm(DayForm):
    """The minutes of one vote on one person; a base that is kept in no list is written by hand with a reason."""

    days = ("held_on",)
    has_remarks = True
    held_on = DayField(label="Ngày họp")
    number = TidyField(label="Số nghị quyết", max_length=50, required=False)
    method = forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices)
    present = count("Có mặt, được tính biểu quyết")
    yes = count("Tán thành")
    no = count("Không tán thành", initial=0)
    blank = count("Không có ý kiến, phiếu không hợp lệ", initial=0)
    attended = forms.MultipleChoiceField(
        label="Được miễn hoặc sinh hoạt tạm thời nơi khác nhưng có dự và biểu quyết", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    outside = _long("Dự họp, không tính biểu quyết", help_text="Mỗi người một dòng, kèm lý do.")
    hand_number = count(
        "Số thành viên được tính", required=False, help_text="Chỉ ghi khi danh sách chức vụ chưa có trong phần mềm."
    )
    hand_reason = TidyField(label="Vì sao tự ghi số thành viên", max_length=300, required=False)
    chair = TidyField(label="Chủ trì", max_length=100, required=False)
    secretary = TidyField(label="Thư ký", max_length=100, required=False)

    def __init__(self, *args, may_attend=(), by_hand=False, base_words="", **options):
        super().__init__(*args, **options)
        self.fields["present"].help_text = base_words
        self.fields["attended"].choices = may_attend
        if not may_attend:
            del self.fields["attended"]
        if not by_hand:
            del self.fields["hand_number"], self.fields["hand_reason"]
        if self.has_remarks:
            self.fields |= {f"word_{name}": _long(label) for name, label in REMARKS.items()}

    def clean(self):
        values = super().clean()
        if values.get("hand_number") is not None and not values.get("hand_reason"):
            self.add_error("hand_reason", "Hãy ghi vì sao số thành viên không lấy từ danh sách chức vụ.")
        return values

    @property
    def entry(self):
        values = self.cleaned_data
        by_hand = (values["hand_number"], values["hand_reason"]) if values.get("hand_number") is not None else None
        words = {name: text for name in REMARKS if (text := values.get(f"word_{name}"))}
        plain = {name: values[name] for name in _VOTE_FIELDS}
        outside = tuple(line.strip() for line in values["outside"].splitlines() if line.strip())
        attended = tuple(values.get("attended", ()))
        return VoteEntry(**plain, attended=attended, outside=outside, by_hand=by_hand, words=words)


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


class CeremonyForm(DayForm):
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


class CancelForm(DayForm):
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


class RepairForm(DayForm):
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
