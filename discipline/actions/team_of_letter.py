"""The team of the case that a denunciation led to, as far as the keeper of the sender's identity has to do with it."""

from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.actions.records import void_record
from discipline.denunciation_seal import reader_of

KEEPER_ONLY = "Chỉ người được xem người tố cáo làm việc này."
OF_ANOTHER = "Đồng chí này không ở trong tổ kiểm tra của hồ sơ mở từ đơn này. Hãy tải lại trang."
NEUTRAL = "Thay đổi thành phần tổ kiểm tra"


@transaction.atomic
def set_off_team(denunciation, team_member, *, by):
    """Take anybody off the team in words that say nothing of why; the denunciation's own journal is silent on it.

    Those of the case read the journal of the denunciation: a line there would tell them who sent it.
    """
    keeper = reader_of(by, denunciation)
    if keeper is None or not keeper.sees_sender:
        raise NotAllowed(KEEPER_ONLY)
    if denunciation.case_id is None or team_member.case_id != denunciation.case_id:
        raise NotAllowed(OF_ANOTHER)
    return void_record(team_member, reason=NEUTRAL, by=by)
