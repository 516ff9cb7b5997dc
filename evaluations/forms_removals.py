"""Forms of leaving the Party: each hands over the entry that its action takes."""

from django import forms

from config.lib.steps import ActEntry
from evaluations.actions.removal_after import RemovalAnswerEntry, RemovalComplaintEntry
from evaluations.actions.removal_bodies import RemovalDecisionEntry
from evaluations.actions.removals import LeavingEntry
from evaluations.removal_enums import (
    OF_OFFICIAL,
    OF_PROBATIONARY,
    OPEN_STATES,
    STARTED_BY_HAND,
    ComplaintLevel,
    ComplaintOutcome,
    RemovalGround,
    RemovalKind,
    VoteMethod,
)
from evaluations.removal_voting import RemovalVoteEntry
from members.enums import GROUNDS_BY_ENDING, EndReason, ExitGround
from members.forms.dates import DayField, PastForm
from members.forms.text import CountField, ReasonField, TidyField
from members.forms.votes import PersonVoteForm

MOST_TEXT = 5000
EFFECTIVE = "Để trống nếu là ngày quyết định. Tên ra khỏi danh sách từ ngày này."
BACK_ON = "Chỉ ghi khi hủy quyết định; để trống nếu là ngày trả lời."
ON_PAPER = "Để trống nếu chỉ giữ bản giấy trong hồ sơ."


def _long(label, rows=3, length=1000, **options):
    area = forms.Textarea(attrs={"rows": rows})
    return TidyField(label=label, max_length=length, required=options.pop("required", False), widget=area, **options)


def _written(label, **options):
    """Text that keeps its lines."""
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, max_length=MOST_TEXT, widget=area, **options)


class RemovalDayForm(PastForm):
    """A form of one step, by its day."""

    days = ("on",)


class RemovalActForm(RemovalDayForm):
    """A step without a vote."""

    on = DayField(label="Ngày")
    document = TidyField(label="Số, ký hiệu văn bản", max_length=200, required=False)
    note = _long("Ý kiến, căn cứ")

    @property
    def entry(self):
        values = self.cleaned_data
        return ActEntry(values["on"], values.get("document", ""), values["note"])


class AskForm(RemovalActForm):
    """One request for a self-review."""

    on = DayField(label="Ngày yêu cầu")
    document = TidyField(label="Yêu cầu bằng cách nào, văn bản số", max_length=200, required=False)
    note = _long("Ghi chú")


class SelfReviewForm(RemovalActForm):
    """The self-review, its words as far as they are to be printed."""

    document = None
    on = DayField(label="Ngày đảng viên nộp bản tự kiểm điểm")
    note = _written("Nội dung (theo bản giấy)", required=False, help_text="Để trống nếu chỉ giữ bản giấy trong hồ sơ.")


class RefusalForm(RemovalActForm):
    """How the member refused, openly."""

    document = None
    on = DayField(label="Ngày từ chối")
    note = ReasonField(label="Từ chối thế nào, trước ai", max_length=1000)


class RemovalReasonForm(RemovalActForm):
    """Given back, or stopped: somebody must learn why."""

    note = ReasonField(label="Lý do", max_length=1000)


class RemovalVoteForm(PersonVoteForm):
    """The minutes of one vote on one person, ballot by ballot."""

    method = forms.ChoiceField(label="Cách biểu quyết", choices=VoteMethod.choices, initial=VoteMethod.SECRET)
    issued = CountField(label="Số phiếu phát ra", required=False, help_text="Để trống nếu bằng số có mặt.")
    yes = CountField(label="Đồng ý")
    no = CountField(label="Không đồng ý", initial=0)
    blank = CountField(label="Phiếu trắng, không có ý kiến", initial=0)
    invalid = CountField(label="Phiếu không hợp lệ", initial=0)
    tellers = TidyField(
        label="Tổ kiểm phiếu", max_length=300, required=False, help_text="Họ tên, cách nhau bằng dấu phẩy."
    )
    despite = _long("Căn cứ xem xét dù cấp dưới không đủ phiếu")

    field_order = [
        *("held_on", "number", "method", "present", "issued", "yes", "no", "blank", "invalid", "attended"),
        *("hand_number", "hand_reason", "chair", "tellers", "despite"),
    ]

    def __init__(self, *args, asks_despite=False, **options):
        super().__init__(*args, **options)
        if not asks_despite:
            del self.fields["despite"]

    @property
    def entry(self):
        values = self.cleaned_data
        plain = {name: values[name] for name in _VOTE_FIELDS}
        return RemovalVoteEntry(**plain, **self.base, despite=values.get("despite", ""))


_VOTE_FIELDS = (
    *("held_on", "number", "method", "present", "issued", "yes", "no", "blank", "invalid", "chair", "tellers"),
)


class RemovalDecideForm(RemovalVoteForm):
    """The vote of the body that decides, and the decision or notice that came of it."""

    days = ("signed_on", "held_on", "effective_on")
    decision_number = TidyField(
        label="Số quyết định, thông báo", max_length=50, help_text="Mỗi người một quyết định, một số riêng."
    )
    signed_on = DayField(label="Ngày quyết định, thông báo")
    effective_on = DayField(
        label="Có hiệu lực từ ngày",
        required=False,
        help_text=EFFECTIVE,
    )
    grounds = forms.MultipleChoiceField(
        label="Căn cứ ra khỏi Đảng", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Ghi đúng theo quyết định: căn cứ chặt nhất quyết định việc xét kết nạp lại.",
    )  # fmt: skip
    reason = _long("Lý do, ghi chú")

    def __init__(self, *args, kind=RemovalKind.REMOVAL, proposed=(), **options):
        super().__init__(*args, **options)
        reason = EndReason.LEFT if kind == RemovalKind.LEAVING else EndReason.NAME_REMOVED
        codes = GROUNDS_BY_ENDING[reason]
        if kind == RemovalKind.LEAVING:
            codes = [code for code in codes if code != ExitGround.APPLICATION]
            self.fields["grounds"].label = "Hoàn cảnh được xét khi xin kết nạp lại"
        self.fields["grounds"].choices = [(code.value, code.label) for code in codes]
        self.fields["grounds"].initial = list(proposed)

    @property
    def entry(self):
        values = self.cleaned_data
        return RemovalDecisionEntry(
            number=values["decision_number"], signed_on=values["signed_on"], vote=super().entry,
            effective_on=values["effective_on"], grounds=tuple(values["grounds"]), reason=values["reason"],
        )  # fmt: skip


class RemovalComplaintForm(RemovalDayForm):
    """A complaint about the decision."""

    days = ("received_on",)
    received_on = DayField(label="Ngày khiếu nại")
    addressee = TidyField(label="Gửi đến cấp ủy", max_length=200)
    level = forms.ChoiceField(label="Cấp giải quyết", choices=ComplaintLevel.choices)
    summary = _long("Nội dung khiếu nại", required=True)
    late_reason = _long("Lý do nhận khi đã quá thời hạn", length=500)

    @property
    def entry(self):
        return RemovalComplaintEntry(**self.cleaned_data)


class RemovalAnswerForm(RemovalDayForm):
    """The answer; annulled, the rights of the member are restored."""

    days = ("answered_on", "back_on")
    answered_on = DayField(label="Ngày trả lời")
    outcome = forms.ChoiceField(label="Kết quả", choices=ComplaintOutcome.choices)
    answer = _long("Nội dung trả lời", required=True)
    decision = TidyField(label="Số quyết định giải quyết khiếu nại", max_length=100, required=False)
    back_on = DayField(
        label="Trở lại sinh hoạt từ ngày",
        required=False,
        help_text=BACK_ON,
    )

    @property
    def entry(self):
        return RemovalAnswerEntry(**self.cleaned_data)


class StartRemovalForm(RemovalDayForm):
    """Grounds with the evidence as it is known; X4 comes of the assistance list alone."""

    on = DayField(label="Ngày lập")
    grounds = forms.MultipleChoiceField(label="Căn cứ xóa tên", widget=forms.CheckboxSelectMultiple)
    evidence = _written(
        "Chứng cứ, số liệu",
        help_text="Mỗi dòng một chứng cứ: tháng nào, ngày nào, văn bản nào; đã loại trừ trường hợp nào.",
    )

    def __init__(self, *args, is_probationary, **options):
        super().__init__(*args, **options)
        fitting = OF_PROBATIONARY if is_probationary else OF_OFFICIAL
        known = [ground for ground in RemovalGround if ground in fitting and ground in STARTED_BY_HAND]
        self.fields["grounds"].choices = [(each.value, f"{each.value}: {each.label}") for each in known]

    @property
    def flags(self):
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        return [{"code": "", "reason": line, "article": "", "details": []} for line in lines]


class LeaveForm(RemovalDayForm):
    """An application to leave, with its reasons."""

    days = ("applied_on",)
    applied_on = DayField(label="Ngày làm đơn")
    reason = _long("Lý do xin ra khỏi Đảng", required=True)
    text = _written(
        "Nội dung đơn (theo bản giấy)", required=False, help_text="Để trống nếu chỉ giữ bản giấy trong hồ sơ."
    )
    asks_age_confirmation = forms.BooleanField(label="Đề nghị cấp giấy xác nhận tuổi đảng", required=False)
    open_violation = forms.TypedChoiceField(
        label="Đảng viên có vi phạm chưa xử lý không?", choices=[("no", "Không"), ("yes", "Có")],
        coerce=lambda answer: answer == "yes",
        help_text="Có vi phạm thì xem xét kỷ luật trước, sau đó mới xét đơn.",
    )  # fmt: skip

    @property
    def entry(self):
        return LeavingEntry(**self.cleaned_data)


class StatementForm(RemovalDayForm):
    """What the member says to it."""

    days = ("written_on",)
    written_on = DayField(label="Ngày đảng viên viết")
    text = _written("Nội dung (theo bản giấy)")


class ReceiptForm(RemovalDayForm):
    on = DayField(label="Ngày đảng viên nhận quyết định")


class CardForm(RemovalDayForm):
    """The card taken back, and handed up where it is by now."""

    days = ("on", "handed_on")
    on = DayField(label="Ngày chi bộ thu thẻ")
    handed_to = TidyField(label="Nộp lên cấp ủy", max_length=200, required=False)
    handed_on = DayField(label="Ngày nộp thẻ", required=False)

    def clean(self):
        values = super().clean()
        if bool(values.get("handed_on")) != bool(values.get("handed_to")):
            self.add_error("handed_on", "Hãy ghi cả nơi nhận và ngày nộp thẻ, hoặc để trống cả hai.")
        return values


class SendRemovalFileForm(RemovalDayForm):
    on = DayField(label="Ngày nộp hồ sơ")
    to = TidyField(label="Nơi nhận", max_length=200)


class ChooseBodyForm(forms.Form):
    """Who decides where the text does not say it."""

    organisation = forms.ModelChoiceField(None, label="Cấp ủy quyết định")
    reason = ReasonField(label="Căn cứ chọn cấp này")

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies


class RemovalFilter(forms.Form):
    """What the list shows."""

    STATES = (("open", "Đang xét"), ("ended", "Đã kết thúc"), ("", "Tất cả"))

    q = TidyField(label="Họ và tên", max_length=100, required=False)
    state = forms.ChoiceField(label="Tình trạng", choices=STATES, required=False)
    kind = forms.ChoiceField(label="Việc", choices=[("", "Tất cả"), *RemovalKind.choices], required=False)

    def narrow(self, rows):
        """The rows as the query asks; a filter that cannot be read narrows nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        if words := values.get("q"):
            rows = rows.named_like(words)
        if kind := values.get("kind"):
            rows = rows.filter(kind=kind)
        state = values.get("state")
        if state == "open":
            return rows.filter(state__in=OPEN_STATES)
        return rows.exclude(state__in=OPEN_STATES) if state == "ended" else rows
