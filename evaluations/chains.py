"""Through which bodies each cell's ratings go, read from the tree and the rules of a day."""

from dataclasses import dataclass

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, with_overrides
from evaluations.rules import NoChain, chain_for

TOPIC = "chain"


@dataclass(frozen=True)
class CellChain:
    """A cell and its stations as a sheet keeps them: `[{"organisation": id, "role": …}, …]`, the decider last."""

    cell: int
    name: str
    stations: tuple

    @property
    def decider(self):
        return self.stations[-1]["organisation"]


def chains_below(tree, organisation, day):
    """The chain of every cell of `tree` below `organisation`; NoChain names the cells that have none."""
    cells = [node for node in tree.below(organisation.pk) if node.is_cell]
    rules = ChainRules(day)
    chains, without = [], []
    for cell in cells:
        above = tree.above(cell.id)
        try:
            stations = chain_for([(node.kind, node.level) for node in above], rules.keys_for(above))
        except NoChain as problem:
            without.append(f"{cell.name}: {problem}")
            continue
        bodies = tuple({"organisation": above[each.index].id, "role": each.role} for each in stations)
        chains.append(CellChain(cell.id, cell.name, bodies))
    if without:
        raise NoChain(" ".join(without[:5]) + (f" (và {len(without) - 5} chi bộ khác)" if len(without) > 5 else ""))
    return chains


class ChainRules:
    """The rule set in force on a day, with the choices of the bodies above a cell, the nearest winning."""

    def __init__(self, day):
        self.keys = restore(RuleSet.objects.in_force(TOPIC, day).values)
        self.choices = {}
        for row in RuleOverride.objects.on(day).filter(topic=TOPIC):
            self.choices.setdefault(row.organisation_id, {})[row.key] = row.value

    def keys_for(self, above):
        chosen = {}
        for node in reversed(above):
            chosen |= self.choices.get(node.id, {})
        return with_overrides(self.keys, chosen) if chosen else self.keys
