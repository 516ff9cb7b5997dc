"""Every write of the yearly rating that means something; each is atomic and logged."""

from evaluations.actions.decisions import decide
from evaluations.actions.drafts import save_draft
from evaluations.actions.reviews import confirm_doors, override_eligibility
from evaluations.actions.seasons import close_season, open_season, raise_cap, refresh_sheet, start_season
from evaluations.actions.sheets import appraise, forward, open_sheet, recall, return_sheet, send
from evaluations.actions.task_numbers import fill_tasks

__all__ = [
    "appraise",
    "close_season",
    "confirm_doors",
    "decide",
    "fill_tasks",
    "forward",
    "open_season",
    "open_sheet",
    "override_eligibility",
    "raise_cap",
    "recall",
    "refresh_sheet",
    "return_sheet",
    "save_draft",
    "send",
    "start_season",
]
