"""What merging two records of one person does here: everything follows the record that stays, and nothing shows.

Nothing is kept with the merge: journals say which case named the other record, and undoing reads it there.
"""

from cells.models import User
from discipline import beside_journal, journal
from discipline.enums import JournalKind
from discipline.models import Case, CaseSuspension, Denunciation, JournalEntry, SideEntry, TeamMember
from discipline.models import PlannedInspection as Planned
from members.ports import MergePort

FOLLOW, UNFOLLOW = "follow_record", "unfollow_record"
BESIDE = (CaseSuspension, Denunciation)
SYSTEM = "discipline"
SEALED = frozenset(model._meta.label_lower for model in (Case, TeamMember, *BESIDE))


def refusals(survivor, merged):
    """Nothing stands against a merge."""
    return []


def carry_out(survivor, merged):
    """Cases, suspensions, denunciations, places in teams and plans name the record that stays."""
    by = User.objects.system(SYSTEM)
    data = {"survivor": str(survivor.pk), "merged": str(merged.pk)}
    for case in Case.objects.filter(member=merged).select_for_update():
        Case.objects.filter(pk=case.pk).update(member=survivor)
        journal.record(FOLLOW, case, by=by, kind=JournalKind.SEAL, data=data)
    for row in TeamMember.objects.filter(member=merged).select_related("case"):
        TeamMember.objects.filter(pk=row.pk).update(member=survivor)
        journal.record(FOLLOW, row.case, by=by, kind=JournalKind.SEAL, data=data | {"team": row.pk})
    for model in BESIDE:
        for row in model.objects.filter(member=merged).select_for_update():
            model.objects.filter(pk=row.pk).update(member=survivor)
            beside_journal.record(FOLLOW, row, by=by, kind=JournalKind.SEAL, data=data)
    for row in Planned.objects.filter(members=merged).exclude(members=survivor):
        row.members.remove(merged)
        row.members.add(survivor)
        beside_journal.record(FOLLOW, row, by=by, data=data)
    return {}


def depends(merge, kept):
    """Nothing here depends on which record it names."""
    return []


def undo(merge, kept):
    """The rows that the journals name go back, as far as that was not done before."""
    by = User.objects.system(SYSTEM)
    both = {"data__survivor": str(merge.survivor_id), "data__merged": str(merge.merged_id)}
    lines = JournalEntry.objects.filter(action=FOLLOW, **both).select_related("case")
    for line in lines:
        if "team" in line.data:
            TeamMember.objects.filter(pk=line.data["team"]).update(member=merge.merged)
        else:
            Case.objects.filter(pk=line.case_id).update(member=merge.merged)
        journal.record(UNFOLLOW, line.case, by=by, kind=JournalKind.SEAL)
    for model in (*BESIDE, Planned):
        for line in SideEntry.objects.filter(action=FOLLOW, subject_type=model._meta.model_name, **both):
            _give_back(model.objects.get(pk=line.subject_id), merge)
            beside_journal.record(UNFOLLOW, model.objects.get(pk=line.subject_id), by=by)


def _give_back(row, merge):
    if isinstance(row, Planned):
        row.members.remove(merge.survivor)
        row.members.add(merge.merged)
    else:
        type(row).objects.filter(pk=row.pk).update(member=merge.merged)


DISCIPLINE_IN_A_MERGE = MergePort(
    name="discipline",
    tables=SEALED | {Planned.members.through._meta.label_lower},
    sealed=SEALED,
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
