"""Input of the pages of official files."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from config.lib.sheet_files import MAX_FILE_BYTES


class OfficialForm(forms.Form):
    """Of which organisation and all below it."""

    organisation = OrganisationField(permission=Permission.MEMBERS_EXPORT, label="Của tổ chức đảng", help_text="")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].look_in(user)


class BringForm(OfficialForm):
    """A file of the official system to compare with."""

    file = forms.FileField(
        label="Tệp đã nộp",
        help_text="File nhập liệu 4.0 lấy từ hệ thống chung. Tệp chỉ được so sánh, không ghi gì vào hồ sơ.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                f"Tệp lớn hơn {MAX_FILE_BYTES // 2**20} MB. Hãy chia danh sách thành nhiều tệp."
            )
        return file
