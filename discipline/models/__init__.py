"""Inspection, discipline and what belongs to it, under seal."""

from discipline.models.cases import Case, CaseReader, JournalEntry, SealOpening
from discipline.models.decisions import (
    Appeal,
    CaseDecision,
    CaseExemption,
    CaseVote,
    CourtSentence,
    Notice,
    Postponement,
)
from discipline.models.records import (
    CaseViolation,
    Circumstance,
    Evidence,
    SelfReview,
    StepTaken,
    TeamMember,
)

__all__ = [
    "Appeal",
    "Case",
    "CaseDecision",
    "CaseExemption",
    "CaseReader",
    "CaseViolation",
    "CaseVote",
    "Circumstance",
    "CourtSentence",
    "Evidence",
    "JournalEntry",
    "Notice",
    "Postponement",
    "SealOpening",
    "SelfReview",
    "StepTaken",
    "TeamMember",
]
