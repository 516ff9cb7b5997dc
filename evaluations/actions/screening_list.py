"""The way of one person: opinion of the committee above, vote on the list, assistance, progress, or removal."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from cells.models import Ballot, Organisation
from config.lib.workdays import add_months
from config.lib.workflow import NotAllowed
from evaluations.actions.screening_removal import take_back_removal
from evaluations.enums import CARRIED_STATES, ScreeningState
from evaluations.models import AssistanceHelper, ScreeningStep, ScreeningSubject, ScreeningVote
from evaluations.screening_base import list_base
from evaluations.screening_rules import ScreeningBook
from evaluations.screening_steps import GONE, Taken, area, frame_of, locked_subject, take
from evaluations.workflow import SCREENING
from members.models import Member

_REFRAMING = ("vote_list", "assist", "recognise")  # steps that change the days of assistance
NOBODY = "Ngày họp không có đảng viên nào được tính biểu quyết. Hãy xem lại ngày họp và danh sách chi bộ."
NOT_HERE = "{member} không sinh hoạt ở {cell} vào ngày {on}. Hãy xem lại ngày, hoặc hồ sơ đảng viên."
ELSEWHERE = "{member} đang được xem xét ở {round}. Hãy làm tiếp ở hồ sơ của đợt đó."
NO_BODY = "Chưa rõ cấp ủy cấp trên trực tiếp của chi bộ. Hãy xem cây tổ chức."


@dataclass(frozen=True)
class ActEntry:
    """A step without a vote: its day, the paper, what there is to say."""

    on: date
    note: str = ""
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class ListVoteEntry:
    """What the minutes say of the secret vote on one person; `attended` are ids of members away who came and voted."""

    held_on: date
    present: int
    yes: int
    no: int
    blank: int = 0
    number: str = ""
    attended: tuple = ()


@dataclass(frozen=True, kw_only=True)
class AssistEntry:
    """Who helps from when, and what the member commits himself to in writing."""

    on: date
    started_on: date
    helpers: tuple
    commitment_on: date | None = None
    commitment: str = ""


@dataclass(frozen=True)
class ProgressEntry:
    """What the cell finds of the progress."""

    on: date
    progressed: bool
    note: str
    document: str = ""


@transaction.atomic
def consult_superior(subject, entry, *, by):
    """The opinion of the committee directly above; from here on it knows of the person."""
    found = locked_subject(subject)
    above = found.organisation.parent
    if above is None:
        raise NotAllowed(NO_BODY)
    SCREENING.refuse_closed(found, "consult_superior")
    _refuse_strangers(found, entry.on)
    return take(found, "consult_superior", Taken(entry.on, above, entry.document, entry.note), by=by)


@transaction.atomic
def vote_list(subject, entry, *, by):
    """The cell votes in secret on one person; with two thirds of those counted he is on the list."""
    found = locked_subject(subject)
    SCREENING.refuse_closed(found, "vote_list")
    cell, book = found.organisation, ScreeningBook()
    _refuse_strangers(found, entry.held_on)
    base = list_base(cell, entry.held_on, book, entry.attended)
    _refuse_counts(entry, base.entitled)
    carried = entry.yes >= base.needed
    frame = frame_of(found)
    if carried:
        months = book.of("assistance", cell, entry.held_on).assistance_months or 0
        found.assisted_since = entry.held_on
        found.assistance_due_on = add_months(entry.held_on, months) if months else None
    counts = {"yes": entry.yes, "entitled": base.entitled, "needed": base.needed}
    data = {**frame, **counts, "rules": book.sets_on(entry.held_on)}
    state = ScreeningState.ASSISTING if carried else ScreeningState.NOT_LISTED
    row = take(found, "vote_list", Taken(entry.held_on, cell, entry.number, data=data), by=by, to=state)
    return _kept_vote(found, row, entry, base, by)


@transaction.atomic
def assist(subject, entry, *, by):
    """Helpers, the day from which the months of assistance run, and the member's own commitment."""
    found = locked_subject(subject)
    SCREENING.refuse_closed(found, "assist")
    frame, months = frame_of(found), ScreeningBook().of("assistance", found.organisation, entry.on).assistance_months
    if entry.started_on < _voted_on(found):
        raise ValidationError({"started_on": "Không thể trước ngày chi bộ biểu quyết đưa vào danh sách."})
    found.assisted_since = entry.started_on
    found.assistance_due_on = add_months(entry.started_on, months) if months else None
    names = [str(member) for member in entry.helpers]
    committed = str(entry.commitment_on) if entry.commitment_on else None
    data = {**frame, "helpers": names, "commitment_on": committed}
    row = take(found, "assist", Taken(entry.on, found.organisation, note=entry.commitment, data=data), by=by)
    for helper in AssistanceHelper.objects.standing().filter(subject=found):
        helper.void("phân công lại", by)
    AssistanceHelper.objects.bulk_create(
        AssistanceHelper(subject=found, member=member, started_on=entry.started_on, recorded_by=by)
        for member in entry.helpers
    )
    return row


@transaction.atomic
def follow_up(subject, entry, *, by):
    """What was seen of the member in a month of assistance."""
    found = locked_subject(subject)
    return take(found, "follow_up", Taken(entry.on, found.organisation, note=entry.note), by=by)


@transaction.atomic
def review_progress(subject, entry, *, by):
    """The cell looks at the progress; without any before the time is over assistance goes on."""
    found = locked_subject(subject)
    SCREENING.refuse_closed(found, "review_progress")
    over = found.assistance_due_on is not None and entry.on >= found.assistance_due_on
    state = ScreeningState.PROGRESS_REVIEW if entry.progressed or over else ScreeningState.ASSISTING
    data = {**frame_of(found), "progressed": entry.progressed}
    taken = Taken(entry.on, found.organisation, entry.document, entry.note, data)
    return take(found, "review_progress", taken, by=by, to=state)


@transaction.atomic
def recognise(subject, entry, *, by):
    """The committee of the base recognises the progress: only now the name comes off the list (02-HD/BTCTW)."""
    found = locked_subject(subject)
    frame = frame_of(found)
    found.recognised_on = entry.on
    taken = Taken(entry.on, _base_of(found), entry.document, entry.note, frame)
    return take(found, "recognise", taken, by=by)


@transaction.atomic
def decline_recognition(subject, entry, *, by):
    """The committee of the base does not recognise the progress, with its reason: assistance goes on."""
    found = locked_subject(subject)
    taken = Taken(entry.on, _base_of(found), entry.document, entry.note, frame_of(found))
    return take(found, "decline_recognition", taken, by=by)


@transaction.atomic
def void_screening_step(step, *, reason, by):
    """Take back the last step of a person, with its vote and helpers; he is where he was before it."""
    found = locked_subject(step.subject)
    last = ScreeningStep.objects.standing().filter(subject=found).order_by("on", "id").last()
    if last is None or last.pk != step.pk:
        raise NotAllowed(GONE)
    logged_in, when = area(found), f"{last.on:%d/%m/%Y}"
    for vote in ScreeningVote.objects.standing().filter(step=last):
        vote.void(reason, by)
    if last.step == "assist":
        for helper in AssistanceHelper.objects.standing().filter(subject=found):
            helper.void(reason, by)
    if last.step == "propose_removal":
        take_back_removal(last, reason=reason, by=by)
    last.void(reason, by)
    _restore(found, last, reason, by)
    data = {"step": SCREENING.steps[last.step].label, "on": when, "reason": reason}
    record(f"{logged_in}.void_screening_step", found, by=by, organisation=found.organisation, data=data)
    return found


def _restore(subject, last, reason, by):
    if not last.from_state:
        subject.void(reason, by)
        return
    subject.state = last.from_state
    subject.revision += 1
    if "before" in last.data and last.step in _REFRAMING:
        for name, value in last.data["before"].items():
            setattr(subject, name, date.fromisoformat(value) if value else None)
    subject.save()


def _kept_vote(subject, row, entry, base, by):
    cast = entry.yes + entry.no + entry.blank
    ballot = Ballot.objects.create(
        organisation=subject.organisation, held_on=entry.held_on, entitled=base.entitled, present=entry.present,
        issued=entry.present, collected=cast, valid=entry.yes + entry.no, invalid=entry.blank,
    )  # fmt: skip
    return ScreeningVote.objects.create(
        subject=subject, step=row, held_on=entry.held_on, ballot=ballot, members=base.members, official=base.official,
        entitled=base.entitled, present=entry.present, yes=entry.yes, no=entry.no, blank=entry.blank,
        needed=base.needed, carried=entry.yes >= base.needed, excluded=list(base.excluded), recorded_by=by,
    )  # fmt: skip


def _refuse_strangers(subject, on):
    """NotAllowed for who has left the cell by a day, and for whom another round has put before the committee."""
    member, cell = subject.member, subject.organisation
    if not Member.objects.standing().in_cell(cell, on).filter(pk=member.pk).exists():
        raise NotAllowed(NOT_HERE.format(member=member, cell=cell, on=f"{on:%d/%m/%Y}"))
    others = (
        ScreeningSubject.objects.standing()
        .since_readmission()
        .filter(member=member, state__in=CARRIED_STATES)
        .exclude(pk=subject.pk)
    )
    if other := others.select_related("round__organisation").first():
        raise NotAllowed(ELSEWHERE.format(member=member, round=other.round))


def _refuse_counts(entry, entitled):
    if entitled < 1:
        raise ValidationError({"held_on": NOBODY})
    if entry.present > entitled:
        raise ValidationError({"present": f"Có mặt {entry.present}, nhiều hơn {entitled} người được tính biểu quyết."})
    cast = entry.yes + entry.no + entry.blank
    if cast > entry.present:
        raise ValidationError({"yes": f"Số phiếu {cast}, nhiều hơn {entry.present} người có mặt được biểu quyết."})


def _voted_on(subject):
    vote = ScreeningVote.objects.standing().filter(subject=subject).order_by("held_on").last()
    return vote.held_on if vote else subject.discussed_on


def _base_of(subject):
    """The base that recognises: the nearest one above the cell, or the body directly above it."""
    above = Organisation.objects.above(subject.organisation).exclude(pk=subject.organisation_id)
    return above.bases().last() or subject.organisation.parent or subject.organisation
