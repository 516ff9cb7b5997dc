"""Every write of the organisation side that means something; each is atomic and logged."""

from cells.actions.documents import (
    draft_document,
    issue_document,
    number_document,
    register_outside,
    supersede_document,
    withdraw_number,
)

__all__ = [
    "draft_document",
    "issue_document",
    "number_document",
    "register_outside",
    "supersede_document",
    "withdraw_number",
]
