"""Steps of the dossier, from the application to the file that goes before the cell (06-HD/TW, 3.2–3.5, 5.4)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from admissions.acting import base_body
from admissions.checking import Check, check_candidate
from admissions.cv_rows import lacking_items
from admissions.enums import PaperKind, VerificationMethod
from admissions.gate import blocking_words
from admissions.models import AdmissionPaper, Relative, VerificationItem
from admissions.rulebook import AdmissionBook
from admissions.rules.check import START
from admissions.rules.verification import APPLICANT, ITEMS
from admissions.steps import Taken, locked, take
from admissions.workflow import ADMISSION
from config.lib.workdays import add_months
from config.lib.workflow import NotAllowed

# What a new application leaves behind of an earlier one; consents and what the family said stay.
OF_ONE_APPLICATION = (
    PaperKind.APPLICATION,
    PaperKind.CV,
    PaperKind.CV_SEAL,
    PaperKind.CELL_REMARK,
    PaperKind.BASE_CERTIFICATE,
    PaperKind.INTRODUCTION,
    PaperKind.UNION_RESOLUTION,
    PaperKind.MASS_OPINION,
    PaperKind.RESIDENCE_OPINION,
    PaperKind.OPINIONS_SUMMARY,
    PaperKind.POLITICAL,
    PaperKind.FINDING,
    PaperKind.SUPPLEMENT,
)
NEW_APPLICATION = "Nộp đơn và lý lịch mới ngày {:%d/%m/%Y}."


@dataclass(frozen=True)
class Certificate:
    """What the base committee writes under a CV (item 26): whether it makes the person eligible, and its words."""

    fit: bool
    words: str = ""
    signer: str = ""


@transaction.atomic
def apply(candidate, act, *, applied_on, written_on, by):
    """The cell receives application and CV, dated as they are written; those of an earlier application are voided."""
    found, check = _ready(candidate, "apply", act.on)
    _refuse(found, "apply", _open(check, "class_certificate"))
    _leave_behind(found, applied_on, by)
    for kind, day in ((PaperKind.APPLICATION, applied_on), (PaperKind.CV, written_on)):
        AdmissionPaper.objects.create(
            candidate=found, kind=kind, dated_on=day, given_by=found.full_name, recorded_by=by
        )
    return _take(found, "apply", act, found.organisation, by=by)


@transaction.atomic
def seal_cv(candidate, act, *, by):
    """The base committee seals every page before anything is remarked or verified (06-HD/TW, 3.4d)."""
    found, check = _ready(candidate, "seal_cv", act.on)
    problems = _open(check, "application")
    if lacking := lacking_items(found):
        problems.append(f"Lý lịch chưa khai đủ các mục: {'; '.join(lacking)}.")
    if check.dossier.of_kind(PaperKind.CELL_REMARK, PaperKind.BASE_CERTIFICATE):
        problems.append("Lý lịch đã có nhận xét hoặc chứng nhận; chỉ giáp lai khi chưa có. Hãy hủy giấy tờ ghi nhầm.")
    _refuse(found, "seal_cv", problems)
    body = base_body(found)
    _paper(found, PaperKind.CV_SEAL, act, given_by=body.name, by=by)
    return _take(found, "seal_cv", act, body, by=by)


@transaction.atomic
def start_verification(candidate, act, *, verifier_name, kinship="", by):
    """The cell names who verifies, and the circle of the rule set gets its items, two a person."""
    found, _ = _ready(candidate, "start_verification", act.on)
    profile = found.profile
    profile.verifier_name, profile.verifier = verifier_name, kinship
    profile.revision += 1
    profile.save(update_fields=["verifier", "verifier_name", "revision"])
    _refuse(found, "start_verification", _open(check_candidate(found, act.on), "cv_sealed_first", "verifier"))
    _propose_items(found, act.on, by)
    return _take(found, "start_verification", act, found.organisation, by=by)


@transaction.atomic
def certify_cv(candidate, act, *, certificate, by):
    """The base committee certifies once everything is answered and the cell has remarked (items 25, 26 of the CV)."""
    found, check = _ready(candidate, "certify_cv", act.on)
    row, problems = check.of("verification"), []
    if row.status == "missing" and row.key not in check.settled:
        problems.append(blocking_words(row))
    if not check.dossier.of_kind(PaperKind.CELL_REMARK):
        problems.append("Chưa có nhận xét của chi ủy, chi bộ (mục 25). Ghi nhận xét đó vào phần Giấy tờ trước.")
    _refuse(found, "certify_cv", problems)
    body = base_body(found)
    by_body = {"given_by": certificate.signer or body.name, "favourable": certificate.fit, "text": certificate.words}
    _paper(found, PaperKind.BASE_CERTIFICATE, act, by=by, **by_body)
    return _take(found, "certify_cv", act, body, by=by)


@transaction.atomic
def complete_dossier(candidate, act, *, by):
    """The cell has introducers with their papers and every opinion, in a dossier of less than 12 months."""
    found, check = _ready(candidate, "complete_dossier", act.on)
    problems = [*_open(check, "cv", "introducers", "opinions", "dossier_age"), *_without_paper(check)]
    _refuse(found, "complete_dossier", problems)
    return _take(found, "complete_dossier", act, found.organisation, by=by)


@transaction.atomic
def redo_dossier(candidate, act, *, by):
    """A dossier over its months: what must be anew is asked again from that day, the old papers stay to be read."""
    found = _open_candidate(candidate, "redo_dossier")
    check = check_candidate(found, act.on)
    made_on = check.dossier.redone_since or _made_on(check)
    last = add_months(made_on, check.conditions.dossier_months or 0) if made_on else None
    if last is None or act.on <= last:
        until = f" Hồ sơ dùng được đến hết ngày {last:%d/%m/%Y}." if last else ""
        _refuse(found, "redo_dossier", [f"Hồ sơ chưa quá hạn, không phải làm lại.{until}"])
    return _take(found, "redo_dossier", act, found.organisation, check, by=by)


@transaction.atomic
def take_class_again(candidate, act, *, by):
    """The certificate is over its months and no cell has met (06-HD/TW, 5.4b): back to the class."""
    found = _open_candidate(candidate, "take_class_again")
    check = check_candidate(found, act.on)
    row = check.of("class_certificate")
    if row.status == "pass":
        _refuse(found, "take_class_again", [row.reason])
    return _take(found, "take_class_again", act, found.organisation, check, by=by)


@transaction.atomic
def withdraw(candidate, act, *, died=False, by):
    """The applicant withdraws, or has died; from any state before the ceremony."""
    found = _open_candidate(candidate, "withdraw")
    note = f"Từ trần. {act.note}".strip() if died else act.note
    taken = Taken(act.on, found.organisation, act.document, note, **_kept(found, act.on))
    return take(found, "withdraw", taken, by=by, data={"reason": note})


def _open_candidate(candidate, step):
    found = locked(candidate)
    ADMISSION.refuse_closed(found, step)
    return found


def _ready(candidate, step, on):
    """The candidate, locked, with the check of the day; no step goes past a FAIL, or a religion without consent."""
    found = _open_candidate(candidate, step)
    check = check_candidate(found, on)
    _refuse(found, step, [blocking_words(row) for row in check.blocking(START)])
    return found, check


def _open(check: Check, *keys):
    """What still stands open of these rows, in words."""
    return [blocking_words(check.of(key)) for key in keys if not check.holds(key)]


def _refuse(candidate, step, problems):
    if problems:
        words = " ".join(dict.fromkeys(problems))
        raise NotAllowed(f"Chưa thể “{ADMISSION.steps[step].label}”. {words}")


def _leave_behind(candidate, applied_on, by):
    """Void the papers of an earlier application, where there was one."""
    rows = AdmissionPaper.objects.standing().filter(candidate=candidate)
    if not rows.filter(kind=PaperKind.APPLICATION).exists():
        return
    for paper in rows.filter(kind__in=OF_ONE_APPLICATION, dated_on__lt=applied_on):
        paper.void(NEW_APPLICATION.format(applied_on), by)


def _paper(candidate, kind, act, *, by, **columns):
    """The paper that a step makes, dated on its day."""
    AdmissionPaper.objects.create(
        candidate=candidate, kind=kind, dated_on=act.on, number=act.document[:50], recorded_by=by, **columns
    )


def _take(candidate, step, act, body, check=None, *, by):
    """Take the step with the check as it stands now, after what the step itself wrote."""
    kept = _kept(candidate, act.on, check)
    return take(candidate, step, Taken(act.on, body, act.document, act.note, **kept), by=by)


def _kept(candidate, on, check=None) -> dict[str, Any]:
    check = check or check_candidate(candidate, on)
    return {"findings": check.as_json(), "rules": dict(check.sets)}


def _without_paper(check):
    """Who introduces and has not signed 3-KNĐ."""
    on, signed = check.on, {paper.introducer_id for paper in check.dossier.of_kind(PaperKind.INTRODUCTION)}
    standing = [each for each in check.dossier.introducers if each.ended_on is None or each.ended_on > on]
    return [f"Chưa có giấy giới thiệu (3-KNĐ) của {each.member}." for each in standing if each.pk not in signed]


def _made_on(check):
    application = check.dossier.latest(PaperKind.APPLICATION)
    return application.dated_on if application else None


def _propose_items(candidate, on, by):
    """Two items for everybody of the circle who has none."""
    circle = AdmissionBook().on(candidate.organisation, on).admission.verification.circle
    people = [None] if APPLICANT in circle else []
    people += Relative.objects.standing().filter(candidate=candidate, kinship__in=circle)
    known = set(
        VerificationItem.objects.standing().filter(candidate=candidate).values_list("relative", "topic").order_by()
    )
    VerificationItem.objects.bulk_create(
        VerificationItem(
            candidate=candidate, relative=person, topic=topic, method=VerificationMethod.CONFIRM, recorded_by=by
        )
        for person in people
        for topic in ITEMS
        if (person.pk if person else None, topic) not in known
    )
