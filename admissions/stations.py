"""The bodies through which a candidate goes, read from the tree and the rules of a day, and whose turn it is.

What a body did stays as it did it (its vote, its step); what is still to be done follows the chain of the day.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from admissions.enums import REMOVAL_STATES, Purpose, State
from admissions.rulebook import CHAIN, POWERS, AdmissionBook
from admissions.rules.chain import NoChain, Station, chain_for, continued, same_way
from admissions.workflow import ADMISSION
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.trees import tree_on
from config.lib.workflow import NotAllowed
from members import ways
from members.enums import YesNo
from members.rules.deciders import APPRAISE, COMMITTEE, DECIDE, PROPOSE, base_of, bodies_of, unit_of
from members.ways import AFTER_APPRAISAL, AFTER_BASE, AFTER_CELL, BEFORE_DECIDER, DECIDED, Stop, path_today, rank

PROGRESS = {
    **dict.fromkeys((State.CELL_ADOPTED, State.CELL_NOT_ADOPTED), AFTER_CELL),
    **dict.fromkeys((State.REC_CELL_ADOPTED, State.REC_CELL_NOT_ADOPTED), AFTER_CELL),
    **dict.fromkeys((State.REM_CELL_ADOPTED, State.REM_CELL_NOT_ADOPTED), AFTER_CELL),
    **dict.fromkeys((State.APPRAISED, State.REC_APPRAISED), AFTER_APPRAISAL),
    **dict.fromkeys((State.BASE_ADOPTED, State.BASE_NOT_ADOPTED), AFTER_BASE),
    **dict.fromkeys((State.REC_BASE_ADOPTED, State.REC_BASE_NOT_ADOPTED), AFTER_BASE),
    **dict.fromkeys((State.REM_BASE_ADOPTED, State.REM_BASE_NOT_ADOPTED), AFTER_BASE),
    **dict.fromkeys((State.UNDER_DECISION, State.REC_UNDER_DECISION, State.ESCALATED), BEFORE_DECIDER),
    **dict.fromkeys((State.APPROVED, State.REFUSED, State.OFFICIAL, State.STRUCK_OFF), DECIDED),
}
# What a step of a body asks of the station whose turn it is; the others are those of the base committee or the decider.
AT_TURN = {
    "appraise": (APPRAISE, ""),
    "vote_in_base": (PROPOSE, COMMITTEE),
    "submit": (DECIDE, ""),
    "decide": (DECIDE, ""),
    "appraise_recognition": (APPRAISE, ""),
    "vote_recognition_in_base": (PROPOSE, COMMITTEE),
    "submit_recognition": (DECIDE, ""),
    "decide_recognition": (DECIDE, ""),
    "vote_removal_in_base": (PROPOSE, COMMITTEE),
    "decide_removal": (DECIDE, ""),
}
OF_BASE = ("send_to_class", "clear", "seal_cv", "certify_cv")
GAP = "Quy định đang áp dụng chưa rõ; theo quy định tiếp theo, hồ sơ qua: {chain}. Cấp ủy có thẩm quyền kết luận."
NOT_THEIR_TURN = "Theo quy trình của tổ chức đảng này, việc này do {body} làm."


@dataclass(frozen=True, kw_only=True)
class Way(ways.Way):
    """The chain of a candidate on a day; without one `problem` says why and no body may act."""

    at_turn = AT_TURN
    of_turn = ("return_to_cell", "return_recognition")
    of_decider = ("notify_refusal", "cancel_admission", "repair_admission")

    purpose: str
    base: Stop | None = None
    note: str = ""

    def body_of(self, step):
        return (self.base or self.decider) if step in OF_BASE else super().body_of(step)


def read_way(candidate, on, *, book=None, votes=None):
    """Where a candidate is on his way by the tree and the rules of a day; the stops that have acted stay as they did.

    `votes` are the standing votes of the candidate in order, where they are read already.
    """
    cell, tree, book = candidate.scope_organisation, tree_on(on), book or AdmissionBook()
    done = PROGRESS.get(candidate.state, 0)
    votes = _votes(candidate) if votes is None and done else votes or ()
    purpose = _purpose(candidate, votes)
    if cell.pk not in tree.nodes:
        return Way(on, purpose=purpose, problem=f"Ngày {on:%d/%m/%Y} chưa có {cell} trong danh mục tổ chức đảng.")
    above = tree.above(cell.pk)
    bodies = bodies_of(above)
    try:
        chain = _chain(book, above, on, _is_owner(candidate))
        note = _in_the_gap(book, candidate, above, chain, on)
    except NoChain as problem:
        return Way(on, purpose=purpose, problem=str(problem))
    if purpose == Purpose.REMOVAL:  # nobody appraises it (06-HD/TW, 4.6)
        chain = [station for station in chain if station.role != APPRAISE]
    known = _taken(votes, purpose, done)
    stations = sorted(continued([each for each, _ in known.values()], chain), key=rank)
    acting = [(each, known[each.place][1] if each.place in known else bodies[each.body]) for each in stations]
    stops = tuple(_stop(each, body, cell, done=rank(each) <= done) for each, body in acting)
    return Way(on, stops, purpose=purpose, base=_base(chain, above, cell), note=note)


def _in_the_gap(book, candidate, above, chain, on):
    """What people must settle while the text in force is not known and the next chain goes another way."""
    coming_on = book.coming_chain_day(candidate.scope_organisation, on)
    if coming_on is None:
        return ""
    keys = [node.id for node in above]
    owner = _is_owner(candidate)
    coming = _chain(book, above, on, owner, keys=book.keys(CHAIN, keys, coming_on))
    return "" if same_way(chain, coming) else GAP.format(chain=", ".join(station.name for station in coming))


def _chain(book, above, on, owner, *, keys=None):
    ids, bodies = [node.id for node in above], bodies_of(above)
    keys = book.keys(CHAIN, ids, on) if keys is None else keys
    powers = book.keys(POWERS, ids, on).get("base_powers")
    unit = unit_of(above, powers=powers.value if powers else "", private_owner=owner)
    rule = keys.get(unit)
    missing = {step.split(":")[1] for step in rule.value} - set(bodies) if rule and rule.unit == "list" else ()
    return chain_for(keys, unit, without=missing)


def _votes(candidate):
    rows = candidate.votes.filter(voided_at__isnull=True).select_related("organisation")
    return list(rows.order_by("held_on", "id"))


def _purpose(candidate, votes):
    """What the bodies are asked for in the state of the candidate; of one escalated, what the cell last voted on."""
    if candidate.state in (*REMOVAL_STATES, State.STRUCK_OFF):
        return Purpose.REMOVAL
    if candidate.state == State.ESCALATED and votes:
        return Purpose(votes[-1].purpose)
    return Purpose.RECOGNITION if candidate.member_id else Purpose.ADMISSION


def may_take(user, step, candidate, way=None):
    """Whether a person may take a step: the cell's by the candidate, a body's by the body whose turn it is."""
    known = ADMISSION.steps.get(step)
    if known and known.permission == P.ADMISSIONS_FILE:
        return user.may(P.ADMISSIONS_FILE, candidate)
    if not user.holds(P.ADMISSIONS_DECIDE):
        return False
    stop = (way or read_way(candidate, timezone.localdate())).taker(step)
    return stop is not None and user.may(P.ADMISSIONS_DECIDE, stop)


def steps_open_to(user, candidate, way):
    """The steps that the state, the chain and the rights of a person leave open, in the order of the table."""
    found = [each for each in ADMISSION.steps.values() if candidate.state in each.sources]
    if candidate.state == State.ESCALATED:
        found = [each for each in found if each.name not in _of_another(way.purpose)]
    of_cell = P.ADMISSIONS_FILE
    found = [each for each in found if each.permission == of_cell or way.body_of(each.name)]
    return [each for each in found if may_take(user, each.name, candidate, way)]


def _of_another(purpose):
    """Steps of the matter that was not the one to be escalated."""
    removal = purpose == Purpose.REMOVAL
    return ("decide_recognition", "return_recognition") if removal else ("decide_removal",)


def refuse_stranger(user, step, candidate, way):
    """403 for a person in scope who does not act for the body whose turn it is."""
    if not may_take(user, step, candidate, way):
        raise PermissionDenied


def acting_body(candidate, step, on):
    """(organisation, station) that takes a step on a day; NotAllowed says whose turn it is."""
    way = read_way(candidate, on)
    if way.problem:
        raise NotAllowed(way.problem)
    known = ADMISSION.steps.get(step)
    if known and known.permission == P.ADMISSIONS_FILE:
        return candidate.scope_organisation, way.stops[0].station
    stop = way.body_of(step)
    if candidate.state == State.ESCALATED and step in _of_another(way.purpose):
        raise NotAllowed("Việc đưa lên cấp trên xem xét là việc khác. Hãy tải lại trang.")
    if stop is None:
        turn = way.turn
        raise NotAllowed(NOT_THEIR_TURN.format(body=turn.words if turn else "cấp khác"))
    return Organisation.objects.get(pk=stop.organisation_id), stop.station


def _taken(votes, purpose, done):
    """(station, organisation) by place of the proposals of this round, as they were voted; the last one counts."""
    rows = [vote for vote in votes if vote.purpose == purpose and vote.role == PROPOSE]
    found = {each.place: (each, vote.organisation) for vote in rows for each in [_station_of(vote)]}
    return {place: known for place, known in found.items() if rank(known[0]) <= done}


def _station_of(vote):
    return Station(vote.role, vote.body, vote.voting_as, "")


def _stop(station, body, cell, *, done):
    return Stop(station, body.id, body.name, path_today(body, cell), done)


def _base(chain, above, cell):
    """The base committee of the cell, whose right is asked for the steps of the source and the dossier."""
    base = base_of(above)
    if base is None:
        return None
    station = next((each for each in chain if each.role == PROPOSE and each.voting_as == COMMITTEE), chain[-1])
    return Stop(station, base.id, base.name, path_today(base, cell), done=False)


def _is_owner(candidate):
    profile = getattr(candidate, "profile", None)
    return profile is not None and profile.private_owner == YesNo.YES
