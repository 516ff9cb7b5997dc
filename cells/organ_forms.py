"""Input about the organs of a committee and its seal."""

from datetime import timedelta

from django import forms

from cells.enums import OrganKind
from cells.forms import DateField
from cells.organs import proposed_organ
from config.lib.vietnamese import repair

HAS, HAS_NOT = "yes", "no"


class OrganForm(forms.Form):
    """An organ from a day on; what is left empty follows from its kind and the symbol of the committee."""

    kind = forms.ChoiceField(label="Cơ quan", choices=[("", "– chọn –"), *OrganKind.choices])
    name = forms.CharField(label="Tên", max_length=200, required=False, help_text="Để trống: theo loại cơ quan.")
    symbol = forms.CharField(
        label="Ký hiệu văn bản", max_length=20, required=False, help_text="Để trống: phần mềm đề xuất, ví dụ UBKTĐU."
    )
    heading = forms.CharField(
        label="Tên cơ quan ban hành", max_length=200, required=False, help_text="Chữ in hoa như trên văn bản."
    )
    started_on = DateField(label="Từ ngày")
    last_day = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu còn đến nay.")
    decision = forms.CharField(
        label="Quyết định, nghị quyết", max_length=200, required=False, help_text="Số, ngày, cơ quan ban hành."
    )

    def __init__(self, *args, symbol, asks_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.committee_symbol = symbol
        if asks_reason:
            self.fields["reason"] = forms.CharField(label="Vì sao sửa", max_length=500)

    def clean(self):
        values = super().clean()
        start, last = values.get("started_on"), values.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Ngày cuối không thể trước ngày bắt đầu.")
        return values

    @property
    def values(self):
        """What the action takes."""
        cleaned = self.cleaned_data
        last = cleaned["last_day"]
        proposed = proposed_organ(cleaned["kind"], self.committee_symbol)
        words = {name: repair(cleaned[name]) or proposed[name] for name in ("name", "symbol", "heading")}
        return {
            "kind": cleaned["kind"],
            **words,
            "decision": repair(cleaned["decision"]),
            "started_on": cleaned["started_on"],
            "ended_on": last + timedelta(days=1) if last else None,
        }

    @staticmethod
    def initial_of(organ):
        own = {name: getattr(organ, name) for name in ("kind", "name", "symbol", "heading", "started_on", "decision")}
        return {**own, "last_day": organ.last_day}


class EndOrganForm(forms.Form):
    """The last day of an organ and the paper that says so."""

    last_day = DateField(label="Đến hết ngày")
    paper = forms.CharField(label="Quyết định, giấy tờ", max_length=200, required=False)

    @property
    def ended_on(self):
        return self.cleaned_data["last_day"] + timedelta(days=1)


class VoidOrganForm(forms.Form):
    """Why an organ never was there."""

    reason = forms.CharField(label="Vì sao mục này sai", max_length=500)


class SealForm(forms.Form):
    """Whether a body has a seal, from a day on."""

    has_seal = forms.ChoiceField(
        label="Con dấu", choices=[(HAS, "có con dấu"), (HAS_NOT, "không có con dấu, cấp trên đóng dấu")]
    )
    on = DateField(label="Từ ngày")
    decision = forms.CharField(label="Quyết định, giấy tờ", max_length=200, required=False)

    @property
    def values(self):
        own = {"on": self.cleaned_data["on"], "decision": repair(self.cleaned_data["decision"])}
        return {**own, "has_seal": self.cleaned_data["has_seal"] == HAS}
