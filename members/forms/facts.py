"""Dated facts entered from paper: answers that change, states of party life, posts; their end and their correction."""

from datetime import timedelta

from django import forms

from cells.models import RoleAssignment, Term
from cells.permissions import Role
from members.answers import answer_choices
from members.enums import OverlayKind, PostManner, PostTitle
from members.forms.choosing import SomeField
from members.forms.dates import DayField, PastForm
from members.forms.text import ReasonField, TidyField


class FactForm(PastForm):
    """A fact from a day on; a last day that is left empty means that it still holds."""

    days = ("started",)
    started = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu còn đến nay.")

    def clean(self):
        super().clean()
        started, last_day = self.cleaned_data.get("started"), self.cleaned_data.get("last_day")
        if started and last_day and last_day < started:
            self.add_error("last_day", "Ngày kết thúc không thể trước ngày bắt đầu.")
        return self.cleaned_data

    def ask_reason(self):
        """A correction says why."""
        self.fields["reason"] = ReasonField(label="Vì sao sửa")

    @property
    def period(self):
        """First day and the first day after, as they are stored."""
        last_day = self.cleaned_data.get("last_day")
        return {
            "started_on": self.cleaned_data["started"],
            "ended_on": last_day + timedelta(days=1) if last_day else None,
        }

    @staticmethod
    def period_of(fact):
        """The period of a stored fact as the form shows it."""
        return {"started": fact.started_on, "last_day": fact.ended_on and fact.ended_on - timedelta(days=1)}


class ParticularForm(FactForm):
    """The answer to one topic."""

    value = forms.ChoiceField(label="Nội dung")
    text = TidyField(label="Ghi như trên giấy", max_length=300, required=False)
    source = TidyField(
        label="Giấy tờ làm căn cứ", max_length=200, required=False, help_text="Loại giấy, số, ngày; nếu có."
    )
    current = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ["value", "text", "started", "last_day", "source"]

    def __init__(self, *args, topic, **options):
        super().__init__(*args, **options)
        self.fields["value"].choices = [("", "– chọn –"), *answer_choices(topic)]
        self.fields["value"].label = topic.label

    @property
    def values(self):
        return {**{name: self.cleaned_data[name] for name in ("value", "text", "source")}, **self.period}

    @classmethod
    def initial_of(cls, fact):
        return {"value": fact.value, "text": fact.text, "source": fact.source, **cls.period_of(fact)}


class ChangeForm(ParticularForm):
    """The next answer to a topic: it ends the one that holds, and holds until the next."""

    last_day = None


# States that have no verb of their own; exemption, suspension and legal proceedings have their pages.
PLAIN_STATES = [OverlayKind.INTERRUPTED, OverlayKind.COMMITTEE_SUSPENDED]


class OverlayForm(FactForm):
    """Interrupted, or suspended from a committee, on the strength of a paper."""

    kind = forms.ChoiceField(
        label="Tình trạng", choices=[("", "– chọn –"), *((kind.value, kind.label) for kind in PLAIN_STATES)]
    )
    decision = TidyField(
        label="Quyết định, nghị quyết", max_length=200, help_text="Số, ngày, cơ quan ban hành; hoặc tên giấy tờ."
    )
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    field_order = ["kind", "started", "last_day", "decision", "note"]

    @property
    def values(self):
        return {**{name: self.cleaned_data[name] for name in ("kind", "decision", "note")}, **self.period}

    @classmethod
    def initial_of(cls, fact):
        return {"kind": fact.kind, "decision": fact.decision, "note": fact.note, **cls.period_of(fact)}


class PostForm(FactForm):
    """A party post in one of the bodies that the form was given, in a term of that body."""

    title = forms.ChoiceField(label="Chức vụ", choices=[("", "– chọn –"), *PostTitle.choices])
    organisation = forms.ModelChoiceField(label="Ở tổ chức đảng", queryset=None, empty_label=None)
    term = forms.ModelChoiceField(
        label="Nhiệm kỳ", queryset=None, required=False, empty_label="theo ngày bắt đầu",
        help_text="Để “theo ngày bắt đầu” thì lấy nhiệm kỳ của ngày đó, nếu đã ghi.",
    )  # fmt: skip
    manner = forms.ChoiceField(label="Cách nhận chức vụ", choices=PostManner.choices, initial=PostManner.ELECTED)
    decision = TidyField(
        label="Quyết định, nghị quyết", max_length=200, required=False, help_text="Số, ngày, cơ quan ban hành."
    )

    field_order = ["title", "organisation", "started", "last_day", "term", "manner", "decision"]

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies
        terms = Term.objects.standing().filter(organisation__in=bodies).select_related("organisation")
        self.fields["term"].queryset = terms.order_by("organisation__path", "-started_on")
        self.fields["term"].label_from_instance = lambda term: f"{term.name} – {term.organisation.name}"

    def clean(self):
        super().clean()
        body, term = self.cleaned_data.get("organisation"), self.cleaned_data.get("term")
        if body and term and term.organisation_id != body.pk:
            self.add_error("term", f"Nhiệm kỳ này không phải của {body}. Hãy chọn lại.")
        return self.cleaned_data

    @property
    def values(self):
        own = {name: self.cleaned_data[name] for name in ("title", "organisation", "manner", "decision")}
        return {**own, "term": self.cleaned_data["term"] or self._term_of_the_day(), **self.period}

    def _term_of_the_day(self):
        return (
            Term.objects.on(self.cleaned_data["started"]).filter(organisation=self.cleaned_data["organisation"]).first()
        )

    @classmethod
    def initial_of(cls, fact):
        own = {"title": fact.title, "organisation": fact.organisation_id, "term": fact.term_id}
        return {**own, "manner": fact.manner, "decision": fact.decision, **cls.period_of(fact)}


class EndForm(PastForm):
    """The last day on which a fact holds, and the paper that says so."""

    last_day = DayField(label="Đến hết ngày")
    paper = TidyField(label="Quyết định, giấy tờ", max_length=200, required=False)

    @property
    def ended_on(self):
        return self.cleaned_data["last_day"] + timedelta(days=1)


class PostEndForm(EndForm):
    """The end of a post, and the roles of accounts that end with it."""

    roles = SomeField(
        label="Vai trò tài khoản thôi cùng lúc", queryset=RoleAssignment.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Người thôi chức thì không còn quyền trên phần mềm. Bỏ chọn nếu tài khoản vẫn cần vai trò này.",
    )  # fmt: skip

    def __init__(self, *args, roles, **options):
        super().__init__(*args, **options)
        self.fields["roles"].queryset = roles
        self.fields["roles"].label_from_instance = lambda role: f"{role.user} ({role.user.username}): {role}"
        if not roles:
            del self.fields["roles"]

    @property
    def ended_roles(self):
        return list(self.cleaned_data.get("roles") or ())


def secretary_roles(cell, day):
    """The standing roles of secretary of that very cell, with their accounts."""
    rows = RoleAssignment.objects.lasting(day).filter(organisation=cell, role=Role.CELL_SECRETARY)
    return rows.select_related("user", "organisation").order_by("user__username")


class VoidForm(forms.Form):
    """Why a fact was wrong."""

    reason = ReasonField(label="Vì sao mục này sai")
