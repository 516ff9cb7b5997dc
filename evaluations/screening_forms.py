"""Forms of screening: each hands over the entry that its action takes."""

from django import forms

from evaluations.actions.screening_cells import FlagEntry, NoteEntry
from evaluations.actions.screening_list import ActEntry, AssistEntry, ListVoteEntry, ProgressEntry
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.actions.screening_rounds import RoundEntry
from evaluations.enums import ENTERED_CODES, REMOVAL_CODES, RoundHalf, ScreeningNoteKind
from members.forms import dates
from members.forms.dates import DayField
from members.forms.text import CountField, ReasonField, TidyField
from members.models import Member

FIRST_YEAR, LAST_YEAR = 2011, 2999


def _long(label, required=True, longest=2000, **options):
    area = forms.Textarea(attrs={"rows": 3})
    return TidyField(label=label, max_length=longest, required=required, widget=area, **options)


class PastForm(dates.PastForm):
    """A form of one step, by its day."""

    days = ("on",)


class RoundForm(PastForm):
    """A new round of a committee."""

    days = ("cutoff_on",)
    year = forms.IntegerField(label="Năm rà soát", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    half = forms.TypedChoiceField(label="Kỳ", choices=RoundHalf.choices, coerce=int, initial=RoundHalf.YEAR)
    cutoff_on = DayField(
        label="Ngày chốt số liệu", help_text="Điểm danh, đảng phí, xếp loại được xét đến hết ngày này."
    )

    def clean(self):
        values = super().clean()
        year, day = values.get("year"), values.get("cutoff_on")
        if year and day and day.year != year:
            self.add_error("cutoff_on", f"Ngày chốt số liệu phải trong năm {year}.")
        return values

    @property
    def entry(self):
        return RoundEntry(**self.cleaned_data)


class ReviewForm(PastForm):
    """That the committee of the cell has gone through its members."""

    on = DayField(label="Ngày chi ủy họp")
    note = _long("Kết luận chung", required=False)
    not_discussed = _long(
        "Vì sao còn người có căn cứ mà chưa xem xét",
        required=False,
        help_text="Cấp trên đọc được dòng này: không ghi tên đảng viên.",
    )


class SayForm(PastForm):
    """On whom the committee of the cell speaks, on which day."""

    on = DayField(label="Ngày chi ủy xem xét")
    reason = _long("Lý do", required=False)


class FlagForm(PastForm):
    """A ground that people state; `people` are members of the cell."""

    member = forms.ModelChoiceField(Member.objects.none(), label="Đảng viên")
    code = forms.ChoiceField(
        label="Căn cứ",
        choices=[("", "– chọn –"), *((code.value, f"{code.value} – {code.label}") for code in ENTERED_CODES)],
    )
    on = DayField(label="Ngày của kết luận, sự việc")
    reason = _long("Nội dung, chứng cứ", longest=1000)
    document = TidyField(label="Văn bản, biên bản làm căn cứ", max_length=300)

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["member"].queryset = people

    @property
    def entry(self):
        return FlagEntry(**self.cleaned_data)


class NoteForm(PastForm):
    """What the cell enters from paper about one member."""

    kind = forms.ChoiceField(label="Loại", choices=ScreeningNoteKind.choices, initial=ScreeningNoteKind.STATEMENT)
    on = DayField(label="Ngày")
    text = _long("Nội dung, theo bản giấy")

    @property
    def entry(self):
        return NoteEntry(**self.cleaned_data)


class ConductForm(forms.Form):
    """What a paper says of the conduct of a year."""

    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR)
    violated = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("yes", "Vi phạm tư cách đảng viên"), ("no", "Không vi phạm tư cách đảng viên")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    document = TidyField(label="Văn bản kết luận (số, ngày, cấp ban hành)", max_length=300)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.fields["year"].max_value = today.year
        self.fields["year"].validators.append(_until(today.year))


def _until(year):
    def check(value):
        if value > year:
            raise forms.ValidationError(f"Năm {value} chưa đến.")

    return check


# --- steps


class StepForm(PastForm):
    """A step of one person; made with the `subject`, and `base` for a vote."""

    def __init__(self, *args, subject, **options):
        super().__init__(*args, **options)
        self.subject = subject


class ActForm(StepForm):
    on = DayField(label="Ngày")
    note = _long("Nội dung")

    @property
    def entry(self):
        return ActEntry(self.cleaned_data["on"], self.cleaned_data["note"], self.cleaned_data.get("document", ""))


class OpinionForm(ActForm):
    """The opinion of the committee directly above the cell."""

    on = DayField(label="Ngày cấp ủy cấp trên trả lời")
    document = TidyField(label="Số văn bản", max_length=200, required=False)
    note = _long("Ý kiến của cấp ủy cấp trên trực tiếp")


class DismissForm(ActForm):
    on = DayField(label="Ngày chi ủy xem xét")
    note = _long("Lý do không đưa vào danh sách")


class ListVoteForm(StepForm):
    """The minutes of the secret vote; `base` says who is counted on the day."""

    days = ("held_on",)
    held_on = DayField(label="Ngày chi bộ họp")
    present = CountField(label="Có mặt, được tính biểu quyết")
    yes = CountField(label="Tán thành đưa vào danh sách")
    no = CountField(label="Không tán thành", initial=0)
    blank = CountField(label="Phiếu trắng, không hợp lệ", initial=0)
    attended = forms.MultipleChoiceField(
        label="Sinh hoạt tạm thời nơi khác nhưng có dự và biểu quyết", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    number = TidyField(label="Số nghị quyết, biên bản", max_length=50, required=False)

    def __init__(self, *args, base, **options):
        super().__init__(*args, **options)
        self.fields["present"].help_text = base.words if base else ""
        self.fields["yes"].help_text = "Bỏ phiếu kín, từng người một. Người được xét không tự bỏ phiếu cho mình."
        self.fields["attended"].choices = base.may_attend if base else ()
        if not (base and base.may_attend):
            del self.fields["attended"]

    @property
    def entry(self):
        values = self.cleaned_data
        return ListVoteEntry(**{**values, "attended": tuple(values.get("attended", ()))})


class AssistForm(StepForm):
    """Helpers and the member's written commitment."""

    days = ("on", "started_on", "commitment_on")
    on = DayField(label="Ngày phân công")
    started_on = DayField(label="Thời gian giúp đỡ tính từ ngày")
    helpers = forms.ModelMultipleChoiceField(
        Member.objects.none(), label="Người được phân công giúp đỡ", widget=forms.CheckboxSelectMultiple
    )
    commitment_on = DayField(label="Ngày đảng viên viết cam kết", required=False)
    commitment = _long("Nội dung cam kết", required=False)

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["helpers"].queryset = people

    @property
    def entry(self):
        values = self.cleaned_data
        return AssistEntry(**{**values, "helpers": tuple(values["helpers"])})


class ProgressForm(StepForm):
    on = DayField(label="Ngày chi bộ họp")
    progressed = forms.TypedChoiceField(
        label="Nhận xét",
        choices=[("yes", "Có tiến bộ, đề nghị đảng ủy cơ sở công nhận"), ("no", "Chưa tiến bộ")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    document = TidyField(label="Số biên bản, nghị quyết", max_length=200, required=False)
    note = _long("Nội dung nhận xét")

    @property
    def entry(self):
        return ProgressEntry(**self.cleaned_data)


class RecogniseForm(ActForm):
    on = DayField(label="Ngày quyết định")
    document = TidyField(label="Số quyết định công nhận", max_length=200)
    note = _long("Ghi chú", required=False)


class DeclineForm(ActForm):
    on = DayField(label="Ngày đảng ủy cơ sở xem xét")
    note = _long("Lý do chưa công nhận")


class RemovalForm(StepForm):
    """The grounds that stand of the person; `grounds` are their codes."""

    on = DayField(label="Ngày chi ủy xem xét")
    grounds = forms.MultipleChoiceField(label="Căn cứ xóa tên", widget=forms.CheckboxSelectMultiple)
    note = _long("Nội dung", required=False)

    def __init__(self, *args, grounds, **options):
        super().__init__(*args, **options)
        known = [code for code in REMOVAL_CODES if code.value in grounds]
        self.fields["grounds"].choices = [(code.value, f"{code.value} – {code.label}") for code in known]
        if not known:
            self.fields["grounds"].help_text = "Hiện không có căn cứ xóa tên nào đối với đảng viên này."

    @property
    def entry(self):
        values = self.cleaned_data
        return RemovalEntry(values["on"], tuple(values["grounds"]), values["note"])


class CloseForm(forms.Form):
    """Why a round is closed while something is left."""

    reason = ReasonField(label="Vì sao đóng đợt", required=False)

    def __init__(self, *args, asks_why, **options):
        super().__init__(*args, **options)
        self.fields["reason"].required = asks_why


class TakeBackForm(forms.Form):
    reason = ReasonField(label="Lý do")
