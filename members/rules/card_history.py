"""What becomes of the rows of a member's cards when the columns that repeat the card in use are written anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBER_COLUMNS = ("card_number", "former_card_number")
COLUMN_OF = {"issued_on": "card_issued_on", "place": "card_issued_by"}
CARD_COLUMNS = (*NUMBER_COLUMNS, *COLUMN_OF.values())
SAID = (
    "kind", "requested_on", "number", "issued_on", "place", "decision", "handed_on", "ended_on", "end_reason", "note",
)  # fmt: skip
UNSAID = {"requested_on": None, "decision": "", "handed_on": None, "ended_on": None, "end_reason": "", "note": ""}
EXCHANGE, LOSS = "exchange", "loss"


@dataclass
class CardChanges:
    """Cards to void, new values of cards that stand, values of cards to write; in this order."""

    voided: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)


def current_number(columns: Mapping[str, Any]) -> str:
    """The number in use: that of the present form where there is one."""
    return columns["card_number"] or columns["former_card_number"]


def follow_columns(cards: Iterable[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> CardChanges:
    """How standing cards with a number follow the columns; a row that says something else is voided and written anew.

    A corrected number is corrected in every row, so that it blocks nobody else; another form of card ends the one in
    use. Without any row there is nothing to follow.
    """
    found, current = CardChanges(), current_number(after)
    numbers = {before[name]: after[name] for name in NUMBER_COLUMNS if before[name] not in ("", after[name])}
    days = {name: after[column] for name, column in COLUMN_OF.items() if before[column] != after[column]}
    in_use, ended = None, []
    for card in cards:
        number = numbers.get(card.number, card.number)
        more = days if card.ended_on is None and number == current else {}
        new = _said(card) | {"number": number} | more
        is_same = new == _said(card)
        if not is_same:
            found.voided.append(card)
        if not number:
            continue
        if card.ended_on is not None:
            ended.append((card if is_same else None, new))
        else:
            in_use = card if is_same else None, new
    found.written = [new for card, new in ended if card is None]
    _settle(found, in_use, ended, after)
    return found


def _settle(found, in_use, ended, after):
    """The card in use is that of the columns: kept, followed by one of another form, or in use again."""
    current = current_number(after)
    if in_use is None:
        _use_again(found, ended, current)
        return
    card, new = in_use
    if new["number"] == current:
        found.written += [new] if card is None else []
        return
    since = after["card_issued_on"]
    if current and since and len(current) != len(new["number"]) and (new["issued_on"] or since) <= since:
        end = {"ended_on": since, "end_reason": EXCHANGE}
        if card is None:
            found.written.append(new | end)
        else:
            found.changed.append((card, end))
    elif card is not None:
        found.voided.append(card)
    if current:
        days = {name: after[column] for name, column in COLUMN_OF.items()}
        kind = EXCHANGE if len(current) != len(new["number"]) else new["kind"]
        found.written.append(UNSAID | {"kind": kind, "number": current} | days)


def _use_again(found, ended, current):
    """After a card in use was dropped, that of the number left is in use again unless it was lost."""
    if not any(card.ended_on is None for card in found.voided):
        return
    again = [pair for pair in ended if pair[1]["number"] == current and pair[1]["end_reason"] != LOSS]
    if not again:
        return
    card, new = max(again, key=lambda pair: pair[1]["ended_on"])
    values = {"ended_on": None, "end_reason": ""}
    if card is None:
        new |= values
    else:
        found.changed.append((card, values))


def _said(card):
    return {name: getattr(card, name) for name in SAID}
