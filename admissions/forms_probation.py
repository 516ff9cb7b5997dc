"""Forms of probation: helpers, notes, papers of recognition, the class; the meeting that votes on several."""

from django import forms

from admissions.actions.probation import ProbationPaper
from admissions.enums import Method
from admissions.probations import PROBATION_PAPERS
from admissions.voting import VoteEntry
from members.forms.dates import DayField, PastForm
from members.forms.text import CountField, TidyField

OPINION = [("", "không ghi"), ("yes", "đồng ý, đủ tư cách"), ("no", "không đồng ý")]


class HelperForm(PastForm):
    """Who helps from a day on."""

    days = ("on",)
    member = forms.ModelChoiceField(None, label="Đảng viên chính thức được phân công")
    on = DayField(label="Từ ngày")
    decision = TidyField(label="Nghị quyết phân công", max_length=200, required=False)

    def __init__(self, *args, members, **options):
        super().__init__(*args, **options)
        self.fields["member"].queryset = members


class NoteForm(PastForm):
    """What was noted."""

    days = ("on",)
    on = DayField(label="Ngày")
    text = TidyField(label="Nội dung", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class PaperForm(PastForm):
    """A paper of recognition."""

    days = ("dated_on",)
    kind = forms.ChoiceField(label="Giấy tờ", choices=[(each.value, each.label) for each in PROBATION_PAPERS])
    dated_on = DayField(label="Ngày của giấy tờ")
    helper = forms.ModelChoiceField(
        None, label="Nhận xét của", required=False, help_text="Chỉ với nhận xét của người giúp đỡ, cả người giúp đỡ cũ."
    )
    number = TidyField(label="Số", max_length=50, required=False)
    given_by = TidyField(label="Của ai, cấp nào", max_length=200, required=False)
    favourable = forms.ChoiceField(label="Ý kiến", choices=OPINION, required=False)
    asked = CountField(label="Tổng số người được hỏi", required=False, help_text="Với bản tổng hợp ý kiến (12-KNĐ).")
    agreed = CountField(label="Tán thành", required=False)
    disagreed = CountField(label="Không tán thành", required=False)
    merits = TidyField(label="Ưu điểm", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    faults = TidyField(label="Khuyết điểm", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    text = TidyField(label="Nội dung khác", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, helpers, **options):
        super().__init__(*args, **options)
        self.fields["helper"].queryset = helpers

    def clean(self):
        values = super().clean()
        told = (values.get("agreed") or 0) + (values.get("disagreed") or 0)
        if told > (values.get("asked") or 0):
            self.add_error("asked", "Số tán thành và không tán thành cộng lại nhiều hơn tổng số được hỏi.")
        return values

    @property
    def paper(self):
        values = self.cleaned_data
        favourable = {"yes": True, "no": False}.get(values["favourable"])
        return ProbationPaper(**{**values, "favourable": favourable})


class ClassForm(PastForm):
    """The certificate of the class for new members."""

    days = ("issued_on",)
    number = TidyField(label="Số", max_length=50, required=False)
    issued_on = DayField(label="Ngày cấp")
    issued_by = TidyField(label="Nơi cấp", max_length=200, required=False)
    result = TidyField(label="Loại kết quả", max_length=60, required=False)


class ReceiptForm(PastForm):
    days = ("on",)
    on = DayField(label="Ngày chi bộ nhận quyết định")


class MeetingForm(PastForm):
    """One meeting of a cell: its day and who led it; then one row of figures for each person voted on."""

    days = ("held_on",)
    held_on = DayField(label="Ngày họp")
    method = forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices)
    present = CountField(label="Có mặt, được tính biểu quyết")
    attended = forms.MultipleChoiceField(
        label="Được miễn hoặc sinh hoạt tạm thời nơi khác nhưng có dự và biểu quyết", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    chair = TidyField(label="Chủ trì", max_length=100, required=False)
    secretary = TidyField(label="Thư ký", max_length=100, required=False)

    def __init__(self, *args, candidates, may_attend=(), **options):
        super().__init__(*args, **options)
        self.candidates = candidates
        self.fields["attended"].choices = may_attend
        if not may_attend:
            del self.fields["attended"]
        for candidate in candidates:
            self._ask_about(candidate)

    def _ask_about(self, candidate):
        key, name = candidate.pk.hex, str(candidate)
        self.fields[f"yes_{key}"] = CountField(
            label=f"{name}: tán thành", help_text="Để trống nếu cuộc họp này không xét.", required=False
        )
        self.fields[f"no_{key}"] = CountField(label=f"{name}: không tán thành", required=False)
        self.fields[f"number_{key}"] = TidyField(label=f"{name}: số nghị quyết", max_length=50, required=False)

    def clean(self):
        values = super().clean()
        if not self.errors and all(values.get(f"yes_{each.pk.hex}") is None for each in self.candidates):
            self.add_error(None, "Chưa ghi kết quả của ai. Hãy ghi số tán thành của từng người được xét.")
        return values

    @property
    def entries(self):
        """(candidate, entry) of everybody whom the meeting voted on."""
        values = self.cleaned_data
        same = {name: values[name] for name in ("held_on", "method", "present", "chair", "secretary")}
        for candidate in self.candidates:
            key = candidate.pk.hex
            if values[f"yes_{key}"] is not None:
                yield candidate, VoteEntry(
                    **same, yes=values[f"yes_{key}"], no=values[f"no_{key}"] or 0, number=values[f"number_{key}"],
                    attended=tuple(values.get("attended", ())),
                )  # fmt: skip
