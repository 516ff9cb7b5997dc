"""Leaving the Party on the desk: what waits for the cells and the bodies of a person, what others answer too late.

Its rows come with those of files and background work, in one query (`config.desk.papers`).
"""

from datetime import date

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from config.desk.entries import Entry, deadline, named
from evaluations.models import Removal
from evaluations.querysets_removals import ANSWER, CARD
from evaluations.removal_enums import RemovalState

SHOWN = 5
REMOVAL = "removal"
ASKED = {
    RemovalState.OPENED: "Yêu cầu đảng viên tự kiểm điểm",
    RemovalState.SELF_REVIEW: "Yêu cầu lại hoặc nhận bản tự kiểm điểm, rồi biểu quyết",
    RemovalState.READY: "Chi bộ biểu quyết",
    RemovalState.CELL_CARRIED: "Xem xét đề nghị của chi bộ",
    RemovalState.CELL_NOT_CARRIED: "Xem xét: chi bộ không đủ phiếu",
    RemovalState.APPRAISED: "Biểu quyết, tiếp nhận hồ sơ",
    RemovalState.BASE_CARRIED: "Tiếp nhận hồ sơ để quyết định",
    RemovalState.BASE_NOT_CARRIED: "Xem xét: đảng ủy cơ sở không đủ phiếu",
    RemovalState.UNDER_DECISION: "Quyết định",
    CARD: "Thu thẻ đảng viên, nộp lên cấp trên",
    ANSWER: "Trả lời khiếu nại",
}


def removal_rows(user, today):
    """Rows in the columns of `config.desk.papers.Work`: `who` is the last day to answer, `done` 1 where it is mine."""
    rows = Removal.objects.for_desk(user, today).order_by()
    rows = rows.annotate(about=Value(REMOVAL, CharField()), until=Coalesce(Cast("due", CharField()), Value("")))
    columns = ("about", "pk", "member__full_name", "asked", "member__home__name", "until", "recorded_at", "is_mine")
    return rows.values_list(*columns, "is_mine")


def removal_entries(rows, today):
    """(mine, others), each shortened to the first few."""
    found = sorted(rows, key=lambda row: (_due(row) or date.max, row.at))
    return list(_mine([row for row in found if row.done], today)), list(_late([row for row in found if not row.done]))


def _mine(rows, today):
    for row in rows[:SHOWN]:
        yield Entry(
            title=f"{ASKED[row.kind]}: {row.title}",
            reason=f"{row.place}. Xóa tên, cho ra khỏi Đảng.",
            url=reverse("evaluations:removal", args=[row.pk]),
            verb="Mở hồ sơ",
            due_on=_due(row),
            pill=deadline(_due(row), today),
        )
    if more := rows[SHOWN:]:
        title = f"Và {len(more)} hồ sơ xóa tên, cho ra khỏi Đảng khác"
        yield Entry(title, "", reverse("evaluations:removals"), "Xem tất cả", _due(more[0]), count=len(more))


def _late(rows):
    if not rows:
        return
    places = list(dict.fromkeys(row.place for row in rows))
    yield Entry(
        title=f"{len(rows)} khiếu nại về xóa tên quá hạn trả lời, chờ nơi khác",
        reason=f"Hồ sơ của {named(places[:SHOWN], len(places), 'chi bộ')}.",
        url=f"{reverse('evaluations:removals')}?state=ended",
        verb="Xem danh sách",
        due_on=_due(rows[0]),
    )


def _due(row):
    """The last day to answer, of a complaint that waits."""
    return date.fromisoformat(row.who) if row.who and row.kind == ANSWER else None
