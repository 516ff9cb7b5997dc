"""Cards: which people are listed, what stands on a card, what the cell found at its yearly look."""

from django import forms

from cells.forms import OrganisationField, organisation_label
from cells.permissions import Permission
from config.lib.vietnamese import repair
from members.badge_enums import CardState
from members.forms.dates import DayField
from members.forms.endings import PaperForm
from members.forms.text import IdentifierField, TidyField

NONE, OLD, ASKED, UNSEEN = "none", "old", "asked", "unseen"
LISTS = {
    NONE: "chưa có thẻ",
    OLD: "thẻ mẫu cũ, chưa đổi",
    ASKED: "đã đề nghị, chờ thẻ",
    UNSEEN: "đến hạn kiểm tra thẻ",
}
NOTE = 200  # characters


class CardFilter(forms.Form):
    """Which body, that of one's own unless named, and which of its people."""

    organisation = OrganisationField(permission=Permission.MEMBERS_VIEW, required=False, help_text="")
    list = forms.ChoiceField(label="Danh sách", required=False, choices=LISTS.items())

    def __init__(self, data, *, user):
        super().__init__({"list": NONE, **{name: data[name] for name in data}})
        self.fields["organisation"].look_in(user)
        own = self.fields["organisation"].rows.select_related("parent").order_by("path")
        chosen = self.cleaned_data if self.is_valid() or self.cleaned_data else {}
        self.body = chosen.get("organisation") or own.first()
        self.data.setdefault("organisation", organisation_label(self.body))
        self.shown = chosen.get("list") or NONE


class LossForm(PaperForm):
    """The day, and what was said."""

    on = DayField(label="Ngày")
    note = TidyField(label="Ghi chú", max_length=300, required=False)


class IssueForm(PaperForm):
    """What the cards of one delivery have in common."""

    issued_on = DayField(label="Ngày cấp")
    place = TidyField(label="Nơi cấp", max_length=100, required=False)
    decision = TidyField(label="Số quyết định", max_length=100, required=False)
    handed_on = DayField(label="Ngày giao thẻ cho đảng viên", required=False, help_text="Chưa giao thì để trống.")


class IssueOneForm(IssueForm):
    """One card with its number."""

    number = IdentifierField(
        label="Số thẻ",
        max_length=20,
        required=False,
        help_text="Để trống nếu số thẻ là số định danh cá nhân trong hồ sơ.",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    field_order = ["number", "issued_on", "place", "decision", "handed_on"]


class CheckForm(PaperForm):
    """The day of the look at the cards."""

    on = DayField(label="Ngày kiểm tra")

    def findings(self, members):
        """(member, state, note) of every row with a result; a result that is none of the list is refused."""
        found = []
        for member in members:
            state = self.data.get(f"state_{member.pk}", "")
            if state and state not in CardState.values:
                raise forms.ValidationError(f"Kết quả của {member} không có trong danh sách.")
            if state:
                found.append((member, state, repair(self.data.get(f"note_{member.pk}", ""))[:NOTE]))
        return found
