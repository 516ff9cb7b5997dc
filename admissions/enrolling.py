"""The new member's record within the action of the ceremony: made once, or taken up again for who was out."""

from django.core.exceptions import ValidationError

from admissions.cv_rows import sheet_rows
from admissions.enums import CertificateKind, Purpose
from admissions.models import Profile, StepTaken
from admissions.newcomers import (
    APPRAISAL,
    CERTIFICATE,
    DECISION,
    DECISION_AGAIN,
    OF_ADMISSION,
    answers_of,
    family_row,
    introducer_rows,
    member_entry,
    paper_entry,
    papers_for_file,
    words_of,
)
from members.actions.dossier import add_paper
from members.actions.record import NumberKnown, enrol_member
from members.actions.restorations import RestorationEntry, readmit
from members.catalogues.dossier import paper_types
from members.enums import StartReason
from members.models import DossierPaper
from members.sheet.parts import PARTS
from members.sheet.reading import rows_of
from members.sheet.writing import lock_member, next_answer, store_row

KNOWN = "Số định danh này đã có trong danh sách đảng viên. Hãy đối chiếu: có thể là hồ sơ kết nạp lại."


def enrol(candidate, decision, *, held_on, by):
    """The record of the member from the day of the ceremony on; ValidationError for a number that is known."""
    cell, profile = candidate.organisation, Profile.objects.get(candidate=candidate)
    if candidate.is_readmission:
        decided_by = str(decision.organisation)[:200]
        entry = RestorationEntry(held_on, cell, words_of(decision), decision.signed_on, decided_by)
        member = readmit(candidate.former_member, entry, by=by)
        _answer_anew(member, profile, held_on, by)
        return member
    entry = member_entry(candidate, profile, decision, held_on)
    try:
        return enrol_member(entry, organisation=cell, on=held_on, reason=StartReason.ADMITTED, by=by)
    except NumberKnown:
        raise ValidationError(KNOWN) from None


def file_rows(candidate, decision, ceremony, *, by):
    """What the dossier holds becomes rows of the sheet and papers of the file of the member."""
    member = lock_member(candidate.member)
    for part, values in _sheet_rows(candidate, ceremony):
        _add_row(member, PARTS[part], values, by)
    for number, entry in _papers(candidate, decision):
        add_known_paper(member, number, entry, on=ceremony.held_on, by=by)


def add_known_paper(member, number, entry, *, on, by):
    """A paper goes into the file unless a paper of a type that is there once is there already."""
    there = DossierPaper.objects.standing().filter(member=member, type=number)
    if paper_types()[number].repeats or not there.exists():
        add_paper(member, number, entry, on=on, by=by)


def _sheet_rows(candidate, ceremony):
    papers = list(candidate.papers.filter(voided_at__isnull=True))
    introducers = candidate.introducers.filter(voided_at__isnull=True, ended_on__isnull=True).select_related("member")
    yield "admitted-at", {"place": str(ceremony.organisation)[:300]}
    yield from (("introducers", row) for row in introducer_rows(introducers, papers))
    yield from ((part.code, values) for part, values in sheet_rows(candidate))
    yield from (("family", family_row(each)) for each in candidate.relatives.filter(voided_at__isnull=True))


def _add_row(member, part, values, by):
    """A row of the sheet; what stands already, of a former time in the Party, stays as it is."""
    others = rows_of(part, member)
    same = others.filter(**values)
    if (part.single and others.exists()) or same.exists():
        return
    store_row(member, part, {"source": "Hồ sơ kết nạp", **values}, by=by)


def _papers(candidate, decision):
    papers = candidate.papers.filter(voided_at__isnull=True)
    votes = candidate.votes.filter(voided_at__isnull=True).select_related("organisation").order_by("held_on", "id")
    yield from papers_for_file(papers, votes, OF_ADMISSION, Purpose.ADMISSION)
    for each in candidate.certificates.filter(voided_at__isnull=True, kind=CertificateKind.AWARENESS)[:1]:
        yield CERTIFICATE, paper_entry(each.number, each.issued_on, each.issued_by)
    for each in StepTaken.objects.standing().filter(candidate=candidate, step="appraise").order_by("-on", "-id")[:1]:
        yield APPRAISAL, paper_entry(each.document, each.on, each.organisation)
    kind = DECISION_AGAIN if candidate.is_readmission else DECISION
    yield kind, paper_entry(decision.number, decision.signed_on, decision.organisation)


def _answer_anew(member, profile, on, by):
    """Answers of the new dossier take the place of those of the former time; what says nothing changes nothing."""
    standing = {row.topic: row for row in member.particulars.filter(voided_at__isnull=True, ended_on__isnull=True)}
    for topic, (value, text) in answers_of(profile).items():
        now = standing.get(topic)
        if value == "unknown" or (now and (now.value == value or now.started_on >= on)):
            continue
        next_answer(member, topic, (value, text, "Hồ sơ kết nạp lại"), on, now.pk if now else None, by=by)
