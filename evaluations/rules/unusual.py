"""What in the ratings of one cell is unusual enough to be looked at again; pointing at it decides nothing."""

from dataclasses import dataclass
from decimal import Decimal

from config.lib.rulesets import Rules
from evaluations.rules.figures import percent_text, share


@dataclass(frozen=True, kw_only=True)
class WatchRules(Rules):
    """From `watch_min_people` members a cell is worth comparing; `watch_jump_points` percentage points are a jump."""

    watch_min_people: int | None = None
    watch_jump_points: Decimal | None = None


@dataclass(frozen=True)
class CellFigures:
    """Members of a cell: to be rated, settled, with the best and the second level; of last year the best and all."""

    due: int
    settled: int
    best: int
    good: int
    best_before: int = 0
    rated_before: int = 0


def unusual(rules: WatchRules, cell: CellFigures, best: str, good: str) -> tuple[str, ...]:
    """Sentences for a cell whose members are all settled; `best` and `good` are the names of the two levels."""
    if rules.watch_min_people is None or cell.due < rules.watch_min_people or cell.settled < cell.due:
        return ()
    found = []
    if cell.best == cell.due:
        found.append(f"100 % đảng viên ({cell.due}) {best.lower()}")
    elif cell.good == cell.due:
        found.append(f"cả {cell.due} đảng viên cùng mức {good.lower()}")
    return (*found, *_jump(rules, cell, best))


def _jump(rules: WatchRules, cell: CellFigures, best: str) -> tuple[str, ...]:
    """The share of the best level against last year's, where last year was as large."""
    now, before = share(cell.best, cell.due, 1), share(cell.best_before, cell.rated_before, 1)
    if rules.watch_jump_points is None or now is None or before is None:
        return ()
    if cell.rated_before < (rules.watch_min_people or 0) or abs(now - before) < rules.watch_jump_points:
        return ()
    verb, to = ("tăng", "lên") if now > before else ("giảm", "xuống")
    return (f"tỷ lệ {best.lower()} {verb} từ {percent_text(before)} năm trước {to} {percent_text(now)}",)
