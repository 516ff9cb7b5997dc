"""Rows of the pages that enter many cards at once: what was typed comes back when the page does."""

from members.badge_enums import CardState


def issue_rows(cards, typed):
    """(card asked for, whether ticked, number typed); at first everybody is ticked."""
    ticked = None if typed is None else set(typed.getlist("cards"))
    return [
        (card, ticked is None or str(card.pk) in ticked, "" if typed is None else typed.get(f"number_{card.pk}", ""))
        for card in cards
    ]


def check_rows(people, last, typed):
    """(member, last check, result, note); at first a card is in order, and who has none is left out."""
    rows = []
    for member in people:
        first = CardState.IN_ORDER if member.current_card else ""
        state = first if typed is None else typed.get(f"state_{member.pk}", "")
        note = "" if typed is None else typed.get(f"note_{member.pk}", "")
        rows.append((member, last.get(member.pk), state, note))
    return rows
