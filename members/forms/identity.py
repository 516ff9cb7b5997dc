"""What identifies a person and is not simply corrected: the name, the birth date, the photo."""

from django import forms

from config.lib.vietnamese import capitalise_name
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.people import NAME
from members.forms.text import ReasonField, TidyField
from members.sheet.photos import MAX_BYTES
from members.sheet_enums import NameGround


class NameForm(forms.Form):
    """A new name by decision, or the name of the original file where another was typed."""

    full_name = TidyField(label="Họ và tên mới", max_length=100, validators=[NAME])
    ground = forms.ChoiceField(
        label="Vì sao", choices=NameGround.choices, widget=forms.RadioSelect, initial=NameGround.DECISION
    )
    decision = TidyField(label="Số quyết định", max_length=200, required=False)
    decided_on = DayField(label="Ngày quyết định", required=False)
    decided_by = TidyField(label="Cấp quyết định", max_length=200, required=False)
    source = TidyField(
        label="Giấy tờ của Nhà nước, hoặc hồ sơ gốc",
        max_length=200,
        help_text="Loại giấy, số, ngày; ví dụ: trích lục thay đổi hộ tịch số 12 ngày 05/03/2026.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_full_name(self):
        return capitalise_name(self.cleaned_data["full_name"])

    def clean_decided_on(self):
        refuse_future(self.cleaned_data["decided_on"], self.today)
        return self.cleaned_data["decided_on"]

    def clean(self):
        if self.cleaned_data.get("ground") == NameGround.DECISION:
            for name in ("decision", "decided_on", "decided_by"):
                if name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, "Đổi họ tên chỉ theo quyết định (06-HD/TW, mục 9.1): hãy ghi đủ.")
        return self.cleaned_data


class BirthDateForm(forms.Form):
    """The birth date of the original file, where another was typed; with the consent that a correction needs."""

    born = PartialDateField(label="Ngày sinh theo hồ sơ gốc")
    paper = TidyField(
        label="Khai sinh gốc, kết luận đính chính (loại giấy tờ số 75)",
        max_length=200,
        help_text="Loại giấy, số, ngày; ví dụ: lý lịch người xin vào Đảng ngày 12/05/1986.",
    )
    consent = TidyField(
        label="Số văn bản đồng ý của cấp ủy có thẩm quyền",
        max_length=100,
        help_text="Sửa hồ sơ phải được cấp ủy có thẩm quyền đồng ý bằng văn bản (06-HD/TW, mục 8.2a).",
    )
    consented_on = DayField(label="Ngày của văn bản đồng ý")
    matches = forms.BooleanField(label="Ngày này đúng như ngày ghi trong hồ sơ gốc khi vào Đảng")
    reason = ReasonField(label="Lý do đính chính")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["matches"].error_messages["required"] = (
            "Ngày sinh không xem xét lại từ 18/8/2016; chỉ sửa chỗ nhập sai cho đúng hồ sơ gốc (06-HD/TW, mục 9.2)."
        )

    def clean_born(self):
        refuse_future(self.cleaned_data["born"], self.today)
        return self.cleaned_data["born"]

    def clean_consented_on(self):
        refuse_future(self.cleaned_data["consented_on"], self.today)
        return self.cleaned_data["consented_on"]


class PhotoForm(forms.Form):
    """The portrait of the sheet."""

    photo = forms.FileField(
        label="Ảnh 3×4",
        help_text="Ảnh màu nền trắng, JPEG hoặc PNG, không quá 5 MB. Phần mềm cắt theo khổ 3×4 và vẽ lại ảnh.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def clean_photo(self):
        sent = self.cleaned_data["photo"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 5 MB. Hãy chọn ảnh nhỏ hơn hoặc chụp lại ở cỡ nhỏ hơn.")
        return sent
