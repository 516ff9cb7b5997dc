"""Papers, opinions, consents and findings of a dossier; who introduces."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from admissions.models import AdmissionPaper, Introducer
from admissions.steps import locked
from cells.audit import record
from config.lib.workflow import NotAllowed

GONE = "Dòng này đã được hủy hoặc thay trước đó. Hãy tải lại trang để xem."
ALREADY = "Đồng chí này đang được phân công giới thiệu rồi."
TWICE = "Giấy tờ này đã ghi rồi, cùng ngày và cùng nội dung; không ghi lần thứ hai."


@transaction.atomic
def add_paper(candidate, columns, *, by):
    """Write one paper; the same paper of the same day is refused, so that a second click writes nothing."""
    found = locked(candidate)
    return _store(found, columns, "admissions.add_paper", by)


@transaction.atomic
def record_finding(candidate, columns, *, by):
    """Write a signed finding, a consent or a point of the committee's own list about the condition `topic`."""
    found = locked(candidate)
    return _store(found, columns, "admissions.record_finding", by)


@transaction.atomic
def void_paper(paper, *, reason, by):
    """Take back a paper that was written by mistake: it stays readable."""
    candidate = locked(paper.candidate)
    standing = _standing(AdmissionPaper, paper)
    standing.void(reason, by)
    record("admissions.void_paper", candidate, by=by, data={"paper": str(standing), "reason": reason})
    return standing


@transaction.atomic
def assign_introducer(candidate, columns, *, by):
    """The cell assigns a member to introduce (Charter 4)."""
    found = locked(candidate)
    row = _introduce(found, columns, by)
    record("admissions.assign_introducer", found, by=by, data={"member": str(row.member)})
    return row


@transaction.atomic
def replace_introducer(introducer, columns, *, ended_on, reason, by):
    """Another member in place of one who cannot go on: exempt from the months together, both rows stay (3.2.2)."""
    found = locked(introducer.candidate)
    former = _end(introducer, ended_on, reason)
    row = _introduce(found, {**columns, "is_replacement": True}, by)
    data = {"former": str(former.member), "member": str(row.member), "reason": reason}
    record("admissions.replace_introducer", found, by=by, data=data)
    return row


@transaction.atomic
def end_introducer(introducer, *, ended_on, reason, by):
    """A member no longer introduces, for a reason; his row and his paper stay."""
    found = locked(introducer.candidate)
    former = _end(introducer, ended_on, reason)
    record("admissions.end_introducer", found, by=by, data={"member": str(former.member), "reason": reason})
    return former


def _store(candidate, columns, action, by):
    if AdmissionPaper.objects.standing().filter(candidate=candidate, **columns).exists():
        raise ValidationError(TWICE)
    paper = AdmissionPaper(candidate=candidate, recorded_by=by, **columns)
    paper.validate_constraints()
    paper.save(force_insert=True)
    data = {"paper": str(paper), "on": f"{paper.dated_on:%d/%m/%Y}", "number": paper.number}
    record(action, candidate, by=by, data=data)
    return paper


def _introduce(candidate, columns, by):
    row = Introducer(candidate=candidate, recorded_by=by, **columns)
    row.validate_constraints(exclude=["candidate"])
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ValidationError({"introducing_member": ALREADY}) from None
    return row


def _end(introducer, ended_on, reason):
    row = _standing(Introducer, introducer)
    if row.ended_on is not None:
        raise NotAllowed(f"{row.member} đã thôi giới thiệu từ ngày {row.ended_on:%d/%m/%Y}.")
    row.ended_on, row.end_reason = ended_on, reason[:300]
    row.validate_constraints(exclude=["candidate"])
    row.save(update_fields=["ended_on", "end_reason"])
    return row


def _standing(model, row):
    found = model.objects.standing().select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    return found
