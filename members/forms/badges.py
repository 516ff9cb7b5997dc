"""Badges on paper and on screen: which round, who is proposed, the decision, an old badge, a confirmed Party age."""

from datetime import date

from django import forms

from cells.forms import OrganisationField, organisation_label
from cells.permissions import Permission
from config.lib.periods import EARLIEST_DAY, LATEST_DAY
from members.badge_enums import AwardForm
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.endings import PaperForm
from members.forms.text import TidyField
from members.reports.badges import STATES
from members.rules.badges import rounds_in
from members.rules.party_age import YEAR

BACKLOG = "backlog"
ROUNDS_BACK, ROUNDS_AHEAD = 4, 6
MOST_YEARS = 100
EVERYBODY = "everybody"


def rounds_near(rules, today):
    """The last rounds and the next ones, in order of their days."""
    found = [each for year in range(today.year - 1, today.year + 3) for each in rounds_in(rules, year)]
    past = [each for each in found if each.on < today][-ROUNDS_BACK:]
    return past + [each for each in found if each.on >= today][:ROUNDS_AHEAD]


def next_round(rounds, today):
    """The first round that is not over; None where there is none."""
    return next((each for each in rounds if each.on >= today), None)


class ReadOnce(OrganisationField):
    """Looks a body up once, however often it is asked: the choices of the form hang on it."""

    answer = None

    def clean(self, value):
        return self.answer or super().clean(value)


class RoundFilter(forms.Form):
    """Which body (that of one's own unless named), which round (the next one), and which level and state there."""

    organisation = ReadOnce(permission=Permission.MEMBERS_VIEW, required=False, help_text="")
    round = forms.ChoiceField(label="Đợt", required=False)
    level = forms.ChoiceField(label="Mức", required=False)
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "tất cả"), *STATES.items()])

    def __init__(self, data, *, user, book, today, with_backlog=True):
        super().__init__({name: data[name] for name in data})
        field = self.fields["organisation"]
        field.look_in(user)
        self.body = field.answer = self._body(field, data.get("organisation", ""))
        self.data.setdefault("organisation", organisation_label(self.body))
        self.rules = book.badge(self.body, today)
        rounds = rounds_near(self.rules, today)
        self._rounds, self._next = {each.on.isoformat(): each for each in rounds}, next_round(rounds, today)
        choices = [(on, each.name) for on, each in self._rounds.items()]
        more = [(BACKLOG, "mức mới, đã đủ trước khi có mức")] if with_backlog else []
        self.fields["round"].choices = [("", "đợt tới"), *choices, *more]
        self.fields["level"].choices = [("", "tất cả"), *((str(each), f"{each} năm") for each in self.rules.levels)]
        self.chosen = self.cleaned_data if self.is_valid() or self.cleaned_data else {}

    def _body(self, field, asked):
        """The body asked for; where it cannot be found the own one, and the form says so."""
        own = field.rows.select_related("parent").order_by("path")
        try:
            return field.clean(asked) or own.first()
        except forms.ValidationError as wrong:
            self.wrong_body = wrong
            return own.first()

    def clean(self):
        if wrong := getattr(self, "wrong_body", None):
            self.add_error("organisation", wrong)
        return self.cleaned_data

    @property
    def is_backlog(self):
        return self.chosen.get("round") == BACKLOG or self.asked_round is None

    @property
    def asked_round(self):
        return self._rounds.get(self.chosen.get("round"), self._next)

    def narrow(self, rows):
        """The rows of the chosen level and state."""
        level, state = self.chosen.get("level"), self.chosen.get("state")
        return [row for row in rows if (not level or str(row.level) == level) and (not state or row.state == state)]


class ProposeForm(forms.Form):
    """Who of a round is proposed, and why where a person had to decide."""

    reason = TidyField(
        label="Căn cứ cho người cần xem xét",
        max_length=500,
        required=False,
        help_text="Ví dụ: nghị quyết chi bộ xác nhận đã sửa chữa, văn bản xác nhận tuổi Đảng. Người đủ điều kiện thì "
        "không cần.",
    )

    def chosen(self, rows):
        """The members ticked among the rows; with “everybody” all who are ready."""
        if EVERYBODY in self.data:
            return [row.member for row in rows if row.state == "ready"]
        ticked = set(self.data.getlist("people"))
        return [row.member for row in rows if str(row.member.pk) in ticked]


class DecisionForm(PaperForm):
    """The decision on badges."""

    decision = TidyField(label="Số quyết định", max_length=100)
    decided_on = DayField(label="Ngày quyết định")
    decided_by = TidyField(label="Cấp quyết định", max_length=200, required=False)
    handed_on = DayField(label="Ngày trao", required=False, help_text="Chưa trao thì để trống, ghi sau.")
    first_number = TidyField(
        label="Số Huy hiệu đầu tiên",
        max_length=20,
        required=False,
        help_text="Điền thì các ô số để trống được đánh tiếp theo thứ tự; chỉ dùng khi lọc một mức.",
    )


class HandOverForm(PaperForm):
    """The day of the ceremony."""

    on = DayField(label="Ngày trao")


class EarlyForm(PaperForm):
    """A proposal outside the rounds: the level and the paper on which it rests."""

    level = forms.TypedChoiceField(label="Mức", coerce=int)
    on = DayField(label="Ngày đề nghị")
    reason = TidyField(label="Căn cứ", max_length=500)

    def __init__(self, *args, dues, help_text="", **options):
        super().__init__(*args, **options)
        self.fields["level"].choices = [(due.level, f"{due.level} năm (đủ ngày {due.on:%d/%m/%Y})") for due in dues]
        self.fields["reason"].help_text = help_text


class OldBadgeForm(PaperForm):
    """A badge that a member received, from the paper that he holds."""

    level = forms.TypedChoiceField(label="Mức", coerce=int)
    number = TidyField(label="Số Huy hiệu", max_length=20, required=False)
    decision = TidyField(label="Số quyết định", max_length=100, required=False)
    decided = PartialDateField(label="Ngày quyết định", help_text="Không rõ ngày thì ghi tháng/năm hoặc năm.")
    decided_by = TidyField(label="Cấp quyết định", max_length=200, required=False)
    handed_on = DayField(label="Ngày trao", required=False)

    def __init__(self, *args, levels, **options):
        super().__init__(*args, **options)
        self.fields["level"].choices = [("", "– chọn –"), *((level, f"{level} năm tuổi Đảng") for level in levels)]

    def clean_decided(self):
        refuse_future(self.cleaned_data["decided"], self.today)
        return self.cleaned_data["decided"]

    @property
    def values(self):
        cleaned = dict(self.cleaned_data)
        decided = cleaned.pop("decided")
        return {**cleaned, "decided_on": decided.day, "decided_precision": decided.precision}


class ConfirmForm(PaperForm):
    """The Party age that the competent body confirmed."""

    years = forms.IntegerField(label="Số năm", min_value=0, max_value=MOST_YEARS)
    months = forms.IntegerField(label="Số tháng lẻ", min_value=0, max_value=YEAR - 1, required=False)
    confirmed_on = DayField(label="Tính đến ngày")
    decision = TidyField(label="Văn bản xác nhận", max_length=100)
    decided_by = TidyField(label="Cấp xác nhận", max_length=200, required=False)

    @property
    def values(self):
        cleaned = dict(self.cleaned_data)
        years, months = cleaned.pop("years"), cleaned.pop("months") or 0
        return {**cleaned, "months": years * YEAR + months}


class AwardEntryForm(PaperForm):
    """A reward from paper."""

    form = forms.ChoiceField(label="Hình thức", choices=[("", "– chọn –"), *AwardForm.choices])
    title = TidyField(label="Tên", max_length=150, required=False, help_text="Ghi như trên giấy.")
    grade = TidyField(label="Hạng", max_length=60, required=False)
    awarded = PartialDateField(label="Tháng, năm", help_text="Ghi ngày/tháng/năm, tháng/năm hoặc năm.")
    issuer = TidyField(label="Cấp khen thưởng", max_length=200)
    decision = TidyField(label="Số quyết định", max_length=100, required=False)
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    def clean_awarded(self):
        refuse_future(self.cleaned_data["awarded"], self.today)
        return self.cleaned_data["awarded"]

    @property
    def values(self):
        cleaned = dict(self.cleaned_data)
        awarded = cleaned.pop("awarded")
        return {**cleaned, "awarded_on": awarded.day, "awarded_precision": awarded.precision}


def day_of(text):
    """The day of an address, None when it is none that a record could have."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and EARLIEST_DAY <= found <= LATEST_DAY else None
