"""The blocks of the report held against what they were when the period was closed: what is open of them alone.

The first figure of a line is open to everybody who may open the report, whoever asks; what is still under seal, and
letters, which only those named count, are never kept.
"""

from itertools import zip_longest

from discipline.models import FrozenTable

UNDER_SEAL = ("denunciations",)
NOTHING = ("", None)


def open_figures(blocks):
    """{block: [[line, figure]]} as JSON keeps them."""
    return {
        block.name: [[row.values[0], row.values[1]] for row in block.rows]
        for block in blocks
        if block.name not in UNDER_SEAL
    }


def with_closed_figures(bodies, span):
    """Organisations with the figures of the period as they were closed; None where it was not."""
    return bodies.annotate(closed_figures=FrozenTable.objects.figures_of(span))


def block_differences(figures, blocks):
    """(block, line, frozen, now) of every figure that is no longer what was frozen; none of what was not kept."""
    kept = (figures or {}).get("blocks", {})
    now = open_figures(blocks)
    for block in blocks:
        if block.name in kept:
            for (was, old), (line, new) in zip_longest(kept[block.name], now[block.name], fillvalue=NOTHING):
                if old != new:
                    yield block.title, line or was, old, new
