"""The chart of the tree on a day (sơ đồ tổ chức đảng) as a document and as a workbook, with live counts."""

import json
from dataclasses import dataclass
from datetime import date

from cells.enums import DocumentType
from cells.loading import kind_entries
from cells.permissions import Permission
from cells.ports import Printable
from cells.reports.tree import figures_of, rolled_up
from cells.trees import Node, tree_with
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, NUMBER, FigureTable, Heading, Row

TEMPLATE = "cells/pdf/tree.html"
LINES_AT_ONCE = 400
INDENT = "\N{EM SPACE}"


@dataclass(frozen=True)
class ChartLine:
    """One organisation with its depth below the top and its counts, everything below it included."""

    node: Node
    depth: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class TreeChart:
    """The tree of an organisation on a day."""

    organisation: Node
    on: date
    nouns: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    bases: int
    cells: int


def tree_chart(organisation, *, year, on=None):
    """The chart as of `on` (default: 31 December of the year); of a body that is not there, of its nearest day."""
    on = on or date(year, 12, 31)
    tree = tree_with(organisation, on)
    children = {key: [child.id for child in below] for key, below in tree.children.items()}
    totals = [rolled_up(figure.counts(on), children, [organisation.pk]) for figure in figures_of()]
    lines = []

    def walk(node, depth):
        lines.append(ChartLine(node, depth, tuple(total[node.id] for total in totals)))
        for child in tree.children[node.id]:
            walk(child, depth + 1)

    walk(tree[organisation.pk], 0)
    return TreeChart(
        organisation=tree[organisation.pk],
        on=on,
        nouns=tuple(figure.noun for figure in figures_of()),
        lines=tuple(lines),
        bases=sum(line.node.is_base for line in lines),
        cells=sum(line.node.is_cell for line in lines),
    )


def table(chart):
    """The lines as a table: number, name drawn in by its depth, kind, symbol, counts."""
    kinds = {code: kind["name"] for code, kind in kind_entries().items()}
    headings = (
        Heading("TT", CENTRE, 6),
        Heading("Tổ chức đảng", width=50),
        Heading("Loại hình", width=24),
        Heading("Ký hiệu", CENTRE, 8),
        *(Heading(noun[:1].upper() + noun[1:], NUMBER, 12) for noun in chart.nouns),
    )
    rows = tuple(
        Row(
            (number, INDENT * line.depth + line.node.name, kinds[line.node.kind], line.node.symbol, *line.counts),
            "" if line.node.is_cell else "group",
        )
        for number, line in enumerate(chart.lines, start=1)
    )
    return FigureTable("Sơ đồ tổ chức", f"Sơ đồ tổ chức đảng ngày {chart.on:%d/%m/%Y}", headings, rows)


def abstract(chart):
    return f"sơ đồ tổ chức của {chart.organisation.name}, tính đến ngày {chart.on:%d/%m/%Y}"


def sections(chart):
    """First wording of what stands above the chart."""
    return {
        "opening": (
            f"{chart.organisation.name} tính đến ngày {chart.on:%d/%m/%Y} có {chart.bases} tổ chức cơ sở đảng, "
            f"{chart.cells} chi bộ. Số đảng viên của mỗi tổ chức gồm cả các tổ chức bên dưới."
        )
    }


def render_pdf(chart, frame, text):
    """The chart as PDF in the party format, with its figures attached as JSON."""
    content = json.dumps(data(chart), ensure_ascii=False, sort_keys=True).encode()
    context = {"table": table(chart), "text": text}
    return render_document(frame, context, dated=chart.on, template=TEMPLATE, data=("so-do.json", content))


def render_xlsx(chart):
    return write_rows([table(chart).as_sheet()])


def data(chart):
    """The chart as JSON data."""
    return {
        "organisation": chart.organisation.name,
        "on": chart.on.isoformat(),
        "nouns": list(chart.nouns),
        "lines": [[line.node.id, line.node.parent_id, line.node.name, *line.counts] for line in chart.lines],
    }


def is_long(chart):
    """Whether printing takes more than two seconds."""
    return len(chart.lines) > LINES_AT_ONCE


TREE = Printable(
    name="tree",
    title="Sơ đồ tổ chức đảng",
    type=DocumentType.REPORT,
    permission=Permission.ORGANISATIONS_VIEW,
    collect=tree_chart,
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=sections,
    data=data,
    is_long=is_long,
)
