"""A whole committee on one page: the head says when and how, the rows who and as what."""

from datetime import timedelta

from django import forms

from cells.models import Term
from members.enums import CELL_TITLES, PostManner, PostTitle
from members.forms.choosing import MemberField, SomeField
from members.forms.dates import DayField, refuse_future
from members.forms.text import TidyField
from members.models import Post
from members.posts import title_words

T = PostTitle
FIRST_ROWS = {  # the titles that the empty rows propose; a row without a name is left out
    True: [T.SECRETARY, T.DEPUTY, *[T.COMMITTEE_MEMBER] * 4],
    False: [
        T.SECRETARY, T.STANDING_DEPUTY, T.DEPUTY, *[T.STANDING_MEMBER] * 3, *[T.COMMITTEE_MEMBER] * 9,
        T.INSPECTION_HEAD, T.INSPECTION_DEPUTY, *[T.INSPECTION_MEMBER] * 2,
    ],
}  # fmt: skip
MORE, MOST_ROWS = 5, 100


class CommitteeForm(forms.Form):
    """When a committee began and how it was made."""

    term = forms.ModelChoiceField(label="Nhiệm kỳ", queryset=None, required=False, empty_label="chưa ghi nhiệm kỳ")
    started = DayField(label="Từ ngày", help_text="Ngày bầu, hoặc ngày quyết định chỉ định, chuẩn y.")
    manner = forms.ChoiceField(label="Cách nhận chức vụ", choices=PostManner.choices, initial=PostManner.ELECTED)
    decision = TidyField(
        label="Nghị quyết, quyết định", max_length=200, required=False, help_text="Số, ngày, cơ quan ban hành."
    )
    end_old = forms.BooleanField(label="Kết thúc các chức vụ của cấp ủy cũ vào ngày trước ngày này", required=False)

    def __init__(self, *args, organisation, today, **options):
        super().__init__(*args, **options)
        self.today = today
        terms = Term.objects.standing().filter(organisation=organisation)
        self.fields["term"].queryset = terms.order_by("-started_on")

    def clean_started(self):
        refuse_future(self.cleaned_data["started"], self.today)
        return self.cleaned_data["started"]

    @property
    def values(self):
        """All but the people, by the names of the action's entry."""
        cleaned = self.cleaned_data
        own = {name: cleaned[name] for name in ("term", "manner", "decision")}
        return {**own, "started_on": cleaned["started"]}


class SeatForm(forms.Form):
    """One person with one title; a row without a name is left out."""

    member = MemberField(required=False, help_text="")
    title = forms.ChoiceField(label="Chức vụ", required=False)

    def __init__(self, *args, user, organisation, **options):
        super().__init__(*args, **options)
        self.fields["member"].look_in(user)
        self.fields["member"].widget.attrs["placeholder"] = "Họ và tên"
        titles = [title for title in T if (title in CELL_TITLES if organisation.is_cell else title != T.GROUP_HEAD)]
        words = [(title, title_words(title, organisation.kind)) for title in titles]
        self.fields["title"].choices = [("", "– chọn –"), *words]

    @property
    def place(self):
        """The number of the row as people count."""
        return int(self.prefix.rpartition("-")[2]) + 1

    @property
    def title_label(self):
        return f"Chức vụ ở dòng {self.place}"

    @property
    def member_label(self):
        return f"Đồng chí ở dòng {self.place}"

    def clean(self):
        if self.cleaned_data.get("member") and not self.cleaned_data.get("title"):
            self.add_error("title", "Hãy chọn chức vụ.")
        return self.cleaned_data


class SeatRows(forms.BaseFormSet):
    """The rows; the proposed titles fill the first empty ones."""

    @property
    def seated(self):
        """(row number, member, title) of the rows with a name, in order."""
        rows = enumerate(form.cleaned_data for form in self.forms)
        return [(row, found["member"], found["title"]) for row, found in rows if found.get("member")]

    def clean(self):
        seen = set()
        for form in self.forms:
            key = (form.cleaned_data.get("member"), form.cleaned_data.get("title")) if form.is_valid() else (None, None)
            if key[0] and key in seen:
                form.add_error("member", "Đồng chí này đã có ở dòng trên với cùng chức vụ.")
            seen.add(key)


def seat_rows(data, *, user, organisation):
    """The rows of a form page: as many as were sent, or the proposed ones."""
    rows = forms.formset_factory(
        SeatForm, formset=SeatRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS + MORE, validate_max=True
    )
    initial = [{"title": title} for title in FIRST_ROWS[organisation.is_cell]]
    return rows(data, initial=initial, form_kwargs={"user": user, "organisation": organisation}, prefix="seats")


def with_more_rows(data):
    """The same input with some more empty rows."""
    more = data.copy()
    sent = more.get("seats-TOTAL_FORMS", "")
    count = int(sent) if sent.isdecimal() and len(sent) < 4 else 0
    more["seats-TOTAL_FORMS"] = str(min(count + MORE, MOST_ROWS))
    return more


class EndPostsForm(forms.Form):
    """Posts of an earlier term that end together."""

    posts = SomeField(label="Chức vụ kết thúc", queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple)
    last_day = DayField(label="Đến hết ngày")
    paper = TidyField(label="Quyết định, giấy tờ", max_length=200, required=False)

    def __init__(self, *args, posts, kind, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["posts"].queryset = Post.objects.filter(pk__in=[post.pk for post in posts]).select_related("member")
        self.fields["posts"].label_from_instance = lambda post: (
            f"{title_words(post.title, kind)}: {post.member} (từ {post.started_on:%d/%m/%Y})"
        )

    def clean_last_day(self):
        refuse_future(self.cleaned_data["last_day"], self.today)
        return self.cleaned_data["last_day"]

    @property
    def ended_on(self):
        return self.cleaned_data["last_day"] + timedelta(days=1)
