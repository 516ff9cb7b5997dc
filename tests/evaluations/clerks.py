"""Sheets as a secretary's browser holds them: read from the page, filled in, posted as the form's buttons do."""

import re
from dataclasses import dataclass, field

MEETING = "05/12/2025"
WORK = {  # points, tasks: total, undone, late, beyond
    "HTXSNV": ("92,5", 10, 0, 0, 4),
    "HTTNV": ("81", 10, 0, 0, 1),
    "HTNV": ("62", 10, 0, 2, 0),
    "KHTNV": ("42", 10, 6, 0, 0),
}
TASKS = ("tasks_total", "tasks_undone", "tasks_late", "tasks_beyond")
EXCELLENT, FULFILLED = 0.13, 0.065  # shares of those rated, as the published ones; the others are good
ILL_IN, FAILED_IN = 10, 20  # of so many cells one has somebody who is ill, or who failed
VERSION = re.compile(r'id="v-(\w+)" name="[\w-]+" value="(\d+)"')
DUE = re.compile(r'name="(r[0-9a-f]{12})-own_level"')
BASE = re.compile(r"làm căn cứ tính phiếu: <b>(\d+)</b>")
ILL = "ill"


@dataclass
class Paper:
    """What the page of a sheet asks for: versions by key (`head` too), the rows to rate, the base of the vote."""

    versions: dict
    due: list
    base: int
    answers: list = field(default_factory=list)


def read_paper(html):
    """The sheet on a page."""
    return Paper(
        versions=dict(VERSION.findall(html)),
        due=list(dict.fromkeys(DUE.findall(html))),
        base=read_base(html),
        answers=re.findall(r'name="(r[0-9a-f]{12})-answer"', html),
    )


def read_base(html):
    """How many votes there are, as the page says it; it depends on the day of the meeting."""
    return int(BASE.search(html)[1])


def levels_for(size, number, excellent=EXCELLENT):
    """A result for each of `size` people of the cell with that number: levels, or ILL for one without."""
    best, fulfilled = int(size * excellent), round(size * FULFILLED)
    failed, ill = int(number % FAILED_IN == 0), int(number % ILL_IN == 1)
    good = size - best - fulfilled - failed - ill
    levels = ["HTTNV"] * good + ["HTXSNV"] * best + ["HTNV"] * fulfilled + ["KHTNV"] * failed + [ILL] * ill
    turn = number % size
    return [*levels[turn:], *levels[:turn]]


def post_of(paper, levels, **changes):
    """Every control of the form, filled in: all voted, all but two for the level that is proposed."""
    data = {"whole": "1", "head-held_on": MEETING, "head-invalid": "0", "head-note": ""}
    data |= {f"head-{name}": str(paper.base) for name in ("present", "issued", "collected", "valid")}
    data |= {f"{key}-version": version for key, version in paper.versions.items()}
    for key, level in zip(paper.due, levels, strict=True):
        data |= {f"{key}-{name}": value for name, value in row_of(level, paper.base).items()}
    return data | changes


def row_of(level, base):
    """The controls of one row."""
    if level == ILL:
        votes = dict.fromkeys((f"votes_{code}" for code in WORK), "")
        return {"own_level": "", "blanks": "", "proposed_level": "", "not_rated_reason": ILL, "reason": "", **votes}
    points, *tasks = WORK[level]
    other = "HTNV" if level == "HTTNV" else "HTTNV"
    votes = {code: {level: str(base - 3), other: "2"}.get(code, "") for code in WORK}
    return {
        "own_level": level,
        "points": points,
        **{name: str(number) for name, number in zip(TASKS, tasks, strict=True)},
        **{f"votes_{code}": text for code, text in votes.items()},
        "faults_remedied": "",
        "blanks": "1",
        "proposed_level": level,
        "not_rated_reason": "",
        "reason": "",
    }
