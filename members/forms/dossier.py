"""Input for a member's file: papers ticked, described, entered one by one; the index certified."""

from django import forms

from members.catalogues.dossier import paper_types
from members.dossier_enums import PaperState
from members.forms.dates import DayField, PartialDate, PartialDateField, PastForm, refuse_future
from members.forms.text import ReasonField, TidyField

MOST_PAGES = 2000
COPIES, HELD = "copies_", "held_"


class TickForm(forms.Form):
    """Papers ticked as being there, and how many copies more of those that there may be several of."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        types = paper_types()
        once = [(str(number), each.name) for number, each in types.items() if not each.repeats]
        self.fields["present"] = forms.MultipleChoiceField(choices=once, required=False)
        for number, each in types.items():
            if each.repeats:
                self.fields[f"{COPIES}{number}"] = forms.IntegerField(
                    label=each.name, required=False, min_value=0, max_value=50, localize=False
                )
                self.fields[f"{HELD}{number}"] = forms.IntegerField(required=False, localize=False)

    @property
    def copies(self):
        """How many papers of each type were ticked."""
        found = {int(number): 1 for number in self.cleaned_data["present"]}
        for name, value in self.cleaned_data.items():
            if name.startswith(COPIES) and value:
                found[int(name.removeprefix(COPIES))] = value
        return found

    @property
    def held(self):
        """How many papers of each type that there may be several of were shown."""
        return {number: self.cleaned_data.get(f"{HELD}{number}") or 0 for number in paper_types()}

    def typed(self, number):
        """What stood in the field of a type when the form came in."""
        if paper_types()[number].repeats:
            return self.data.get(f"{COPIES}{number}", "") if self.is_bound else ""
        return str(number) in self.data.getlist("present") if self.is_bound else False

    def wrong(self, number):
        return " ".join(self.errors.get(f"{COPIES}{number}", ()))


class DetailForm(forms.Form):
    """What one paper says."""

    number = TidyField(label="Số, ký hiệu", max_length=100, required=False)
    issued = PartialDateField(
        label="Ngày của tài liệu", required=False, help_text="Ngày, tháng/năm hoặc năm, như trên tài liệu."
    )
    issuer = TidyField(label="Nơi ban hành, người lập", max_length=200, required=False)
    pages = forms.IntegerField(label="Số tờ", required=False, min_value=1, max_value=MOST_PAGES, localize=False)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_issued(self):
        refuse_future(self.cleaned_data["issued"], self.today)
        return self.cleaned_data["issued"]

    @property
    def details(self):
        """The columns of a paper."""
        cleaned, issued = self.cleaned_data, self.cleaned_data["issued"]
        return {
            "number": cleaned["number"],
            "issued_on": issued.day if issued else None,
            "issued_precision": issued.precision if issued else "day",
            "issuer": cleaned["issuer"],
            "pages": cleaned["pages"],
        }

    @staticmethod
    def details_of(paper):
        """A stored paper as the form shows it."""
        issued = PartialDate(paper.issued_on, paper.issued_precision) if paper.issued_on else None
        return {"number": paper.number, "issued": issued, "issuer": paper.issuer, "pages": paper.pages}


class PaperForm(DetailForm):
    """One paper with everything."""

    state = forms.ChoiceField(
        label="Tình trạng",
        choices=PaperState.choices,
        widget=forms.RadioSelect,
        help_text="Văn bản có dấu chỉ độ mật: chỉ ghi số và nơi giữ, không ghi trích yếu, không đưa bản quét vào đây.",
    )
    kept_at = TidyField(label="Nơi giữ, nếu không ở trong hồ sơ", max_length=200, required=False)
    is_damaged = forms.BooleanField(label="Rách, mờ, hư hỏng", required=False)
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    field_order = ["state", "number", "issued", "issuer", "pages", "kept_at", "is_damaged", "note"]
    own = ("state", "kept_at", "is_damaged", "note")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == PaperState.POINTER and not cleaned.get("number"):
            self.add_error("number", "Văn bản có dấu mật được ghi bằng số, ký hiệu. Hãy ghi số.")
        return cleaned

    def ask_reason(self):
        self.fields["reason"] = ReasonField(label="Vì sao sửa")

    def keep_held(self, total):
        """Let the form carry how many papers of the type there were when it was shown."""
        self.fields["held"] = forms.IntegerField(
            required=False, initial=total, widget=forms.HiddenInput, localize=False
        )

    @property
    def values(self):
        return {**self.details, **{name: self.cleaned_data[name] for name in self.own}}

    @classmethod
    def initial_of(cls, paper):
        return {**cls.details_of(paper), **{name: getattr(paper, name) for name in cls.own}}


class CertifyForm(PastForm):
    """The keeper certified the index with signature and seal."""

    certified_on = DayField(label="Ngày ký, đóng dấu mục lục")
    certified_by = TidyField(
        label="Người chứng nhận", max_length=150, help_text="Họ tên, chức vụ của người ký, như trên mục lục."
    )
