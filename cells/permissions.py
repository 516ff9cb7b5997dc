"""Who may do what, on one page.

A right is given by a role on an organisation and reaches the organisation and everything below it.
"""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """What a person may do within the scope of a role."""

    ORGANISATIONS_VIEW = "organisations.view"
    ORGANISATIONS_IMPORT = "organisations.import"
    TREE_CHANGE = "tree.change"  # asked of the body above the one that changes
    POSTS_MANAGE = "posts.manage"
    MEMBERS_VIEW = "members.view"
    MEMBERS_EDIT = "members.edit"
    MEMBERS_SENSITIVE = "members.sensitive"  # religion, health, family
    MEMBERS_REVEAL = "members.reveal"  # whole personal and card numbers
    MEMBERS_EXPORT = "members.export"
    MEMBERS_IMPORT = "members.import"
    FILES_VIEW = "files.view"  # which papers a member's file holds
    FILES_KEEP = "files.keep"  # the keeper: enters papers, lends, certifies, reads and stores scans
    TRANSFERS_VIEW = "transfers.view"
    TRANSFERS_REQUEST = "transfers.request"
    TRANSFERS_ISSUE = "transfers.issue"  # asked of the lowest body above both ends
    TRANSFERS_RECEIVE = "transfers.receive"
    ENDINGS_RECORD = "endings.record"  # removal of the name, leaving, cancelled admission, restoration
    HONOURS_RECORD = "honours.record"  # decisions on badges and Party age, cards given out
    SANCTIONS_RECORD = "sanctions.record"  # facts of discipline, entered from paper
    HOLDS_SET = "holds.set"  # nobody else learns of a hold
    RATINGS_VIEW = "ratings.view"
    RATINGS_FILE = "ratings.file"
    RATINGS_DECIDE = "ratings.decide"  # appraise, return, decide at a station of the chain
    SEASONS_MANAGE = "seasons.manage"
    ADMISSIONS_VIEW = "admissions.view"
    ADMISSIONS_FILE = "admissions.file"  # the cell's part: list, dossier, its vote, ceremony, probation
    ADMISSIONS_DECIDE = "admissions.decide"  # clear, certify, appraise, vote, decide: asked of the body that acts
    ADMISSIONS_BACKGROUND = "admissions.background"  # family and what verification answered; each look is logged
    ADMISSIONS_PLAN = "admissions.plan"
    CASES_REPORT = "cases.report"  # report a sign of a violation; what comes of it stays with whom the case names
    CASES_WORK = "cases.work"  # run cases: which, the case itself says
    CASES_SEAL = "cases.seal"  # the second person at the seal
    SUPERVISION_VIEW = "supervision.view"  # plans of inspection and supervision, and what they covered
    SUPERVISION_FILE = "supervision.file"
    SCREENING_VIEW = "screening.view"
    SCREENING_FILE = "screening.file"  # the cell's part: looks at its members, votes, helps
    SCREENING_DECIDE = "screening.decide"  # opinion of the committee above, recognition, removal
    REPORTS_VIEW = "reports.view"
    DOCUMENTS_VIEW = "documents.view"
    DOCUMENTS_ISSUE = "documents.issue"
    RULES_VIEW = "rules.view"
    RULES_MANAGE = "rules.manage"
    LOG_VIEW = "log.view"
    ACCOUNTS_MANAGE = "accounts.manage"
    INSPECTION_GRANT = "inspection.grant"


class Role(models.TextChoices):
    """The parts people play; an account holds any number of them, each on an organisation and dated."""

    CELL_SECRETARY = "cell_secretary", "Bí thư chi bộ"
    BASE_OFFICER = "base_officer", "Cán bộ cấp ủy cơ sở"
    STAFF = "staff", "Cán bộ cơ quan tham mưu của cấp ủy"
    INSPECTION_OFFICER = "inspection_officer", "Cán bộ kiểm tra"
    INSPECTION_HEAD = "inspection_head", "Chủ nhiệm Ủy ban Kiểm tra"
    READER = "reader", "Thường trực, Ban Thường vụ (xem số liệu, báo cáo)"
    ADMINISTRATOR = "administrator", "Quản trị tài khoản"


# An administrator may not give or take these, nor reset the accounts that hold them.
INSPECTION_ROLES = frozenset({Role.INSPECTION_OFFICER, Role.INSPECTION_HEAD})

P = Permission

_CELL = {
    P.ORGANISATIONS_VIEW,
    P.MEMBERS_VIEW,
    P.MEMBERS_EDIT,
    P.MEMBERS_SENSITIVE,
    P.MEMBERS_REVEAL,
    P.MEMBERS_EXPORT,
    P.FILES_VIEW,
    P.TRANSFERS_VIEW,
    P.TRANSFERS_REQUEST,
    P.TRANSFERS_RECEIVE,
    P.RATINGS_VIEW,
    P.RATINGS_FILE,
    P.ADMISSIONS_VIEW,
    P.ADMISSIONS_FILE,
    P.ADMISSIONS_BACKGROUND,
    P.CASES_REPORT,
    P.SUPERVISION_VIEW,
    P.SUPERVISION_FILE,
    P.SCREENING_VIEW,
    P.SCREENING_FILE,
    P.REPORTS_VIEW,
    P.DOCUMENTS_VIEW,
    P.RULES_VIEW,
    P.LOG_VIEW,
}
_OF_THE_CELL = {
    P.MEMBERS_SENSITIVE,
    P.RATINGS_FILE,
    P.ADMISSIONS_FILE,
    P.CASES_REPORT,
    P.SUPERVISION_FILE,
    P.SCREENING_FILE,
}
_BASE = (_CELL - _OF_THE_CELL) | {
    P.TREE_CHANGE,
    P.POSTS_MANAGE,
    P.FILES_KEEP,
    P.TRANSFERS_ISSUE,
    P.ENDINGS_RECORD,
    P.HONOURS_RECORD,
    P.RATINGS_DECIDE,
    P.ADMISSIONS_DECIDE,
    P.ADMISSIONS_PLAN,
    P.SCREENING_DECIDE,
    P.DOCUMENTS_ISSUE,
}
_STAFF = _BASE | {
    P.ORGANISATIONS_IMPORT,
    P.MEMBERS_SENSITIVE,
    P.MEMBERS_IMPORT,
    P.SEASONS_MANAGE,
    P.RULES_MANAGE,
}
_INSPECTION = {
    P.ORGANISATIONS_VIEW,
    P.MEMBERS_VIEW,
    P.SANCTIONS_RECORD,
    P.HOLDS_SET,
    P.CASES_REPORT,
    P.CASES_WORK,
    P.SUPERVISION_VIEW,
    P.SUPERVISION_FILE,
    P.SCREENING_VIEW,
    P.REPORTS_VIEW,
    P.RULES_VIEW,
}

GRANTS: dict[str, frozenset[Permission]] = {
    Role.CELL_SECRETARY: frozenset(_CELL),
    Role.BASE_OFFICER: frozenset(_BASE),
    Role.STAFF: frozenset(_STAFF),
    Role.INSPECTION_OFFICER: frozenset(_INSPECTION),
    Role.INSPECTION_HEAD: frozenset(_INSPECTION | {P.INSPECTION_GRANT, P.CASES_SEAL}),
    Role.READER: frozenset({P.ORGANISATIONS_VIEW, P.REPORTS_VIEW, P.DOCUMENTS_VIEW, P.RULES_VIEW}),
    Role.ADMINISTRATOR: frozenset({P.ACCOUNTS_MANAGE}),
}
