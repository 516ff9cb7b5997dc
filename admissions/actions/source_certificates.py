"""Certificates of classes as facts: recorded at any time, voided with a reason."""

from django.db import transaction

from admissions.certificates import keep_certificate
from admissions.enums import CertificateKind
from admissions.models import ClassCertificate
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed


@transaction.atomic
def add_certificate(candidate, entry, *, by):
    """Record a certificate that somebody holds, also from before he was listed; his state stays what it is."""
    found = locked(candidate)
    row = keep_certificate(found, entry, by)
    said = {"on": f"{entry.issued_on:%d/%m/%Y}", "class": CertificateKind(entry.kind).label}
    record("admissions.add_certificate", found, by=by, data=said)
    return row


@transaction.atomic
def void_certificate(certificate, *, reason, by):
    """Take back a certificate typed by mistake; what rests on it is refused from then on."""
    candidate = locked(certificate.candidate)
    row = ClassCertificate.objects.standing().filter(pk=certificate.pk).first()
    if row is None:
        raise NotAllowed("Giấy chứng nhận này đã được hủy. Hãy tải lại trang.")
    row.void(reason, by)
    said = {"on": f"{row.issued_on:%d/%m/%Y}", "reason": reason}
    record("admissions.void_certificate", candidate, by=by, data=said)
