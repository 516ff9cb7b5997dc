"""A matter of leaving from its opening to the cell: grounds, self-review, statement, the cell's vote, withdrawal."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations.models import Removal, RemovalPaper, RemovalStep
from evaluations.readings import READ_REMOVAL
from evaluations.removal_book import RemovalBook
from evaluations.removal_enums import (
    OF_OFFICIAL,
    OF_PROBATIONARY,
    OPEN_STATES,
    RemovalGround,
    RemovalKind,
    RemovalPaperKind,
    RemovalState,
)
from evaluations.removal_gates import ADMITTED, refuse_odd_day, refuse_violation, times_asked
from evaluations.removal_stations import removal_body
from evaluations.removal_steps import RemovalTaken, locked_removal, take
from evaluations.removal_voting import store_removal_vote, vote_said
from evaluations.rules.screening import PROCEED, self_review
from evaluations.workflow import REMOVAL
from members.enums import LASTING_KINDS, ON_THE_ROAD
from members.models import Member, Membership, Transfer
from members.readmissions import Readmissions

NO_GROUND = "Hãy chọn ít nhất một căn cứ xóa tên."
WRONG_GROUND = "Căn cứ không dùng cho {who}: {words}."
NOT_IN_PARTY = "{member} không sinh hoạt ở chi bộ nào vào ngày {on}; không lập được hồ sơ. Hãy xem lại ngày."
ALREADY = "Đang có một hồ sơ xóa tên, cho ra khỏi Đảng đối với {member}. Hãy mở hồ sơ đó."
STATEMENT_STAYS = "Ý kiến này đã hủy, hoặc hồ sơ đã kết thúc nên ý kiến giữ nguyên. Hãy tải lại trang."
NO_REASON = "Đơn phải nêu lý do xin ra khỏi Đảng."


@dataclass(frozen=True, kw_only=True)
class LeavingEntry:
    """What the application says; `open_violation` is what the cell declares."""

    applied_on: date
    reason: str
    text: str = ""
    asks_age_confirmation: bool = False
    open_violation: bool = False


@transaction.atomic
def start_removal(member, grounds, evidence, *, on=None, by):
    """Open a matter of removal on grounds X1 … X7 with the evidence as it was known; people decide all the rest.

    Of somebody who never reported (X1t) it is a matter of the receiving cell (294-QĐ/TW, 6.3.1). ValidationError for
    grounds that do not fit the person; NotAllowed for who else is in no cell, or has an open matter.
    """
    on = on or timezone.localdate()
    refuse_odd_day("on", on, member.admitted_on, ADMITTED)
    found, cell = _free(member, on, may_be_on_the_road=RemovalGround.X1T in grounds)
    is_probationary = _is_probationary(found, on)
    codes = _grounds(grounds, is_probationary)
    removal = Removal.objects.create(
        kind=RemovalKind.REMOVAL, member=found, organisation=cell, grounds=codes, evidence=list(evidence),
        was_probationary=is_probationary, opened_on=on, state=RemovalState.OPENED, recorded_by=by,
        rules=RemovalBook().on(cell, on).sets,
    )  # fmt: skip
    _first_step(removal, "start_removal", cell, by)
    said = {"on": f"{on:%d/%m/%Y}", "grounds": ", ".join(codes), "body": cell.name}
    record("evaluations.start_removal", removal, by=by, data=said)
    return removal


@transaction.atomic
def apply_to_leave(member, entry, *, by):
    """Take in an application to leave; with a violation discipline comes first (06-HD/TW, 11)."""
    refuse_odd_day("applied_on", entry.applied_on, member.admitted_on, ADMITTED)
    found, cell = _free(member, entry.applied_on)
    if not entry.reason:
        raise ValidationError({"reason": NO_REASON})
    refuse_violation(found, entry.applied_on, declared=entry.open_violation, by=by)
    removal = Removal.objects.create(
        kind=RemovalKind.LEAVING, member=found, organisation=cell, reason=entry.reason,
        was_probationary=_is_probationary(found, entry.applied_on), opened_on=entry.applied_on,
        asks_age_confirmation=entry.asks_age_confirmation, state=RemovalState.READY, recorded_by=by,
        rules=RemovalBook().on(cell, entry.applied_on).sets,
    )  # fmt: skip
    _store_paper(removal, RemovalPaperKind.APPLICATION, entry.applied_on, entry.text, by)
    _first_step(removal, "apply_to_leave", cell, by)
    record("evaluations.apply_to_leave", removal, by=by, data={"on": f"{entry.applied_on:%d/%m/%Y}", "body": cell.name})
    return removal


@transaction.atomic
def ask_self_review(removal, entry, *, by):
    """The cell asks for a self-review; after the times of the rule set without result the matter goes on."""
    found = locked_removal(removal)
    take(found, "ask_self_review", _taken(found, entry), by=by)
    return found


@transaction.atomic
def receive_self_review(removal, entry, *, by):
    """The self-review is there, entered from paper; its words stand in `entry.note`."""
    found = locked_removal(removal)
    take(found, "receive_self_review", replace(_taken(found, entry), note=""), by=by)
    _store_paper(found, RemovalPaperKind.SELF_REVIEW, entry.on, entry.note, by)
    return found


@transaction.atomic
def record_refusal(removal, entry, *, by):
    """The member openly refused to write a self-review: the matter goes on at once (06-HD/TW, 11.1)."""
    found = locked_removal(removal)
    take(found, "record_refusal", _taken(found, entry), by=by, data={"note": entry.note})
    return found


@transaction.atomic
def vote_removal_in_cell(removal, entry, *, by):
    """The cell votes on one person; below the share it does not propose, and what follows is for people to decide."""
    found = locked_removal(removal)
    REMOVAL.refuse_closed(found, "vote_removal_in_cell")
    organisation, station = removal_body(found, "vote_removal_in_cell", entry.held_on)
    rules = RemovalBook().on(organisation, entry.held_on)
    if found.is_leaving:
        refuse_violation(found.member, entry.held_on, by=by)
    else:
        _refuse_before_review(found, rules.removal)
    vote = store_removal_vote(found, (organisation, station), entry, rules=rules, by=by)
    taken = RemovalTaken(entry.held_on, organisation, entry.number, rules=rules.sets)
    to = RemovalState.CELL_CARRIED if vote.carried else RemovalState.CELL_NOT_CARRIED
    take(found, "vote_removal_in_cell", taken, by=by, to=to, data=vote_said(vote))
    return vote


@transaction.atomic
def withdraw_removal(removal, entry, *, by):
    """The cell stops: the application is taken back, the ground does not hold; with its reason."""
    found = locked_removal(removal)
    take(found, "withdraw_removal", _taken(found, entry), by=by, data={"reason": entry.note})
    return found


@transaction.atomic
def add_removal_statement(removal, *, written_on, text, by):
    """Keep what the member says or proves against the matter, entered from paper, at any time before it ends."""
    found = locked_removal(removal)
    if found.state not in OPEN_STATES:
        raise NotAllowed("Hồ sơ đã kết thúc; không ghi thêm ý kiến của đảng viên. Hãy ghi khiếu nại nếu có.")
    refuse_odd_day("written_on", written_on, found.member.admitted_on, ADMITTED)
    paper = _store_paper(found, RemovalPaperKind.STATEMENT, written_on, text, by)
    record("evaluations.add_removal_statement", found, by=by, data={"on": f"{written_on:%d/%m/%Y}"})
    return paper


@transaction.atomic
def void_removal_statement(paper, *, reason, by):
    """Take back a statement entered wrongly; what a step brought in goes with its step, after the end nothing does."""
    found = locked_removal(paper.removal)
    rows = RemovalPaper.objects.standing().filter(removal=found, kind=RemovalPaperKind.STATEMENT)
    row = rows.select_for_update(of=("self",)).filter(pk=paper.pk).first()
    if row is None or found.state not in OPEN_STATES:
        raise NotAllowed(STATEMENT_STAYS)
    row.void(reason, by)
    said = {"on": f"{row.written_on:%d/%m/%Y}", "reason": reason}
    record("evaluations.void_removal_statement", found, by=by, data=said)
    return row


@transaction.atomic(savepoint=False)  # one line of the log, or none
def read_removal(removal, *, by):
    """Note that somebody looked at a matter, once a day and reader; nothing of what was read is repeated there."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    seen = LogEntry.objects.filter(action=READ_REMOVAL, actor=by, subject_id=str(removal.pk), at__gte=midnight)
    return None if seen.exists() else record(READ_REMOVAL, removal, by=by)


def _free(member, on, *, may_be_on_the_road=False):
    """(the member, locked, his cell of a day); NotAllowed where there is none, or a matter is open already."""
    found = (
        Member.objects.standing().select_for_update(of=("self",)).select_related("home").filter(pk=member.pk).first()
    )
    rows = Membership.objects.on(on).official().select_related("organisation") if found else Membership.objects.none()
    stay = rows.filter(member=found, ended_on__isnull=True).first()
    cell = stay.organisation if stay else None
    if cell and not cell.is_cell:
        cell = _awaited_by(found, on) if may_be_on_the_road else None
    if cell is None:
        raise NotAllowed(NOT_IN_PARTY.format(member=member, on=f"{on:%d/%m/%Y}"))
    if Removal.objects.standing().open().filter(member=found).exists():
        raise NotAllowed(ALREADY.format(member=member))
    return found, cell


def _awaited_by(member, on):
    """The cell to which the slip of somebody on the road is made out; None where no slip is out on a day."""
    rows = Transfer.objects.filter(member=member, kind__in=LASTING_KINDS, state__in=ON_THE_ROAD, issued_on__lte=on)
    slip = rows.filter(to_organisation__is_cell=True).select_related("to_organisation").order_by("issued_on").last()
    return slip.to_organisation if slip else None


def _is_probationary(member, on):
    return Readmissions([member.pk]).official_on(member, on) is None


def _grounds(grounds, is_probationary):
    """The codes in their order; ValidationError where none, or one that does not fit the person."""
    asked = {*grounds}
    if not asked or asked - set(RemovalGround.values):
        raise ValidationError({"grounds": NO_GROUND})
    fitting = OF_PROBATIONARY if is_probationary else OF_OFFICIAL
    if wrong := [ground for ground in RemovalGround if ground in asked and ground not in fitting]:
        who = "đảng viên dự bị" if is_probationary else "đảng viên chính thức"
        words = "; ".join(f"{ground.value} ({ground.label})" for ground in wrong)
        raise ValidationError({"grounds": WRONG_GROUND.format(who=who, words=words)})
    return [ground.value for ground in RemovalGround if ground in asked]


def _first_step(removal, name, cell, by):
    RemovalStep.objects.create(
        removal=removal, step=name, to_state=removal.state, on=removal.opened_on, organisation=cell,
        rules=removal.rules, recorded_by=by,
    )  # fmt: skip


def _store_paper(removal, kind, written_on, text, by):
    return RemovalPaper.objects.create(removal=removal, kind=kind, written_on=written_on, text=text, recorded_by=by)


def _taken(removal, entry):
    return RemovalTaken(entry.on, removal.scope_organisation, entry.document, entry.note)


def _refuse_before_review(removal, rules):
    """NotAllowed while the self-review may still come: asked fewer times than the rule set says, not refused."""
    if removal.state != RemovalState.SELF_REVIEW:
        return
    result, words = self_review(rules, times_asked(removal), refused=False)
    if result != PROCEED:
        raise NotAllowed(words)
