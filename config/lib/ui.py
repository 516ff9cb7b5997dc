"""Template tags and filters of the interface, registered as builtins: no template loads them."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from django import template
from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from config.lib import charts
from config.lib.rulevalues import DEFAULT_NOTE, articles_only

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
MISSING = "–"
ICONS = Path(settings.BASE_DIR) / "static" / "vendor" / "bootstrap-icons"
UNDO_PREFIX = "undo:"

PILL_ICONS = {
    "success": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "error": "x-circle",
    "waiting": "hourglass-split",
    "info": "info-circle",
    "returned": "arrow-return-left",
    "neutral": "circle",
}
SQUARE_ICONS = {
    "done": "check-lg",
    "sent": "arrow-up-circle",
    "returned": "arrow-return-left",
    "doing": "circle-half",
    "late": "exclamation-lg",
    "todo": "circle",
    "none": "dash-lg",
}
LEVEL_LOOKS = {1: "star-fill", 2: "check-circle-fill", 3: "circle-half", 4: "exclamation-triangle-fill"}


class ProjectFormRenderer(TemplatesSetting):
    """Render forms and fields with the project's own components."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"


# --- icons and pills -------------------------------------------------------------------------------------------------


@cache
def _icon_body(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"not an icon name: {name!r}")
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", inner)


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """The vendored icon inlined as SVG; hidden from screen readers unless it has a label; raises on an unknown name."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>',
        voice,
        mark_safe(_icon_body(name)),
    )


@register.simple_tag
def pill(kind: str, word: str) -> SafeString:
    """A state as shape and word; `kind` is a key of PILL_ICONS."""
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, icon(PILL_ICONS[kind]), word)


@register.simple_tag
def level_pill(rank: int | None, name: str = "", short: str = "") -> SafeString:
    """A rating level by its rank (1 best … 4) with the name of its own scale; no rank means not rated."""
    if rank not in LEVEL_LOOKS:
        return format_html('<span class="pill level level-0">{}{}</span>', icon("dash-circle"), name or "Chưa xếp loại")
    if not short:
        return format_html('<span class="pill level level-{}">{}{}</span>', rank, icon(LEVEL_LOOKS[rank]), name)
    return format_html(
        '<span class="pill level level-{}" title="{}">{}<span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        rank,
        name,
        icon(LEVEL_LOOKS[rank]),
        short,
        name,
    )


class Cell(Protocol):
    """What `squares` shows of a cell."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def url(self) -> str: ...


@register.simple_tag
def square(kind: str, name: str, word: str, url: str = "") -> SafeString:
    """One cell of the city board: shape by state (a key of SQUARE_ICONS), name and state as words, a link if given."""
    words = escape(f"{name}: {word}")  # by hand: a board has hundreds, and format_html takes three times as long
    body = f'{icon(SQUARE_ICONS[kind])}<span class="visually-hidden">{words}</span>'
    tag, link = ("a", f' href="{escape(url)}"') if url else ("span", "")
    return mark_safe(f'<{tag} class="square square-{kind}"{link} title="{words}">{body}</{tag}>')


@register.simple_tag
def squares(cells: Iterable[Cell]) -> SafeString:
    """The cells of one row of the board."""
    return mark_safe("".join(square(cell.kind, cell.name, cell.word, cell.url) for cell in cells))


# --- numbers, dates, identifiers -------------------------------------------------------------------------------------


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@register.filter
def vi_number(value: object, digits: int | None = None) -> str:
    """1234.5 as "1.234,5"; with `digits`, rounded half up to so many decimals; "–" when there is no number."""
    number = _decimal(value)
    if number is None:
        return MISSING
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
    return charts.written(number)


@register.filter
def percent(value: object, digits: int = 2) -> str:
    """A share already counted in per cent, 70.8654 as "70,87 %", rounded half up; "–" when there is none."""
    number = vi_number(value, digits)
    return number if number == MISSING else f"{number}{NO_BREAK_SPACE}%"


@register.filter
def date_part(value: date | None, precision: str = "day") -> str:
    """A partial date as it was written: 05/03/1975 (day), 03/1975 (month), 1975 (year); empty when there is none."""
    if not value:
        return ""
    if precision == "year":
        return f"{value.year:04d}"
    if precision == "month":
        return f"{value.month:02d}/{value.year:04d}"
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


@register.filter
def mask_id(value: object) -> str:
    """An identifier with all but its last four characters hidden; the dots do not tell how many there were."""
    text = str(value or "")
    return "•" * 8 + text[-4:] if text else ""


@register.filter
def article(cited: str | None) -> SafeString:
    """What a rule cites, with the mark of a default in place of the words for it."""
    words = escape(articles_only(cited or ""))
    if DEFAULT_NOTE not in (cited or ""):
        return words
    mark = render_to_string("components/default_mark.html").strip()
    return mark_safe(f"{words} {mark}".strip())


# --- addresses -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query_replace(context: template.Context, **changes: object) -> str:
    """The query of this page with some parameters replaced ("?q=an&page=2"); None or "" removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_query(context: template.Context, key: str) -> str:
    """The query that sorts this list by `key`, or by its reverse when it is sorted so already; back on page one."""
    current = context["request"].GET.get("sort", "")
    return query_replace(context, sort=f"-{key}" if current == key else key, page=None)


@register.simple_tag(takes_context=True)
def sort_state(context: template.Context, key: str) -> str:
    """Value of aria-sort for the column `key`."""
    current = context["request"].GET.get("sort", "")
    return {key: "ascending", f"-{key}": "descending"}.get(current, "none")


# --- pages -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def block_content(context: template.Context, name: str) -> SafeString:
    """What the page put into its block `name`, stripped; empty when it has none (base.html leaves the frame out)."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    if block is None:
        return mark_safe("")
    with context.push():
        return mark_safe(block.render(context).strip())


def undo_tag(url: str) -> str:
    """Value of `extra_tags` for a message that offers "Hoàn tác": a POST to `url`."""
    return f"{UNDO_PREFIX}{url}"


@register.filter
def undo_url(message: object) -> str:
    """The address that takes back what this message tells; empty when it cannot be undone."""
    tags = getattr(message, "extra_tags", "") or ""
    return tags.removeprefix(UNDO_PREFIX) if tags.startswith(UNDO_PREFIX) else ""


# --- charts ----------------------------------------------------------------------------------------------------------

register.simple_tag(charts.bar_chart, name="bar_chart")
register.simple_tag(charts.stacked_chart, name="stacked_chart")
register.simple_tag(charts.parted_chart, name="parted_chart")
register.simple_tag(charts.line_chart, name="line_chart")
