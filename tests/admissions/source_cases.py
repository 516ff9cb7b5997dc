"""People of the source for the tests: helpers in the cell, candidates at each station."""

from datetime import date

from admissions.actions import source_steps as steps
from admissions.certificates import CertificateEntry
from admissions.enums import CertificateKind
from admissions.helping import HelperEntry
from admissions.models import ClassCertificate
from admissions.steps import Taken
from tests.admissions.candidate_cases import listed
from tests.factories import MemberFactory

MET = date(2025, 9, 10)
DECIDED = date(2025, 10, 1)
ISSUED = date(2025, 11, 20)
CLEARED = date(2025, 12, 15)


def helper_in(cell, **columns):
    """An official member of the cell."""
    return MemberFactory(home=cell, **columns)


def taken(organisation, on, document="NQ 09"):
    return Taken(on, organisation, document)


def sympathiser(cell, *, by, on=MET, **columns):
    """Somebody whom the cell recognised, with a helper."""
    candidate = listed(cell, by=by, **columns)
    steps.recognise_sympathiser(candidate, taken(cell, on), HelperEntry(helper_in(cell), on), by=by)
    candidate.refresh_from_db()
    return candidate


def with_certificate(candidate, issued_on=ISSUED):
    """The same with a certificate of the awareness class as a fact."""
    ClassCertificate.objects.create(candidate=candidate, kind=CertificateKind.AWARENESS, issued_on=issued_on)
    return candidate


def class_done(cell, body, *, by, issued_on=ISSUED, **columns):
    """Somebody who was sent to the class and has its certificate."""
    candidate = sympathiser(cell, by=by, **columns)
    steps.send_to_class(candidate, taken(body, DECIDED), by=by)
    steps.record_certificate(candidate, taken(cell, issued_on), CertificateEntry(issued_on), by=by)
    candidate.refresh_from_db()
    return candidate
