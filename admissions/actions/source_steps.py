"""The steps of the source (38-HD/BTCTW, I.1.1, 1.3): for one person, for many at once, and taken back."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction

from admissions.certificates import keep_certificate, latest_awareness
from admissions.helping import end_helpers, give_helper
from admissions.models import Candidate
from admissions.rulebook import AdmissionBook
from admissions.rules.conditions import class_certificate
from admissions.rules.findings import FAIL, PASS
from admissions.source_moves import day_rules, known_number, take_back, why_left
from admissions.steps import locked, take
from admissions.workflow import ADMISSION
from cells.audit import record
from config.lib.workflow import NotAllowed


@transaction.atomic
def recognise_sympathiser(candidate, taken, entry, *, by):
    """The cell recognises a sympathiser and assigns an official member to help him."""
    found = locked(candidate)
    taken = replace(taken, rules=day_rules(found, taken.on).sets)
    step = take(found, "recognise_sympathiser", taken, by=by, data={"helper": str(entry.member)})
    give_helper(found, entry, by)
    return step


@transaction.atomic
def send_to_class(candidate, taken, *, by):
    """A committee above the cell sends a sympathiser to the awareness class."""
    return _by_body("send_to_class", [candidate], taken, by)[0]


@transaction.atomic
def clear(candidate, taken, *, by):
    """A committee above the cell lets the procedure begin, for somebody whose certificate is valid."""
    return _by_body("clear", [candidate], taken, by)[0]


@transaction.atomic
def send_many_to_class(candidates, taken, *, by):
    """The same for many by one document; all of them, or nobody and who cannot be sent in words."""
    return _by_body("send_to_class", candidates, taken, by)


@transaction.atomic
def clear_many(candidates, taken, *, by):
    """The same for many by one document; all of them, or nobody and who cannot in words."""
    return _by_body("clear", candidates, taken, by)


def _by_body(step, candidates, taken, by):
    """The step for every one of the candidates; what is refused of whom is one ValidationError."""
    book, done, refused = AdmissionBook(), [], []
    for each in sorted(candidates, key=lambda candidate: candidate.pk):
        try:
            done.append(_one_by_body(step, locked(each), taken, by, book))
        except (NotAllowed, ValidationError) as words:
            text = words.messages[0] if isinstance(words, ValidationError) else str(words)
            refused.append(f"{each}: {text}" if len(candidates) > 1 else text)
    if refused:
        raise ValidationError(refused)
    return done


def _one_by_body(step, candidate, taken, by, book):
    cell, body = candidate.organisation, taken.organisation
    if (body not in (cell, None) and not cell.path.startswith(body.path)) or (body == cell and cell.parent_id):
        raise ValidationError(f"{body} không phải là cấp ủy cấp trên của {cell}. Hãy chọn lại cấp ủy.")
    rules, findings = day_rules(candidate, taken.on, book), []
    if step == "clear":
        findings = [_certificate_finding(candidate, taken.on, rules)]
    return take(candidate, step, replace(taken, rules=rules.sets, findings=findings), by=by)


def _certificate_finding(candidate, on, rules):
    """The condition as it stood; ValidationError where the certificate does not hold on the day of the step."""
    ADMISSION.refuse_closed(candidate, "clear")
    certificate = latest_awareness([candidate.pk]).get(candidate.pk)
    found = class_certificate(rules.admission.conditions, certificate.issued_on if certificate else None, on)
    if found.status != PASS:
        raise ValidationError(f"{found.reason} {found.next_step}")
    return {"key": found.key, "status": found.status, "reason": found.reason, "article": found.article}


@transaction.atomic
def record_certificate(candidate, taken, entry=None, *, by):
    """The class is done: by the certificate that is given, or by one that stands; valid on the day of the step."""
    found = locked(candidate)
    ADMISSION.refuse_closed(found, "record_certificate")
    certificate = keep_certificate(found, entry, by) if entry else latest_awareness([found.pk]).get(found.pk)
    if certificate is None:
        raise ValidationError({"issued_on": "Chưa có giấy chứng nhận nào được ghi. Hãy ghi ngày cấp trên giấy."})
    if certificate.issued_on > taken.on:
        raise ValidationError({"on": "Ngày ghi nhận không thể trước ngày cấp giấy chứng nhận."})
    rules = day_rules(found, taken.on)
    finding = class_certificate(rules.admission.conditions, certificate.issued_on, taken.on)
    if finding.status == FAIL:
        raise ValidationError(f"{finding.reason} {finding.next_step}")
    taken = replace(taken, rules=rules.sets)
    return take(found, "record_certificate", taken, by=by, data={"issued_on": f"{certificate.issued_on:%d/%m/%Y}"})


@transaction.atomic
def drop(candidate, taken, *, by):
    """The cell takes somebody off its list, with a reason; he may return."""
    found = locked(candidate)
    step = take(found, "drop", replace(taken, rules=day_rules(found, taken.on).sets), by=by)
    end_helpers(found, taken.on, why_left(step))
    return step


@transaction.atomic
def relist(candidate, taken, *, by):
    """Somebody who was taken off the list is put on it again."""
    found = locked(candidate)
    with known_number():
        return take(found, "relist", replace(taken, rules=day_rules(found, taken.on).sets), by=by)


@transaction.atomic
def void_step(step, *, reason, by):
    """Take back the last step of the source typed by mistake: the candidate is where he was before it."""
    candidate = locked(step.candidate)
    take_back(candidate, step, reason, by)
    said = {"step": ADMISSION.steps[step.step].label, "on": f"{step.on:%d/%m/%Y}", "reason": reason}
    record("admissions.void_step", candidate, by=by, data=said)


@transaction.atomic
def plan_candidate(candidate, *, year, by):
    """In which year the cell means to admit somebody; None: not said."""
    found = locked(candidate)
    Candidate.objects.filter(pk=found.pk).update(planned_year=year, revision=found.revision + 1)
    record("admissions.plan_candidate", found, by=by, data={"year": str(year or "chưa định")})
