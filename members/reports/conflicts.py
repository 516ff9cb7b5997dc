"""What two people wrote over the same record."""

from dataclasses import dataclass

from members.forms.people import CorrectForm
from members.models.member import MASKED, mask

NOT_COMPARED = ("revision", "reason", "dropped", "consent", "consented_on")


@dataclass(frozen=True)
class Conflict:
    """One field: what was typed and what is stored now."""

    label: str
    typed: str
    stored: str


def conflicts(stored, form):
    """Fields in which what `form` holds differs from the stored member."""
    now = CorrectForm.initial_of(stored) | {name: getattr(stored, name) for name in MASKED}
    rows = []
    for name, field in form.fields.items():
        typed, kept = form.cleaned_data.get(name), now.get(name)
        if name in NOT_COMPARED or (typed or "") == (kept or "") or (name in MASKED and not typed):
            continue
        rows.append(Conflict(field.label, _written(name, field, typed), _written(name, field, kept)))
    return rows


def _written(name, field, value):
    if name in MASKED:
        return mask(value or "")
    choices = dict(getattr(field, "choices", ()))
    return choices.get(value) or str(field.prepare_value(value) or "")
