"""What the page of one step of a case consists of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StepPage:
    """The form of a step, what stands above it, what is said once it is done, and the words of its button.

    The form is made with `case`, `today` and `user`, and hands over `entry`, which the action takes. A page with a
    `template` of its own may be asked with first values in its address. `onward` names the page that follows; `advice`
    gives for the opened case and today the results of rules that stand beside the form.
    """

    form: Any
    lead: str = ""
    done: str = "Đã ghi."
    submit: str = ""
    template: str = ""
    onward: str = "file"
    advice: Any = None
