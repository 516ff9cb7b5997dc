"""People and their history: the record, memberships, posts, overlays, sanctions, grades, imports."""

from members.models.history import AnnualGrade, Membership, Overlay, Particular, Post, Sanction
from members.models.imports import ColumnMapping, ImportBatch, ImportChange, SavedRow
from members.models.member import Member

__all__ = [
    "AnnualGrade",
    "ColumnMapping",
    "ImportBatch",
    "ImportChange",
    "Member",
    "Membership",
    "Overlay",
    "Particular",
    "Post",
    "Sanction",
    "SavedRow",
]
