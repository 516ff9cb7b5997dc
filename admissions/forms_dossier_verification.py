"""One page for all items of the circle: two a person, each with method, place, days and result."""

from dataclasses import dataclass
from typing import Any

from django import forms

from admissions.actions.dossier_verification import ItemEntry
from admissions.enums import VerificationMethod, VerificationResult
from admissions.models import VerificationItem
from members.forms.dates import DayField, refuse_future
from members.forms.text import TidyField

TEXTS = ("place", "letter_number", "note")
DAYS = ("sent_on", "received_on", "answered_on")
COLUMNS = ("method", *TEXTS[:2], "is_abroad", *DAYS, "result", "note")
EXEMPT_WORDS = "Miễn thẩm tra thì phải ghi lý do miễn, căn cứ."
ANSWER_WORDS = "Có kết quả thì phải ghi ngày trả lời (miễn thẩm tra thì ghi lý do)."
OTHERS = "Người khác vừa ghi mục này, nên lần này chưa ghi gì. Hãy xem lại rồi gửi lần nữa."


@dataclass(frozen=True)
class Asked:
    """One question about one person: the row that answers it, None before it is entered."""

    relative_id: int | None
    topic: str
    row: Any = None

    @property
    def prefix(self):
        return f"{self.relative_id or 0}-{self.topic}"


class VerificationForm(forms.Form):
    """Fields of every question under its prefix; `asked` are the questions in order."""

    def __init__(self, *args, asked, today, **options):
        super().__init__(*args, **options)
        self.asked, self.today = asked, today
        for each in asked:
            self._add(each)

    def clean(self):
        for each in self.asked:
            self._check(each)
        return self.cleaned_data

    def entries(self):
        """What was entered, without questions that were neither stored before nor touched now."""
        found = [ItemEntry(each.relative_id, each.topic, self._columns(each), self._seen(each)) for each in self.asked]
        return [entry for entry, each in zip(found, self.asked, strict=True) if each.row or self._touched(each)]

    def fields_of(self, asked):
        """The bound fields of one question."""
        return {column: self[f"{asked.prefix}-{column}"] for column in COLUMNS} | {"seen": self[f"{asked.prefix}-seen"]}

    def _add(self, each):
        def add(column, field):
            field.initial = getattr(each.row, column) if each.row else field.initial
            self.fields[f"{each.prefix}-{column}"] = field

        options = {"required": False}
        methods = VerificationMethod.choices
        add("method", forms.ChoiceField(label="Cách thẩm tra", choices=methods, initial=VerificationMethod.CONFIRM))
        for name in TEXTS:
            stored = VerificationItem._meta.get_field(name)
            add(name, TidyField(label=stored.verbose_name.capitalize(), max_length=stored.max_length, **options))
        add("is_abroad", forms.BooleanField(label="Ở ngoài nước", **options))
        for name in DAYS:
            add(name, DayField(label=VerificationItem._meta.get_field(name).verbose_name.capitalize(), **options))
        add("result", forms.ChoiceField(label="Kết quả", choices=VerificationResult.choices, initial="open"))
        seen = forms.IntegerField(widget=forms.HiddenInput, **options)
        seen.initial = each.row.pk if each.row else None
        self.fields[f"{each.prefix}-seen"] = seen

    def _face_others(self, each):
        """A row that others wrote since it was shown: said once, then what is sent again holds."""
        now = each.row.pk if each.row else None
        if self._seen(each) == now:
            return
        self.data = self.data.copy()
        self.data[f"{each.prefix}-seen"] = "" if now is None else str(now)
        self.add_error(f"{each.prefix}-result", f"{OTHERS} Đang lưu: {_words(each.row)}.")

    def _check(self, each):
        self._face_others(each)
        values = self._columns(each)
        for name in DAYS:
            try:
                refuse_future(values[name], self.today)
            except forms.ValidationError as error:
                self.add_error(f"{each.prefix}-{name}", error)
        exempt, result = values["method"] == VerificationMethod.EXEMPT, values["result"]
        if exempt and not values["note"]:
            self.add_error(f"{each.prefix}-note", EXEMPT_WORDS)
        if not exempt and result in ("done", "adverse") and not values["answered_on"]:
            self.add_error(f"{each.prefix}-answered_on", ANSWER_WORDS)
        sent, answered = values["sent_on"], values["answered_on"]
        if sent and answered and answered < sent:
            self.add_error(f"{each.prefix}-answered_on", "Ngày trả lời phải từ ngày gửi trở đi.")

    def _columns(self, each):
        return {column: self.cleaned_data.get(f"{each.prefix}-{column}") for column in COLUMNS} | {
            name: self.cleaned_data.get(f"{each.prefix}-{name}") or "" for name in TEXTS
        }

    def _seen(self, each):
        return self.cleaned_data.get(f"{each.prefix}-seen")

    def _touched(self, each):
        return any(self[f"{each.prefix}-{column}"].data for column in (*TEXTS, *DAYS)) or (
            self.cleaned_data.get(f"{each.prefix}-method") == VerificationMethod.EXEMPT
        )


def _words(row):
    if row is None:
        return "chưa có gì"
    days = [f"{words} {day:%d/%m/%Y}" for words, day in (("gửi", row.sent_on), ("trả lời", row.answered_on)) if day]
    return ", ".join([row.get_method_display(), *days, row.get_result_display()])
