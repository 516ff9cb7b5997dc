"""A member moves to another cell inside the tree: what is not over goes along on the day that takes him in.

The old cell keeps the acts that it took, in its log; the matter, its flags and papers it sees no more (screening.md,
7.1 and 9). The domain is silent on the flags of a round that does not reach the new cell: they end with the move, and
the round of the new cell finds anew what the records still show △.
"""

from django.db.models import Q

from cells.audit import record
from evaluations.enums import FlagStatus, RoundState
from evaluations.models import AssistanceHelper, ScreeningFlag, ScreeningNote, ScreeningSubject
from evaluations.screening_in_tree import OVER
from evaluations.screening_steps import area

LEFT = "Đảng viên đã chuyển sinh hoạt đến {cell} ngày {on}."
OTHER_HELPER = "Đảng viên đã chuyển sinh hoạt; chi bộ tiếp nhận phân công người giúp đỡ."


def follow_member(member, *, to, on, by):
    """Open matters, flags of open rounds and their papers go to the cell `to`; its desk and its log tell it.

    Months of assistance run on; its helpers, members of the old cell, end with the day.
    """
    rows = ScreeningSubject.objects.standing().select_for_update(of=("self",)).with_place().filter(member=member)
    subjects = list(rows.exclude(state__in=OVER).exclude(organisation=to))
    for subject in subjects:
        _take_along(subject, to, on, by)
    rounds = [subject.round_id for subject in subjects]
    flags = ScreeningFlag.objects.standing().select_for_update(of=("self",)).filter(member=member)
    flags = flags.filter(Q(round__state=RoundState.OPEN) | Q(round__in=rounds)).exclude(organisation=to)
    for flag in flags.select_related("round__organisation", "member", "organisation"):
        _pass_on_flag(flag, to, on, by, keep=flag.round_id in rounds)
    notes = ScreeningNote.objects.filter(Q(round__state=RoundState.OPEN) | Q(round__in=rounds), member=member)
    notes.update(organisation=to)


def _take_along(subject, to, on, by):
    said = {"from": str(subject.organisation), "to": str(to), "on": f"{on:%d/%m/%Y}"}
    subject.organisation, subject.revision = to, subject.revision + 1
    subject.save(update_fields=["organisation", "revision"])
    for helper in AssistanceHelper.objects.standing().open().filter(subject=subject):
        if on > helper.started_on:
            helper.ended_on = on
            helper.save(update_fields=["ended_on"])
        else:
            helper.void(OTHER_HELPER, by)
    record(f"{area(subject)}.pass_on_screening", subject, by=by, organisation=to, data=said)


def _pass_on_flag(flag, to, on, by, *, keep):
    """A flag whose round reaches the new cell, or whose matter goes along, moves; another ends."""
    if keep or to.path.startswith(flag.round.organisation.path):
        ScreeningFlag.objects.filter(pk=flag.pk).update(organisation=to)
        return
    words = LEFT.format(cell=to, on=f"{on:%d/%m/%Y}")
    flag.void(words, by)
    if flag.status == FlagStatus.ENTERED:  # nobody finds it anew: the new cell is told what the old one stated
        data = {"code": flag.code, "reason": words}
        record("screening.withdraw_flag", flag.member, by=by, organisation=to, data=data)
