"""Coming back, from paper."""

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.enums import RestorationKind
from members.forms.dates import DayField
from members.forms.endings import PaperForm
from members.forms.text import TidyField

_BACK = {
    RestorationKind.RIGHTS: ("Trở lại danh sách từ ngày", "Ngày quyết định khôi phục có hiệu lực; tuổi đảng liên tục."),
    RestorationKind.RESUMED: ("Nối lại sinh hoạt từ ngày", "Thời gian gián đoạn không tính vào tuổi đảng."),
    RestorationKind.READMITTED: ("Ngày tổ chức lễ kết nạp lại", "Từ ngày này tính thời gian dự bị mới."),
}


class RestorationForm(PaperForm):
    """The decision, where the person comes back to, and from which day."""

    decision = TidyField(label="Số quyết định", max_length=100)
    decided_on = DayField(label="Ngày quyết định")
    decided_by = TidyField(
        label="Cấp quyết định", max_length=200, required=False, help_text="Thường là ban thường vụ cấp trên cơ sở."
    )
    organisation = OrganisationField(label="Sinh hoạt ở chi bộ", permission=Permission.ENDINGS_RECORD)
    back_on = DayField()
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, kind, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
        self.fields["back_on"].label, self.fields["back_on"].help_text = _BACK[kind]

    def clean(self):
        cleaned = super().clean()
        decided_on, back_on = cleaned.get("decided_on"), cleaned.get("back_on")
        if decided_on and back_on and back_on < decided_on:
            self.add_error("back_on", "Không thể trở lại trước ngày quyết định.")
        return cleaned

    @property
    def values(self):
        """What the decision says, by the names of its entry."""
        return dict(self.cleaned_data)
