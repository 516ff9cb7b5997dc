"""Suspensions that hold, on the desk of those who may see them: reminders, the next to end first."""

from django.db.models import F
from django.urls import reverse

from cells.permissions import Permission
from config.desk.entries import Entry
from discipline.models import CaseSuspension

SHOWN = 5


def suspension_entries(user, today):
    """The first few with their last day, and that there are more; one query, none for who has no part in it."""
    if not user.holds(Permission.CASES_WORK):
        return []
    rows = CaseSuspension.objects.visible_to(user).running(today).select_related("member__home", "overlay")
    rows = list(rows.order_by(F("overlay__ended_on").asc(nulls_last=True), "pk")[: SHOWN + 1])
    found = [_entry(row, today) for row in rows[:SHOWN]]
    if rows[SHOWN:]:
        title = "Còn đảng viên khác đang bị đình chỉ"
        found.append(Entry(title, "", reverse("discipline:suspensions"), "Xem tất cả", count=0))
    return found


def _entry(row, today):
    until = f"Đến hết ngày {row.last_day:%d/%m/%Y}" if row.last_day else "Theo thời hạn tố tụng"
    return Entry(
        title=f"Đang đình chỉ: {row.member}",
        reason=f"{until}. {row.get_ground_display()}.",
        url=reverse("discipline:suspension", args=[row.pk]),
        verb="Mở",
        due_on=row.last_day,
        pill=("neutral", f"còn {(row.last_day - today).days} ngày") if row.last_day else None,
        count=0,
    )
