"""The days from which the clocks of candidates run, for one or for many in one query."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from admissions.enums import CertificateKind, PaperKind, Purpose, VerificationResult
from admissions.models import (
    AdmissionDecision,
    AdmissionPaper,
    AdmissionVote,
    CandidateMove,
    Ceremony,
    ClassCertificate,
    HelperNote,
    StepTaken,
    VerificationItem,
)
from admissions.waiting import for_bodies, for_cells, with_last_body
from cells.models import RuleOverride
from members.dossier_enums import PaperState
from members.models import DossierPaper

CELL, BODY = "cell", "body"
SHEET_PAPERS = (2, 3)  # the CV and the sheet of a member, by their types in the index of the file
SHEET_STATES = (PaperState.PRESENT, PaperState.POINTER)


class ClockRow(NamedTuple):
    """One candidate with the days of his clocks; `turn` says as what the asker acts next, "" when others do."""

    pk: UUID
    name: str
    state: str
    path: str
    place: str
    turn: str
    since: date | None
    certificate_on: date | None
    made_on: date | None
    asked_home: date | None
    asked_abroad: date | None
    resolved_on: date | None
    signed_on: date | None
    received_on: date | None
    admitted_on: date | None
    noted_on: date | None
    new_class_on: date | None
    sheet_on: Any
    rec_resolved_on: date | None
    moved_on: date | None
    move_stage: str | None
    forwarded_on: date | None
    file_received_on: date | None
    review_asked_on: date | None
    review_answered_on: date | None
    is_chosen: bool


def clock_rows(candidates):
    """The rows of some candidates; nobody's turn is asked."""
    return [ClockRow(*row) for row in clock_query(candidates)]


def clock_query(candidates, user=None, topics=()):
    """The columns of a `ClockRow` for candidates, first who is longest in his state; `turn` is that of `user`.

    `is_chosen` tells whether a committee has chosen anything of `topics`.
    """
    rows = with_last_body(candidates).order_by().annotate(**_days(), **_move())
    chosen = RuleOverride.objects.standing().filter(topic__in=topics)
    turn = Value("")
    if user is not None:
        turn = Case(When(for_cells(user), then=Value(CELL)), When(for_bodies(user), then=Value(BODY)), default=turn)
    rows = rows.annotate(
        turn=turn,
        is_chosen=Exists(chosen),
        name=F("full_name"),
        path=Coalesce("member__home__path", "organisation__path"),
        place=Coalesce("member__home__name", "organisation__name"),
    )
    return rows.order_by("since", "sort_key", "pk").values_list(*ClockRow._fields)


def _first(rows, column, *order):
    return Subquery(rows.filter(candidate=OuterRef("pk")).order_by(*order).values(column)[:1])


def _days():
    steps, papers = StepTaken.objects.standing(), AdmissionPaper.objects.standing()
    certificates, votes = ClassCertificate.objects.standing(), AdmissionVote.objects.standing()
    decisions = AdmissionDecision.objects.standing().filter(purpose=Purpose.ADMISSION, approves=True)
    by_cell = votes.filter(body="cell")
    order = ("-signed_on", "-recorded_at")
    ceremony = _first(Ceremony.objects.standing(), "held_on", "-held_on")
    applied = _first(papers.filter(kind=PaperKind.APPLICATION), "dated_on", "-dated_on")
    redone = _first(steps.filter(step="redo_dossier"), "on", "-on")
    return {
        "since": _first(steps, "on", "-on", "-id"),
        "certificate_on": _first(certificates.filter(kind=CertificateKind.AWARENESS), "issued_on", "-issued_on"),
        "made_on": Greatest(Coalesce(applied, redone), Coalesce(redone, applied)),
        "asked_home": _asked(is_abroad=False),
        "asked_abroad": _asked(is_abroad=True),
        "resolved_on": _first(by_cell.filter(purpose=Purpose.ADMISSION), "held_on", "-held_on", "-id"),
        "signed_on": _first(decisions, "signed_on", *order),
        "received_on": _first(decisions, "received_on", *order),
        "admitted_on": Coalesce(ceremony, "member__admitted_on"),
        "noted_on": _first(HelperNote.objects.standing(), "noted_on", "-noted_on"),
        "new_class_on": _first(certificates.filter(kind=CertificateKind.NEW_MEMBER), "issued_on", "-issued_on"),
        "sheet_on": _sheet(),
        "rec_resolved_on": _first(by_cell.filter(purpose=Purpose.RECOGNITION), "held_on", "-held_on", "-id"),
    }


def _asked(**where):
    """The earliest request that nobody has answered, from its receipt or else from its sending."""
    items = VerificationItem.objects.standing().filter(
        candidate=OuterRef("pk"), result=VerificationResult.OPEN, answered_on__isnull=True, **where
    )
    asked = items.order_by().annotate(asked=Coalesce("received_on", "sent_on")).values("candidate")
    return Subquery(asked.annotate(first=Min("asked")).values("first"))


def _sheet():
    """The later of the two papers of the new member's file, once both are there."""
    rows = DossierPaper.objects.standing().filter(
        member=OuterRef("member"), type__in=SHEET_PAPERS, state__in=SHEET_STATES
    )
    both = rows.order_by().values("member").annotate(kinds=Max("type") - Min("type"), last=Max("recorded_at"))
    return Subquery(both.filter(Q(kinds=SHEET_PAPERS[1] - SHEET_PAPERS[0])).values("last")[:1])


def _move():
    rows = CandidateMove.objects.standing()
    columns = {
        "moved_on": "ordered_on",
        "move_stage": "stage",
        "forwarded_on": "forwarded_on",
        "file_received_on": "received_on",
        "review_asked_on": "review_asked_on",
        "review_answered_on": "review_answered_on",
    }
    return {name: _first(rows, column, "-ordered_on", "-recorded_at") for name, column in columns.items()}
