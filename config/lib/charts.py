"""Charts as SVG text: the same picture in a browser and in a PDF, with its figures as a table below.

Only presentation attributes are used, no style; series differ by pattern as well as by shade, so black and white print
tells them apart; every value is written on the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH = 720
LABEL_WIDTH = 220
ROW = 36
FONT = 15
INK = "#1d1d1f"
SHADES = ["#1f4e79", "#5b8db8", "#b9cfe2", "#f2f2f2", "#7a7a7a", "#d9d9d9"]
MARKS = ["", "M0 8L8 0", "M0 4H8", "M0 0L8 8M0 8L8 0", "M4 0V8", "M0 0H8M0 0V8"]


Number = Decimal | float


@dataclass(frozen=True)
class Series:
    """One line, or one part of every stacked bar: its name and one value for each label."""

    name: str
    values: Sequence[Number | None]


def written(number: Number) -> str:
    """1234.5 as "1.234,5"."""
    return f"{Decimal(str(number)):,f}".translate(str.maketrans(",.", ".,"))


def bar_chart(title: str, rows: Sequence[tuple[str, Number]], unit: str = "") -> SafeString:
    """Horizontal bars, one for each (label, value); `unit` follows every written value."""
    top = max((float(value) for _, value in rows), default=0) or 1
    space = WIDTH - LABEL_WIDTH - 110
    bars = [
        _label(place, label)
        + _bar(LABEL_WIDTH, place, float(value) / top * space, 0, title)
        + _value_after(LABEL_WIDTH + float(value) / top * space, place, _figure(value, unit))
        for place, (label, value) in enumerate(rows)
    ]
    picture = _svg(title, ROW * len(rows) + 8, _join([_patterns(title, 1), *bars]))
    return _with_table(title, picture, [unit or "Số lượng"], [(label, _figure(value, "")) for label, value in rows])


def stacked_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> SafeString:
    """Horizontal bars of one length, divided by the share of each series; a part too small for its figure keeps it
    in the table."""
    space = WIDTH - LABEL_WIDTH - 10
    parts = [_patterns(title, len(series))]
    for place, label in enumerate(labels):
        parts.append(_label(place, label))
        parts.append(_divided_bar(place, [one.values[place] or 0 for one in series], space, title))
    legend = _legend(series, ROW * len(labels) + 12, title)
    picture = _svg(title, ROW * len(labels) + 44, _join([*parts, legend]))
    return _with_table(title, picture, [one.name for one in series], _table_rows(labels, series, unit))


@dataclass(frozen=True)
class Part:
    """Bars under a name of their own, with series of their own."""

    name: str
    labels: Sequence[str]
    series: Sequence[Series]


def parted_chart(title: str, parts: Sequence[Part], boundary: str, unit: str = "") -> SafeString:
    """Divided bars in parts that must not be compared: between two parts a line on which `boundary` is written."""
    space = WIDTH - LABEL_WIDTH - 10
    drawn, place = [_patterns(title, max((len(part.series) for part in parts), default=0))], 0
    for number, part in enumerate(parts):
        if number:
            drawn.append(_boundary(place, boundary))
            place += 1
        drawn.append(_text(0, ROW * place + 24, part.name))
        for label_place, label in enumerate(part.labels):
            place += 1
            drawn.append(_label(place, label))
            drawn.append(_divided_bar(place, [one.values[label_place] or 0 for one in part.series], space, title))
        drawn.append(_legend(part.series, ROW * (place + 1) + 10, title))
        place += 2
    tables = [
        _figures(part.name, [one.name for one in part.series], _table_rows(part.labels, part.series, unit))
        for part in parts
    ]
    return _with_tables(_svg(title, ROW * place + 8, _join(drawn)), tables)


def line_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> SafeString:
    """One line for each series over evenly spaced labels; a missing value (None) breaks the line."""
    height, left, right, base = 260, 50, WIDTH - 60, 220
    top = max((float(value) for one in series for value in one.values if value is not None), default=0) or 1
    step = (right - left) / max(len(labels) - 1, 1)
    parts = [format_html('<path d="M{} {}H{}" stroke="{}" fill="none"/>', left, base, right, INK)]
    for number, one in enumerate(series):
        points = [
            None if value is None else (left + step * place, base - float(value) / top * 180, _figure(value, unit))
            for place, value in enumerate(one.values)
        ]
        parts.append(_line(points, number))
    ticks = [_text(left + step * place, base + 22, label, "middle") for place, label in enumerate(labels)]
    legend = _line_legend(series, height + 10)
    picture = _svg(title, height + 24, _join([*parts, *ticks, legend]))
    return _with_table(title, picture, [one.name for one in series], _table_rows(labels, series, unit))


# --- pieces ----------------------------------------------------------------------------------------------------------


def _join(parts: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(parts))


def _figure(value: Number | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{written(value)} {unit}" if unit else written(value)


def _key(title: str) -> str:
    return f"chart-{crc32(title.encode()):08x}"


def _patterns(title: str, count: int) -> SafeString:
    body = format_html_join(
        "",
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<path d="{}" stroke="{}" stroke-width="1" fill="none"/></pattern>',
        (
            (_key(title), place, MARKS[place % 6], "#ffffff" if place < 2 else INK)
            for place in range(count)
            if MARKS[place % 6]
        ),
    )
    return format_html("<defs>{}</defs>", body)


def _svg(title: str, height: int, body: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="100%" role="img" '
        'aria-label="{}" font-size="{}" fill="{}"><title>{}</title>{}</svg>',
        *(WIDTH, height, title, FONT, INK, title, body),
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', f"{x:.1f}", f"{y:.1f}", anchor, words)


def _label(place: int, words: str) -> SafeString:
    return _text(LABEL_WIDTH - 10, ROW * place + 24, words, "end")


def _value_after(x: float, place: int, words: str) -> SafeString:
    return _text(x + 8, ROW * place + 24, words)


def _bar(x: float, place: int, width: float, number: int, title: str) -> SafeString:
    return _filled(x, ROW * place + 6, (max(width, 0), ROW - 10), number, title)


def _filled(x: float, y: float, size: tuple[float, float], number: int, title: str) -> SafeString:
    """A plain shade and, over it, the marks of the series: a pattern with a ground of its own shows seams in a PDF."""
    place = (f"{x:.1f}", y, f"{size[0]:.1f}", size[1])
    rectangle = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>'
    shade = format_html(rectangle, *place, SHADES[number % 6], INK)
    if not MARKS[number % 6]:
        return shade
    return shade + format_html(rectangle, *place, f"url(#{_key(title)}-{number})", INK)


def _divided_bar(place: int, values: Sequence[Number], space: float, title: str) -> SafeString:
    total = float(sum(values)) or 1
    x, parts = float(LABEL_WIDTH), []
    for number, value in enumerate(values):
        width = float(value) / total * space
        parts.append(_bar(x, place, width, number, title))
        words = _figure(value, "")
        if width > 10 * len(words) + 8:
            parts.append(_boxed(x + width / 2, place, words))
        x += width
    return _join(parts)


def _boxed(x: float, place: int, words: str) -> SafeString:
    width = 10 * len(words) + 4
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="20" fill="#ffffff"/>{}',
        *(f"{x - width / 2:.1f}", ROW * place + 9, width, _text(x, ROW * place + 24, words, "middle")),
    )


def _legend(series: Sequence[Series], y: float, title: str) -> SafeString:
    parts, step = [], WIDTH / max(len(series), 1)
    for number, one in enumerate(series):
        swatch = _filled(step * number, y, (18, 18), number, title)
        parts += [swatch, _text(step * number + 26, y + 15, one.name)]
    return _join(parts)


def _line(points: Sequence[tuple[float, float, str] | None], number: int) -> SafeString:
    path, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        path.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "L"
    known = [point for point in points if point is not None]
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="4"/>', ((f"{x:.1f}", f"{y:.1f}") for x, y, _ in known))
    words = _join([_text(x, y - 10, word, "middle") for x, y, word in known])
    return format_html(
        '<path d="{}" stroke="{}" stroke-width="2.5" fill="none" stroke-dasharray="{}"/>{}{}',
        *(" ".join(path), INK, _dash(number), dots, words),
    )


def _dash(number: int) -> str:
    return ["none", "8 5", "2 4", "12 4 2 4"][number % 4]


def _line_legend(series: Sequence[Series], y: float) -> SafeString:
    parts, step = [], WIDTH / max(len(series), 1)
    for number, one in enumerate(series):
        stroke = format_html(
            '<path d="M{} {}h34" stroke="{}" stroke-width="2.5" stroke-dasharray="{}" fill="none"/>',
            *(f"{step * number:.1f}", y - 5, INK, _dash(number)),
        )
        parts += [stroke, _text(step * number + 42, y, one.name)]
    return _join(parts)


def _table_rows(labels: Sequence[str], series: Sequence[Series], unit: str) -> list[tuple[str, ...]]:
    return [(label, *[_figure(one.values[place], unit) for one in series]) for place, label in enumerate(labels)]


def _boundary(place: int, words: str) -> SafeString:
    line = '<path d="M0 {}H{}" stroke="{}" stroke-width="2" stroke-dasharray="8 5" fill="none"/>'
    return format_html(line, ROW * place + 8, WIDTH, INK) + _text(WIDTH / 2, ROW * place + 28, words, "middle")


def _with_table(title: str, picture: SafeString, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    return _with_tables(picture, [_figures(title, heads, rows)])


def _figures(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((word,) for word in heads))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        ((row[0], format_html_join("", '<td class="num">{}</td>', ((cell,) for cell in row[1:]))) for row in rows),
    )
    return format_html(
        '<table class="table"><caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>',
        *(title, head, body),
    )


def _with_tables(picture: SafeString, tables: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<figure class="chart-figure">{}<details><summary>Số liệu của biểu đồ</summary>{}</details></figure>',
        *(picture, _join(tables)),
    )
