"""What a season's board points at: bases over the cap and cells with unusual results, as proposed or decided so far."""

from dataclasses import dataclass
from functools import cache

from cells.models import RuleSet
from config.lib.rulesets import restore, typed
from evaluations.rules import cap_limit
from evaluations.rules.unusual import CellFigures, WatchRules, unusual

WATCH = "watch"


@dataclass(frozen=True)
class Remark:
    """One thing to look at again; `url` is empty where one may see figures only."""

    place: str
    words: str
    url: str = ""


def remarks(rows, book, before):
    """Of every base whether it is over the cap, then its unusual cells; `before` are last year's counts by cell."""
    best, good = book.scale.levels[:2]
    rules = _rules()
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
            if words := unusual(rules, cell, best.name, good.name):
                yield Remark(str(square.sheet.organisation), "; ".join(words), square.url)


@cache
def _rules():
    """The values in force, read once a process: a loaded set never changes."""
    row = RuleSet.objects.latest_versions().filter(topic=WATCH).order_by("effective_on").last()
    return typed(WatchRules, restore(row.values) if row else {})
