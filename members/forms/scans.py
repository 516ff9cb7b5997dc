"""Input for scans: what the sender says of the paper, the file, and what a scan is read for."""

from django import forms
from django.conf import settings

from config.lib.scans import ScanRefused, examine_apart
from members.dossier_enums import MARKED, Secrecy
from members.forms.text import ReasonField


def largest():
    """The largest file that is taken in, as people write it."""
    return f"{settings.SCAN_MAX_BYTES // 2**20} MB"


def too_large(size):
    """What to say of a file of so many bytes."""
    return f"Tệp lớn {size // 2**20} MB, nhiều nhất {largest()}. Hãy quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp."


class ScanForm(forms.Form):
    """One scan; a paper that is said to bear a secrecy mark is refused before its file is looked at."""

    secrecy = forms.ChoiceField(
        label="Trên tài liệu có dấu chỉ độ mật không?", choices=Secrecy.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(label="Bản quét", widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields[
            "file"
        ].help_text = f"PDF, JPEG hoặc PNG, không quá {largest()}. Mã lệnh, tệp đính kèm bên trong PDF được gỡ bỏ."

    def clean_file(self):
        file = self.cleaned_data["file"]
        if self.cleaned_data.get("secrecy") != Secrecy.NONE:
            return None
        if file.size > settings.SCAN_MAX_BYTES:
            raise forms.ValidationError(too_large(file.size))
        try:
            return examine_apart(file.read())
        except ScanRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_secrecy(self):
        if self.cleaned_data["secrecy"] != Secrecy.NONE:
            raise forms.ValidationError(MARKED)
        return self.cleaned_data["secrecy"]


class PurposeForm(forms.Form):
    """What a scan is read for."""

    purpose = ReasonField(
        label="Đọc để làm gì",
        max_length=300,
        help_text="Hồ sơ là tài liệu mật của Đảng; lần đọc này được ghi vào nhật ký.",
    )


class WithdrawForm(forms.Form):
    """Why a scan is taken off."""

    reason = ReasonField(label="Vì sao gỡ bản quét")
    is_secret = forms.BooleanField(
        label="Tài liệu có dấu chỉ độ mật: xóa hẳn nội dung khỏi máy chủ",
        required=False,
        help_text="Bản sao lưu làm trước đó vẫn còn nội dung; hãy xử lý cả bản sao lưu.",
    )
