"""Screening on the desk: people on whom a cell goes on next, and progress that waits for a base."""

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from cells.permissions import Permission
from config.desk.entries import Entry
from evaluations.enums import ScreeningState
from evaluations.models import CellReview, ScreeningRound, ScreeningSubject

WORDS = {
    ScreeningState.CANDIDATE: ("đảng viên chi ủy đang xem xét, chờ xin ý kiến cấp ủy cấp trên", "Mở trang rà soát"),
    ScreeningState.SUPERIOR_CONSULTED: ("đảng viên chờ chi bộ bỏ phiếu kín", "Mở trang rà soát"),
    ScreeningState.PROGRESS_REVIEW: ("đảng viên chờ công nhận tiến bộ", "Mở danh sách"),
}
SHOWN = 5


def read_screening(user):
    """Entries of what waits, in two queries at most; figures alone, no names."""
    if not (user.holds(Permission.SCREENING_FILE) or user.holds(Permission.SCREENING_DECIDE)):
        return []
    waiting = _waiting(user)
    entries = [_entry(*row) for row in waiting[:SHOWN]]
    if more := sum(row[-1] for row in waiting[SHOWN:]):
        url = reverse("evaluations:screening")
        entries.append(Entry(f"Và {more} đảng viên khác trong các đợt rà soát", "", url, "Xem các đợt", count=more))
    if user.holds(Permission.SCREENING_FILE):
        entries += [_unreviewed(one, cell) for one, cell in _silent(user)[:SHOWN]]
    return entries


def _waiting(user):
    rows = ScreeningSubject.objects.waiting_for(user).order_by("round", "organisation", "state")
    found = rows.values_list("state", "round_id", "organisation_id", "organisation__name").annotate(Count("pk"))
    return list(found)


def _entry(state, one, cell, name, number):
    words, verb = WORDS[state]
    if state == ScreeningState.PROGRESS_REVIEW:
        url = reverse("evaluations:screening_people", args=[one])
    else:
        url = reverse("evaluations:screening_cell", args=[one, cell])
    return Entry(f"Rà soát: {number} {words}", f"{name}.", url, verb, count=number)


def _silent(user):
    """(round, cell) of open rounds in which a cell of the person is not reviewed yet."""
    mine = user.bodies_with(Permission.SCREENING_FILE)
    reviewed = CellReview.objects.standing().filter(round=OuterRef("pk"), organisation__in=mine)
    cells = [role.organisation for role in user.roles_today if user.may(Permission.SCREENING_FILE, role)]
    rounds = ScreeningRound.objects.visible_to(user).open().filter(~Exists(reviewed))
    return [(one, cell) for one in rounds for cell in cells if one.organisation_id in cell.ancestor_ids()]


def _unreviewed(one, cell):
    return Entry(
        title=f"Rà soát, sàng lọc năm {one.year}: {cell}",
        reason="Chi ủy chưa ghi việc rà soát đảng viên trong đợt đang mở.",
        url=reverse("evaluations:screening_cell", args=[one.pk, cell.pk]),
        verb="Mở trang rà soát",
        count=0,
    )
