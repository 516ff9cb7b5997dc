"""The shape of the page of a step."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StepPage:
    """The form of a step, what stands above it, what is said once it is done, and the words of its button.

    The form is made with `case`, `today` and `user`, and hands over `entry`, which the action takes. `advice` gives for
    the opened case and today the results of rules that stand beside the form.
    """

    form: Any
    lead: str = ""
    done: str = "Đã ghi."
    submit: str = ""
    advice: Any = None
