"""Input of the steps from the signal to the report of results."""

from datetime import date

from django import forms

from discipline.actions.inspection import PlanEntry, SelfReviewEntry, SentenceEntry, StepEntry
from discipline.enums import (
    Competence,
    Duplicate,
    Form,
    InspectionKind,
    SelfReviewOutcome,
    Sentence,
    State,
    TransferReason,
    TriageChoice,
)
from discipline.planning import day_rules
from discipline.subjects import forms_of
from members.forms.dates import DayField, refuse_future
from members.forms.text import TidyField

KEEP_OUT = "Không ghi tên người tố cáo, không ghi nội dung văn bản có dấu mật."
MOST_DAYS = 365


def text(label, *, rows=3, **options):
    """A longer text, repaired at the door."""
    return TidyField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **options)


def chosen(label, choices, **options):
    """One of a few, nothing chosen beforehand."""
    return forms.ChoiceField(label=label, choices=[("", "– chọn –"), *choices], **options)


class StepForm(forms.Form):
    """The day of a step, which is not yet to come; `kept` names what else its record holds."""

    kept: tuple[str, ...] = ()
    on = DayField(label="Ngày")

    def __init__(self, *args, case, today, user, **options):
        super().__init__(*args, **options)
        self.case, self.today = case, today

    def clean_on(self):
        refuse_future(self.cleaned_data["on"], self.today)
        return self.cleaned_data["on"]

    @property
    def entry(self):
        values = self.cleaned_data
        data = {name: _plain(values[name]) for name in self.kept}
        return StepEntry(on=values["on"], document=values.get("document", ""), note=values.get("note", ""), data=data)


class TriageForm(StepForm):
    """Whose matter it is, whether it is known, what is to be done."""

    kept = ("competence", "duplicate", "choice")
    competence = chosen("Thẩm quyền", Competence.choices)
    duplicate = chosen("Trùng việc", Duplicate.choices)
    choice = chosen("Hướng xử lý", TriageChoice.choices)
    document = TidyField(label="Số, ngày phiếu phân loại", max_length=200, required=False)
    note = text("Ghi chú", required=False, help_text=KEEP_OUT)

    def clean(self):
        values = super().clean()
        if values.get("duplicate") == Duplicate.KNOWN and not values.get("note"):
            self.add_error("note", "Hãy ghi hồ sơ, kết luận đã có là gì, ở đâu.")
        return values


class FileSignalForm(StepForm):
    """Why there is no inspection, and the paper that says so."""

    note = text("Lý do không kiểm tra", help_text=KEEP_OUT)
    document = TidyField(label="Số, ngày văn bản", max_length=200)


class TransferCaseForm(StepForm):
    """To whom the case goes, and with which papers."""

    kept = ("why", "receiver", "papers")
    field_order = ("on", "why", "receiver", "document", "papers", "note")
    why = chosen("Vì sao chuyển", TransferReason.choices)
    receiver = TidyField(label="Tổ chức đảng nhận", max_length=200)
    document = TidyField(label="Số, ngày công văn chuyển", max_length=200)
    papers = text("Giấy tờ bàn giao", help_text="Mỗi loại một ý: tên, số tờ. Tài liệu có dấu mật bàn giao riêng.")
    note = text("Ghi chú", required=False, help_text=KEEP_OUT)


class PlanInspectionForm(StepForm):
    """The decision to inspect and its plan."""

    field_order = ("on", "document", "kind")
    on = DayField(label="Ngày ký quyết định kiểm tra")
    document = TidyField(label="Số quyết định", max_length=200)
    kind = chosen("Loại kiểm tra", InspectionKind.choices)
    content = text("Nội dung kiểm tra", help_text=KEEP_OUT)
    examined_from = DayField(label="Thời kỳ được kiểm tra: từ ngày")
    examined_to = DayField(label="Thời kỳ được kiểm tra: đến hết ngày")
    starts_on = DayField(label="Tiến hành từ ngày")
    ends_on = DayField(label="Tiến hành đến hết ngày")
    schedule = text("Lịch làm việc", required=False)

    def clean(self):
        values = super().clean()
        for first, last in (("examined_from", "examined_to"), ("starts_on", "ends_on")):
            if values.get(first) and values.get(last) and values[last] < values[first]:
                self.add_error(last, "Ngày cuối không thể trước ngày đầu.")
        return values

    @property
    def entry(self):
        return PlanEntry(**self.cleaned_data)


class ReportSentenceForm(StepForm):
    """A judgment in force."""

    field_order = ("sentence", "number", "court", "pronounced_on", "in_force_on", "received_on", "on")
    sentence = chosen("Bản án", Sentence.choices)
    number = TidyField(label="Số bản án", max_length=100)
    court = TidyField(label="Tòa án", max_length=200)
    pronounced_on = DayField(label="Ngày tuyên án")
    in_force_on = DayField(label="Ngày có hiệu lực pháp luật")
    received_on = DayField(label="Ngày nhận bản án", required=False)
    on = DayField(label="Ngày báo cáo cấp có thẩm quyền")
    document = TidyField(label="Số, ngày báo cáo", max_length=200)
    note = text("Ghi chú", required=False)

    def clean(self):
        values = super().clean()
        told, force, on = (values.get(name) for name in ("pronounced_on", "in_force_on", "on"))
        if told and force and force < told:
            self.add_error("in_force_on", "Ngày có hiệu lực không thể trước ngày tuyên án.")
        if force and on and on < force:
            self.add_error("on", "Bản án chưa có hiệu lực vào ngày báo cáo.")
        if values.get("received_on") and values["received_on"] > self.today:
            self.add_error("received_on", "Ngày nhận bản án không thể sau hôm nay.")
        return values

    @property
    def entry(self):
        return SentenceEntry(**self.cleaned_data)


class AnnounceInspectionForm(StepForm):
    """The announcement, at which the self-review is asked for."""

    kept = ("attendance",)
    on = DayField(label="Ngày công bố, yêu cầu tự kiểm điểm")
    attendance = text("Thành phần dự", required=False)
    document = TidyField(label="Số, ngày biên bản", max_length=200, required=False)
    note = text("Ý kiến của người được kiểm tra", required=False)


class RecordSelfReviewForm(StepForm):
    """The self-review received or refused; the forms are those that exist for the subject."""

    on = DayField(label="Ngày nhận, hoặc ngày từ chối")
    outcome = chosen("Kết quả", SelfReviewOutcome.choices)
    form_named = forms.ChoiceField(label="Hình thức kỷ luật tự nhận", required=False)
    note = text("Tóm tắt nội dung, lý do từ chối", required=False, help_text=KEEP_OUT)

    def __init__(self, *args, case, today, user, **options):
        super().__init__(*args, case=case, today=today, user=user, **options)
        rules = day_rules(case, today)
        known = forms_of(case, rules.violation, today) if rules.are_known else Form.values
        choices = [(code, Form(code).label) for code in known]
        self.fields["form_named"].choices = [("", "không tự nhận hình thức nào"), *choices]

    def clean(self):
        values = super().clean()
        if values.get("outcome") == SelfReviewOutcome.REFUSED and values.get("form_named"):
            self.add_error("form_named", "Người từ chối tự kiểm điểm thì không tự nhận hình thức nào.")
        return values

    @property
    def entry(self):
        return SelfReviewEntry(**self.cleaned_data)


class SubmitReportForm(StepForm):
    """The report of results."""

    kept = ("opinion", "recommendation")
    document = TidyField(label="Số, ngày báo cáo", max_length=200)
    note = text("Kết luận", rows=5, required=False, help_text=f"Bắt buộc khi chưa ghi vi phạm nào. {KEEP_OUT}")
    opinion = text("Ý kiến của người được kiểm tra", required=False)
    recommendation = text("Kiến nghị", required=False)


class CloseCaseForm(StepForm):
    """The conclusion without discipline."""

    kept = ("outcome",)
    outcome = chosen(
        "Kết luận",
        [
            (State.CLOSED_NO_VIOLATION, "Không vi phạm"),
            (State.CLOSED_FAULT_ONLY, "Có khuyết điểm, chưa đến mức kỷ luật"),
        ],
    )
    note = text("Lý do", help_text=KEEP_OUT)
    document = TidyField(label="Số, ngày văn bản kết luận", max_length=200)


class AskSelfReviewForm(StepForm):
    """The self-review asked for again."""

    on = DayField(label="Ngày yêu cầu")
    note = text("Vì sao yêu cầu lại")


class ExtendInspectionForm(StepForm):
    """More days for an inspection."""

    on = DayField(label="Ngày quyết định gia hạn")
    days = forms.IntegerField(label="Thêm số ngày", min_value=1, max_value=MOST_DAYS, localize=False)
    note = text("Lý do")
    document = TidyField(label="Số, ngày văn bản", max_length=200, required=False)


def _plain(value):
    return value.isoformat() if isinstance(value, date) else str(value)
