"""Template tags for controls: those of forms, and those that a long table repeats for every row.

The repeated ones are put together by hand: nodes of a template for each would take most of the time of their pages.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def field_error(field: BoundField) -> str:
    """All that is wrong with a field, in one line."""
    return " ".join(map(str, field.errors))


@register.filter
def anchor(field: BoundField) -> str:
    """The id to jump to for a field: its control, or the group when it has several."""
    return field.id_for_label or field.auto_id


@register.simple_tag
def bare_field(field: BoundField, label: str = "", **attrs: str) -> SafeString:
    """A control without its visible label, for a cell of a table: named by `label`, linked to its own error."""
    described: dict[str, str | bool] = {"aria-label": str(label or field.label)}
    described |= {key.replace("_", "-"): value for key, value in attrs.items()}
    if not field.errors:
        return field.as_widget(attrs=described)
    error_id = f"{field.auto_id}_error"
    control = field.as_widget(attrs={**described, "aria-describedby": error_id, "aria-invalid": "true"})
    return format_html('{}<span class="field-error" id="{}">{}</span>', control, error_id, field_error(field))


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Options of a select that a template writes itself, from (value, words)."""
    return mark_safe(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(words))}</option>'
            for value, words in choices
        )
    )


@register.simple_tag
def select_options(options: list[dict]) -> SafeString:
    """The options of a select widget."""
    rows = ((str(option["value"]), str(option["label"]), option["selected"]) for option in options)
    return mark_safe(
        "\n".join(
            f'<option value="{escape(value)}"{" selected" if selected else ""}>{escape(words)}</option>'
            for value, words, selected in rows
        )
    )


@register.simple_tag
def choice_buttons(
    choices: Iterable[tuple[str, ...]], name: str, first_id: str, key: object, chosen: str
) -> SafeString:
    """Numbered radio buttons of the row `key`, from (value, words) or (value, words, title).

    `name` and the id of the first button hold "{}" for the key.
    """
    found, named = [], escape(name.format(key))
    for place, (value, words, *title) in enumerate(choices, start=1):
        own_id = f' id="{escape(first_id.format(key))}"' if place == 1 else ""
        checked = " checked" if value == chosen else ""
        told = f' title="{escape(title[0])}"' if title else ""
        found.append(
            f'<label class="choice"><input type="radio"{own_id} name="{named}" value="{escape(value)}"{checked}>'
            f"<span{told}><kbd>{place}</kbd> {escape(str(words))}</span></label>"
        )
    return mark_safe("".join(found))


@register.simple_tag
def number_cells(key: object, controls: Iterable[tuple[str, str, str]], first_id: str = "") -> SafeString:
    """Cells of the row `key` with a control for a whole number each, from (name, label, text).

    A control is named by the head of its column (`c-<name>`) and of its row (`<key>-n`).
    """
    row, found = escape(str(key)), []
    for place, (name, label, text) in enumerate(controls):
        own_id = f' id="{row}-{escape(first_id)}"' if first_id and not place else ""
        found.append(
            f'<td data-label="{escape(label)}" class="votes"><input{own_id} name="{row}-{escape(name)}" '
            f'value="{escape(text)}" inputmode="numeric" aria-labelledby="c-{escape(name)} {row}-n"></td>'
        )
    return mark_safe("".join(found))


@register.simple_tag
def number_labels(key: object, controls: Iterable[tuple[str, str, str]]) -> SafeString:
    """Labelled controls for whole numbers of the row `key`, from (name, label, text)."""
    row = escape(str(key))
    return mark_safe(
        "".join(
            f'<label>{escape(label)}<input name="{row}-{escape(name)}" value="{escape(text)}" inputmode="numeric">'
            "</label>"
            for name, label, text in controls
        )
    )
