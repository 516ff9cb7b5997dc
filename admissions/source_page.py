"""The source of one candidate on a page: helpers, certificates, notes, monthly resolutions, open steps."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from admissions.certificates import Validity, validity
from admissions.enums import CertificateKind
from admissions.models import ClassCertificate, Helper, HelperNote, ResolutionLine, StepTaken
from admissions.rulebook import AdmissionBook
from admissions.source_moves import SOURCE_STEPS
from admissions.workflow import ADMISSION
from cells.permissions import Permission as P


@dataclass(frozen=True)
class Certificate:
    """A certificate and, of the awareness class, until when it is valid."""

    row: Any
    valid: Validity | None
    is_valid: bool
    mark: str = ""
    article: str = ""


@dataclass(frozen=True)
class SourcePage:
    """What the tab of the source shows of a candidate on a day."""

    helpers: tuple
    certificates: tuple[Certificate, ...]
    notes: tuple
    lines: tuple
    steps: tuple[tuple[str, str], ...]
    last_step: Any
    may_file: bool


def read_source(candidate, user, today):
    """The tab for one person on a day."""
    helpers = Helper.objects.standing().filter(candidate=candidate).select_related("member", "recorded_by")
    notes = HelperNote.objects.standing().filter(candidate=candidate).select_related("helper__member", "recorded_by")
    lines = ResolutionLine.objects.standing().filter(candidate=candidate).select_related("resolution")
    last = StepTaken.objects.standing().filter(candidate=candidate).order_by("on", "id").last()
    return SourcePage(
        helpers=tuple(helpers.order_by("-started_on", "-id")),
        certificates=tuple(_certificates(candidate, today)),
        notes=tuple(notes),
        lines=tuple(lines.order_by("-resolution__month", "-id")),
        steps=tuple(open_steps(candidate, user)),
        last_step=last if last and last.step in SOURCE_STEPS else None,
        may_file=user.may(P.ADMISSIONS_FILE, candidate),
    )


def open_steps(candidate, user):
    """(words, address) of the steps of the source that the state and the rights of a person leave open."""
    for step in ADMISSION.open_to(user, candidate):
        if step.name in SOURCE_STEPS:
            yield step.label, reverse(f"admissions:{step.name}", args=[candidate.pk])


def _certificates(candidate, today):
    rows = list(ClassCertificate.objects.standing().filter(candidate=candidate).select_related("recorded_by"))
    rules = AdmissionBook().rules("admission_conditions", candidate.scope_organisation, today) if rows else None
    for row in rows:
        if row.kind != CertificateKind.AWARENESS:
            yield Certificate(row, None, True)
            continue
        found = validity(row, rules)
        origin = rules.origin("class_certificate_months") or ""
        yield Certificate(row, found, found.holds_on(today), origin, rules.cite("class_certificate_months"))
