"""The guides of inspection statistics as data: tables, columns, rows, blocks, the levels of the deciding bodies."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "catalogues" / "statistics.toml"


@dataclass(frozen=True)
class GuideColumn:
    """One numbered column; `group` is the heading that it shares with its neighbours."""

    number: int
    label: str
    counts: str
    group: str = ""

    @property
    def full_label(self) -> str:
        return f"{self.group}: {self.label[:1].lower()}{self.label[1:]}" if self.group else self.label


@dataclass(frozen=True)
class GuideRow:
    """One row: all, or the posts at the time of the violation that it names."""

    code: str
    label: str
    mark: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GuideTable:
    """One table of the set: decided by committees and cells, or by inspection commissions."""

    code: str
    title: str
    mark: str
    of_commissions: bool
    columns: tuple[GuideColumn, ...]

    @property
    def specs(self) -> dict[int, str]:
        return {column.number: column.counts for column in self.columns}


@dataclass(frozen=True)
class GuideBlock:
    """One block of the report: (what is counted, label) of its lines in their order."""

    code: str
    title: str
    mark: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Guide:
    """One set of tables in force from a day."""

    code: str
    title: str
    effective_on: date
    mark: str
    note: str
    tables: tuple[GuideTable, ...]
    rows: tuple[GuideRow, ...]
    levels: dict[str, str]  # the level of a kind of organisation
    blocks: tuple[GuideBlock, ...]

    def table(self, code: str) -> GuideTable | None:
        return next((each for each in self.tables if each.code == code), None)

    def row(self, code: str) -> GuideRow | None:
        return next((each for each in self.rows if each.code == code), None)


def guide_on(day: date) -> Guide:
    """The guide in force on a day; of an earlier day the oldest that is known."""
    known = [guide for guide in guides() if guide.effective_on <= day]
    return known[-1] if known else guides()[0]


@cache
def guides() -> tuple[Guide, ...]:
    """All guides, the oldest first."""
    with FILE.open("rb") as file:
        found = [_guide(each) for each in tomllib.load(file)["guides"]]
    return tuple(sorted(found, key=lambda guide: guide.effective_on))


def _guide(data: dict[str, Any]) -> Guide:
    columns = {each["code"]: each["columns"] for each in data["tables"] if "columns" in each}
    return Guide(
        code=data["code"],
        title=data["title"],
        effective_on=data["effective_on"],
        mark=data["mark"],
        note=data["note"],
        tables=tuple(_table(each, columns) for each in data["tables"]),
        rows=tuple(
            GuideRow(each["code"], each["label"], each["mark"], tuple(each.get("posts", ()))) for each in data["rows"]
        ),
        levels={kind: level for level, kinds in data["levels"].items() for kind in kinds},
        blocks=tuple(_block(each) for each in data["blocks"]),
    )


def _table(data: dict[str, Any], columns: dict[str, list[dict[str, Any]]]) -> GuideTable:
    own = columns[data.get("columns_of", data["code"])]
    labels = data.get("labels", {})
    found = (GuideColumn(**{**each, "label": labels.get(str(each["number"]), each["label"])}) for each in own)
    return GuideTable(data["code"], data["title"], data["mark"], data["decided_by"] == "commissions", tuple(found))


def _block(data: dict[str, Any]) -> GuideBlock:
    lines = tuple((line["counts"], line["label"]) for line in data["lines"])
    return GuideBlock(data["code"], data["title"], data["mark"], lines)
