"""Input for splitting an organisation: the new ones, and where each member and each organisation below goes."""

from dataclasses import dataclass

from django import forms

from cells.change_forms import HEIR_HELP, BodyForm, Words
from cells.changes import verbs
from cells.changes.plan import NewBody
from cells.forms import OrganisationField
from cells.permissions import Permission
from cells.ports import movable_people

PARTS = ("part1", "part2", "part3", "part4")
UNASSIGNED = [("", "chưa phân, hoặc ở lại")]


@dataclass(frozen=True)
class SplitRow:
    """One line of the list: a member or an organisation below, and the field that says where it goes."""

    key: str
    label: str
    field: forms.BoundField


class SplitForm(BodyForm):
    part1 = Words(label="Tên tổ chức mới thứ nhất", max_length=200)
    part2 = Words(label="Tên tổ chức mới thứ hai", max_length=200, required=False)
    part3 = Words(label="Tên tổ chức mới thứ ba", max_length=200, required=False)
    part4 = Words(label="Tên tổ chức mới thứ tư", max_length=200, required=False)
    keeps = forms.BooleanField(
        label="Tổ chức cũ vẫn hoạt động, chỉ tách ra một phần",
        required=False,
        help_text="Ai không được phân thì ở lại. Bỏ trống: tổ chức cũ kết thúc.",
    )
    heir = OrganisationField(
        permission=Permission.ORGANISATIONS_VIEW, label="Nơi tiếp nhận việc còn lại", help_text=HEIR_HELP
    )

    own = (*PARTS, "keeps", "kind", "base_type", "place", "heir")

    def prepare(self):
        super().prepare()
        for name in ("name", "code", "symbol", "heading_issuer", "heading_superior"):
            del self.fields[name]
        for name in ("kind", "base_type", "place"):
            self.fields[name].initial = getattr(self.version, name, "")
        self.people = movable_people(self.organisation.pk, self.today)
        self.below = list(self.organisation.children.open())
        for key, label in self._assignable():
            self.fields[f"to_{key}"] = forms.ChoiceField(label=label, choices=self.targets, required=False)

    def _assignable(self):
        people = [(person.id, person.label) for person in {each.id: each for each in self.people}.values()]
        return [*((f"o{each.pk}", each.name) for each in self.below), *people]

    @property
    def targets(self):
        """The new organisations by the names typed so far."""
        typed = self.data if self.is_bound else self.initial
        named = [(name, str(typed.get(name) or "").strip()) for name in PARTS]
        return [*UNASSIGNED, *((name, f"{number}. {text}") for number, (name, text) in enumerate(named, 1) if text)]

    @property
    def head_fields(self):
        return [field for field in self if not field.name.startswith("to_")]

    @property
    def rows(self):
        return [SplitRow(key, label, self[f"to_{key}"]) for key, label in self._assignable()]

    def change(self):
        values = self.cleaned_data
        named = [name for name in PARTS if values[name]]
        parts = {name: NewBody(self._entry(values, name), self.organisation.parent) for name in named}
        assigned = {
            int(key[1:]) if key.startswith("o") else key: parts[values[f"to_{key}"]]
            for key, _ in self._assignable()
            if values[f"to_{key}"]
        }
        return verbs.split(
            self.organisation,
            list(parts.values()),
            decision=self.tree_decision,
            heir=values["heir"],
            keeps=values["keeps"],
            assigned=assigned,
        )

    def _entry(self, values, name):
        from_kind = {"code": "", "symbol": "", "heading_issuer": "", "heading_superior": ""}
        self.cleaned_data = {**from_kind, **values}
        return self.entry(values[name])
