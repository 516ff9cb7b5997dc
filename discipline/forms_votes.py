"""The minutes of a vote on discipline: who was there, the totals of each form, what the meeting concluded."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from config.lib.workflow import NotAllowed
from discipline.balloting import BallotEntry, DecisionPaper, Reading, read_forms
from discipline.bases import base_of_vote
from discipline.bodies import bodies_above, meeting_body
from discipline.enums import Form, LegalHandling, PostThen, Subject
from discipline.forms_steps import StepForm, long_text, short_text
from discipline.models import StepTaken
from discipline.rulebook import CaseBook
from discipline.rules.authority import ACTS
from discipline.rules.forms import REMOVAL, WORDS
from discipline.verdicts import WITHOUT_FORM, act_choices
from members.forms.dates import DayField, read_day
from members.forms.text import CountField

ON_BALLOT = {
    Subject.OFFICIAL: ("KT", "CC", "CCH", "KTR"),
    Subject.PROBATIONARY: ("KT", "CC"),
    Subject.ORGANISATION: ("KT", "CC", "GT"),
}
ONLY_WITH_POST = "Chỉ ghi khi người này giữ chức vụ; chức vụ chưa có trong phần mềm thì ghi ở ô “Chức vụ đang giữ”."
BLANK = "Để trống nếu hình thức này không có trên phiếu; ghi 0 nếu có mà không ai chọn."
COUNTS = ("present", "absent_excused", "absent_unexcused", "issued", "collected", "invalid", "none")
TEXTS = ("conclusion", "opinion", "chair", "secretary", "tellers")
PAPERS = ("number", "signed_on", "signer", "position", "content", "post_then", "legal", "is_administrative")
YES_NO = {"yes": True, "no": False}
NO_FORM = "Hãy ghi số phiếu của ít nhất một hình thức."


@dataclass(frozen=True)
class Asked:
    """What the base and the forms of a ballot depend on, before the form is whole."""

    held_on: date
    attended: tuple = ()
    by_hand: tuple | None = None
    post: str = ""
    admits: bool | None = None


class PaperForm(StepForm):
    """The written decision, and what statistics ask of the person."""

    days = ("signed_on",)
    number = short_text("Số quyết định", 50)
    signed_on = DayField(label="Ngày ký quyết định", required=False)
    signer = short_text("Người ký", 100)
    position = short_text("Chức vụ người ký", 100)
    content = long_text("Nội dung vi phạm ghi trong quyết định")
    post_then = forms.ChoiceField(
        label="Chức vụ khi vi phạm", required=False, choices=[("", "chưa rõ"), *PostThen.choices]
    )
    legal = forms.ChoiceField(
        label="Xử lý pháp luật", required=False, choices=[("", "chưa rõ"), *LegalHandling.choices]
    )
    is_administrative = forms.ChoiceField(
        label="Đã xử lý hành chính", required=False, choices=[("", "chưa rõ"), ("yes", "có"), ("no", "không")]
    )

    @property
    def paper(self):
        values = {name: self.cleaned_data[name] for name in PAPERS}
        return DecisionPaper(**values | {"is_administrative": YES_NO.get(values["is_administrative"])})


class BallotForm(PaperForm):
    """What the minutes of a vote say; `reading` is the ballot of the day and the body that are typed or asked for."""

    days = ("held_on", "signed_on")
    held_on = DayField(label="Ngày họp")
    attended = forms.MultipleChoiceField(
        label="Được miễn hoặc sinh hoạt tạm thời nơi khác nhưng có dự và biểu quyết", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    present = CountField(label="Có mặt, được tính biểu quyết")
    absent_excused = CountField(label="Vắng có lý do", initial=0)
    absent_unexcused = CountField(label="Vắng không có lý do", initial=0)
    issued = CountField(label="Phiếu phát ra")
    collected = CountField(label="Phiếu thu vào")
    invalid = CountField(label="Phiếu không hợp lệ", initial=0)
    none = CountField(label="Không kỷ luật", initial=0)
    hand_number = CountField(label="Số được tính biểu quyết, tự ghi", required=False)
    hand_reason = short_text("Vì sao tự ghi", 300)
    post = short_text("Chức vụ đang giữ, nếu chưa có trong phần mềm", 200)
    explanation = long_text("Giải thích, nếu số phiếu trong biên bản không khớp", 500)
    choice = forms.ChoiceField(label="Kết luận của hội nghị", required=False)
    act = forms.ChoiceField(
        label="Quyết định hay đề nghị", required=False, choices=[("", "theo thẩm quyền"), *act_choices()]
    )
    chosen_reason = long_text("Lý do, nếu kết luận không theo kết quả tính hoặc phải chọn", 500)
    in_time_reason = long_text("Lý do, nếu theo phần mềm đã hết thời hiệu mà hội nghị thấy vẫn còn", 500)
    conclusion = long_text("Kết luận về từng vi phạm, tình tiết")
    opinion = long_text("Ý kiến của người bị xem xét, hình thức tự nhận")
    chair = short_text("Chủ trì", 100)
    secretary = short_text("Thư ký", 100)
    tellers = short_text("Tổ kiểm phiếu", 300)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self._given("held_on"):
            self.fields["held_on"].initial = self.day_asked
        known = self.reading.forms
        on_ballot = ON_BALLOT[self.reading.subject]
        for form in on_ballot:
            label = Form(form).label
            self.fields[f"votes_{form}"] = CountField(label=label, required=False, help_text=self._needed(form))
        choices = [(form, WORDS[form].capitalize()) for form in on_ballot if form in known or form == REMOVAL]
        self.fields["choice"].choices = [("", "theo kết quả kiểm phiếu"), *choices, *WITHOUT_FORM.items()]
        self.fields["attended"].choices = self.reading.base.may_attend
        if not self.reading.base.may_attend:
            del self.fields["attended"]
        if not self.problem:
            del self.fields["hand_number"], self.fields["hand_reason"]

    @cached_property
    def body(self):
        """Who votes."""
        return meeting_body(self.case, self.day_asked)

    @cached_property
    def day_asked(self):
        """The day of the meeting as typed or asked for; today until one can be read."""
        try:
            return read_day(self._given("held_on"), self.today) or self.today
        except ValidationError:
            return self.today

    @cached_property
    def reading(self) -> Reading:
        return self._read[0]

    @cached_property
    def problem(self):
        """Why nobody knows who is counted; empty where it is known."""
        return self._read[1]

    @cached_property
    def _read(self):
        book, asked = CaseBook.of(self.case), Asked(self.day_asked)
        bare = read_forms(self.case, self.body, book, asked)
        try:
            return replace(bare, base=base_of_vote(self.case, self.body, bare.rules)), ""
        except NotAllowed as refusal:
            return bare, str(refusal)

    @property
    def powers(self):
        """For the page: each form with the number it needs, what the body may do with it, by which article."""
        needs = self.reading.needs()
        for form, each in reversed(self.reading.powers.items()):
            act = ACTS[self.reading.acts[form]].capitalize()
            yield {"words": WORDS[form].capitalize(), "need": needs.get(form), "act": act, "article": each.article}

    def _given(self, name):
        """What was typed in a field, or asked for in the address."""
        if self.is_bound:
            return self.data.get(self.add_prefix(name), "")
        value = self.initial.get(name, "")
        return value if isinstance(value, str) else ""

    def _needed(self, form):
        if form == REMOVAL and form not in self.reading.forms:
            return ONLY_WITH_POST
        needs = {} if self.problem else self.reading.needs()
        return f"Cần {needs[form]} phiếu." if form in needs else ""

    def clean(self):
        values = super().clean()
        if not self.errors and not self.votes:
            raise ValidationError(NO_FORM)
        if values.get("hand_number") is not None and not values.get("hand_reason"):
            self.add_error("hand_reason", "Hãy ghi vì sao số được tính không lấy từ danh sách.")
        return values

    @property
    def votes(self):
        """The totals of the forms that stood on the ballot."""
        given = {form: self.cleaned_data.get(f"votes_{form}") for form in Form.values}
        return {form: number for form, number in given.items() if number is not None}

    @property
    def entry(self):
        values = self.cleaned_data
        by_hand = (values["hand_number"], values["hand_reason"]) if values.get("hand_number") is not None else None
        plain = {name: values[name] for name in (*COUNTS, "held_on", "post", "explanation", "choice", "act")}
        reasons = {name: values[name] for name in ("chosen_reason", "in_time_reason")}
        return BallotEntry(
            votes=self.votes, attended=tuple(values.get("attended", ())), by_hand=by_hand, paper=self.paper,
            words={name: values[name] for name in TEXTS}, **plain, **reasons, **self.above,
        )  # fmt: skip

    @property
    def above(self):
        """What is known of the body above; the cell names none."""
        return {}

    # (heading, fields, whether it stays folded until something in it is wrong)
    PARTS = (
        ("Có mặt", ("present", "absent_excused", "absent_unexcused", "attended", "hand_number", "hand_reason"), False),
        ("Kiểm phiếu", ("issued", "collected", "invalid"), False),
        ("Số phiếu từng hình thức", ("votes_KTR", "votes_GT", "votes_CCH", "votes_CC", "votes_KT", "none"), False),
        ("Kết luận", ("choice", "conclusion", "opinion", "chair", "secretary", "tellers"), False),
        (
            "Khi kết luận khác kết quả tính, số phiếu không khớp, hết thời hiệu",
            ("act", "admits", "chosen_reason", "explanation", "in_time_reason", "post"), True,
        ),
        ("Quyết định bằng văn bản", PAPERS, True),
    )  # fmt: skip

    @property
    def parts(self):
        """(heading, fields, folded, note) as the page shows them."""
        for heading, names, folded in self.PARTS:
            found = [self[name] for name in names if name in self.fields]
            if found:
                used = any(field.errors or (self.is_bound and field.value()) for field in found)
                yield heading, found, folded and not used, BLANK if "votes_CC" in names else ""


class UpperBallotForm(BallotForm):
    """The vote of a body above the cell; it decides with a written decision, or proposes to the next."""

    chosen_body = forms.ChoiceField(label="Cấp biểu quyết")
    admits = forms.ChoiceField(
        label="Đảng ủy cơ sở được ủy quyền quyết định kết nạp (và khai trừ)", required=False,
        choices=[("", "theo phần mềm"), ("yes", "có"), ("no", "không")],
    )  # fmt: skip

    PARTS = (
        *BallotForm.PARTS[:-1],
        ("Quyết định của cấp này", BallotForm.PARTS[-1][1], False),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["chosen_body"].choices = [(each.value, each.name) for each in self.bodies]
        if self.body:
            self.initial["chosen_body"] = self.body.value

    @cached_property
    def bodies(self):
        return bodies_above(self.case, self.day_asked)

    @cached_property
    def body(self):
        """The body that is typed or asked for, else that which had the proposal, else the nearest."""
        asked = self._given("chosen_body") or _receiver(self.case)
        named = next((each for each in self.bodies if each.value == asked), None)
        return named or next(iter(self.bodies), None) or meeting_body(self.case, self.day_asked)

    @property
    def above(self):
        values = self.cleaned_data
        return {"body": self.body, "admits": YES_NO.get(values["admits"])}


def _receiver(case):
    step = StepTaken.objects.standing().filter(case=case, step="receive_proposal").order_by("on", "id").last()
    return step.data.get("body", "") if step else ""
