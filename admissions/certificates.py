"""Certificates of classes: the latest of each candidate, and until when it is valid."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from admissions.enums import CertificateKind
from admissions.models import ClassCertificate
from config.lib.workdays import add_months


@dataclass(frozen=True)
class CertificateEntry:
    """A certificate as the paper says it."""

    issued_on: date
    number: str = ""
    issued_by: str = ""
    held_from: date | None = None
    held_to: date | None = None
    result: str = ""
    kind: str = CertificateKind.AWARENESS


def keep_certificate(candidate, entry, by):
    """The row of a certificate of a locked candidate; ValidationError where one of that day stands."""
    rows = ClassCertificate.objects.standing().filter(candidate=candidate, kind=entry.kind, issued_on=entry.issued_on)
    if rows.exists():
        raise ValidationError(
            f"Giấy chứng nhận ngày {entry.issued_on:%d/%m/%Y} đã được ghi. Nếu ghi sai, hãy hủy mục cũ rồi ghi lại."
        )
    return ClassCertificate.objects.create(candidate=candidate, recorded_by=by, **vars(entry))


@dataclass(frozen=True)
class Validity:
    """A certificate of the awareness class with its last valid day; None where the rule set sets no limit."""

    issued_on: date
    last_day: date | None

    def holds_on(self, day):
        return self.issued_on <= day and (self.last_day is None or day <= self.last_day)


def latest_awareness(candidate_ids):
    """The latest certificate of the awareness class of each candidate, in one query."""
    rows = ClassCertificate.objects.standing().filter(candidate__in=candidate_ids, kind=CertificateKind.AWARENESS)
    return {row.candidate_id: row for row in rows.order_by("issued_on", "id")}


def validity(certificate, rules):
    """Until when a certificate is valid by the conditions of a day."""
    months = rules.class_certificate_months
    return Validity(certificate.issued_on, add_months(certificate.issued_on, months) if months else None)


def validities(candidates, day, book):
    """{candidate's id: Validity} by the rules that bind each one's cell on `day`."""
    found = latest_awareness([each.pk for each in candidates])
    known = {}
    for each in candidates:
        if each.pk in found:
            place = each.scope_organisation
            if place.pk not in known:
                known[place.pk] = book.rules("admission_conditions", place, day)
            yield each.pk, validity(found[each.pk], known[place.pk])
