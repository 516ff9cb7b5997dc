"""Which organisations of a tree are rated on a day, by which body, and what they are to each other."""

from dataclasses import dataclass

from cells.trees import tree_on
from evaluations.chains import ChainRules
from evaluations.enums import Appendix, OrganisationGroup
from evaluations.models import OrganisationReview
from evaluations.rules import Body, organisation_stations

LOWEST_ABOVE_BASE = 3  # the level of the bodies directly above the base organisations, until the commune is the base


@dataclass(frozen=True)
class OrganisationChain:
    """One organisation with the bodies that propose and decide, as a review keeps them."""

    organisation: int
    name: str
    kind: str
    group: str
    decider: int | None
    proposer: int | None
    above: tuple[int, ...] = ()  # the bodies above it, the nearest first

    @property
    def is_decided(self):
        """Whether the tree has the body that decides."""
        return self.decider is not None


def organisation_chains(tree, organisation_ids, day):
    """The chain of each of the organisations that is rated by the rules of `day`, in that order."""
    rules = ChainRules(day)
    return [chain for each in organisation_ids if (chain := _chain(tree.above(each), rules))]


def organisations_below(tree, organisation, day):
    """The same for `organisation` and everything below it."""
    return organisation_chains(tree, [node.id for node in tree.below(organisation.pk)], day)


def _chain(above, rules):
    bodies = [Body(node.kind, node.level, node.is_base) for node in above]
    found = organisation_stations(bodies, rules.keys_for(above))
    if found is None:
        return None
    own = above[0]
    decider = None if found.decider is None else above[found.decider].id
    proposer = None if found.proposer is None else above[found.proposer].id
    bodies = tuple(node.id for node in above[1:])
    return OrganisationChain(own.id, own.name, own.kind, group_of(own), decider, proposer, bodies)


def group_of(node):
    """The group in which an organisation is counted; a chi bộ cơ sở is a base organisation."""
    if node.is_base:
        return OrganisationGroup.BASE
    if node.is_cell:
        return OrganisationGroup.CELL
    is_above = node.level is not None and node.level <= LOWEST_ABOVE_BASE
    return OrganisationGroup.ABOVE if is_above else OrganisationGroup.PART


def collective_frame(frames, above):
    """The id of the frame of PL1 for a collective: of the bodies `above` it the nearest that has one, else None."""
    known = {frame.organisation_id: frame.pk for frame in frames}
    return next((known[body] for body in above if body in known), None)


def chains_of(season):
    """Who is rated in a season, and by whom, in the tree of its day of reference."""
    return organisations_below(tree_on(season.reference_date), season.organisation, season.reference_date)


def new_reviews(season, chains):
    """A review, not saved, of every organisation that somebody decides on, on the frame that the season took for it."""
    frames = list(season.frames.filter(appendix=Appendix.PL1).order_by("version"))
    return [
        OrganisationReview(
            season=season,
            organisation_id=each.organisation,
            kind=each.kind,
            group=each.group,
            decider_id=each.decider,
            proposer_id=each.proposer,
            frame_id=collective_frame(frames, each.above),
        )
        for each in chains
        if each.is_decided
    ]
