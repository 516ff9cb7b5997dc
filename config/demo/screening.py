"""A round of screening in the base of the story: one is helped, one proposed for removal, one asks to leave."""

from datetime import date, timedelta

from cells.models import User
from config.lib.workdays import add_months
from evaluations import actions
from evaluations.actions.removals import LeavingEntry
from evaluations.actions.screening_cells import FlagEntry
from evaluations.actions.screening_list import ActEntry, AssistEntry, ListVoteEntry
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.actions.screening_rounds import RoundEntry
from evaluations.enums import RoundHalf
from members.models import Member

REASON = "Né tránh nhiệm vụ được giao ba tháng liền (mẫu)"
CONDUCT = "Vi phạm tư cách đảng viên (mẫu)"
PAPER = "Biên bản họp chi ủy (mẫu)"
SCREENED, LEAVING = 1, 2  # places of the cells


def play_screening(tree, on):
    """The round of the half-year before `on` with its computed flags; one cell goes through the steps."""
    by = User.objects.get(username="coso")
    cell, other = tree.cells[SCREENED], tree.cells[LEAVING]
    entry = _last_half(on)
    one = actions.open_round(entry, organisation=tree.story.deciding_base, by=by)
    actions.compute_round(one, today=on, by=by)
    helped, proposed, helper = _people(cell, on, 3)
    day = entry.cutoff_on
    actions.record_flag(one, cell, FlagEntry(helped, "B5", day, REASON, PAPER), by=by)
    actions.record_flag(one, cell, FlagEntry(proposed, "X6", day, CONDUCT, PAPER), by=by)
    put_up = actions.put_up(one, cell, [helped, proposed], on=day + timedelta(5), by=by)
    subjects = {subject.member_id: subject for subject in put_up}
    _help(subjects[helped.pk], helper, day, by)
    removal = RemovalEntry(day + timedelta(15), ("X6",), "Chi bộ thống nhất đề nghị (mẫu)")
    actions.propose_removal(subjects[proposed.pk], removal, by=by)
    leaving = LeavingEntry(applied_on=on - timedelta(20), reason="Tuổi cao, sức yếu (mẫu)")
    actions.apply_to_leave(_people(other, on, 1)[0], leaving, by=by)


def _last_half(on):
    if on.month > 6:
        return RoundEntry(on.year, date(on.year, 6, 30), RoundHalf.FIRST)
    return RoundEntry(on.year - 1, date(on.year - 1, 12, 31), RoundHalf.SECOND)


def _people(cell, on, count):
    """Official members of the cell without a post and not away, the youngest first."""
    rows = Member.objects.filter(
        home=cell, official_on__lt=add_months(on, -36), posts__isnull=True, overlays__isnull=True
    )
    return list(rows.order_by("-born_on", "personal_id")[:count])


def _help(subject, helper, cutoff_on, by):
    """Onto the list by the cell's vote, with a helper, a commitment and the notes of two months."""
    opinion = ActEntry(cutoff_on + timedelta(8), "Thống nhất", "12-CV/ĐU (mẫu)")
    actions.consult_superior(subject, opinion, by=by)
    size = Member.objects.filter(home=subject.organisation, official_on__lte=cutoff_on).count()
    day = cutoff_on + timedelta(12)
    vote = ListVoteEntry(held_on=day, present=size - 2, yes=size - 3, no=1, number="06-NQ/CB (mẫu)")
    subject.refresh_from_db()
    actions.vote_list(subject, vote, by=by)
    entry = AssistEntry(
        on=day, started_on=day, helpers=(helper,), commitment_on=day, commitment="Nhận việc, làm xong đúng hạn (mẫu)"
    )
    subject.refresh_from_db()
    actions.assist(subject, entry, by=by)
    for months in (1, 2):
        note = ActEntry(add_months(day, months), "Đã nhận việc tổ dân phố (mẫu)")
        subject.refresh_from_db()
        actions.follow_up(subject, note, by=by)
