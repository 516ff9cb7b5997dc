"""What the page of each step asks and says; the verb of the step names its action and its address."""

from discipline.decision_steps import DECISION_PAGES
from discipline.inspection_steps import INSPECTION_STEPS
from discipline.step_page import StepPage

__all__ = ["STEP_PAGES", "StepPage"]

STEP_PAGES: dict[str, StepPage] = {**INSPECTION_STEPS, **DECISION_PAGES}
