"""Leaving the Party on the desk: what waits for the cells and the bodies of a person, and what is overdue elsewhere."""

from django.urls import reverse

from cells.permissions import Permission
from cells.rights import Asker
from config.desk.entries import Entry, deadline, named
from evaluations.removal_duties import late_answers, removal_duties

SHOWN = 5


def read_removals(user, today):
    """(mine, others), each shortened to the first few; two queries, two more while a complaint waits."""
    if not user.holds(Permission.SCREENING_VIEW):
        return [], []
    duties = removal_duties(Asker.of(user, today), today)
    return list(_mine(duties, today)), list(_late(late_answers(user, today, [duty.removal for duty in duties])))


def _mine(duties, today):
    for duty in duties[:SHOWN]:
        since = f" Từ ngày {duty.since:%d/%m/%Y}." if duty.since else ""
        yield Entry(
            title=f"{duty.what}: {duty.name}",
            reason=f"{duty.place}. Xóa tên, cho ra khỏi Đảng.{since}",
            url=reverse("evaluations:removal", args=[duty.removal]),
            verb="Mở hồ sơ",
            due_on=duty.due_on,
            pill=deadline(duty.due_on, today),
        )
    if more := duties[SHOWN:]:
        title = f"Và {len(more)} hồ sơ xóa tên, cho ra khỏi Đảng khác"
        yield Entry(title, "", reverse("evaluations:removals"), "Xem tất cả", more[0].due_on, count=len(more))


def _late(duties):
    if not duties:
        return
    places = list(dict.fromkeys(duty.place for duty in duties))
    yield Entry(
        title=f"{len(duties)} khiếu nại về xóa tên quá hạn trả lời, chờ nơi khác",
        reason=f"Hồ sơ của {named(places[:SHOWN], len(places), 'chi bộ')}.",
        url=reverse("evaluations:removals"),
        verb="Xem danh sách",
        due_on=min(duty.due_on for duty in duties),
    )
