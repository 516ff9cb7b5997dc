"""Admission on the desk: what waits for the cells and the bodies of a person, and what is overdue elsewhere."""

from django.urls import reverse

from admissions.duties import read_duties
from cells.permissions import Permission
from cells.rights import Asker
from config.desk.entries import Entry, deadline, named

SHOWN = 5


def read_admissions(user, today):
    """(mine, others), each shortened to the first few; in two queries at most."""
    if not user.holds(Permission.ADMISSIONS_VIEW):
        return [], []
    duties = read_duties(Asker.of(user, today))
    mine = [duty for duty in duties if duty.mine]
    late = [duty for duty in duties if not duty.mine and duty.is_over(today)]
    return list(_mine(mine, today)), list(_late(late))


def _mine(duties, today):
    for duty in duties[:SHOWN]:
        form = f" Biểu mẫu: {duty.form_name}." if duty.form_name else ""
        yield Entry(
            title=f"{duty.what}: {duty.name}",
            reason=f"{duty.place}. {duty.reason}{form}",
            url=reverse("admissions:candidate", args=[duty.candidate]),
            verb="Mở hồ sơ",
            due_on=duty.due_on,
            pill=deadline(duty.due_on, today),
            count=int(duty.is_turn),
        )
    if more := duties[SHOWN:]:
        count = sum(duty.is_turn for duty in more)
        title = f"Và {len(more)} việc kết nạp, công nhận khác"
        yield Entry(title, "", reverse("admissions:tasks"), "Xem tất cả", more[0].due_on, count=count)


def _late(duties):
    if not duties:
        return
    names = list(dict.fromkeys(duty.place for duty in duties))
    yield Entry(
        title=f"{len(duties)} việc kết nạp, công nhận quá hạn, chờ nơi khác làm",
        reason=f"Hồ sơ của {named(names[:SHOWN], len(names), 'chi bộ')}.",
        url=f"{reverse('admissions:tasks')}?show=others",
        verb="Xem danh sách",
        due_on=duties[0].due_on,
    )
