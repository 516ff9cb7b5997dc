"""Exemption and suspension: entered from paper, and ended."""

from django import forms
from django.utils.html import format_html, format_html_join

from members.enums import ExemptionGround
from members.forms.facts import EndForm, FactForm
from members.forms.text import TidyField
from members.rules.exemption import exemption_terms


class _StateForm(FactForm):
    """A state of party life on the strength of a paper."""

    decision = TidyField(
        label="Quyết định, nghị quyết", max_length=200, help_text="Số, ngày, cơ quan ban hành; hoặc tên giấy tờ."
    )
    note = TidyField(label="Ghi chú", max_length=300, required=False)

    own = ("decision", "note")

    @property
    def values(self):
        return {**{name: self.cleaned_data[name] for name in self.own}, **self.period}

    @classmethod
    def initial_of(cls, fact):
        return {**{name: getattr(fact, name) for name in cls.own}, **cls.period_of(fact)}


class ExemptForm(_StateForm):
    """Exempt on a ground; who decides and for how long is said beside it, from the rules."""

    ground = forms.ChoiceField(label="Lý do miễn", choices=[("", "– chọn –"), *ExemptionGround.choices])

    field_order = ["ground", "started", "last_day", "decision", "note"]
    own = ("ground", "decision", "note")

    def __init__(self, *args, rules, **options):
        super().__init__(*args, **options)
        terms = ((ground.label, exemption_terms(rules, ground).words) for ground in ExemptionGround)
        lines = format_html_join("", "<li>{}: {}</li>", terms)
        words = "Ai quyết định, thời hạn bao lâu"
        self.fields["ground"].help_text = format_html(
            "<details><summary>{}</summary><ul>{}</ul></details>", words, lines
        )
        self.fields["last_day"].help_text = "Để trống nếu không có thời hạn."

    def leave_out_ground(self):
        """Most grounds speak of health: who may not see that does not choose, and what stands is kept."""
        del self.fields["ground"]
        self.own = tuple(name for name in self.own if name != "ground")


class SuspendForm(_StateForm):
    """Suspended from party activity, from paper."""

    field_order = ["started", "last_day", "decision", "note"]


class EndStateForm(EndForm):
    """The last day of an exemption or a suspension, and the decision that says so."""

    paper = TidyField(label="Quyết định, nghị quyết", max_length=200)
