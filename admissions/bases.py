"""The base of a vote, computed from the facts of its day; who is left out of it is named."""

from admissions.rules.votes import CELL, STANDING_BOARD, WHOLE_COMMITTEE
from members.rules.deciders import DECIDE
from members.vote_bases import BaseOfVote, base_by_hand, counted_base, refuse_unlisted
from members.voters import Assembly, cell_assembly, committee_assembly

PROVINCIAL = "provincial_standing_group"  # its composition is no list of posts


def base_of_vote(rules, station, organisation, day, attended=(), by_hand=None):
    """The base of a body on a day by the rules of the day; `by_hand` is (number, reason) where posts are not kept.

    NotAllowed where nothing says who votes. A cell's base is never written by hand.
    """
    if station.voting_as == CELL:
        return counted_base(rules, cell_assembly(organisation, day, attended))
    if by_hand:
        return base_by_hand(*by_hand)
    assembly = _assembly(station, organisation, day, attended)
    if not assembly.voters:
        refuse_unlisted(station, organisation, day)
    if station.voting_as == WHOLE_COMMITTEE:  # "of all its members" (06-HD/TW, 3.7a)
        number = len(assembly.voters)
        return BaseOfVote(number, number, number)
    return counted_base(rules, assembly)


def _assembly(station, organisation, day, attended):
    if station.body == PROVINCIAL:
        return Assembly({}, ())
    board = station.role == DECIDE and station.voting_as == STANDING_BOARD
    return committee_assembly(organisation, day, attended, board=board)
