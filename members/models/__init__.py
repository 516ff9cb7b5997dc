"""People and their history: the record, memberships, posts, overlays, sanctions, grades, imports."""

from members.models.badges import Award, Badge, PartyAgeConfirmation
from members.models.cards import CardCheck, PartyCard
from members.models.dossier import (
    Dossier,
    DossierPaper,
    FileCheck,
    FileLoan,
    IndexCertification,
    Scan,
)
from members.models.history import AnnualGrade, Membership, Overlay, Particular, Post, Sanction
from members.models.imports import ColumnMapping, ImportBatch, ImportChange, SavedRow
from members.models.member import Member
from members.models.moves import Handover, Transfer
from members.models.official import OfficialFile
from members.models.papers import FormerName, Photo, Supplement
from members.models.quality import Finding, Merge, QualityCount, QualityFix
from members.models.registers import Attendance, FeePayment, Meeting, Task
from members.models.sheet import (
    AdministrativeDiscipline,
    CareerStep,
    FamilyMember,
    ForeignOrganisation,
    ForeignRelative,
    ForeignStay,
    HistoryNote,
    HonoraryTitle,
    HouseholdAsset,
    HouseholdDeclaration,
    Introducer,
    Milestone,
    MilitaryService,
    Place,
    SocialMembership,
    Training,
)
from members.models.standing import Ending, Hold, Proceeding, Restoration

__all__ = [
    "AdministrativeDiscipline",
    "AnnualGrade",
    "Attendance",
    "Award",
    "Badge",
    "CardCheck",
    "CareerStep",
    "ColumnMapping",
    "Dossier",
    "DossierPaper",
    "Ending",
    "FamilyMember",
    "FeePayment",
    "FileCheck",
    "FileLoan",
    "Finding",
    "ForeignOrganisation",
    "ForeignRelative",
    "ForeignStay",
    "FormerName",
    "Handover",
    "HistoryNote",
    "Hold",
    "HonoraryTitle",
    "HouseholdAsset",
    "HouseholdDeclaration",
    "ImportBatch",
    "ImportChange",
    "IndexCertification",
    "Introducer",
    "Meeting",
    "Member",
    "Membership",
    "Merge",
    "Milestone",
    "MilitaryService",
    "OfficialFile",
    "Overlay",
    "Particular",
    "PartyAgeConfirmation",
    "PartyCard",
    "Photo",
    "Place",
    "Post",
    "Proceeding",
    "QualityCount",
    "QualityFix",
    "Restoration",
    "Sanction",
    "SavedRow",
    "Scan",
    "SocialMembership",
    "Supplement",
    "Task",
    "Training",
    "Transfer",
]
