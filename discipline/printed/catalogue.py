"""The papers as data: which there are, who issues them, and the lines that they print."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.lib.paper_lines import PaperKind, catalogue_tables

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
class Kind(PaperKind):
    """One paper of a case; of a ballot several stand on a sheet."""

    mark: str = "△"
    ballot: bool = False

    @property
    def tells_evidence(self):
        return any(line.startswith("@facts.evidence") for line in self.lines)


@cache
def kinds() -> dict[str, Kind]:
    """All papers by code, in the order of the procedure."""
    return {kind.code: kind for kind in (Kind(**each) for each in catalogue_tables(FILE)["papers"])}


def sources() -> dict[str, str]:
    """What a group of values comes from, in words, for a paper that lacks all of it."""
    return catalogue_tables(FILE)["sources"]


def kinds_of(stage: str) -> list[Kind]:
    return [kind for kind in kinds().values() if kind.stage == stage]


def stage_of(state: str) -> str:
    """The stage whose papers are made in a state."""
    return OF_STATES.get(state, "after")


def place_of(kind: Kind) -> int:
    """The place of a paper in the catalogue, by which a file is called that must say nothing else."""
    return list(kinds()).index(kind.code) + 1
