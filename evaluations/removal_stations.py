"""The bodies through which a matter of leaving goes, read from the tree and the rules of a day, and whose turn it is.

What a body did stays as it did it; what is still to be done follows the way of the day. Where the text does not name
the body that decides, people choose it, with a reason.
"""

from dataclasses import dataclass

from cells.models import Organisation, OrganisationVersion
from cells.trees import tree_on
from config.lib.workflow import NotAllowed
from evaluations.removal_book import CHAIN, POWERS, RemovalBook
from evaluations.removal_enums import CELL_VOTED, RemovalState
from evaluations.rules.removal_chain import NoWay, RemovalStation, removal_stations, stations_to_chosen
from evaluations.workflow import BODY, REMOVAL
from members.rules.deciders import APPRAISE, COMMITTEE, DECIDE, PROPOSE, base_of, bodies_of
from members.ways import AFTER_APPRAISAL, AFTER_BASE, AFTER_CELL, BEFORE_DECIDER, DECIDED, Stop, Way, path_today, rank

PROGRESS = {
    **dict.fromkeys(CELL_VOTED, AFTER_CELL),
    RemovalState.APPRAISED: AFTER_APPRAISAL,
    RemovalState.BASE_CARRIED: AFTER_BASE,
    RemovalState.BASE_NOT_CARRIED: AFTER_BASE,
    RemovalState.UNDER_DECISION: BEFORE_DECIDER,
    **dict.fromkeys((RemovalState.REMOVED, RemovalState.KEPT, RemovalState.ANNULLED), DECIDED),
}
# What a step of a body asks of the station whose turn it is.
AT_TURN = {
    "appraise_leaving": (APPRAISE, ""),
    "vote_removal_in_base": (PROPOSE, COMMITTEE),
    "submit_removal": (DECIDE, ""),
    "decide_removal": (DECIDE, ""),
}
OF_DECIDER = ("receive_removal_complaint", "answer_removal_complaint")
NOT_THEIR_TURN = "Theo quy trình của ngày này, việc này do {body} làm."


@dataclass(frozen=True)
class RemovalWay(Way):
    """The way of a matter on a day; without one `problem` says why, and people name who decides."""

    at_turn = AT_TURN
    of_turn = ("return_removal",)
    of_decider = OF_DECIDER

    @property
    def is_open(self):
        """Whether people may name the body that decides: the text is not confirmed, or says nothing."""
        return bool(self.problem) or any(stop.station.is_open for stop in self.stops)


def read_removal_way(removal, on, *, book=None, votes=None):
    """Where a matter is on its way by the tree and the rules of a day; `votes` are its standing votes if known."""
    tree, book = tree_on(on), book or RemovalBook()
    cell = cell_on(removal, tree, on)
    if cell.pk not in tree.nodes:
        return RemovalWay(on, problem=f"Ngày {on:%d/%m/%Y} chưa có {cell} trong danh mục tổ chức đảng.")
    above = tree.above(cell.pk)
    try:
        stations = _stations(removal, above, on, book)
    except NoWay as problem:
        return RemovalWay(on, problem=f"{problem} Hãy chọn cấp quyết định và ghi lý do.")
    acted = {(vote.role, vote.voting_as): vote.organisation for vote in _votes(removal, votes)}
    known, done = bodies_of(above), PROGRESS.get(removal.state, 0)
    return RemovalWay(on, tuple(_stop(each, cell, removal.chosen_body, (known, acted), done) for each in stations))


def cell_on(removal, tree, on):
    """The cell of a matter in the tree of a day; whoever is out already stays with a cell that ended: then its heir."""
    cell, passed = removal.scope_organisation, set()
    while cell.pk not in tree.nodes and cell.pk not in passed:
        passed.add(cell.pk)
        ends = OrganisationVersion.objects.standing().filter(organisation=cell, ended_on__lte=on)
        last = ends.filter(closed_by__heir__isnull=False).select_related("closed_by__heir").order_by("ended_on").last()
        cell = last.closed_by.heir if last else cell
    return cell


def _stations(removal, above, on, book):
    if removal.chosen_body_id:
        return stations_to_chosen(above, removal.chosen_body_id, appraised=removal.is_leaving)
    ids = [node.id for node in above]
    base, powers = base_of(above), book.keys(POWERS, ids, on).get("base_powers")
    given = powers.value if powers and base else ""
    return removal_stations(book.keys(CHAIN, ids, on), above, powers=given, appraised=removal.is_leaving)


def _votes(removal, votes):
    if votes is not None:
        return votes
    if removal.state not in PROGRESS:
        return ()
    return removal.votes.filter(voided_at__isnull=True).select_related("organisation").order_by("held_on", "id")


def _stop(station, cell, chosen, bodies, done):
    known, acted = bodies
    has_acted = rank(station) <= done
    body = acted.get((station.role, station.voting_as)) if has_acted else None
    if body is None:
        body = chosen if station.body == "chosen" else known[station.body]
    return Stop(station, body.pk if isinstance(body, Organisation) else body.id, body.name,
                       path_today(body, cell), has_acted)  # fmt: skip


def may_take_removal(user, step, removal, way):
    """Whether a person may take a step: the cell's by the matter, a body's by the body whose turn it is."""
    if REMOVAL.steps[step].permission != BODY:
        return user.may(REMOVAL.steps[step].permission, removal)
    stop = way.taker(step)
    return stop is not None and user.may(BODY, stop)


def removal_steps_open_to(user, removal, way, *, complained=False):
    """The steps that the state, the way and the rights of a person leave open, in the order of the table.

    Of a decided removal: a complaint may be received while none waits (`complained`), and answered while one does.
    """
    found = [each for each in REMOVAL.steps.values() if removal.state in each.sources]
    found = [each for each in found if each.permission != BODY or way.body_of(each.name)]
    closed = "receive_removal_complaint" if complained else "answer_removal_complaint"
    if removal.is_leaving:
        found = [each for each in found if each.name not in OF_DECIDER]
    return [each for each in found if each.name != closed and may_take_removal(user, each.name, removal, way)]


def removal_body(removal, step, on):
    """(organisation, station) that takes a step on a day; NotAllowed says whose turn it is."""
    way = read_removal_way(removal, on)
    if REMOVAL.steps[step].permission != BODY:
        station = way.stops[0].station if way.stops else RemovalStation(PROPOSE, "cell")
        return removal.scope_organisation, station
    if way.problem:
        raise NotAllowed(way.problem)
    stop = way.body_of(step)
    if stop is None:
        turn = way.turn
        raise NotAllowed(NOT_THEIR_TURN.format(body=turn.words if turn else "cấp khác"))
    return Organisation.objects.get(pk=stop.organisation_id), stop.station
