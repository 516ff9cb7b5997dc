"""Forms of what stands around the votes: proposals, postponement, announcement, execution, appeals."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from config.lib.vietnamese import repair
from discipline.actions.appeals import AnnounceAppealEntry, AnnulEntry, AppealDecisionEntry, AppealEntry
from discipline.actions.decisions import AnnounceEntry, NotifyEntry
from discipline.actions.proposals import ActEntry, ExemptEntry, PostponeEntry, ProposalEntry, VerifiedEntry
from discipline.bodies import bodies_above, body_named
from discipline.decided import current_decision
from discipline.enums import AppealOutcome, ExemptionKind, Form, PostponementKind, Subject
from discipline.forms_steps import DatedForm, StepForm, long_text, short_text
from discipline.forms_votes import ON_BALLOT
from discipline.rules.terms import APPEAL_REFUSALS
from members.forms.dates import DayField
from members.forms.text import ReasonField

CHOOSE = ("", "– chọn –")
NOT_THERE = "Cấp này chưa có, hoặc không ở trên chi bộ, vào ngày {on}. Hãy chọn cấp khác hoặc xem lại ngày."
MOST_RECIPIENTS = 30


class ActForm(DatedForm):
    """A step with its day and nothing else to decide."""

    @property
    def entry(self):
        return ActEntry(**self.cleaned_data)


class ReceiveForm(DatedForm):
    """Which body has the proposal."""

    chosen_body = forms.ChoiceField(label="Cấp tiếp nhận, thẩm tra")
    field_order = ["on", "chosen_body"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        found = [(each.value, each.name) for each in bodies_above(self.case, self.today)]
        self.fields["chosen_body"].choices = [CHOOSE, *found]

    def clean(self):
        values = super().clean()
        if not self.errors and body_named(self.case, values["on"], values["chosen_body"]) is None:
            self.add_error("chosen_body", NOT_THERE.format(on=f"{values['on']:%d/%m/%Y}"))
        return values

    @property
    def entry(self):
        values = dict(self.cleaned_data)
        body = body_named(self.case, values["on"], values.pop("chosen_body"))
        return ProposalEntry(**values, body=body)


class ReturnForm(ActForm):
    """Given back to the cell, which must learn why."""

    note = ReasonField(label="Lý do trả lại")


class VerifiedForm(DatedForm):
    """The report of verification, and whether the person was heard."""

    days = ("on", "heard_on")
    heard_on = DayField(label="Ngày nghe người bị xem xét trình bày", required=False)
    opinion = long_text("Ý kiến của người bị xem xét")
    refused = forms.BooleanField(label="Người bị xem xét không đến, không trình bày", required=False)

    @property
    def entry(self):
        return VerifiedEntry(**self.cleaned_data)


class ExemptForm(DatedForm):
    """Why there is no discipline although there was a violation."""

    kind = forms.ChoiceField(label="Trường hợp", choices=[CHOOSE, *ExemptionKind.choices])
    note = ReasonField(label="Kết luận, lý do", max_length=4000)
    field_order = ["on", "kind", "note"]

    @property
    def entry(self):
        return ExemptEntry(**self.cleaned_data)


class PostponeForm(DatedForm):
    """Why the case is not considered now; the kind of paper, never what it says of health."""

    days = ("on", "started_on")
    kind = forms.ChoiceField(label="Trường hợp", choices=[CHOOSE, *PostponementKind.choices])
    started_on = DayField(label="Có từ ngày", help_text="Từ ngày này thời hiệu không tính.")
    expected_on = DayField(label="Dự kiến đến ngày", required=False)
    evidence = short_text(
        "Loại giấy tờ làm căn cứ", required=True, help_text="Chỉ ghi loại giấy, số, ngày; không ghi bệnh, tình trạng."
    )
    field_order = ["on", "kind", "started_on", "expected_on", "evidence"]

    @property
    def entry(self):
        return PostponeEntry(**self.cleaned_data)


class AnnounceForm(StepForm):
    """The minutes of the announcement; what a cell had not written yet of its decision."""

    days = ("on", "received_on", "signed_on")
    on = DayField(label="Ngày công bố")
    note = long_text("Biên bản công bố: thành phần, ý kiến", rows=4)
    received_on = DayField(
        label="Ngày người bị kỷ luật nhận quyết định", required=False, help_text="Từ ngày này tính thời hạn khiếu nại."
    )
    refused = forms.BooleanField(label="Không nghe công bố hoặc không nhận quyết định", required=False)
    number = short_text("Số quyết định", 50)
    signed_on = DayField(label="Ngày ký quyết định", required=False)
    signer = short_text("Người ký", 100)
    position = short_text("Chức vụ người ký", 100)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        decision = current_decision(self.case)
        if decision and decision.number and decision.signed_on:
            for name in ("number", "signed_on", "signer", "position"):
                del self.fields[name]

    def clean(self):
        values = super().clean()
        if not values.get("received_on") and not values.get("refused") and "received_on" not in self.errors:
            self.add_error("received_on", "Hãy ghi ngày nhận, hoặc đánh dấu là không nhận.")
        return values

    @property
    def entry(self):
        return AnnounceEntry(**self.cleaned_data)


class NotifyForm(DatedForm):
    """Who was told, a line each."""

    recipients = long_text(
        "Nơi nhận", required=True, rows=4,
        help_text="Mỗi dòng một nơi; số văn bản, nếu có, sau dấu chấm phẩy. Ví dụ: Đảng ủy Sao Mai; 12-BC/CB",
    )  # fmt: skip
    field_order = ["on", "recipients"]

    def clean_recipients(self):
        lines = [line for line in self.data.get(self.add_prefix("recipients"), "").splitlines() if line.strip()]
        rows = [tuple(repair(part) for part in (*line.split(";", 1), "")[:2]) for line in lines]
        if len(rows) > MOST_RECIPIENTS:
            raise forms.ValidationError(f"Ghi nhiều nhất {MOST_RECIPIENTS} nơi một lần.")
        if any(not to or len(to) > 200 or len(number) > 50 for to, number in rows):
            raise forms.ValidationError("Mỗi dòng một nơi nhận, không quá 200 chữ; số văn bản không quá 50 chữ.")
        if any("\x00" in part for row in rows for part in row):
            raise forms.ValidationError("Có ký tự không đọc được. Hãy gõ lại.")
        return tuple(rows)

    @property
    def entry(self):
        return NotifyEntry(**self.cleaned_data)


class AppealForm(StepForm):
    """The appeal as it came in."""

    on = DayField(label="Ngày khiếu nại")
    to = short_text("Gửi đến", required=True)
    note = long_text("Nội dung khiếu nại", required=True, rows=4)
    document = short_text("Số, ngày đến của đơn")
    late_reason = long_text("Lý do nhận đơn, nếu quá thời hạn", 500)

    @property
    def entry(self):
        return AppealEntry(**self.cleaned_data)


class AppealDecisionForm(StepForm):
    """What the body above decided."""

    on = DayField(label="Ngày quyết định")
    decided_by = short_text("Cấp quyết định", required=True)
    document = short_text("Số quyết định", 50)
    outcome = forms.ChoiceField(label="Kết quả", choices=[CHOOSE, *AppealOutcome.choices])
    new_form = forms.ChoiceField(label="Hình thức mới, nếu thay đổi", required=False)
    refusal = forms.ChoiceField(
        label="Lý do, nếu không nhận giải quyết", required=False, choices=[CHOOSE, *APPEAL_REFUSALS.items()]
    )
    note = long_text("Nội dung giải quyết", rows=4)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        decision = current_decision(self.case)
        known = ON_BALLOT[Subject(decision.subject)] if decision else ()
        self.fields["new_form"].choices = [CHOOSE, *((form, Form(form).label) for form in known)]

    def clean(self):
        values = super().clean()
        outcome = values.get("outcome")
        if outcome and outcome != AppealOutcome.CHANGED and values.get("new_form"):
            self.add_error("new_form", "Chỉ chọn hình thức mới khi kết quả là thay đổi hình thức.")
        if outcome and outcome != AppealOutcome.NOT_ACCEPTED and values.get("refusal"):
            self.add_error("refusal", "Chỉ chọn lý do này khi kết quả là không nhận giải quyết.")
        return values

    @property
    def entry(self):
        return AppealDecisionEntry(**self.cleaned_data)


class BackForm(StepForm):
    """Where and when somebody comes back whose expulsion holds no more; asked only of who was expelled."""

    back_on = DayField(
        label="Trở lại danh sách đảng viên từ ngày", required=False,
        help_text="Chỉ khi không còn bị khai trừ; để trống là ngày công bố. Tuổi đảng tính liên tục.",
    )  # fmt: skip
    cell = OrganisationField(
        label="Sinh hoạt ở chi bộ", permission=Permission.CASES_WORK, required=False,
        help_text="Để trống là chi bộ trước khi bị khai trừ. Gõ tên hoặc mã.",
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["cell"].look_in(self.user, "cell")
        decision = current_decision(self.case)
        if decision is None or decision.form != Form.EXPULSION:
            del self.fields["back_on"], self.fields["cell"]


class AnnounceAppealForm(BackForm):
    """The announcement of what was decided on the appeal."""

    on = DayField(label="Ngày công bố")
    note = long_text("Biên bản công bố", rows=3)
    field_order = ["on", "note"]

    @property
    def entry(self):
        return AnnounceAppealEntry(**self.cleaned_data)


class AnnulForm(BackForm):
    """The decision that annuls a wrongful one."""

    on = DayField(label="Ngày quyết định hủy")
    document = short_text("Số quyết định hủy", 50, required=True)
    decided_by = short_text("Cấp quyết định", required=True)
    note = ReasonField(label="Vì sao oan, sai; việc xin lỗi, phục hồi quyền lợi", max_length=4000)
    field_order = ["on", "document", "decided_by", "note"]

    @property
    def entry(self):
        return AnnulEntry(**self.cleaned_data)
