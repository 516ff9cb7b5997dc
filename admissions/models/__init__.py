"""From outstanding outsider to official member: candidates, their source, dossier and procedure."""

from admissions.models.calendars import CalendarToken
from admissions.models.candidates import Candidate, Profile
from admissions.models.dossiers import AdmissionPaper, CVEntry, Introducer, Relative, VerificationItem
from admissions.models.procedure import (
    AdmissionDecision,
    AdmissionVote,
    Admitted,
    CandidateMove,
    Ceremony,
    StepTaken,
)
from admissions.models.sources import (
    AdmissionPlan,
    ClassCertificate,
    Helper,
    HelperNote,
    MonthlyResolution,
    ResolutionLine,
)

__all__ = [
    "AdmissionDecision",
    "AdmissionPaper",
    "AdmissionPlan",
    "AdmissionVote",
    "Admitted",
    "CVEntry",
    "CalendarToken",
    "Candidate",
    "CandidateMove",
    "Ceremony",
    "ClassCertificate",
    "Helper",
    "HelperNote",
    "Introducer",
    "MonthlyResolution",
    "Profile",
    "Relative",
    "ResolutionLine",
    "StepTaken",
    "VerificationItem",
]
