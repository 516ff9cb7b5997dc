"""What a change of the tree does to inspection and discipline: open matters pass to the heir, and nothing shows.

Nothing is counted, refused or kept with the event for what is under seal: the journal of each case and of each
denunciation says from where it came, and undoing reads it there. Plans are no secret and pass in the same way.
"""

from cells.ports import TreePort
from discipline import beside_journal, journal
from discipline.beside_enums import DenunciationState
from discipline.enums import ENDED_STATES, JournalKind
from discipline.models import Case, Denunciation, JournalEntry, SideEntry, SupervisionPlan

INHERIT, GIVE_BACK = "inherit", "give_back"
OVER = (DenunciationState.REFUSED, DenunciationState.CONCLUDED)


def touched(organisation_ids, on):
    """Nothing: a preview says the same whether there are cases or none."""
    return []


def refusals(change):
    """Nothing stands against a change."""
    return []


def carry_out(event, moves, *, on, by):
    """What is open passes on; where the members go the meeting goes, else both go to the heir."""
    rows = Case.objects.standing().exclude(state__in=ENDED_STATES).select_for_update(of=("self",))
    for case in rows.filter(cell__in=moves.sources) | rows.filter(organisation__in=moves.ended):
        _inherit_case(case, event, moves, by)
    letters = Denunciation.objects.standing().exclude(state__in=OVER).select_for_update(of=("self",))
    for letter in letters.filter(organisation__in=moves.ended):
        _inherit(letter, {"organisation": _heir(letter.organisation_id, event, moves)}, event, by)
    plans = SupervisionPlan.objects.standing().select_for_update(of=("self",))
    for plan in plans.filter(organisation__in=moves.ended, year__gte=event.effective_on.year):
        _inherit_plan(plan, event, moves, by)
    return {}


def _heir(organisation_id, event, moves):
    """Where the members of a body go, else whoever inherits it; None for a body that goes on."""
    if organisation_id not in moves.ended:
        return None
    return moves.bodies.get(organisation_id) or event.heir_id


def _inherit_case(case, event, moves, by):
    """The body that runs it and the cell that meets on it, each on its own; a member assigned one by one leads."""
    cell = moves.persons.get(str(case.member_id)) if case.cell_id in moves.sources else None
    new = {
        "cell": cell or _heir(case.cell_id, event, moves),
        "organisation": _heir(case.organisation_id, event, moves),
    }
    if case.organisation_id == case.cell_id and new["cell"]:
        new["organisation"] = new["cell"]
    _inherit(case, new, event, by)


def _inherit_plan(plan, event, moves, by):
    if target := _heir(plan.organisation_id, event, moves):
        old = plan.organisation_id
        SupervisionPlan.objects.filter(pk=plan.pk).update(organisation=target, origin=plan.origin_id or old)
        data = {"event": event.pk, "organisation": old, "origin": plan.origin_id}
        beside_journal.record(INHERIT, plan, by=by, data=data)


def _inherit(row, new, event, by):
    """Point a case or a denunciation at other bodies and tell its journal from which."""
    changed = {name: target for name, target in new.items() if target and target != getattr(row, f"{name}_id")}
    if not changed:
        return
    data = {"event": event.pk, **{name: getattr(row, f"{name}_id") for name in changed}}
    type(row).objects.filter(pk=row.pk).update(**{f"{name}_id": target for name, target in changed.items()})
    book = journal if isinstance(row, Case) else beside_journal
    book.record(INHERIT, row, by=by, kind=JournalKind.SEAL, data=data)


def depends(event):
    """Nothing: what was done since goes back with its case."""
    return []


def undo(event, kept, *, on, by):
    """Everything back where the journals say that it came from."""
    for line in JournalEntry.objects.filter(action=INHERIT, data__event=event.pk).select_related("case"):
        _give_back(Case, line.case_id, line)
        journal.record(GIVE_BACK, line.case, by=by, kind=JournalKind.SEAL, data={"event": event.pk})
    for model in (Denunciation, SupervisionPlan):
        lines = SideEntry.objects.filter(action=INHERIT, data__event=event.pk, subject_type=model._meta.model_name)
        for line in lines:
            _give_back(model, line.subject_id, line)
            row = model.objects.get(pk=line.subject_id)
            beside_journal.record(GIVE_BACK, row, by=by, kind=JournalKind.SEAL, data={"event": event.pk})


def _give_back(model, pk, line):
    names = [name for name in ("organisation", "cell", "origin") if name in line.data]
    model.objects.filter(pk=pk).update(**{f"{name}_id": line.data[name] for name in names})


DISCIPLINE_IN_THE_TREE = TreePort(
    name="discipline", touched=touched, refusals=refusals, carry_out=carry_out, depends=depends, undo=undo
)
