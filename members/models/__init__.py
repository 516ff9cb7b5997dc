"""People and their history: the record, memberships, posts, overlays, sanctions, grades, imports."""

from members.models.history import AnnualGrade, Membership, Overlay, Particular, Post, Sanction
from members.models.imports import ColumnMapping, ImportBatch, ImportChange, SavedRow
from members.models.member import Member
from members.models.moves import Handover, Transfer
from members.models.standing import Ending, Hold, Proceeding, Restoration

__all__ = [
    "AnnualGrade",
    "ColumnMapping",
    "Ending",
    "Handover",
    "Hold",
    "ImportBatch",
    "ImportChange",
    "Member",
    "Membership",
    "Overlay",
    "Particular",
    "Post",
    "Proceeding",
    "Restoration",
    "Sanction",
    "SavedRow",
    "Transfer",
]
