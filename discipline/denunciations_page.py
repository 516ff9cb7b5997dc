"""What the pages of a denunciation show; never who sent it."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from discipline.beside_enums import DenunciationState
from discipline.denunciation_seal import reader_of
from discipline.models import SenderOpening, SideEntry

State = DenunciationState
OVER = (State.REFUSED, State.CONCLUDED, State.INFORMATION)
WORDS = {
    "receive_denunciation": "tiếp nhận đơn, {contents} nội dung",
    "open_denunciation": "mở xem đơn",
    "accept_denunciation": "nhận giải quyết",
    "refuse_denunciation": "không giải quyết như đơn tố cáo",
    "conclude_content": "kết luận một nội dung: {result}",
    "conclude_denunciation": "đã kết luận mọi nội dung",
    "open_case_from": "mở hồ sơ xem xét từ đơn",
    "ask_sender_opening": "đề nghị mở cho {for} ({what}), người xác nhận {second}",
    "answer_sender_opening": "trả lời đề nghị mở cho {for}: {answer}",
    "close_denunciation_for": "thôi cho {for} xem đơn",
    "look_at_sender": "xem người tố cáo",
    "take_over_denunciation": "giao đơn không còn người phụ trách cho {for}",
    "void_denunciation": "hủy đơn ghi nhầm",
    "inherit": "chuyển sang tổ chức kế thừa",
    "give_back": "trả về tổ chức cũ",
    "follow_record": "theo hồ sơ đảng viên đã gộp",
    "unfollow_record": "theo hồ sơ đảng viên đã tách lại",
}


def read_today(user, denunciation):
    """Whether `user` has opened it today and said why."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    lines = SideEntry.objects.about(denunciation).filter(actor=user, at__gte=midnight)
    return lines.filter(action__in=("open_denunciation", "receive_denunciation")).exists()


def pill_of(row):
    """(kind, word) of where a denunciation stands."""
    kind = "neutral" if row.state in OVER else "waiting" if row.state == State.RECEIVED else "info"
    return kind, row.get_state_display()


@dataclass(frozen=True)
class DenunciationPage:
    """One denunciation as `user` may see it."""

    row: Any
    pill: tuple
    contents: list
    readers: list
    waiting: list
    lines: list
    is_receiver: bool
    sees_sender: bool
    may_classify: bool
    may_conclude: bool
    may_open_case: bool


def read_denunciation(row, user):
    mine = reader_of(user, row)
    works = mine is not None
    return DenunciationPage(
        row=row,
        pill=pill_of(row),
        contents=list(row.contents.standing()),
        readers=list(row.readers.open().select_related("user", "named_by", "confirmed_by")),
        waiting=list(row.openings.waiting().select_related("user", "asked_of")),
        lines=[(line, _words(line)) for line in SideEntry.objects.about(row).select_related("actor")],
        is_receiver=works and mine.is_receiver,
        sees_sender=works and mine.sees_sender,
        may_classify=works and row.state == State.RECEIVED,
        may_conclude=works and row.state == State.HANDLING,
        may_open_case=works and row.case_id is None and row.state != State.INFORMATION,
    )


def _words(line):
    return WORDS.get(line.action, line.action).format_map(_Missing(line.data))


class _Missing(dict):
    def __missing__(self, name):
        return "…"


def asked_of(user):
    """Requests to open a denunciation that `user` answers."""
    return list(SenderOpening.objects.visible_to(user).waiting().select_related("user", "asked_by"))
