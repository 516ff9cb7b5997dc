"""Through which bodies each cell's ratings go, read from the tree and the rules of a day."""

from dataclasses import dataclass
from datetime import date

from cells.models import RuleOverride, RuleSet
from cells.trees import tree_on
from config.lib.rulesets import RuleSetError, restore, with_overrides
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
        try:
            chains.append(_chain(tree.above(cell.id), rules))
        except NoChain as problem:
            without.append(f"{cell.name}: {problem}")
    if without:
        raise NoChain(" ".join(without[:5]) + (f" (và {len(without) - 5} chi bộ khác)" if len(without) > 5 else ""))
    return chains


def _chain(above, rules):
    cell = above[0]
    stations = chain_for([(node.kind, node.level) for node in above], rules.keys_for(above))
    bodies = tuple({"organisation": above[each.index].id, "role": each.role} for each in stations)
    return CellChain(cell.id, cell.name, bodies)


class ChainsOfDay:
    """The way of sheets by the tree and the rules of the day of a decision; `rule_set` is the set in force on it."""

    def __init__(self, day):
        self.day = day
        self.tree = tree_on(day)
        self.rules = ChainRules(day)
        self.rule_set = self.rules.rule_set

    def of(self, cell):
        """The chain of a cell (by id); None where the tree of the day has no such cell. NoChain if nobody decides."""
        return _chain(self.tree.above(cell), self.rules) if cell in self.tree.nodes else None

    def moved(self, sheets):
        """Sheets on which another body decides that day than they were to go to: (sheet, chain of the day)."""
        usual = [sheet for sheet in sheets if not sheet.managed_from_id]  # a cadre is decided on where he is managed
        found = [(sheet, self.of(sheet.organisation_id)) for sheet in usual]
        return [(sheet, chain) for sheet, chain in found if chain and chain.decider != sheet.decider_id]

    def name(self, chain):
        """The name of the body that decides."""
        return self.tree[chain.decider].name


@dataclass(frozen=True)
class Way:
    """What a page says of sheets that wait at a body: by which rules of which day, and which have to go elsewhere."""

    day: date
    rule_set: RuleSet | None
    moved: tuple = ()  # (cell, name of the body that decides)
    problem: str = ""


def way_of(sheets, day):
    """Where the sheets that wait at a body are decided by the chain of `day`."""
    if not sheets:
        return Way(day, None)
    try:
        chains = ChainsOfDay(day)
        moved = tuple((sheet.organisation, chains.name(chain)) for sheet, chain in chains.moved(sheets))
    except (NoChain, RuleSetError) as problem:
        return Way(day, None, problem=str(problem))
    return Way(day, chains.rule_set, moved)


def chain_set_of(day):
    """The rule set of the chain in force on a day; NoChain where none is."""
    try:
        return RuleSet.objects.in_force(TOPIC, day)
    except RuleSet.DoesNotExist:
        raise NoChain(f"Chưa có quy tắc về cấp quyết định cho ngày {day:%d/%m/%Y}.") from None


class ChainRules:
    """The rule set in force on a day, with the choices of the bodies above a cell, the nearest winning."""

    def __init__(self, day):
        self.rule_set = chain_set_of(day)
        self.keys = restore(self.rule_set.values)
        self.choices = {}
        for row in RuleOverride.objects.on(day).filter(topic=TOPIC):
            self.choices.setdefault(row.organisation_id, {})[row.key] = row.value

    def keys_for(self, above):
        chosen = {}
        for node in reversed(above):
            chosen |= self.choices.get(node.id, {})
        return with_overrides(self.keys, chosen) if chosen else self.keys
