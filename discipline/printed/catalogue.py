"""The papers as data: which there are, who issues them, and the lines that they print."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "catalogues" / "papers.toml"
STAGES = {
    "inspection": "Kiểm tra, thẩm tra",
    "vote": "Hội nghị, biểu quyết",
    "decision": "Quyết định, công bố, thông báo",
    "after": "Khiếu nại, đình chỉ, bàn giao",
}
OF_STATES = {
    "signal": "inspection", "triage": "inspection", "planned": "inspection", "self_review": "inspection",
    "verifying": "inspection", "postponed": "inspection", "cell_meeting": "vote", "proposed": "vote",
    "upper_verify": "vote", "upper_vote": "vote", "decided_cell": "decision", "decided_upper": "decision",
    "announced": "decision", "notified": "decision",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One paper; `abstract`, `to`, `recipients` and the signers are lines with values as the others are."""

    code: str
    name: str
    title: str
    stage: str
    issuer: str = ""
    type: str = ""
    abstract: str = ""
    mark: str = "△"
    needs: str = ""
    each: str = ""
    dated_by: str = ""
    word: bool = False
    ballot: bool = False
    to: tuple[str, ...] = ()
    signed: str = ""
    signer: str = ""
    left: str = ""
    left_signer: str = ""
    recipients: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def tells_evidence(self):
        return any(line.startswith("@facts.evidence") for line in self.lines)


@cache
def kinds() -> dict[str, Kind]:
    """All papers by code, in the order of the procedure."""
    found = [Kind(**{name: _frozen(value) for name, value in each.items()}) for each in _tables()["papers"]]
    return {kind.code: kind for kind in found}


@cache
def sources() -> dict[str, str]:
    """What a group of values comes from, in words, for a paper that lacks all of it."""
    return _tables()["sources"]


def kinds_of(stage: str) -> list[Kind]:
    return [kind for kind in kinds().values() if kind.stage == stage]


def stage_of(state: str) -> str:
    """The stage whose papers are made in a state."""
    return OF_STATES.get(state, "after")


def place_of(kind: Kind) -> int:
    """The place of a paper in the catalogue, by which a file is called that must say nothing else."""
    return list(kinds()).index(kind.code) + 1


@cache
def _tables() -> dict:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value
