"""Input of the cell's registers: the head by a form, the row of each member by its own small reader."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.lib.sheet_files import MAX_FILE_BYTES
from config.lib.vietnamese import repair
from members.actions.life_fees import FeeLine
from members.actions.life_meetings import Line
from members.forms.dates import DayField, read_day, refuse_future
from members.forms.text import TidyField
from members.life_enums import FeeBasis, MeetingKind, Presence
from members.querysets_life import month_after

LONGEST_KEY = 15  # digits
LONGEST_AMOUNT = 9
LONGEST_WORDS = 200
PAID, UNPAID, EXEMPT, REDUCED = "paid", "unpaid", "exempt", "reduced"
FEE_CHOICES = [(PAID, "Đã đóng"), (UNPAID, "Chưa đóng"), (EXEMPT, "Được miễn"), (REDUCED, "Giảm, đã đóng")]


class MeetingForm(forms.Form):
    """The head of a meeting or of a study session in the month of its page."""

    kind = forms.ChoiceField(label="Loại", choices=MeetingKind.choices)
    held_on = DayField(label="Ngày")
    minutes_number = TidyField(label="Số biên bản", max_length=50, required=False)
    place = TidyField(label="Nơi họp", max_length=200, required=False)
    agenda = TidyField(label="Nội dung, nghị quyết hoặc lớp đã học", max_length=500, required=False)

    def __init__(self, *args, month, today, **options):
        super().__init__(*args, **options)
        self.month, self.today = month, today
        self.fields["held_on"].widget.attrs["autofocus"] = not self.is_bound

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        refuse_future(day, self.today)
        if not self.month <= day < month_after(self.month):
            raise ValidationError(
                f"Ngày {day:%d/%m/%Y} không thuộc tháng {self.month:%m/%Y} của trang này. "
                f"Hãy mở trang tháng {day:%m/%Y}."
            )
        return day


class FeesForm(forms.Form):
    """What most rows of a month share: the day and the amount; a row's own wins."""

    paid_on = DayField(label="Ngày thu")
    amount = TidyField(label="Số tiền chung (đồng)", max_length=20, required=False)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["paid_on"].widget.attrs["autofocus"] = not self.is_bound

    def clean_paid_on(self):
        refuse_future(self.cleaned_data["paid_on"], self.today)
        return self.cleaned_data["paid_on"]

    def clean_amount(self):
        return read_amount(self.cleaned_data["amount"])


class SheetFileForm(forms.Form):
    """A workbook that was filled in."""

    file = forms.FileField(label="Tệp đã điền", error_messages={"required": "Hãy chọn tệp đã điền."})

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise ValidationError("Tệp quá lớn. Hãy gửi đúng tệp tải về từ trang này.")
        return file


def read_amount(text):
    """Whole đồng, with the dots and spaces that people put between the digits; None for nothing."""
    digits = text.replace(".", "").replace(" ", "").replace(",", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_AMOUNT):
        raise ValidationError(f"“{text}” không phải số tiền. Ghi số đồng, ví dụ 30.000.")
    return Decimal(digits)


@dataclass
class SheetRow:
    """The row of one member as the page shows it: what stands in each control, and the row of the register read."""

    key: str
    member: Any
    shown: dict[str, str]
    seen: str = ""
    notes: list = field(default_factory=list)
    error: str = ""
    clash: Any = None

    def take(self, data, names):
        """Put in what was posted; what was not posted stays."""
        for name in names:
            if f"{name}-{self.key}" in data:
                self.shown[name] = repair(data[f"{name}-{self.key}"])[:LONGEST_WORDS]
        self.seen = data.get(f"seen-{self.key}", self.seen)

    def posted_in(self, data):
        return f"seen-{self.key}" in data

    @property
    def name(self):
        return self.member.full_name

    @property
    def label(self):
        return self.name

    @property
    def anchor(self):
        """The first control of the row."""
        return f"f-{self.key}"

    @property
    def seen_key(self):
        """The key of the row that the page had read, None for none."""
        return int(self.seen) if self.seen.isascii() and self.seen.isdigit() and len(self.seen) < LONGEST_KEY else None


def meeting_line(row, *, sees_reasons):
    """The line of one member; a fault stays with the row, and there is no line."""
    presence = row.shown["presence"]
    if presence and presence not in Presence.values:
        row.error = "Hãy chọn có mặt, vắng có lý do hoặc vắng không lý do."
    elif presence == Presence.PRESENT and sees_reasons and row.shown["reason"]:
        row.error = "Có ghi lý do vắng nhưng lại chọn có mặt. Hãy chọn vắng, hoặc xóa lý do."
    if row.error:
        return None
    return Line(row.member.pk, presence, row.shown["reason"] if sees_reasons else None, row.seen_key)


def fee_line(row, *, paid_on, amount, today):
    """The fee of one member, with the day and the amount of the head where the row has none of its own."""
    choice = row.shown["choice"]
    if choice not in ("", *dict(FEE_CHOICES)):
        row.error = "Hãy chọn một trong các cách ghi."
        return None
    try:
        own = read_amount(row.shown["amount"])
        day = read_day(row.shown["paid_on"], today) or paid_on
    except ValidationError as fault:
        row.error = " ".join(fault.messages)
        return None
    money = own if own is not None else amount
    decision = row.shown["decision"]
    return _checked(row, _fee(choice, row, money, day, decision))


def _fee(choice, row, money, day, decision):
    if choice == EXEMPT:
        return FeeLine(row.member.pk, FeeBasis.EXEMPT, None, None, decision, row.seen_key)
    basis = FeeBasis.REDUCED if choice == REDUCED or (choice == UNPAID and decision) else FeeBasis.DUE
    paid_on = day if choice in (PAID, REDUCED) else None
    basis = basis if choice else ""
    return FeeLine(row.member.pk, basis, money, paid_on, decision if basis != FeeBasis.DUE else "", row.seen_key)


def _checked(row, line):
    """The line, unless something is missing, which is then said beside the row."""
    if line.paid_on and line.amount is None:
        row.error = "Hãy ghi số tiền, ở dòng này hoặc ô “Số tiền chung”."
    elif line.basis in (FeeBasis.EXEMPT, FeeBasis.REDUCED) and not line.decision:
        row.error = "Miễn, giảm đảng phí phải ghi văn bản quyết định."
    return None if row.error else line
