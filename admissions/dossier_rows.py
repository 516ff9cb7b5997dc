"""What stands on file of one candidate on a day, read in few queries, before any rule looks at it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value

from admissions.enums import CertificateKind, PaperKind
from admissions.models import (
    AdmissionPaper,
    Candidate,
    ClassCertificate,
    Introducer,
    Profile,
    Relative,
    StepTaken,
    VerificationItem,
)
from members.enums import RestorationKind
from members.models import Ending, Member, Restoration

REDO = "redo_dossier"
# What a dossier over 12 months must have anew (06-HD/TW, 5.4a), by the keys of `dossier_redone`.
REDONE = {
    "introducer_paper": (PaperKind.INTRODUCTION,),
    "union_resolution": (PaperKind.UNION_RESOLUTION,),
    "supplementary_verification": (PaperKind.SUPPLEMENT,),
    "supplementary_opinions": (PaperKind.MASS_OPINION, PaperKind.RESIDENCE_OPINION, PaperKind.OPINIONS_SUMMARY),
}
OLD_WITH_THE_DOSSIER = frozenset(kind for kinds in REDONE.values() for kind in kinds)
UNDONE = (RestorationKind.RIGHTS, RestorationKind.RESUMED)  # an ending after which the person came back as he was


class Verified(NamedTuple):
    """One person of the circle with one item, or without any; `kinship` "applicant" is the candidate."""

    kinship: str
    name: str
    topic: str | None
    result: str | None
    method: str | None
    answered_on: date | None
    sent_on: date | None


@dataclass(frozen=True)
class Dossier:
    """Standing rows as of a day; `papers` are those dated by `until`, without what a dossier made anew leaves behind.

    `left_behind` are the kinds of those. `cell_official` None: nobody is on the roll of the cell on that day.
    """

    candidate: Candidate
    profile: Profile
    on: date
    papers: tuple[AdmissionPaper, ...]
    left_behind: frozenset[str]
    introducers: tuple[Introducer, ...]
    verified: tuple[Verified, ...]
    certificate_on: date | None
    cell_official: int | None
    redone_since: date | None
    endings: tuple[Any, ...]

    def latest(self, *kinds):
        """The last paper of some kinds; None where there is none."""
        return next((paper for paper in reversed(self.papers) if paper.kind in kinds), None)

    def of_kind(self, *kinds):
        return [paper for paper in self.papers if paper.kind in kinds]


def read_dossier(candidate, on, until=None):
    """The dossier as of `on`; papers count up to `until`, the day of the decision where that is later."""
    until = max(on, until or on)
    certificate_on, on_roll, official, redone_since = _figures(candidate, on)
    papers = _papers(candidate).filter(Q(dated_on__lte=until) | Q(kind=PaperKind.CONSENT))
    old = {paper for paper in papers if redone_since and paper.dated_on < redone_since}
    old = {paper for paper in old if paper.kind in OLD_WITH_THE_DOSSIER}
    return Dossier(
        candidate=candidate,
        profile=candidate.profile,
        on=on,
        papers=tuple(paper for paper in papers if paper not in old),
        left_behind=frozenset(paper.kind for paper in old),
        introducers=tuple(_introducers(candidate, on)),
        verified=tuple(Verified(*row) for row in _verified(candidate)),
        certificate_on=certificate_on,
        cell_official=official if on_roll else None,
        redone_since=redone_since,
        endings=tuple(_endings(candidate, on)) if candidate.is_readmission else (),
    )


def _papers(candidate):
    return AdmissionPaper.objects.standing().filter(candidate=candidate).order_by("dated_on", "recorded_at", "id")


def _figures(candidate, on):
    """(certificate, members and official members of the cell, dossier made anew since) in one query."""
    certificates = ClassCertificate.objects.standing().filter(
        candidate=OuterRef("pk"), kind=CertificateKind.AWARENESS, issued_on__lte=on
    )
    redone = StepTaken.objects.standing().filter(candidate=OuterRef("pk"), step=REDO, on__lte=on)
    members = Member.objects.standing().in_organisations([candidate.organisation_id], on)
    official = members.filter(official_on__lte=on)
    return (
        Candidate.objects.filter(pk=candidate.pk)
        .values_list(
            Subquery(certificates.order_by("-issued_on").values("issued_on")[:1]),
            _number(members),
            _number(official),
            Subquery(redone.order_by("-on").values("on")[:1]),
        )
        .get()
    )


def _number(members):
    counted = members.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Subquery(counted.values("number")[:1])


def _introducers(candidate, on):
    """Those assigned by that day; `is_gone`: no longer a member on it."""
    left = Exists(Member.objects.left_by(on).filter(pk=OuterRef("member")))
    rows = Introducer.objects.standing().filter(candidate=candidate, assigned_on__lte=on)
    return rows.select_related("member").annotate(is_gone=left)


def _verified(candidate):
    """Relatives with each of their items, one without items too, and the items of the candidate."""
    own = VerificationItem.objects.standing().filter(candidate=candidate, relative=None)
    items = FilteredRelation("items", condition=Q(items__voided_at__isnull=True))
    columns = ("topic", "result", "method", "answered_on", "sent_on")
    relatives = Relative.objects.standing().filter(candidate=candidate).annotate(item=items).order_by()
    theirs = relatives.values_list("kinship", "full_name", *(f"item__{name}" for name in columns))
    return theirs.union(
        own.order_by().values_list(Value("applicant"), Value(candidate.full_name), *map(F, columns)), all=True
    )


def _endings(candidate, on):
    """How the person left the Party by that day, the last first; `times_readmitted` counts the ways back."""
    back = Restoration.objects.standing().filter(member=candidate.former_member_id)
    again = back.filter(kind=RestorationKind.READMITTED, back_on__lte=on)
    rows = Ending.objects.standing().filter(member=candidate.former_member_id, ended_on__lte=on)
    rows = rows.exclude(pk__in=back.filter(kind__in=UNDONE, ending__isnull=False).values("ending"))
    return rows.annotate(times_readmitted=_number(again)).order_by("-ended_on", "-id")
