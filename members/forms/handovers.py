"""Handing a cell over: to whom, when, on the strength of what; which role ends and which account gets the next."""

from django import forms
from django.utils.html import escape

from cells.permissions import Permission
from members.enums import PostManner
from members.forms.dates import DayField, refuse_future
from members.forms.text import ReasonField, TidyField
from members.models import Member


class HandoverForm(forms.Form):
    """Names what the action takes."""

    to_member = forms.ModelChoiceField(
        label="Bí thư mới", queryset=Member.objects.none(), empty_label="– chọn –",
        help_text="Đảng viên chính thức của chi bộ này.",
    )  # fmt: skip
    handed_on = DayField(label="Bàn giao từ ngày", help_text="Ngày đầu tiên bí thư mới phụ trách.")
    manner = forms.ChoiceField(label="Cách nhận chức vụ", choices=PostManner.choices, initial=PostManner.APPOINTED)
    decision = TidyField(
        label="Quyết định, nghị quyết", max_length=200, required=False, help_text="Số, ngày, cơ quan ban hành."
    )
    old_role = forms.ChoiceField(label="Tài khoản thôi vai trò bí thư", required=False)
    username = TidyField(
        label="Tên đăng nhập của bí thư mới", max_length=50, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args, before, cell, user, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.roles = {str(role.pk): role for role in before.roles}
        people = Member.objects.visible_to(user, Permission.MEMBERS_VIEW).filter(home=cell, official_on__lte=today)
        self.fields["to_member"].queryset = people.on_roll(today).select_related("home", "user").order_by("sort_key")
        words = [(key, f"{role.user} ({role.user.username})") for key, role in self.roles.items()]
        self.fields["old_role"].choices = [("", "không có tài khoản nào"), *words]
        self.fields["username"].help_text = escape(_about_accounts(before))
        self.fields["old_role"].initial = self._proposed_role(before)

    def _proposed_role(self, before):
        """The role of the present secretary's account, or the only one there is."""
        linked = {post.member.user_id for post in before.secretaries}
        own = [key for key, role in self.roles.items() if role.user_id in linked] or list(self.roles)
        return own[0] if len(own) == 1 else ""

    def clean_old_role(self):
        return self.roles.get(self.cleaned_data["old_role"])

    def refuse(self, refused):
        """Put the words of a refusal beside the field that they are about."""
        by_field = getattr(refused, "error_dict", None) or {None: refused.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def clean_handed_on(self):
        refuse_future(self.cleaned_data["handed_on"], self.today)
        return self.cleaned_data["handed_on"]


def _about_accounts(before):
    """What becomes of an empty user name, and who makes accounts."""
    makers = ", ".join(before.account_makers)
    who = f"Người lập tài khoản: {makers}." if makers else "Chưa có ai được giao quản trị tài khoản ở đây và cấp trên."
    return (
        "Để trống: dùng tài khoản đã gắn với đồng chí nhận; chưa có tài khoản thì chỉ ghi chức vụ, vai trò giao sau. "
        f"{who}"
    )


class UndoHandoverForm(forms.Form):
    """Why a hand-over is taken back."""

    reason = ReasonField(label="Vì sao hủy lần bàn giao này")
