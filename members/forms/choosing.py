"""A member named by what is typed: the name, and where several have it the birth date and the cell after commas."""

from django import forms
from django.urls import reverse

from cells.forms import SuggestingInput
from cells.permissions import Permission
from config.lib.vietnamese import fold, repair
from members.models import Member

CANDIDATES = 200


class SomeField(forms.ModelMultipleChoiceField):
    """Several rows ticked; a number that no database holds is no choice."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError("Lựa chọn không có trong danh sách.") from None


class MemberField(forms.CharField):
    """A member within the scope of whoever asks; `look_in(rows)` says among whom, else nobody can be found.

    Name the field so that it ends in "member": the suggestions go by that.
    """

    widget = SuggestingInput

    def __init__(self, **options):
        options.setdefault("label", "Đảng viên")
        options.setdefault("help_text", "Gõ họ tên; nếu trùng tên thì ghi thêm ngày sinh, chi bộ sau dấu phẩy.")
        super().__init__(max_length=300, **options)
        self.rows = Member.objects.none()

    def look_in(self, user):
        """Search the people whom `user` may see, and connect the suggestions."""
        self.rows = Member.objects.visible_to(user, Permission.MEMBERS_VIEW)
        self.widget.suggest_from(reverse("members:member_options"))

    def prepare_value(self, value):
        return member_label(value) if isinstance(value, Member) else value

    def clean(self, value):
        text = repair(super().clean(value) or "")
        if not text:
            return None
        found = find_members(self.rows, text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError("Không có đảng viên nào như vậy trong phạm vi của đồng chí. Xem lại họ tên.")
        names = "; ".join(member_label(each) for each in found[:3])
        raise forms.ValidationError(
            f"Có {len(found)} đảng viên khớp, hãy ghi rõ hơn: {names}{'; …' if found[3:] else ''}"
        )


def member_label(member):
    """Name, birth date and cell, by which the field finds the person again."""
    born = f", {member.born_on:%d/%m/%Y}" if member.born_on else ""
    return f"{member.full_name}{born}, {member.home.name}"


def find_members(rows, text):
    """The one of that full label; else those of that very name; else all whose label contains the words."""
    candidates = members_matching(rows, text.split(",")[0])
    wanted = fold(text)
    for label in (member_label, str):
        if exact := [each for each in candidates if fold(label(each)) == wanted]:
            return exact
    words = wanted.replace(",", " ").split()
    return [each for each in candidates if all(word in fold(member_label(each)) for word in words)]


def members_matching(rows, text):
    """People found by words of their name, in name order."""
    return list(rows.matching(text).select_related("home").order_by("sort_key")[:CANDIDATES])
