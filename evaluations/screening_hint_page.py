"""Hints about the members of a cell, worked out when looked at and kept nowhere: no rule, no finding, no figure."""

from dataclasses import dataclass

from evaluations.screening_facts import read_facts
from evaluations.screening_flags import hints_of, slip_hints
from evaluations.screening_rules import ScreeningBook


@dataclass(frozen=True)
class HintLine:
    name: str
    member_id: object
    hints: tuple


def read_hints(cell, on):
    """(member, his hints) of a cell on a day, those with the most first by name; proceedings are none of them."""
    book, facts = ScreeningBook(), read_facts(cell, on)
    lines = [HintLine(each.name, each.member_id, hints_of(each, facts, book, cell)) for each in facts.people.values()]
    lines += [HintLine(slip.name, slip.member_id, slip_hints(slip, book, cell, on)) for slip in facts.slips]
    return [line for line in sorted(lines, key=lambda line: line.name) if line.hints]
