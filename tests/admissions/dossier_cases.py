"""Dossiers for the tests: everything on file but what a test is about."""

from datetime import date

from admissions.enums import PaperKind, VerificationTopic
from admissions.models import AdmissionPaper, Candidate, ClassCertificate, Introducer, Profile, VerificationItem
from members.enums import StartReason
from members.models import Member, Membership
from tests.admissions.candidate_cases import in_state
from tests.factories import MemberFactory

APPLIED, SEALED, LETTER, ANSWERED = date(2025, 9, 5), date(2025, 9, 20), date(2025, 9, 25), date(2025, 10, 20)
CERTIFIED, INTRODUCED, SUMMED_UP = date(2025, 11, 3), date(2025, 11, 20), date(2025, 12, 1)
CONCLUDED = date(2025, 12, 10)
MEETING = date(2026, 3, 20)
LONG_AGO = date(2016, 9, 10)
IN_ORDER = {
    "nationality": "Việt Nam",
    "ethnic": "kinh",
    "religion_standing": "none",
    "birth_place": "Phường Sao Mai",
    "home_place": "Phường Sao Mai",
    "residence": "Khóm 1, phường Sao Mai",
    "occupation_text": "kế toán",
    "schooling": "upper_secondary",
    "special_area": False,
    "foreign_spouse": False,
    "private_owner": "no",
    "situation": "contract",
    "situation_months": 24,
    "considered_at_host": True,
    "verifier_name": "Lê Văn Tra",
    "self_assessment": "Chấp hành tốt đường lối, chính sách.",
}
PAPERS = (
    (PaperKind.APPLICATION, APPLIED),
    (PaperKind.CV, APPLIED),
    (PaperKind.CV_SEAL, SEALED),
    (PaperKind.CELL_REMARK, CERTIFIED),
    (PaperKind.BASE_CERTIFICATE, CERTIFIED),
    (PaperKind.RESIDENCE_OPINION, SUMMED_UP),
    (PaperKind.OPINIONS_SUMMARY, SUMMED_UP),
)


def paper(candidate, kind, dated_on=SUMMED_UP, **more):
    return AdmissionPaper.objects.create(candidate=candidate, kind=kind, dated_on=dated_on, **more)


def certificate(candidate, issued_on=date(2024, 3, 20)):
    return ClassCertificate.objects.create(candidate=candidate, kind="awareness", issued_on=issued_on)


def introducer(candidate, *, official_on=LONG_AGO, together_since=date(2020, 1, 1), assigned_on=APPLIED, **more):
    """Somebody of the cell who introduces; `official_on` None: on probation."""
    admitted = official_on or date(2026, 1, 5)
    member = MemberFactory(
        home=candidate.organisation, decided_on=None, admitted_on=min(admitted, LONG_AGO), official_on=official_on
    )
    return Introducer.objects.create(
        candidate=candidate, member=member, together_since=together_since, assigned_on=assigned_on, **more
    )


def officials(cell, number, *, official_on=LONG_AGO):
    """So many members on the roll of a cell at once; `official_on` None: on probation."""
    made = Member.objects.bulk_create(
        Member(
            full_name=f"Phạm Văn {serial}", sort_key=f"{serial:03}", search_key=f"pham van {serial}", home=cell,
            admitted_on=LONG_AGO, official_on=official_on,
        )
        for serial in range(number)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(member=each, organisation=cell, started_on=date(2025, 7, 1), start_reason=StartReason.OPENING)
        for each in made
    )
    return made


def verified(candidate, relative=None, *, result="done"):
    for topic in VerificationTopic:
        VerificationItem.objects.create(
            candidate=candidate, relative=relative, topic=topic, method="confirm", sent_on=LETTER,
            answered_on=None if result == "open" else ANSWERED, result=result,
        )  # fmt: skip


def in_order(cell, *, by, state="complete", profile=None, papers=PAPERS, **columns):
    """A candidate of whom nothing is open but the conclusion on the political standard, on `MEETING`.

    An applicant of 45, two introducers, a cell of five. The files of the examples leave one thing out.
    """
    columns = {"born_on": date(1981, 3, 5), "on": date(2025, 8, 5), **columns}
    candidate = in_state(cell, state, by=by, **columns)
    Profile.objects.filter(pk=candidate.pk).update(**{**IN_ORDER, **(profile or {})})
    for kind, dated_on in papers:
        paper(candidate, kind, dated_on)
    certificate(candidate)
    introducer(candidate)
    introducer(candidate)
    officials(cell, 3)
    verified(candidate)
    return fresh(candidate)


def fresh(candidate):
    """The candidate as a page finds it."""
    return Candidate.objects.with_place().select_related("profile").get(pk=candidate.pk)


def say(candidate, **answers):
    """Answers of the profile, as they stand from now on."""
    Profile.objects.filter(pk=candidate.pk).update(**answers)
    return fresh(candidate)
