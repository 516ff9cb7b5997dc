"""The minutes of one vote on one person: who was there, who is counted, what stands in no list."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape

from members.forms.dates import DayField, PastForm, read_day
from members.forms.text import CountField, TidyField


class PersonVoteForm(PastForm):
    """A base that is kept in no list is written by hand, with a reason; each matter asks for the votes in its words."""

    days = ("held_on",)
    held_on = DayField(label="Ngày họp")
    number = TidyField(label="Số nghị quyết", max_length=50, required=False)
    present = CountField(label="Có mặt, được tính biểu quyết")
    attended = forms.MultipleChoiceField(
        label="Được miễn hoặc sinh hoạt tạm thời nơi khác nhưng có dự và biểu quyết", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    hand_number = CountField(
        label="Số thành viên được tính",
        required=False,
        help_text="Chỉ ghi khi danh sách chức vụ chưa có trong phần mềm.",
    )
    hand_reason = TidyField(label="Vì sao tự ghi số thành viên", max_length=300, required=False)
    chair = TidyField(label="Chủ trì", max_length=100, required=False)

    def __init__(self, *args, may_attend=(), by_hand=False, base_words="", **options):
        super().__init__(*args, **options)
        self.fields["present"].help_text = base_words
        self.fields["attended"].choices = may_attend
        if not may_attend:
            del self.fields["attended"]
        if not by_hand:
            del self.fields["hand_number"], self.fields["hand_reason"]

    def clean(self):
        values = super().clean()
        if values.get("hand_number") is not None and not values.get("hand_reason"):
            self.add_error("hand_reason", "Hãy ghi vì sao số thành viên không lấy từ danh sách chức vụ.")
        return values

    @property
    def base(self):
        """Who of those that may attend did, and the base that was written by hand with its reason."""
        values = self.cleaned_data
        by_hand = (values["hand_number"], values["hand_reason"]) if values.get("hand_number") is not None else None
        return {"attended": tuple(values.get("attended", ())), "by_hand": by_hand}


def options_of_base(base, *, by_hand):
    """What the form is given of the base of its day; None: nothing says who votes."""
    if base is None:
        return {"by_hand": by_hand}
    left = "; ".join(f"{each['name']} ({each['reason']})" for each in base.excluded)
    counted = f"Theo hồ sơ, được tính {base.entitled} trong {base.official} người"
    words = f"{counted}; không tính: {left}." if left else f"{counted}."
    return {"may_attend": base.may_attend, "by_hand": by_hand, "base_words": escape(words)}


def day_typed(data, today):
    """The day of the meeting as typed, whose members are asked about; today until one can be read."""
    try:
        return read_day((data or {}).get("held_on", ""), today) or today
    except ValidationError:
        return today
