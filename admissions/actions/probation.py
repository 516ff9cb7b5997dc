"""Probation: its end, helpers and what they note, the papers of recognition, members taken over from the roll."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.enums import ON_PROBATION, CertificateKind, PaperKind, Purpose, State
from admissions.models import AdmissionPaper, Candidate, ClassCertificate, HelperNote, Profile, StepTaken
from admissions.probation_helpers import assign_helper
from admissions.probations import PROBATION_PAPERS, not_followed, probation_of
from admissions.rulebook import AdmissionBook
from admissions.steps import Taken, locked, take
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib.workflow import NotAllowed

NOT_OVER = "Thời gian dự bị tính đủ đến ngày {end}; từ ngày đó mới chuyển sang xét công nhận."
TWICE = "Mục này đã ghi rồi, cùng ngày và cùng nội dung; không ghi lần thứ hai."
TOO_EARLY = "Bản tự kiểm điểm làm khi đã hết thời gian dự bị, từ ngày {end} (294-QĐ/TW, khoản 4.2)."


@dataclass(frozen=True, kw_only=True)
class ProbationPaper:
    """One paper of recognition; of a helper's remark whose it is, of a summary how many were asked and agreed."""

    kind: str
    dated_on: date
    number: str = ""
    given_by: str = ""
    helper: Any = None
    favourable: bool | None = None
    asked: int | None = None
    agreed: int | None = None
    disagreed: int | None = None
    merits: str = ""
    faults: str = ""
    text: str = ""


@transaction.atomic
def end_probation(candidate, entry, *, by):
    """Twelve months after the ceremony the cell considers recognition; not a day before (Charter 5)."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "end_probation")
    probation = probation_of(found, AdmissionBook())
    if entry.on < probation.ends_on:
        raise NotAllowed(NOT_OVER.format(end=f"{probation.ends_on:%d/%m/%Y}"))
    take(found, "end_probation", Taken(entry.on, found.scope_organisation, entry.document, entry.note), by=by)
    return found


@transaction.atomic
def assign_probation_helper(candidate, member, *, on, decision="", by):
    """Another official member of the cell helps from now on; the former helper stays on record for his remarks."""
    found = _on_probation(candidate)
    helper = assign_helper(found, member, Purpose.RECOGNITION, on=on, by=by, decision=decision)
    record("admissions.assign_probation_helper", found, by=by, data={"helper": str(member), "on": f"{on:%d/%m/%Y}"})
    return helper


@transaction.atomic
def note_probation(candidate, text, *, on, by):
    """What the helper or the cell noted in the course of probation."""
    found = _on_probation(candidate)
    helper = found.helpers.filter(voided_at__isnull=True, ended_on__isnull=True).last()
    note = _written_once(HelperNote, found, {"helper": helper, "noted_on": on, "text": text}, by)
    record("admissions.note_probation", found, by=by, data={"on": f"{on:%d/%m/%Y}"})
    return note


@transaction.atomic
def add_probation_paper(candidate, paper, *, by):
    """A paper of recognition; the self-review only once the twelve months are over."""
    found = _on_probation(candidate)
    if paper.kind not in PROBATION_PAPERS:
        raise ValidationError({"kind": "Loại giấy tờ này không thuộc phần xét công nhận."})
    end = probation_of(found, AdmissionBook()).ends_on
    if paper.kind == PaperKind.SELF_REVIEW and paper.dated_on < end:
        raise ValidationError({"dated_on": TOO_EARLY.format(end=f"{end:%d/%m/%Y}")})
    if paper.kind == PaperKind.HELPER_REMARK and paper.helper is None:
        raise ValidationError({"helper": "Hãy chọn người giúp đỡ có nhận xét này."})
    row = _written_once(AdmissionPaper, found, vars(paper), by)
    data = {"paper": row.get_kind_display(), "on": f"{row.dated_on:%d/%m/%Y}"}
    record("admissions.add_probation_paper", found, by=by, data=data)
    return row


@transaction.atomic
def record_new_member_class(candidate, values, *, by):
    """The certificate of the class for new members (CN-ĐVM), needed before recognition."""
    found = _on_probation(candidate)
    row = _written_once(ClassCertificate, found, {"kind": CertificateKind.NEW_MEMBER, **values}, by)
    data = {"number": row.number, "on": f"{row.issued_on:%d/%m/%Y}"}
    record("admissions.record_new_member_class", found, by=by, data=data)
    return row


def _written_once(model, candidate, columns, by):
    """A row about a locked candidate; ValidationError where the same stands, so that a second click writes nothing."""
    if model.objects.standing().filter(candidate=candidate, **columns).exists():
        raise ValidationError(TWICE)
    return model.objects.create(candidate=candidate, recorded_by=by, **columns)


@transaction.atomic
def take_over_probation(organisation, *, on, by):
    """Members on probation on the roll at and below a body who are not followed yet are followed from now on.

    NotAllowed where there is none; those whose day of ceremony is not fully known come along, and say so.
    """
    members = list(not_followed(organisation, on).select_for_update(of=("self",)))
    if not members:
        raise NotAllowed("Không còn đảng viên dự bị nào chưa được theo dõi ở đây.")
    for member in members:
        _follow(member, on, by)
    record("admissions.take_over_probation", organisation, by=by, data={"people": len(members)})
    return len(members)


def _follow(member, on, by):
    candidate = Candidate(
        organisation=member.home, state=State.PROBATION, member=member, full_name=member.full_name, alias=member.alias,
        sex=member.sex, born_on=member.born_on, born_precision=member.born_precision,
        listed_on=member.admitted_on or on, recorded_by=by,
    )  # fmt: skip
    candidate.save(force_insert=True)
    places = {name: getattr(member, name) for name in ("ethnic", "birth_place", "home_place", "residence")}
    Profile.objects.create(candidate=candidate, **places)
    StepTaken.objects.create(
        candidate=candidate, step="take_over_probation", to_state=State.PROBATION, on=member.admitted_on or on,
        organisation=member.home, note="Đang dự bị trong danh sách đảng viên", recorded_by=by,
    )  # fmt: skip


def _on_probation(candidate):
    found = locked(candidate)
    if found.state not in ON_PROBATION:
        raise NotAllowed(f"{found} không trong thời gian dự bị ({found.get_state_display()}). Hãy tải lại trang.")
    return found
