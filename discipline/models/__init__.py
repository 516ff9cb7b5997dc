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
from discipline.models.denunciations import (
    Denouncer,
    Denunciation,
    DenunciationContent,
    DenunciationReader,
    SenderOpening,
    SideEntry,
)
from discipline.models.plans import PlannedInspection, SupervisionPlan
from discipline.models.proceedings import ProceedingPaper
from discipline.models.records import (
    CaseViolation,
    Circumstance,
    Evidence,
    SelfReview,
    StepTaken,
    TeamMember,
)
from discipline.models.statistics import FrozenTable
from discipline.models.suspensions import CaseSuspension, SuspensionExtension

__all__ = [
    "Appeal",
    "Case",
    "CaseDecision",
    "CaseExemption",
    "CaseReader",
    "CaseSuspension",
    "CaseViolation",
    "CaseVote",
    "Circumstance",
    "CourtSentence",
    "Denouncer",
    "Denunciation",
    "DenunciationContent",
    "DenunciationReader",
    "Evidence",
    "FrozenTable",
    "JournalEntry",
    "Notice",
    "PlannedInspection",
    "Postponement",
    "ProceedingPaper",
    "SealOpening",
    "SelfReview",
    "SenderOpening",
    "SideEntry",
    "StepTaken",
    "SupervisionPlan",
    "SuspensionExtension",
    "TeamMember",
]
