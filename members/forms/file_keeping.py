"""Input for keeping files: a loan and its end, a reconciliation, which files a list shows."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission
from members.forms.dates import DayField, PastForm
from members.forms.text import TidyField

MOST = 1_000_000
KEEPERS = ("uncertified", "out")  # what only the keeper of files may ask


class LoanForm(PastForm):
    """A file that is lent."""

    borrower = TidyField(label="Người mượn, đơn vị", max_length=200)
    purpose = TidyField(label="Mượn để làm gì", max_length=300)
    agreed_by = TidyField(label="Người đồng ý cho mượn", max_length=150)
    lent_on = DayField(label="Ngày mượn")
    due_on = DayField(label="Hẹn trả ngày", required=False)
    days = ("lent_on",)


class ReturnForm(PastForm):
    """A file that came back."""

    returned_on = DayField(label="Ngày trả")
    condition = TidyField(
        label="Tình trạng khi trả", max_length=300, required=False, help_text="Đủ theo mục lục, hoặc thiếu, hỏng gì."
    )
    days = ("returned_on",)


class CheckForm(PastForm):
    """List and files compared."""

    checked_on = DayField(label="Ngày đối chiếu")
    listed = forms.IntegerField(label="Đảng viên trong danh sách", min_value=0, max_value=MOST, localize=False)
    counted = forms.IntegerField(label="Hồ sơ đếm được", min_value=0, max_value=MOST, localize=False)
    missing = forms.IntegerField(label="Hồ sơ thiếu", min_value=0, max_value=MOST, localize=False)
    damaged = forms.IntegerField(label="Tài liệu rách, mờ, hư hỏng", min_value=0, max_value=MOST, localize=False)
    checked_by = TidyField(label="Người đối chiếu", max_length=200)
    findings = TidyField(label="Kết quả, biện pháp khắc phục", max_length=500, required=False)
    days = ("checked_on",)


class FilesFilter(forms.Form):
    """Which files a list shows."""

    SHOWN = (
        ("", "mọi hồ sơ"),
        ("first", "thiếu tài liệu ưu tiên 1"),
        ("gaps", "thiếu tài liệu bất kỳ"),
        ("none", "chưa kiểm kê"),
        ("uncertified", "mục lục chưa chứng nhận"),
        ("out", "đang cho mượn"),
    )
    organisation = OrganisationField(permission=Permission.FILES_VIEW, label="Tổ chức đảng", required=False)
    shown = forms.ChoiceField(label="Hồ sơ", choices=SHOWN, required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
        if not user.holds(Permission.FILES_KEEP):
            self.fields["shown"].choices = [choice for choice in self.SHOWN if choice[0] not in KEEPERS]
