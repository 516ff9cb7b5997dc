"""Badges: proposed for a round, early or posthumously, awarded by decision, entered from old papers, voided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cells.audit import record
from config.lib.periods import Precision
from members.actions.record import RECORD_GONE
from members.badge_enums import BadgeKind
from members.badge_rules import BadgeBook
from members.models import Badge, Member, Membership
from members.reports.badges import BadgeFacts, DueQuestion, due_at
from members.reports.party_age import AgeFacts
from members.rules import badges as rule
from members.rules.moves import HUMAN, OK
from members.rules.party_age import party_age

EVERYTHING = ("/",)  # the decision goes by all facts; the page has shown what its reader may see
TAKEN = "Có người vừa ghi Huy hiệu mức này hoặc số này. Hãy tải lại trang rồi xem lại."


@dataclass(frozen=True)
class Proposal:
    """For which round, on which day, and why where a person had to decide (the cell's confirmation, a paper)."""

    round: rule.Round
    on: date
    reason: str = ""


@dataclass(frozen=True)
class AwardDecision:
    """The decision on badges, and the day of the ceremony if it was held."""

    decision: str
    decided_on: date
    decided_by: str = ""
    handed_on: date | None = None
    decided_precision: str = Precision.DAY


@dataclass(frozen=True)
class OwnProposal:
    """A proposal for one member outside the rounds: which level, on which day, on which paper."""

    level: int
    on: date
    reason: str
    round_on: date | None = None


@transaction.atomic
def propose_badges(body, members, proposal, *, by):
    """Propose the badges of a round for the people chosen; all or none.

    Refused for whom the rules refuse it; where they leave it to a person, the proposal says on what it rests.
    """
    ids = [member.pk for member in members]
    if not ids:
        raise ValidationError("Chưa chọn đồng chí nào. Hãy đánh dấu người được đề nghị.")
    _lock(ids)
    question = DueQuestion(body, proposal.on, BadgeBook(), EVERYTHING)
    rows = {row.member.pk: row for row in due_at(proposal.round, Member.objects.filter(pk__in=ids), question)}
    chosen = [_proposable(member, rows.get(member.pk)) for member in members]
    doubtful = [str(row.member) for row in chosen if row.finding.status == HUMAN]
    if doubtful and not proposal.reason:
        raise ValidationError({"reason": f"Ghi căn cứ đề nghị cho người cần xem xét: {', '.join(doubtful[:5])}."})
    for row in chosen:
        doubt = row.finding.status == HUMAN
        values = {"due_on": row.due.on, "round_on": proposal.round.on, "proposed_on": proposal.on}
        reason = proposal.reason if doubt else ""
        _save(Badge(member=row.member, level=row.level, reason=reason, recorded_by=by, **values))
    data = {"people": len(chosen), "round": proposal.round.name, "reason": proposal.reason}
    record("members.propose_badges", body, by=by, data=data)


@transaction.atomic
def propose_early(member, entry, *, by):
    """Propose a level early for a seriously ill member (06-HD/TW, 18.1)."""
    locked, _, rules, due = _with_due(member, entry)
    if not Membership.objects.official().on(entry.on).filter(member=locked).exists():
        raise ValidationError(
            f"{locked} không còn là đảng viên ngày {entry.on:%d/%m/%Y}; chỉ đề nghị tặng sớm cho đảng viên đang sinh "
            "hoạt. Nếu ngày đề nghị ghi sai, hãy sửa ngày."
        )
    finding = rule.early_finding(rules, due, entry.on)
    if finding.status != OK:
        raise ValidationError(f"{finding.reason} ({finding.source})")
    disciplines = BadgeFacts([locked.pk]).case(locked, None, due).disciplines
    release = rule.release_of(rules, disciplines, entry.on)
    if release:
        raise ValidationError(f"Chưa đề nghị được; xem xét lại từ {release:%d/%m/%Y}.")
    badge = _save(_own(locked, BadgeKind.EARLY, due, entry, by))
    record("members.propose_early", locked, by=by, data={"level": badge.level})
    return badge


@transaction.atomic
def propose_posthumous(member, entry, *, by):
    """Propose a level for somebody who died before he received it (06-HD/TW, 18.2)."""
    locked, age, rules, due = _with_due(member, entry)
    if AgeFacts([locked.pk]).died_on(locked) is None:
        raise ValidationError("Chỉ truy tặng cho đảng viên đã từ trần. Hãy ghi từ trần trước.")
    finding = rule.posthumous_finding(rules, due, age.on)
    if finding.status != OK:
        raise ValidationError(f"{finding.reason} ({finding.source})")
    badge = _save(_own(locked, BadgeKind.POSTHUMOUS, due, entry, by))
    record("members.propose_posthumous", locked, by=by, data={"level": badge.level})
    return badge


@transaction.atomic
def award_badges(body, awards, decision, *, by):
    """Write the decision on proposed badges, each with its number or none; all or none. `awards` are (badge, number).

    A second click finds them decided and is refused.
    """
    if not awards:
        raise ValidationError("Chưa chọn Huy hiệu nào. Hãy đánh dấu người được tặng.")
    _lock([badge.member_id for badge, _ in awards])
    rules = BadgeBook().badge(body, decision.decided_on)
    fresh = Badge.objects.proposed().in_bulk([badge.pk for badge, _ in awards])
    for asked, number in awards:
        badge = fresh.get(asked.pk)
        if badge is None:
            raise ValidationError(f"Huy hiệu của {asked.member} vừa được người khác ghi. Hãy tải lại trang.")
        _award(badge, number, decision, rules)
    data = {"people": len(awards), "decision": decision.decision, "on": f"{decision.decided_on:%d/%m/%Y}"}
    record("members.award_badges", body, by=by, data=data)


@transaction.atomic
def enter_badge(member, values, *, by):
    """Enter from an old paper a badge that a member received."""
    [locked] = _lock([member.pk])
    badge = Badge(member=locked, recorded_by=by, **values)
    _refuse_double(badge)
    _refuse_handed_before(badge)
    if problem := _number_problem(badge, locked.home):
        raise ValidationError({"number": problem})
    _save(badge)
    record("members.enter_badge", locked, by=by, data={"level": badge.level, "decision": badge.decision})
    return badge


@transaction.atomic
def hand_over_badges(body, badges, *, on, by):
    """Note the day of the ceremony for badges that were awarded."""
    if not badges:
        raise ValidationError("Chưa chọn Huy hiệu nào. Hãy đánh dấu người được trao.")
    _lock([badge.member_id for badge in badges])
    fresh = Badge.objects.awarded().select_related("member").in_bulk([badge.pk for badge in badges])
    for asked in badges:
        badge = fresh.get(asked.pk)
        if badge is None:
            raise ValidationError(f"Huy hiệu của {asked.member} vừa bị hủy. Hãy tải lại trang.")
        if badge.handed_on:
            raise ValidationError(f"Huy hiệu của {badge.member} đã ghi ngày trao {badge.handed_on:%d/%m/%Y}.")
        badge.handed_on = on
        _refuse_handed_before(badge)
        badge.save(update_fields=["handed_on"])
    record("members.hand_over_badges", body, by=by, data={"people": len(badges), "on": f"{on:%d/%m/%Y}"})


@transaction.atomic
def void_badge(badge, *, reason, by):
    """Take a proposal back, or void a badge that was entered wrongly."""
    _lock([badge.member_id])
    locked = Badge.objects.standing().select_related("member__home").filter(pk=badge.pk).first()
    if locked is None:
        raise ValidationError("Mục này đã được hủy trước đó. Hãy tải lại trang.")
    locked.voided_at, locked.voided_by, locked.void_reason = timezone.now(), by, reason
    locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record("members.void_badge", locked.member, by=by, data={"level": locked.level, "reason": reason})
    return locked


def _lock(ids):
    """All at once and in one order: two who propose for one cell do not wait for each other."""
    rows = Member.objects.standing().select_for_update(of=("self",)).select_related("home")
    found = list(rows.filter(pk__in=ids).order_by("pk"))
    if len(found) != len(set(ids)):
        raise ValidationError(RECORD_GONE)
    return found


def _proposable(member, row):
    if row is None:
        raise ValidationError(f"{member} không đến hạn ở đợt này. Hãy tải lại danh sách.")
    if not row.can_be_proposed:
        raise ValidationError(f"{member}: {row.state_words}. {row.finding.reason}")
    return row


def _with_due(member, entry):
    """(member locked, Party age, rules, the level asked for with its day); refused when it is held already."""
    [locked] = _lock([member.pk])
    book = BadgeBook()
    age = party_age(book.age(locked.home, entry.on), AgeFacts([locked.pk]).record(locked), entry.on)
    due = rule.due_of(age, entry.level)
    if due is None:
        raise ValidationError(f"Chưa tính được tuổi Đảng. {age.reason}")
    _refuse_double(Badge(member=locked, level=entry.level))
    return locked, age, book.badge(locked.home, entry.on), due


def _own(member, kind, due, entry, by) -> Badge:
    values: dict[str, Any] = {"round_on": entry.round_on, "proposed_on": entry.on, "reason": entry.reason}
    return Badge(member=member, level=due.level, kind=kind, due_on=due.on, recorded_by=by, **values)


def _refuse_double(badge):
    found = Badge.objects.standing().filter(member=badge.member, level=badge.level).first()
    if found:
        how = f"đã tặng ({found.decision or 'không ghi quyết định'})" if found.is_awarded else "đang được đề nghị"
        raise ValidationError(f"{badge} của {badge.member} {how}. Nếu ghi sai hãy hủy mục cũ trước.")


def _award(badge, number, decision, rules):
    badge.number = number
    if problem := rule.number_problem(rules, badge.level, number) if number else "":
        raise ValidationError(f"{badge.member}: {problem}")
    for name in ("decision", "decided_on", "decided_by", "decided_precision", "handed_on"):
        setattr(badge, name, getattr(decision, name))
    _refuse_handed_before(badge)
    _save(badge, update_fields=["number", "decision", "decided_on", "decided_by", "decided_precision", "handed_on"])


def _refuse_handed_before(badge):
    """Of a partial day of decision its first day counts: what was handed over before that was before any."""
    if badge.handed_on and badge.handed_on < badge.decided_on:
        paper = f"quyết định ngày {badge.decided_on:%d/%m/%Y}"
        raise ValidationError(f"{badge.member}: ngày trao {badge.handed_on:%d/%m/%Y} không thể trước {paper}.")


def _number_problem(badge, home):
    if not badge.number:
        return ""
    return rule.number_problem(BadgeBook().badge(home, badge.decided_on), badge.level, badge.number)


def _save(badge, **options):
    try:
        with transaction.atomic():
            badge.save(**options)
    except IntegrityError:
        raise ValidationError(f"{badge.member}: {TAKEN}") from None
    return badge
