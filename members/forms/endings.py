"""Endings of membership from paper, their later steps, and their correction."""

from datetime import timedelta

from django import forms

from members.enums import DECIDED_ENDINGS, GROUND_OF_ENDING, GROUNDS_BY_ENDING, EndReason
from members.forms.dates import DayField, PastForm
from members.forms.text import ReasonField, TidyField

NOTICE_HELP = "Từ ngày này tính thời hạn nộp hồ sơ lên cấp trên. Chưa có thì để trống, ghi sau."
LATER = {
    "card_recovered_on": "Ngày thu thẻ",
    "file_sent_on": "Ngày nộp hồ sơ lên cấp trên",
    "appealed_on": "Ngày khiếu nại",
}


class PaperForm(PastForm):
    """Days of papers: none of them is to come; `values` are columns."""

    later = ()


class DeathForm(PaperForm):
    """A death: the day, the notice, the paper."""

    died_on = DayField(label="Ngày mất")
    decision = TidyField(label="Giấy chứng tử, giấy tờ", max_length=100, required=False)
    notified_on = DayField(label="Ngày phiếu báo từ trần", required=False, help_text=NOTICE_HELP)
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    @property
    def values(self):
        """Columns of the ending; the day of death is the last one as a member."""
        cleaned = self.cleaned_data
        return {
            "ended_on": cleaned["died_on"] + timedelta(days=1),
            **{name: cleaned[name] for name in ("decision", "notified_on", "note")},
        }

    @staticmethod
    def initial_of(ending):
        own = {name: getattr(ending, name) for name in ("decision", "notified_on", "note")}
        return {"died_on": ending.ended_on - timedelta(days=1), **own}


class DecisionForm(PaperForm):
    """An ending by decision; its grounds are codes that decide about readmission, never free text."""

    grounds = forms.MultipleChoiceField(label="Căn cứ", widget=forms.CheckboxSelectMultiple, required=False)
    decision = TidyField(label="Số quyết định", max_length=100)
    decided_on = DayField(label="Ngày quyết định")
    decided_by = TidyField(label="Cấp quyết định", max_length=200, required=False)
    ended_on = DayField(
        label="Ra khỏi Đảng từ ngày", help_text="Ngày quyết định có hiệu lực; từ ngày này không còn trong danh sách."
    )
    received_on = DayField(
        label="Ngày đảng viên nhận quyết định", required=False, help_text="Từ ngày này tính thời hạn khiếu nại."
    )
    notified_on = DayField(label="Ngày phiếu báo ra khỏi Đảng", required=False, help_text=NOTICE_HELP)
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    OWN = ("decision", "decided_on", "decided_by", "ended_on", "received_on", "notified_on", "note")

    def __init__(self, *args, reason, **options):
        super().__init__(*args, **options)
        always = GROUND_OF_ENDING.get(reason)
        offered = [code for code in GROUNDS_BY_ENDING.get(reason, ()) if code != always]
        if not offered:
            del self.fields["grounds"]
            return
        self.fields["grounds"].choices = [(code.value, code.label) for code in offered]
        self.fields["grounds"].required = always is None
        if always:
            self.fields["grounds"].label = "Căn cứ khác, nếu có"

    def clean(self):
        cleaned = super().clean()
        decided_on, ended_on = cleaned.get("decided_on"), cleaned.get("ended_on")
        if decided_on and ended_on and ended_on < decided_on:
            self.add_error("ended_on", "Quyết định không thể có hiệu lực trước ngày quyết định.")
        received_on = cleaned.get("received_on")
        if decided_on and received_on and received_on < decided_on:
            self.add_error("received_on", "Không thể nhận quyết định trước ngày quyết định.")
        return cleaned

    @property
    def values(self):
        return {"grounds": self.cleaned_data.get("grounds", []), **{name: self.cleaned_data[name] for name in self.OWN}}

    @classmethod
    def initial_of(cls, ending):
        return {"grounds": ending.grounds, **{name: getattr(ending, name) for name in cls.OWN}}


class PapersForm(DecisionForm):
    """The papers of an ending that a list brought: how the person left stands in the decision."""

    reason = forms.ChoiceField(
        label="Hình thức", choices=[("", "– chọn –"), *((each.value, each.label) for each in DECIDED_ENDINGS)]
    )
    field_order = ("reason", "grounds", *DecisionForm.OWN)

    def __init__(self, *args, **options):
        super().__init__(*args, reason=None, **options)
        always = set(GROUND_OF_ENDING.values())
        offered = [code for codes in GROUNDS_BY_ENDING.values() for code in codes if code not in always]
        self.fields["grounds"] = forms.MultipleChoiceField(
            label="Căn cứ",
            choices=[(code.value, code.label) for code in offered],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="Chọn căn cứ của hình thức trên; xóa tên phải có căn cứ.",
        )
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == EndReason.NAME_REMOVED and not cleaned.get("grounds"):
            self.add_error("grounds", "Hãy chọn căn cứ xóa tên.")
        return cleaned


def papers_form(stay, data, *, today):
    """The form for the papers of a membership that ended without them, with the day that stands."""
    if stay.end_reason == EndReason.DIED:
        return DeathForm(data, today=today, initial={"died_on": stay.ended_on - timedelta(days=1)})
    known = stay.end_reason if stay.end_reason in DECIDED_ENDINGS else ""
    return PapersForm(data, today=today, initial={"reason": known, "ended_on": stay.ended_on})


def correction_form(ending, data, *, today):
    """The form of that ending, filled with what stands, with its later steps and the reason of the correction."""
    by_decision = ending.reason != EndReason.DIED
    kind = DecisionForm if by_decision else DeathForm
    later = [name for name in LATER if by_decision or name == "file_sent_on"]
    initial = kind.initial_of(ending) | {name: getattr(ending, name) for name in (*later, "file_sent_to")}
    form = kind(data, today=today, initial=initial, **({"reason": ending.reason} if by_decision else {}))
    form.later = (*later, "file_sent_to")
    for name in later:
        form.fields[name] = DayField(label=LATER[name], required=False)
    form.fields["file_sent_to"] = TidyField(label="Nơi nhận hồ sơ", max_length=200, required=False)
    form.fields["why"] = ReasonField(label="Vì sao sửa")
    return form


class StepForm(PaperForm):
    """The day of one later step."""

    on = DayField(label="Ngày")


class SendFileForm(StepForm):
    """The file handed up."""

    to = TidyField(label="Nơi nhận hồ sơ", max_length=200)
