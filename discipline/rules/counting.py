"""How a decision is counted in the table of discipline: by form, level, contents, handling by law and by the state."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from discipline.rules.printed_totals import PrintedTable, SumCheck, sum_checks

PRISON, NO_LEGAL = "prison", ("", "none")
SUSPENDED, TOTAL = "suspended", 1


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One disciplining as its period ended: the form that stands then, who decided first, what the person was then."""

    key: Any
    case: Any
    form: str
    level: str
    of_commission: bool
    post: str = ""
    contents: frozenset[str] = frozenset()
    legal: str = ""
    administrative: bool = False
    is_organisation: bool = False


@dataclass(frozen=True)
class Link:
    """A decision in its chain: what it replaced, when it was announced and annulled."""

    key: Any
    replaces: Any
    announced_on: date
    annulled_on: date | None


def last_links(links: Iterable[Link], since: date, until: date) -> list[tuple[Any, Any]]:
    """(first, last) decision of each chain whose first was announced in the period; the last as the period ended.

    `until` is the first day after. A chain that was annulled by then is not counted.
    """
    known = [link for link in links if link.announced_on < until]
    after = {link.replaces: link for link in known if link.replaces is not None}
    found = []
    for first in known:
        if first.replaces is not None or first.announced_on < since:
            continue
        last = first
        while last.key in after:
            last = after[last.key]
        if last.annulled_on is None or last.annulled_on >= until:
            found.append((first.key, last.key))
    return found


def is_counted(spec: str, each: Counted) -> bool:
    """Whether a column with this meaning counts the decision."""
    name, _, value = spec.partition(":")
    asked: dict[str, Callable[[], bool]] = {
        "total": lambda: True,
        "form": lambda: each.form == value,
        "by": lambda: each.level == value,
        "content": lambda: value in each.contents,
        "legal": lambda: each.legal not in NO_LEGAL and value in ("", _legal(each)),
        "administrative": lambda: each.administrative,
        SUSPENDED: lambda: False,
    }
    return asked[name]()


def _legal(each: Counted) -> str:
    return PRISON if each.legal == PRISON else "other"


def in_row(posts: Sequence[str], each: Counted) -> bool:
    """Whether a row counts the decision: all, or the posts at the time of the violation that it names."""
    return not posts or each.post in posts


def row_figures(
    columns: Mapping[int, str], posts: Sequence[str], decisions: Sequence[Counted], suspended: int
) -> dict[int, int | None]:
    """{column: figure} of a row; of suspensions the post is not known, so that rows of posts leave them open."""
    mine = [each for each in decisions if in_row(posts, each)]
    figures: dict[int, int | None] = {}
    for number, spec in columns.items():
        if spec == SUSPENDED:
            figures[number] = None if posts else suspended
        else:
            figures[number] = sum(is_counted(spec, each) for each in mine)
    return figures


def identity_15(columns: Mapping[int, str], figures: Mapping[int, int | None]) -> tuple[SumCheck, ...]:
    """I15: column 1 = Σ 2–5 = Σ 7–11; Σ 12–22 is reported, not tested."""
    parts: dict[str, dict[str, int]] = {"form": {}, "by": {}, "content": {}}
    for number, spec in columns.items():
        name = spec.partition(":")[0]
        if name in parts:
            parts[name][spec] = figures[number] or 0
    table = PrintedTable(
        total=figures[TOTAL] or 0, forms=parts["form"], levels=parts["by"], contents=parts["content"],
        accepted={"contents": "Một đảng viên có thể có nhiều nội dung, hoặc chưa ghi nội dung."},
    )  # fmt: skip
    return sum_checks(table)


def differences(
    before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> list[tuple[str, str, Any, Any]]:
    """(row, column, frozen, now) of every figure that is no longer what it was."""
    rows = [*before, *(row for row in now if row not in before)]
    found = []
    for row in rows:
        old, new = before.get(row, {}), now.get(row, {})
        for column in [*old, *(each for each in new if each not in old)]:
            if old.get(column) != new.get(column):
                found.append((row, column, old.get(column), new.get(column)))
    return found
