"""Who does not inspect: the person whom a case is about, people of his family, and whoever denounced him.

A refusal of the denouncer would tell whoever builds a team who it was (ADR 16): only the keeper of the identity
learns of it, on the denunciation, and sets that person off the team.
"""

from config.lib.vietnamese import fold
from discipline.models import Denouncer, TeamMember
from members.models import FamilyMember

ACCUSED = "Người bị xem xét không ở trong tổ kiểm tra hồ sơ của chính mình."
NAMESAKE = "Trùng họ tên với người bị xem xét. Nếu là người khác, hãy chọn đảng viên ấy trong danh sách."
RELATED = (
    "Trùng họ tên với một người thân mà người bị xem xét đã khai. Người thân không tham gia tổ kiểm tra; nếu là người "
    "khác, hãy ghi rõ ở ghi chú."
)


def refusal_of(case, full_name, member=None):
    """Why somebody cannot be of the team at all, whatever he may have written; empty where he can."""
    name = fold(full_name)
    if member is not None and member.pk == case.member_id:
        return ACCUSED
    if member is None and case.member is not None and name == fold(case.member.full_name):
        return NAMESAKE
    return ""


def is_related(case, full_name, member=None):
    """Whether a name stands among the family of the accused, or the accused among the family of the person."""
    if case.member is None:
        return False
    if _stands(fold(full_name), case.member_id):
        return True
    return member is not None and _stands(fold(case.member.full_name), member.pk)


def sender_is_in_team(denunciation):
    """Whether somebody of the team of its case bears the name of the sender; for the keeper of the identity alone."""
    sender = Denouncer.objects.filter(denunciation=denunciation).first()
    if sender is None or denunciation.case_id is None:
        return False
    return any(fold(row.full_name) == fold(sender.full_name) for row in team_of(denunciation))


def team_of(denunciation):
    """The standing team of the case that a denunciation led to."""
    return TeamMember.objects.standing().filter(case=denunciation.case_id)


def _stands(name, member_id):
    family = FamilyMember.objects.standing().filter(member=member_id).values_list("full_name", flat=True)
    return any(name == fold(each) for each in family)
