"""Party cards: asked for, given out, lost, damaged, looked at once a year (38-HD/BTCTW, II.2; 06-HD/TW, 7.2a).

The member's columns repeat the card in use: what the cards say is written there by these acts alone and by the record.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.actions.record import RECORD_GONE, NumberKnown
from members.badge_enums import CardEnd, CardKind
from members.badge_rules import BadgeBook
from members.card_rows import card_columns, let_cards_follow
from members.models import CardCheck, Member, PartyCard
from members.rules.cards import number_problem
from members.rules.numbers import card_column


@dataclass(frozen=True)
class CardEntry:
    """What stands on a card that is given out, and when it was handed to the member."""

    number: str
    issued_on: date
    place: str = ""
    decision: str = ""
    handed_on: date | None = None


class CardRefused(ValidationError):
    """One line of several cannot be; `place` counts the lines from 0, `known` are holders of its number."""

    def __init__(self, place, refused, known=None):
        super().__init__(refused)
        self.place, self.known = place, known


@transaction.atomic
def request_cards(body, members, *, on, by):
    """Put official members on the list of those to be given a card; who has one of the old form exchanges it."""
    if not members:
        raise ValidationError("Chưa chọn đồng chí nào. Hãy đánh dấu người cần thẻ.")
    for member in _lock([member.pk for member in members]):
        if member.official_on is None or member.official_on > on:
            raise ValidationError(f"{member} chưa là đảng viên chính thức nên chưa được phát thẻ (38-HD/BTCTW, II.2).")
        if member.card_number:
            raise ValidationError(f"{member} đang có thẻ mẫu mới. Mất, hỏng thì ghi ở trang của đảng viên.")
        kind = CardKind.EXCHANGE if member.former_card_number else CardKind.FIRST
        _ask(member, kind, on, "", by)
    record("members.request_cards", body, by=by, data={"people": len(members), "on": f"{on:%d/%m/%Y}"})


@transaction.atomic
def report_loss(member, *, on, note, by):
    """A card was lost: it is in use no longer from that day, and another is asked for."""
    [locked] = _lock([member.pk])
    card = _card_in_use(locked, by)
    if card is None:
        raise ValidationError(f"{locked} chưa ghi thẻ nào đang dùng.")
    _end(card, on, CardEnd.LOSS)
    _ask(locked, CardKind.LOSS, on, note, by)
    record("members.report_loss", locked, by=by, data={"on": f"{on:%d/%m/%Y}"})


@transaction.atomic
def report_damage(member, *, on, note, by):
    """A card is damaged or wrong: it stays in use until another is given out."""
    [locked] = _lock([member.pk])
    if _card_in_use(locked, by) is None:
        raise ValidationError(f"{locked} chưa ghi thẻ nào đang dùng.")
    _ask(locked, CardKind.DAMAGE, on, note, by)
    record("members.report_damage", locked, by=by, data={"on": f"{on:%d/%m/%Y}"})


@transaction.atomic
def issue_card(member, entry, *, by):
    """Write a card that was given out; it ends the one in use. A number that somebody else holds is refused."""
    [locked] = _lock([member.pk])
    card = _issue(locked, entry, by)
    record("members.issue_card", locked, by=by, data=_said(card))
    return card


@transaction.atomic
def issue_cards(body, issues, *, by):
    """Write cards that came from the printer together; all or none. `issues` are (member, entry).

    A line without a number takes the personal number, which a card of the present form repeats.
    """
    if not issues:
        raise ValidationError("Chưa chọn thẻ nào. Hãy đánh dấu người được phát.")
    people = {member.pk: member for member in _lock([member.pk for member, _ in issues])}
    for place, (asked, entry) in enumerate(issues):
        try:
            _issue(people[asked.pk], entry, by)
        except NumberKnown as known:
            raise CardRefused(place, "Số này đã có.", known) from known
        except ValidationError as refused:
            raise CardRefused(place, refused.messages) from refused
    record("members.issue_cards", body, by=by, data={"people": len(issues)})


@transaction.atomic
def check_cards(cell, findings, *, on, by):
    """Note what the cell found at its look at the cards; `findings` are (member, state, note).

    Findings of the same day are replaced where they differ.
    """
    if not findings:
        raise ValidationError("Chưa ghi kết quả của đồng chí nào.")
    _lock([member.pk for member, _, _ in findings])
    same_day = {row.member_id: row for row in _checks_on(cell, on)}
    written = 0
    for member, state, note in findings:
        before = same_day.get(member.pk)
        if before and (before.state, before.note) == (state, note):
            continue
        if before:
            _void(before, "ghi lại kết quả kiểm tra cùng ngày", by)
        CardCheck.objects.create(member=member, checked_on=on, state=state, note=note, recorded_by=by)
        written += 1
    record("members.check_cards", cell, by=by, data={"people": written, "on": f"{on:%d/%m/%Y}"})
    return written


@transaction.atomic
def void_card(card, *, reason, by):
    """Void a request, or the card given out last; the one that it ended is in use again.

    A loss is reported together with the request: with the request the loss is taken back.
    """
    [locked] = _lock([card.member_id])
    found = PartyCard.objects.standing().select_related("member__home").filter(pk=card.pk).first()
    if found is None:
        raise ValidationError("Mục này đã được hủy trước đó. Hãy tải lại trang.")
    if found.ended_on:
        raise ValidationError("Thẻ này đã thôi dùng. Chỉ hủy được thẻ ghi sau cùng.")
    _void(found, reason, by)
    if found.number:
        _bring_back(locked, found)
    elif found.kind == CardKind.LOSS:
        _take_loss_back(locked, found)
    record("members.void_card", locked, by=by, data={"card": str(found), "reason": reason})
    return found


def _lock(ids):
    """All at once and in one order."""
    rows = Member.objects.standing().select_for_update(of=("self",)).select_related("home")
    found = list(rows.filter(pk__in=ids).order_by("pk"))
    if len(found) != len(set(ids)):
        raise ValidationError(RECORD_GONE)
    return found


def _ask(member, kind, on, note, by):
    asked = PartyCard.objects.asked_for().filter(member=member).first()
    if asked:
        raise ValidationError(f"{member} đã có đề nghị “{asked}” từ {asked.requested_on:%d/%m/%Y}, đang chờ thẻ.")
    PartyCard.objects.create(member=member, kind=kind, requested_on=on, note=note, recorded_by=by)


def _card_in_use(member, by):
    """The card in use; of a record from before cards had rows of their own it is written from the columns.

    A row whose number is not that of the columns gives way to one that says what they say.
    """
    card = PartyCard.objects.in_use().filter(member=member).first()
    if card and card.number != member.current_card:
        said = {card_column(card.number): card.number, "card_issued_on": card.issued_on, "card_issued_by": card.place}
        let_cards_follow(member, card_columns(member) | said, reason="số thẻ trong hồ sơ đã khác", by=by)
        card = PartyCard.objects.in_use().filter(member=member).first()
    known = PartyCard.objects.standing().filter(member=member, number=member.current_card).exists()
    if card or not member.current_card or known:
        return card
    kind = CardKind.EXCHANGE if member.card_number and member.former_card_number else CardKind.FIRST
    return PartyCard.objects.create(
        member=member, kind=kind, number=member.current_card, issued_on=member.card_issued_on,
        place=member.card_issued_by, recorded_by=by,
    )  # fmt: skip


def _issue(member, entry, by):
    number = entry.number or member.personal_id
    if not number:
        raise ValidationError(f"{member}: chưa ghi số thẻ và hồ sơ chưa có số định danh cá nhân.")
    if problem := number_problem(BadgeBook().card(member.home, entry.issued_on), number):
        raise ValidationError(f"{member}: {problem}")
    if member.official_on is None or member.official_on > entry.issued_on:
        raise ValidationError(f"{member} chưa là đảng viên chính thức vào ngày cấp thẻ (38-HD/BTCTW, II.2).")
    if entry.handed_on and entry.handed_on < entry.issued_on:
        raise ValidationError(f"{member}: thẻ cấp ngày {entry.issued_on:%d/%m/%Y} không thể giao trước ngày đó.")
    _refuse_known(number, member)
    before = _card_in_use(member, by)
    asked = PartyCard.objects.asked_for().filter(member=member).first()
    if before and not asked and len(before.number) == len(number):
        raise ValidationError(f"{member} đang có thẻ cùng mẫu. Ghi mất hoặc hỏng trước, rồi ghi thẻ mới.")
    card = asked or PartyCard(member=member, kind=CardKind.EXCHANGE if before else CardKind.FIRST, recorded_by=by)
    if before:
        _end(before, entry.issued_on, CardEnd.DAMAGE if card.kind == CardKind.DAMAGE else CardEnd.EXCHANGE)
    for name in ("issued_on", "place", "decision", "handed_on"):
        setattr(card, name, getattr(entry, name))
    card.number = number
    card.save()
    _write_columns(member, card)
    return card


def _refuse_known(number, member):
    column = card_column(number)
    other = Member.objects.on_known_number(**{column: number}).exclude(pk=member.pk).select_related("home").first()
    if other is None:
        rows = PartyCard.objects.standing().filter(number=number).exclude(member=member)
        old = rows.select_related("member__home").first()
        other = old and old.member
    if other:
        raise NumberKnown({column: other})


def _write_columns(member, card):
    """A new card of the old form leaves the number before it to the history alone."""
    column = card_column(card.number)
    setattr(member, column, card.number)
    member.card_issued_on, member.card_issued_by = card.issued_on, card.place
    member.revision += 1
    member.save(update_fields=[column, "card_issued_on", "card_issued_by", "revision"])


def _bring_back(member, voided):
    """The card before is in use again if the voided one ended it; one of an unknown day ended whichever ended last."""
    rows = PartyCard.objects.standing().filter(member=member, ended_on__isnull=False).exclude(number="")
    if voided.issued_on:
        rows = rows.filter(ended_on__lte=voided.issued_on)
    before = rows.order_by("-ended_on", "-pk").first()
    if before and voided.issued_on in (None, before.ended_on) and before.end_reason != CardEnd.LOSS:
        _reopen(before)
    column = card_column(voided.number)
    same_form = before is not None and len(before.number) == len(voided.number)
    setattr(member, column, before.number if before and same_form else "")
    member.card_issued_on = before.issued_on if before else None
    member.card_issued_by = before.place if before else ""
    member.revision += 1
    member.save(update_fields=[column, "card_issued_on", "card_issued_by", "revision"])


def _take_loss_back(member, asked):
    rows = PartyCard.objects.standing().filter(member=member)
    lost = rows.filter(ended_on=asked.requested_on, end_reason=CardEnd.LOSS).order_by("-pk").first()
    if lost and not rows.in_use().exists():
        _reopen(lost)


def _end(card, on, reason):
    if card.issued_on and on < card.issued_on:
        raise ValidationError(f"Thẻ cấp ngày {card.issued_on:%d/%m/%Y}; ngày này không thể trước đó.")
    card.ended_on, card.end_reason = on, reason
    card.save(update_fields=["ended_on", "end_reason"])


def _reopen(card):
    card.ended_on, card.end_reason = None, ""
    card.save(update_fields=["ended_on", "end_reason"])


def _checks_on(cell, on):
    return CardCheck.objects.standing().filter(member__home=cell, checked_on=on)


def _void(fact, reason, by):
    fact.voided_at, fact.voided_by, fact.void_reason = timezone.now(), by, reason
    fact.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _said(card):
    return {"kind": card.get_kind_display(), "on": f"{card.issued_on:%d/%m/%Y}"}
