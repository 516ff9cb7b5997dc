"""What the page of each step asks and says; the verb of the step names its action and its address."""

from discipline.decision_steps import DECISION_PAGES
from discipline.step_page import StepPage

STEP_PAGES: dict[str, StepPage] = {**DECISION_PAGES}
