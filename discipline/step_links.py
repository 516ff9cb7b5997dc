"""The steps of a case as buttons: what is due next stands out and comes first, what ends or turns the case after it."""

from typing import NamedTuple

from django.urls import reverse

from discipline.sealing import open_steps

TURNS = frozenset(
    ("file_signal", "transfer_case", "report_sentence", "close_case", "return_to_cell", "exempt", "postpone", "appeal",
     "annul", "lapse")
)  # fmt: skip


class StepLink(NamedTuple):
    """A button to the page of a step; at most one of a page is due next."""

    words: str
    url: str
    is_due: bool


def step_links(opened, names=None):
    """The steps open to a reader, of `names` alone where such are given."""
    found = [step for step in open_steps(opened.part, opened.case) if names is None or step.name in names]
    found.sort(key=lambda step: step.name in TURNS)
    return [
        StepLink(
            step.label, reverse(f"discipline:{step.name}", args=[opened.case.pk]), not place and step.name not in TURNS
        )
        for place, step in enumerate(found)
    ]
