"""The list of outstanding people: somebody put on it, an entry typed by mistake taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.certificates import CertificateEntry, keep_certificate
from admissions.enums import FoundBy, State
from admissions.models import Candidate, Profile, StepTaken
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed
from members.models import Member

TAKEN = "Số này đã có trong hệ thống, đã chuyển cấp trên đối chiếu."


@dataclass(frozen=True)
class ListEntry:
    """Who is put on the list: columns of `Candidate`, answers for the profile, from which body the person came.

    `certificate` is one that the person holds already.
    """

    columns: dict[str, Any]
    on: date
    found_by: str = FoundBy.CELL
    document: str = ""
    profile: dict[str, Any] | None = None
    certificate: CertificateEntry | None = None


@transaction.atomic
def list_candidate(entry, *, organisation, by):
    """Put somebody on the list of outstanding people of a cell (38-HD/BTCTW, I.1.1).

    ValidationError for a body that is no open cell, and for a personal number that a member or a candidate holds.
    """
    if not (organisation.is_cell and organisation.is_open):
        raise ValidationError(f"{organisation} không phải là chi bộ đang hoạt động. Hãy chọn một chi bộ.")
    candidate = Candidate(
        **entry.columns, organisation=organisation, listed_on=entry.on, found_by=entry.found_by, recorded_by=by
    )
    _refuse_known_number(candidate)
    try:
        with transaction.atomic():
            candidate.save(force_insert=True)
    except IntegrityError:
        raise ValidationError({"personal_id": TAKEN}) from None
    Profile.objects.create(candidate=candidate, **(entry.profile or {}))
    StepTaken.objects.create(
        candidate=candidate, step="list_candidate", to_state=candidate.state, on=entry.on, organisation=organisation,
        document=entry.document, recorded_by=by,
    )  # fmt: skip
    if entry.certificate:
        keep_certificate(candidate, entry.certificate, by)
    record("admissions.list_candidate", candidate, by=by, data={"on": f"{entry.on:%d/%m/%Y}"})
    return candidate


@transaction.atomic
def void_candidate(candidate, *, reason, by):
    """Take back an entry typed by mistake: only while nothing but the list knows the person."""
    found = locked(candidate)
    if found.state not in (State.LISTED, State.DROPPED):
        raise NotAllowed("Người này đã qua các bước xét; hãy dùng “Đưa ra khỏi danh sách” hoặc “Rút, thôi xét”.")
    found.void(reason, by)
    record("admissions.void_candidate", found, by=by, data={"reason": reason})
    return found


def _refuse_known_number(candidate):
    number = candidate.personal_id
    holders = Member.objects.on_known_number(personal_id=number) if number else Member.objects.none()
    if candidate.former_member_id:
        holders = holders.exclude(pk=candidate.former_member_id)
    if holders.exists():
        raise ValidationError({"personal_id": TAKEN})
