"""What stands in the addresses of the pages of screening, in the cell "here" and its base "east"."""

from datetime import date

from evaluations import actions
from evaluations.enums import ScreeningNoteKind
from evaluations.models import ScreeningFlag, ScreeningStep
from evaluations.screening_base import list_base
from evaluations.screening_rules import ScreeningBook
from tests.evaluations.screening_cases import (
    actions_flag,
    candidate,
    consulted,
    helped,
    opened,
    progress,
    voted,
)
from tests.factories import MemberFactory

CUTOFF = date(2026, 11, 20)
ON = date(2026, 11, 21)


def of_screening(tree, cast):
    """A round of "east" with people of "here" at each stage; `scr_cell` is the cell's page in it."""
    one = opened(tree.east, cast.officer, cutoff=CUTOFF)
    by, found = cast.secretary, {}
    for name, way in (("candidate", 0), ("consulted", 1), ("assisting", 2), ("reviewed", 3)):
        person = candidate(tree.here, by, one=one, member=MemberFactory(home=tree.here), on=ON)
        found[f"scr_{name}"] = {"pk": _further(person, way, by).pk}
    flagged = MemberFactory(home=tree.here)
    flag = actions.record_flag(one, tree.here, actions_flag(flagged, "X3"), by=by)
    kind = ScreeningNoteKind.STATEMENT
    note = actions.keep_note(one, tree.here, flagged, kind=kind, on=ON, text="Có đơn trình bày", by=by)
    conduct = actions.record_conduct(flagged, year=2024, violated=True, document="Kết luận số 1", by=by)
    place = {"pk": one.pk, "cell_pk": tree.here.pk}
    return found | {
        "scr_round": {"pk": one.pk},
        "scr_cell": place,
        "scr_member": {**place, "member_pk": flagged.pk},
        "scr_flag": {"flag_pk": ScreeningFlag.objects.get(pk=flag.pk).pk},
        "scr_note": {"note_pk": note.pk},
        "scr_person": {"member_pk": flagged.pk},
        "scr_conduct": {"conduct_pk": conduct.pk},
        "scr_here": {"cell_pk": tree.here.pk},
        "scr_step_own": {"step_pk": _last_step(found["scr_candidate"])},
        "scr_step": {"step_pk": _last_step(found["scr_consulted"])},
    }


def _further(person, way, by):
    """The person as many stations further on the way."""
    if way >= 1:
        consulted(person, by, on=ON)
    if way >= 2:
        everybody = list_base(person.organisation, ON, ScreeningBook()).entitled
        voted(person, by, yes=everybody, present=everybody, held_on=ON)
    if way >= 3:
        progress(helped(person, by, person.member, since=ON), by, ON, progressed=True)
    return person


def _last_step(found):
    return ScreeningStep.objects.filter(subject=found["pk"]).latest("id").pk
