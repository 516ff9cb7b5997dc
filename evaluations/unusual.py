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
        numbers = [row.figures[pk] for pk in row.own_sheets if pk in row.figures]
        cap = cap_limit(book.rules.cap, sum(n.best for n in numbers), sum(n.good for n in numbers), False)
        if cap.is_over:
            yield Remark(str(row.base), f"vượt tỷ lệ {best.name.lower()}: {cap.arithmetic}")
        for square, sheets in row.by_cell:
            now = [row.figures[pk] for pk in sheets if pk in row.figures]
            if not now:
                continue
            last = before.get(square.sheet.organisation.pk, {})
            sums = (sum(getattr(each, name) for each in now) for name in ("due", "settled", "best", "good"))
            cell = CellFigures(*sums, last.get(best.code, 0), sum(last.values()))
            if words := unusual(book.watch, cell, best.name, good.name):
                yield Remark(str(square.sheet.organisation), "; ".join(words), square.url)
