"""What a season's board points at: bases over the cap and cells with unusual results, as proposed or decided so far."""

from dataclasses import dataclass

from evaluations.rules import cap_limit
from evaluations.rules.unusual import CellFigures, unusual


@dataclass(frozen=True)
class Remark:
    """One thing to look at again; `url` is empty where one may see figures only."""

    place: str
    words: str
    url: str = ""


def remarks(rows, book, before):
    """Of every base whether it is over the cap, then its unusual cells; `before` are last year's counts by cell."""
    best, good = book.scale.levels[:2]
    for row in rows:
        numbers = row.figures.values()
        cap = cap_limit(book.rules.cap, sum(n.best for n in numbers), sum(n.good for n in numbers), False)
        if cap.is_over:
            yield Remark(str(row.base), f"vượt tỷ lệ {best.name.lower()}: {cap.arithmetic}")
        for square in row.squares:
            now = row.figures.get(square.sheet.pk)
            if now is None:
                continue
            last = before.get(square.sheet.organisation.pk, {})
            cell = CellFigures(now.due, now.settled, now.best, now.good, last.get(best.code, 0), sum(last.values()))
            if words := unusual(book.watch, cell, best.name, good.name):
                yield Remark(str(square.sheet.organisation), "; ".join(words), square.url)
