"""Input of what an inspection gathers: violations, circumstances, the team, evidence; and of another rule set."""

from django import forms

from cells.rulewords import code_label, topic_label
from discipline.actions.records import CONCLUDED, EvidenceEntry, TeamEntry, ViolationEntry
from discipline.actions.rule_choice import BY_DAY
from discipline.enums import Consequence, Content, EvidenceKind, SecrecyGrade, UnlimitedKind
from discipline.forms_inspection import KEEP_OUT, chosen, text
from discipline.rulebook import TOPICS
from members.forms.choosing import MemberField
from members.forms.dates import DayField, PastForm, refuse_future
from members.forms.text import ReasonField, TidyField

OTHERS_GRADES = [("", "– không có dấu mật –"), *SecrecyGrade.choices]


class ViolationForm(forms.Form):
    """One violation."""

    content = chosen("Nội dung vi phạm", Content.choices)
    description = text("Mô tả", help_text=KEEP_OUT)
    rule = TidyField(label="Quy định bị vi phạm", max_length=100, required=False, help_text="Ví dụ 212-QĐ/TW.")
    article = TidyField(label="Điều, khoản, điểm", max_length=100, required=False)
    tags = forms.MultipleChoiceField(
        label="Những điều đảng viên không được làm", required=False, widget=forms.CheckboxSelectMultiple
    )
    began_on = DayField(label="Vi phạm từ ngày", required=False)
    ended_on = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu không biết hoặc còn tiếp diễn.")
    discovered_on = DayField(label="Ngày phát hiện", required=False)
    consequence = forms.ChoiceField(
        label="Hậu quả", choices=[("", "chưa xác định"), *Consequence.choices], required=False
    )
    unlimited_kind = forms.ChoiceField(
        label="Loại không có thời hiệu", choices=[("", "có thời hiệu"), *UnlimitedKind.choices], required=False
    )

    def __init__(self, *args, rules, today, **options):
        super().__init__(*args, **options)
        self.today = today
        acts = rules.violation.prohibited_acts or ()
        self.fields["tags"].choices = [(code, code_label(code)) for code in acts]
        if not acts:
            del self.fields["tags"]

    def clean(self):
        values = super().clean()
        for name in ("began_on", "ended_on", "discovered_on"):
            try:
                refuse_future(values.get(name), self.today)
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)
        if values.get("began_on") and values.get("ended_on") and values["ended_on"] < values["began_on"]:
            self.add_error("ended_on", "Ngày kết thúc vi phạm không thể trước ngày bắt đầu.")
        if values.get("article") and not values.get("rule") and "rule" not in self.errors:
            self.add_error("rule", "Đã ghi điều, khoản thì hãy ghi quy định nào, ví dụ 69-QĐ/TW.")
        return values

    @property
    def entry(self):
        return ViolationEntry(**self.cleaned_data | {"tags": tuple(self.cleaned_data.get("tags", ()))})


class ConcludeViolationForm(forms.Form):
    """What is concluded of one violation."""

    found = forms.TypedChoiceField(
        label="Kết luận", choices=[(str(found), words) for found, words in CONCLUDED.items()],
        coerce=lambda value: value == "True", widget=forms.RadioSelect,
    )  # fmt: skip


class CircumstanceForm(forms.Form):
    """A circumstance that the rule set of the day names."""

    code = forms.ChoiceField(label="Tình tiết")
    note = TidyField(label="Căn cứ", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, rules, **options):
        super().__init__(*args, **options)
        known = rules.violation
        self.fields["code"].choices = [
            ("", "– chọn –"),
            ("Giảm nhẹ", [(code, code_label(code)) for code in known.mitigating]),
            ("Tăng nặng", [(code, code_label(code)) for code in known.aggravating]),
        ]


class TeamMemberForm(forms.Form):
    """Somebody of the team."""

    member = MemberField(label="Đảng viên trong danh sách", required=False)
    full_name = TidyField(label="Hoặc họ và tên người ở nơi khác", max_length=100, required=False)
    is_head = forms.BooleanField(label="Tổ trưởng", required=False)
    has_no_conflict = forms.BooleanField(
        label="Không có quan hệ gia đình, lợi ích với người được kiểm tra", required=False
    )
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["member"].look_in(user)

    def clean(self):
        values = super().clean()
        if bool(values.get("member")) == bool(values.get("full_name")) and not self.errors:
            raise forms.ValidationError("Hãy chọn một đảng viên hoặc ghi họ tên một người ở nơi khác.")
        return values

    @property
    def entry(self):
        return TeamEntry(**self.cleaned_data)


class EvidenceForm(PastForm):
    """Something gathered, in words; nothing is uploaded."""

    kind = chosen("Loại", EvidenceKind.choices)
    title = TidyField(label="Tên, trích yếu", max_length=300, required=False)
    number = TidyField(label="Số, ký hiệu", max_length=100, required=False)
    on = DayField(label="Ngày", required=False)
    origin = TidyField(label="Nơi ban hành, người cung cấp", max_length=200, required=False)
    text = text("Tóm tắt nội dung", required=False, help_text="Không ghi nội dung văn bản có dấu mật.")
    grade = forms.ChoiceField(label="Độ mật", choices=OTHERS_GRADES, required=False)
    kept_at = TidyField(label="Nơi giữ, người giữ", max_length=200, required=False)

    @property
    def entry(self):
        return EvidenceEntry(**self.cleaned_data)


class ChooseRulesForm(forms.Form):
    """Another rule set than that of the day, of one topic."""

    chosen = forms.ChoiceField(label="Bộ quy tắc")
    reason = ReasonField()

    def __init__(self, *args, sets, **options):
        """`sets` gives (topic, first day, words) of every known set."""
        super().__init__(*args, **options)
        self.known = {f"{topic}|{starts.isoformat()}": (topic, starts) for topic, starts, _ in sets}
        self.known |= {f"{topic}|": (topic, None) for topic in TOPICS}
        groups = [
            (
                topic_label(topic),
                [
                    (f"{topic}|", BY_DAY),
                    *((f"{topic}|{starts.isoformat()}", words) for name, starts, words in sets if name == topic),
                ],
            )
            for topic in TOPICS
        ]
        self.fields["chosen"].choices = [("", "– chọn –"), *groups]

    @property
    def topic_and_start(self):
        return self.known[self.cleaned_data["chosen"]]
