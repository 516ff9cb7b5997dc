"""Input about documents: what to draft, its words, its number and signed date."""

from datetime import timedelta

from django import forms
from django.utils.html import escape

from cells.enums import DocumentState, DocumentType
from cells.forms import DateField, OrganisationField
from cells.issuing import stamp_of
from cells.models import IssuedDocument
from cells.permissions import Permission
from cells.ports import printable, printables

FIRST_YEAR = 2011


class DraftForm(forms.Form):
    """Which document of which body for which year."""

    kind = forms.ChoiceField(label="Văn bản")
    organisation = OrganisationField(permission=Permission.DOCUMENTS_ISSUE)
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=2100, localize=False, required=False)
    since = DateField(label="Kỳ từ ngày", required=False, help_text="Chỉ với biểu thống kê: thay cho năm.")
    last_day = DateField(label="Kỳ đến hết ngày", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each.name, each.title) for each in printables()]
        self.fields["organisation"].look_in(user)

    def clean(self):
        """A year, or for what takes one a period."""
        values = super().clean()
        since, last_day = values.get("since"), values.get("last_day")
        if not (since or last_day):
            if not (values.get("year") or self.errors.get("year")):
                self.add_error("year", "Hãy ghi năm.")
            return values
        if not (since and last_day) or last_day < since:
            self.add_error("last_day", "Hãy ghi cả ngày đầu và ngày cuối của kỳ, ngày cuối không trước ngày đầu.")
        if values.get("kind") and not printable(values["kind"]).takes_period:
            self.add_error("since", "Văn bản này lập theo năm: hãy bỏ trống ngày của kỳ.")
        return values

    @property
    def params(self):
        """What the figures are asked for, as JSON data; `until` is the first day after the period."""
        since, last_day = self.cleaned_data["since"], self.cleaned_data["last_day"]
        if since and last_day:
            return {"since": since.isoformat(), "until": (last_day + timedelta(days=1)).isoformat()}
        return {"year": self.cleaned_data["year"]}


class WordsForm(forms.Form):
    """The words of a draft: abstract, signature block, recipients, and the editable parts of its text."""

    abstract = forms.CharField(label="Trích yếu", max_length=300)
    authority = forms.CharField(label="Thẩm quyền ký", max_length=100, help_text="Ví dụ: T/M BAN THƯỜNG VỤ")
    signer_position = forms.CharField(label="Chức vụ người ký", max_length=100, help_text="Ví dụ: BÍ THƯ")
    signer = forms.CharField(label="Họ và tên người ký", max_length=100, required=False)
    recipients = forms.CharField(
        label="Nơi nhận", widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text="Mỗi nơi nhận một dòng."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    own = ("abstract", "authority", "signer_position", "signer", "recipients")

    def __init__(self, *args, document, signers=(), **kwargs):
        initial = {"seen": stamp_of(document), **{name: getattr(document, name) for name in self.own}}
        super().__init__(*args, initial=initial, **kwargs)
        if signers:
            held = "; ".join(f"{signer.position} {signer.name}" for signer in signers)
            self.fields["signer"].help_text = escape(f"Theo chức vụ hôm nay: {held}.")
        self.sections = list(document.text)
        for number, (name, words) in enumerate(document.text.items(), start=1):
            self.fields[f"text_{name}"] = forms.CharField(
                label=f"Phần lời {number}", initial=words, required=False, widget=forms.Textarea(attrs={"rows": 5})
            )

    @property
    def values(self):
        own = {name: self.cleaned_data[name] for name in self.own}
        return {**own, "text": {name: self.cleaned_data[f"text_{name}"] for name in self.sections}}

    def face(self, stored):
        """Name beside each field what somebody else stored in it meanwhile; the next save goes over that."""
        theirs = WordsForm(document=stored)
        for name in self.fields:
            kept = theirs.get_initial_for_field(theirs.fields[name], name)
            if name != "seen" and self.cleaned_data.get(name, "") != kept:
                self.add_error(
                    name, f"Người khác vừa lưu: “{kept}”. Bấm Lưu dự thảo lần nữa nếu vẫn dùng nội dung này."
                )
        self.data = {**self.data.dict(), "seen": stamp_of(stored)}


class NumberForm(forms.Form):
    """A number by hand; empty takes the next free one."""

    number = forms.IntegerField(label="Số văn bản", min_value=1, max_value=99999, required=False)


class IssueForm(forms.Form):
    """The day on which the document was signed."""

    signed_on = DateField(label="Ngày ký")


class OutsideForm(forms.ModelForm):
    """A document made outside of the software, for the register."""

    organisation = OrganisationField(permission=Permission.DOCUMENTS_ISSUE)

    class Meta:
        model = IssuedDocument
        fields = ["organisation", "type", "symbol", "number", "signed_on", "abstract", "signer", "recipients"]
        field_classes = {"signed_on": DateField}
        widgets = {"recipients": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].look_in(user)
        for name in ("number", "signed_on", "abstract"):
            self.fields[name].required = True

    def _post_clean(self):
        """The series is checked by the action, which tells the next free number."""
        self.instance.state = DocumentState.OUTSIDE
        super()._post_clean()

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"term"}

    def validate_constraints(self):
        """Left to the action: the term is found there."""


class RegisterFilter(forms.Form):
    """Which part of the register is shown."""

    organisation = OrganisationField(permission=Permission.DOCUMENTS_VIEW, required=False)
    type = forms.ChoiceField(label="Loại văn bản", required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].look_in(user)
        self.fields["type"].choices = [("", "Tất cả"), *DocumentType.choices]
        self.fields["state"].choices = [("", "Tất cả"), *DocumentState.choices]

    def narrow(self, rows):
        """The rows that the filter asks for; what it cannot read is left out."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return rows.filter(**{name: value for name, value in chosen.items() if value})
