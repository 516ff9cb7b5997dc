"""What the page of probation says: the clock, the helpers, notes, papers, what recognition still lacks."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from admissions.enums import MEMBER_STATES, ON_PROBATION
from admissions.models import HelperNote
from admissions.probations import lacking, papers_of, probation_of
from admissions.rulebook import AdmissionBook
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from members.rules.probation import proposal_due

ACTS = (
    ("Phân công người giúp đỡ", "assign_probation_helper"),
    ("Ghi chép", "note_probation"),
    ("Ghi giấy tờ xét công nhận", "add_probation_paper"),
    ("Ghi lớp đảng viên mới", "record_new_member_class"),
)


@dataclass(frozen=True)
class ProbationPage:
    """The probation of one member on a day for one person; `problem` says why there is no clock."""

    probation: object = None
    problem: str = ""
    days_left: int | None = None
    proposal: object = None
    official_on: date | None = None
    helpers: tuple = ()
    notes: tuple = ()
    papers: tuple = ()
    classes: tuple = ()
    missing: tuple = ()
    acts: tuple = ()


def read_probation(candidate, user, today):
    """Empty for who is no member yet."""
    if candidate.state not in MEMBER_STATES:
        return ProbationPage(problem="Thời gian dự bị tính từ lễ kết nạp.")
    book, rows = AdmissionBook(), _rows(candidate)
    try:
        probation = probation_of(candidate, book)
    except NotAllowed as problem:
        return ProbationPage(problem=str(problem), acts=_acts(candidate, user), **rows)
    rules = book.on(candidate.scope_organisation, probation.started_on).probation
    left = (probation.ends_on - today).days
    return ProbationPage(
        probation=probation,
        days_left=left if left > 0 else None,
        proposal=proposal_due(rules, probation.started_on),
        official_on=candidate.member.official_on,
        missing=tuple(lacking(probation.ends_on, **rows)) if candidate.state in ON_PROBATION else (),
        acts=_acts(candidate, user),
        **rows,
    )


def _rows(candidate):
    notes = HelperNote.objects.standing().filter(candidate=candidate).select_related("helper__member")
    return {**papers_of(candidate), "notes": tuple(notes[:20])}


def _acts(candidate, user):
    if candidate.state not in ON_PROBATION or not user.may(P.ADMISSIONS_FILE, candidate):
        return ()
    return tuple((words, reverse(f"admissions:{name}", args=[candidate.pk])) for words, name in ACTS)
