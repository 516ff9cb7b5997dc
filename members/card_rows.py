"""The rows of cards kept in step with the columns of a record that repeat the card in use."""

from collections import defaultdict

from django.utils import timezone

from members.models import PartyCard
from members.rules.card_history import CARD_COLUMNS, follow_columns


def card_columns(member):
    """The columns of a member that repeat the card in use."""
    return {name: getattr(member, name) for name in CARD_COLUMNS}


def numbered_cards(member_ids):
    """Standing cards with a number, by member, in one query."""
    found = defaultdict(list)
    for card in PartyCard.objects.standing().filter(member__in=member_ids).exclude(number="").order_by("pk"):
        found[card.member_id].append(card)
    return found


def let_cards_follow(member, before, *, reason, by):
    """Rewrite the cards of a locked member, whose columns were `before`, so that they say what the columns say now."""
    changes = follow_columns(numbered_cards([member.pk])[member.pk], before, card_columns(member))
    for card in changes.voided:
        card.voided_at, card.voided_by, card.void_reason = timezone.now(), by, reason[:500]
        card.save(update_fields=["voided_at", "voided_by", "void_reason"])
    for card, values in changes.changed:
        for name, value in values.items():
            setattr(card, name, value)
        card.save(update_fields=list(values))
    for values in changes.written:
        PartyCard.objects.create(member=member, recorded_by=by, **values)
