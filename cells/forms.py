"""Input of the organisation side's pages, validated; nothing here saves."""

from datetime import timedelta

from django import forms
from django.contrib.auth import password_validation
from django.urls import reverse
from django.utils import timezone

from cells.models import Organisation, User
from cells.permissions import INSPECTION_ROLES, Permission, Role
from cells.sentences import action_choices
from config.lib.periods import EARLIEST_DAY, LATEST_DAY
from config.lib.vietnamese import fold, repair


class DateField(forms.DateField):
    """A day written dd/mm/yyyy."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day and not EARLIEST_DAY <= day <= LATEST_DAY:
            raise forms.ValidationError(f"Năm {day.year} quá xa. Hãy kiểm tra lại năm.")
        return day


class SuggestingInput(forms.TextInput):
    """A text input with suggestions under it; without JavaScript a plain text input."""

    template_name = "cells/organisation_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        options = f"{widget['attrs'].get('id', name)}_options"
        widget["attrs"] |= {"list": options, "hx-target": f"#{options}"}
        return context

    def suggest_from(self, address):
        """Ask this address while one types."""
        self.attrs |= {"autocomplete": "off", "hx-get": address, "hx-trigger": "input changed delay:250ms"}


class OrganisationField(forms.CharField):
    """An organisation named by its code or its name, within the scope of `permission`; suggests while one types.

    Call `look_in(user, name)` from the form's `__init__` with the field's name: else nothing can be found.
    """

    widget = SuggestingInput

    def __init__(self, *, permission, **kwargs):
        kwargs.setdefault("label", "Tổ chức đảng")
        kwargs.setdefault("help_text", "Gõ tên hoặc mã; nếu trùng tên thì ghi thêm tổ chức cấp trên sau dấu phẩy.")
        kwargs["max_length"] = 300
        super().__init__(**kwargs)
        self.permission = permission
        self.rows = Organisation.objects.none()
        self.asked_by_number = {}

    def look_in(self, user, name="organisation"):
        """Search the organisations in which `user` holds the permission, and connect the suggestions."""
        self.rows = Organisation.objects.visible_to(user, self.permission)
        self.widget.suggest_from(f"{reverse('cells:organisation_options')}?permission={self.permission}&field={name}")

    def prepare_value(self, value):
        if isinstance(value, Organisation):
            return organisation_label(value)
        return value

    def bound_data(self, data, initial):
        """An organisation asked for by its number is shown by its name."""
        return self.asked_by_number.get(data, data)

    def clean(self, value):
        text = repair(super().clean(value) or "")
        if not text:
            return None
        found = find_organisations(self.rows, text)
        if len(found) == 1:
            if text.isdecimal():
                self.asked_by_number = {value: organisation_label(found[0])}
            return found[0]
        if not found:
            raise forms.ValidationError("Không có tổ chức nào như vậy trong phạm vi của đồng chí. Xem lại tên hoặc mã.")
        names = "; ".join(organisation_label(each) for each in found[:3])
        raise forms.ValidationError(
            f"Có {len(found)} tổ chức khớp, hãy ghi rõ hơn: {names}{'; …' if found[3:] else ''}"
        )


def organisation_label(organisation):
    """The name with that of the body above, by which the field finds it again."""
    return f"{organisation.name}, {organisation.parent.name}" if organisation.parent else organisation.name


def find_organisations(rows, text):
    """The one of that code, id or full label; else those of that very name; else all whose name contains the words."""
    rows = rows.select_related("parent")
    if text.isdecimal() and len(text) < 19 and (exact := rows.filter(code=text) or rows.filter(pk=int(text))):
        return list(exact)
    name = text.rpartition(", ")[0] or text
    candidates = list(rows.named_like(name)[:200])
    wanted = fold(text)
    for label in (organisation_label, str):
        if exact := [each for each in candidates if fold(label(each)) == wanted]:
            return exact
    return candidates if name == text else [each for each in candidates if wanted in fold(organisation_label(each))]


# --- accounts --------------------------------------------------------------------------------------------------------


class RoleForm(forms.Form):
    """A role on an organisation from a day on, within what the person may give."""

    role = forms.ChoiceField(label="Vai trò")
    organisation = OrganisationField(permission=Permission.ACCOUNTS_MANAGE, label="Ở tổ chức đảng")
    started_on = DateField(label="Từ ngày", help_text="Không trước hôm nay.")
    last_day = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết.")

    def __init__(self, *args, giver, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Chọn vai trò"), *givable_roles(permission)]
        self.fields["organisation"].permission = permission
        self.fields["organisation"].look_in(giver)
        self.fields["started_on"].initial = timezone.localdate()

    def clean_started_on(self):
        day = self.cleaned_data["started_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("Vai trò chỉ giao từ hôm nay trở đi.")
        return day

    def clean(self):
        values = super().clean()
        start, last = values.get("started_on"), values.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Ngày cuối không thể trước ngày bắt đầu.")
        values["ended_on"] = last + timedelta(days=1) if last else None
        return values


def givable_roles(permission):
    """Choices of roles: inspection roles for those who grant them, all others for administrators."""
    inspection = permission == Permission.INSPECTION_GRANT
    return [choice for choice in Role.choices if (choice[0] in INSPECTION_ROLES) == inspection]


class NewAccountForm(RoleForm):
    """A new account with its first role."""

    username = User._meta.get_field("username").formfield(
        label="Tên đăng nhập", help_text="Viết liền, không dấu, ví dụ: nguyenvana."
    )
    full_name = forms.CharField(label="Họ và tên", max_length=100)
    field_order = ["username", "full_name", "role", "organisation", "started_on", "last_day"]

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
        return username

    def clean_full_name(self):
        return repair(self.cleaned_data["full_name"])


class LastDayForm(forms.Form):
    """The last day on which something still holds; empty: it ends at once."""

    last_day = DateField(label="Đến hết ngày", required=False, help_text="Để trống: thôi ngay từ bây giờ.")

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Ngày này đã qua. Để trống nếu muốn thôi ngay.")
        return day

    @property
    def ended_on(self):
        """First day after."""
        day = self.cleaned_data["last_day"]
        return day + timedelta(days=1) if day else timezone.localdate()


class PasswordForm(forms.Form):
    """One's own new password, typed twice, with the old one."""

    old_password = forms.CharField(
        label="Mật khẩu đang dùng",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new_password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text="Ít nhất 10 ký tự; không toàn chữ số, không phổ biến, không giống họ tên hay tên đăng nhập.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Mật khẩu mới, nhập lại", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self):
        password = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("Mật khẩu đang dùng chưa đúng. Hãy nhập lại.")
        return password

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.user)
        if password == self.cleaned_data.get("old_password"):
            raise forms.ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.")
        return password

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("new_password", self.cleaned_data["again"]):
            raise forms.ValidationError("Hai lần nhập mật khẩu mới chưa giống nhau.")
        return self.cleaned_data["again"]


class AccountFilterForm(forms.Form):
    """Which accounts to list."""

    q = forms.CharField(label="Tên hoặc tên đăng nhập", required=False, max_length=100)
    role = forms.ChoiceField(label="Vai trò", required=False)
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), ("open", "Đang dùng"), ("closed", "Đã khóa")]
    )

    def __init__(self, *args, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Tất cả"), *givable_roles(permission)]


# --- the log, the tree, the rules ------------------------------------------------------------------------------------


class LogFilterForm(forms.Form):
    """Which acts to list."""

    organisation = OrganisationField(permission=Permission.LOG_VIEW, required=False, label="Tổ chức đảng", help_text="")
    actor = forms.CharField(label="Người làm", required=False, max_length=100)
    action = forms.ChoiceField(label="Việc", required=False)
    about = forms.CharField(label="Đối tượng", required=False, max_length=100)
    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến hết ngày", required=False)
    subject = forms.CharField(required=False, widget=forms.HiddenInput, max_length=90)

    def __init__(self, *args, user, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].permission = permission
        self.fields["organisation"].look_in(user)
        areas = {
            "holds": Permission.HOLDS_SET,
            "files": Permission.FILES_KEEP,
            "restricted": Permission.MEMBERS_SENSITIVE,
            "complaints": Permission.RATINGS_DECIDE,
        }
        hidden = [area for area, right in areas.items() if not user.holds(right)]
        self.fields["action"].choices = [("", "Tất cả"), *action_choices(hidden)]

    @property
    def chosen(self):
        """The filters that were filled in, as `LogEntry.objects.chosen` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class TermForm(forms.Form):
    """A term of a committee, from congress to congress."""

    name = forms.CharField(label="Nhiệm kỳ", max_length=50, help_text="Ví dụ: 2025 – 2030.")
    started_on = DateField(label="Từ ngày", help_text="Ngày đại hội, hoặc ngày quyết định chỉ định cấp ủy.")
    last_day = DateField(label="Đến hết ngày", required=False, help_text="Để trống nếu nhiệm kỳ chưa kết thúc.")

    def clean(self):
        values = super().clean()
        start, last = values.get("started_on"), values.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Ngày cuối không thể trước ngày bắt đầu.")
        values["ended_on"] = last + timedelta(days=1) if last else None
        return values
