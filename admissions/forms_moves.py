"""Forms of candidates who move."""

from django import forms

from cells.forms import OrganisationField
from cells.permissions import Permission as P
from members.forms.dates import DayField, PastForm
from members.forms.text import TidyField


class MoveForm(PastForm):
    """Where somebody goes, by which order; every open cell can be named, whoever looks after it."""

    days = ("ordered_on",)
    ordered_on = DayField(label="Ngày quyết định chuyển công tác, thay đổi nơi cư trú")
    to = OrganisationField(
        permission=P.ADMISSIONS_VIEW, label="Chi bộ nơi đến", required=False,
        help_text="Tên hoặc mã; trùng tên thì ghi thêm tổ chức cấp trên sau dấu phẩy. Để trống nếu ở ngoài danh mục.",
    )  # fmt: skip
    outside = TidyField(label="Tổ chức đảng ngoài danh mục", max_length=300, required=False)
    letter = TidyField(label="Giấy chứng nhận, công văn số", max_length=200, required=False)

    def __init__(self, *args, cells, **options):
        super().__init__(*args, **options)
        self.fields["to"].rows = cells


class ForwardForm(PastForm):
    """The file left."""

    days = ("on",)
    on = DayField(label="Ngày chuyển hồ sơ")
    letter = TidyField(label="Công văn số", max_length=200, required=False)


class ReceiveForm(PastForm):
    """The new place has the file."""

    days = ("on",)
    on = DayField(label="Ngày tiếp nhận")


class ReviewForm(PastForm):
    """What is doubted, or what is answered."""

    days = ("on",)
    on = DayField(label="Ngày")
    text = TidyField(label="Nội dung", max_length=900, widget=forms.Textarea(attrs={"rows": 4}))
