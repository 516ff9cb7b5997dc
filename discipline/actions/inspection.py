"""From the signal to the report of results: one action a step, and what moves nothing beside them."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.bodies import holds_post
from discipline.enums import Handler, InspectionKind, Scope, SelfReviewOutcome, State
from discipline.journal import record
from discipline.models import CaseViolation, CourtSentence, SelfReview, StepTaken
from discipline.planning import day_rules, running_plan
from discipline.rules.forms import form_advice, sentence_advice
from discipline.rules.inspection import Plan, extension_warning, plan_warnings
from discipline.steps import Taken, keep_beside, locked, refuse_before_last, take
from discipline.subjects import subject_of
from discipline.workflow import CASE

NO_FAST_PATH = (
    "Bộ quy tắc của ngày này không cho báo cáo thẳng bản án; hãy lập kế hoạch kiểm tra và xử lý theo trình tự."
)
LIGHT_SENTENCE = "{reason} Không báo cáo thẳng; hãy lập kế hoạch kiểm tra và xử lý theo trình tự."
NOT_PRISON = "Án cải tạo không giam giữ: quy định nói bản án phạt tù thì không qua kiểm tra; cấp trên xem lại."
NOTHING_FOUND = "Hãy ghi ít nhất một vi phạm ở phần Kiểm tra, hoặc ghi kết luận trong báo cáo."


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """A step as it is entered: its day, its paper, what there is to say, and what else the record asks for."""

    on: date
    document: str = ""
    note: str = ""
    data: dict


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """The decision to inspect and its plan (section 11, PLANNED)."""

    on: date
    document: str
    kind: str
    content: str
    examined_from: date
    examined_to: date
    starts_on: date
    ends_on: date
    schedule: str = ""


@dataclass(frozen=True, kw_only=True)
class SentenceEntry:
    """A judgment in force that the cell reports without an inspection."""

    on: date
    sentence: str
    number: str
    court: str
    pronounced_on: date
    in_force_on: date
    received_on: date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SelfReviewEntry:
    """The self-review received, or that it was refused."""

    on: date
    outcome: str
    form_named: str = ""
    note: str = ""


@transaction.atomic
def triage(case, entry, *, by):
    """Whose matter it is, whether it is known already, what is to be done with it."""
    return _step(case, "triage", entry, by)


@transaction.atomic
def file_signal(case, entry, *, by):
    """No inspection: the signal is kept, with the reason."""
    return _step(case, "file_signal", entry, by)


@transaction.atomic
def transfer_case(case, entry, *, by):
    """The case goes to the body that is competent, with its papers; here it ends."""
    return _step(case, "transfer_case", entry, by)


@transaction.atomic
def plan_inspection(case, entry, *, by):
    """The decision and the plan of an inspection; what the rule set says against it is kept with it."""
    found = locked(case)
    CASE.refuse_closed(found, "plan_inspection")
    rules = day_rules(found, entry.on)
    plan = Plan(
        by_cell=found.handler == Handler.CELL, kind=entry.kind, examined_from=entry.examined_from,
        examined_to=entry.examined_to, starts_on=entry.starts_on, ends_on=entry.ends_on,
        official_work_managed_above=found.is_managed_above and found.scope == Scope.ASSIGNED,
    )  # fmt: skip
    warned = [[each.reason, each.article] for each in plan_warnings(rules.procedure, plan)]
    days = ("examined_from", "examined_to", "starts_on", "ends_on")
    data = {name: getattr(entry, name).isoformat() for name in days}
    data |= {"kind": entry.kind, "schedule": entry.schedule, "warnings": warned}
    return take(found, "plan_inspection", _taken(found, entry, rules, entry.content, data), by=by)


@transaction.atomic
def report_sentence(case, entry, *, by):
    """A judgment in force goes to the competent body without inspection and vote, where the rule set says so."""
    found = locked(case)
    CASE.refuse_closed(found, "report_sentence")
    rules = day_rules(found, entry.on)
    _refuse_sentence(found, entry, rules)
    warned = [[NOT_PRISON, rules.procedure.cite("custodial_judgment_skips_inspection")]]
    row = CourtSentence.objects.create(
        case=found, sentence=entry.sentence, number=entry.number, court=entry.court, pronounced_on=entry.pronounced_on,
        in_force_on=entry.in_force_on, received_on=entry.received_on, recorded_by=by,
    )  # fmt: skip
    data = {"warnings": warned if entry.sentence == "non_custodial_reform" else [], "sentence": row.pk}
    return take(found, "report_sentence", _taken(found, entry, rules, entry.note, data), by=by)


@transaction.atomic
def announce_inspection(case, entry, *, by):
    """The decision is announced to whom it is about, who is asked for a self-review."""
    row = _step(case, "announce_inspection", entry, by)
    SelfReview.objects.create(case=row.case, asked_on=entry.on, recorded_by=by)
    return row


@transaction.atomic
def ask_self_review(case, *, on, note, by):
    """The self-review is asked for again: it has not come, or does not say what it must."""
    found = locked(case)
    if found.state not in (State.SELF_REVIEW, State.VERIFYING):
        raise NotAllowed("Chỉ yêu cầu tự kiểm điểm lại khi đang chờ bản tự kiểm điểm hoặc đang thẩm tra, xác minh.")
    refuse_before_last(found, on)
    row = SelfReview.objects.create(case=found, asked_on=on, note=note, recorded_by=by)
    record("ask_self_review", found, by=by, reason=note, data={"on": f"{on:%d/%m/%Y}"})
    return row


@transaction.atomic
def record_self_review(case, entry, *, by):
    """The self-review came, or was refused; the case goes on either way."""
    found = locked(case)
    CASE.refuse_closed(found, "record_self_review")
    rules = day_rules(found, entry.on)
    _refuse_form(found, entry, rules)
    before = _waiting(found)
    review = _answer(found, entry, by)
    data = {"outcome": entry.outcome, "form_named": entry.form_named, "self_review": review.pk}
    data["note_before"] = before.note if before else None
    return take(found, "record_self_review", _taken(found, entry, rules, entry.note, data), by=by)


@transaction.atomic
def answer_self_review(case, entry, *, by):
    """A self-review that was asked for again came, or was refused, while the matter is being verified."""
    found = locked(case)
    if found.state != State.VERIFYING:
        raise NotAllowed("Chỉ ghi thêm bản tự kiểm điểm khi đang thẩm tra, xác minh. Hãy tải lại trang.")
    refuse_before_last(found, entry.on)
    _refuse_form(found, entry, day_rules(found, entry.on))
    row = _answer(found, entry, by)
    said = {"on": f"{entry.on:%d/%m/%Y}", "outcome": SelfReviewOutcome(entry.outcome).label}
    record("answer_self_review", found, by=by, data=said)
    return row


@transaction.atomic
def submit_report(case, entry, *, by):
    """The report of results goes to the meeting of the cell; it says of at least one violation, or concludes."""
    found = locked(case)
    CASE.refuse_closed(found, "submit_report")
    if not entry.note and not CaseViolation.objects.standing().filter(case=found).exists():
        raise ValidationError({"note": NOTHING_FOUND})
    rules = day_rules(found, entry.on)
    return take(found, "submit_report", _taken(found, entry, rules, entry.note, entry.data), by=by)


@transaction.atomic
def close_case(case, entry, *, by):
    """The inspection ends without discipline: there is no violation, or a fault only, as `outcome` says."""
    return _step(case, "close_case", entry, by, to=entry.data["outcome"])


@transaction.atomic
def extend_inspection(case, *, on, days, note, document="", by):
    """An inspection is given more days; more than the rule set allows is kept with a warning."""
    found = locked(case)
    if found.state not in (State.SELF_REVIEW, State.VERIFYING):
        raise NotAllowed("Chỉ gia hạn khi cuộc kiểm tra đang tiến hành. Hãy tải lại trang.")
    plan, rules = running_plan(found), day_rules(found, on)
    earlier = StepTaken.objects.standing().filter(case=found, step="extend_inspection", id__gt=plan.pk if plan else 0)
    total = days + sum(row.data["days"] for row in earlier)
    kind = plan.data["kind"] if plan else InspectionKind.SIGNS
    warned = extension_warning(rules.procedure, kind, total) if found.handler == Handler.CELL else None
    data = {"days": days, "warnings": [[warned.reason, warned.article]] if warned else []}
    taken = Taken(on, found.organisation, document, note, data, rules.sets)
    row = keep_beside(found, "extend_inspection", taken, by=by)
    record("extend_inspection", found, by=by, reason=note, data={"days": days})
    return row


def _step(case, step, entry, by, to=None):
    found = locked(case)
    CASE.refuse_closed(found, step)
    rules = day_rules(found, entry.on)
    return take(found, step, _taken(found, entry, rules, entry.note, entry.data), by=by, to=to)


def _taken(case, entry, rules, note, data):
    document = getattr(entry, "document", "")
    return Taken(entry.on, case.organisation, document, note, data, rules.sets)


def _refuse_sentence(case, entry, rules):
    if case.member is None:
        raise ValidationError("Bản án chỉ ghi đối với đảng viên; hồ sơ này về một tổ chức đảng.")
    if rules.procedure.custodial_judgment_skips_inspection is not True:
        raise ValidationError(NO_FAST_PATH)
    advice = sentence_advice(rules.violation, entry.sentence)
    if advice.allowed is not True:
        raise ValidationError({"sentence": LIGHT_SENTENCE.format(reason=advice.reason)})


def _refuse_form(case, entry, rules):
    """A form that does not exist for the subject is not recorded, also where somebody names it for himself."""
    if not entry.form_named or not rules.are_known:
        return
    has = holds_post(case, entry.on)
    advice = form_advice(rules.violation, subject_of(case, entry.on), entry.form_named, has_post=has)
    if advice.allowed is False:
        raise ValidationError({"form_named": advice.reason})


def _waiting(case):
    """The last request for a self-review that waits for its answer; None where none does."""
    waiting = SelfReview.objects.standing().filter(case=case, received_on__isnull=True, is_refused=False)
    return waiting.order_by("-asked_on", "-id").first()


def _answer(case, entry, by):
    """Fill the last request that waits for its answer, or write a row where none waits."""
    row = _waiting(case) or SelfReview(case=case, asked_on=entry.on, recorded_by=by)
    refused = entry.outcome == SelfReviewOutcome.REFUSED
    row.is_refused, row.received_on = refused, None if refused else entry.on
    row.form_named, row.note = entry.form_named, entry.note or row.note
    row.save()
    return row
