"""Who we are: the organisation tree in time, accounts, roles, rule sets, ballots, issued documents, the log."""

from cells.models.accounts import RoleAssignment, User
from cells.models.audit import LogEntry
from cells.models.ballots import Ballot
from cells.models.documents import IssuedDocument
from cells.models.events import Organ, TreeEvent, TreeEventPart
from cells.models.jobs import Job
from cells.models.organisations import Organisation, OrganisationKind, OrganisationVersion, Term
from cells.models.rulesets import RuleOverride, RuleSet

__all__ = [
    "Ballot",
    "IssuedDocument",
    "Job",
    "LogEntry",
    "Organ",
    "Organisation",
    "OrganisationKind",
    "OrganisationVersion",
    "RoleAssignment",
    "RuleOverride",
    "RuleSet",
    "Term",
    "TreeEvent",
    "TreeEventPart",
    "User",
]
