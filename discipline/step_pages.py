"""What the page of each step asks and says; the verb of the step names its action and its address."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StepPage:
    """The form of a step, what stands above it, what is said once it is done, and the words of its button.

    The form is made with `case`, `today` and `user`, and hands over `entry`, which the action takes.
    """

    form: Any
    lead: str = ""
    done: str = "Đã ghi."
    submit: str = ""


STEP_PAGES: dict[str, StepPage] = {}
