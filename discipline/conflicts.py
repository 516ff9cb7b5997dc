"""Who does not inspect: the person whom a case is about, whoever denounced him, and people of his family."""

from config.lib.vietnamese import fold
from discipline.models import Denouncer
from members.models import FamilyMember

ACCUSED = "Người bị xem xét không ở trong tổ kiểm tra hồ sơ của chính mình."
NAMESAKE = "Trùng họ tên với người bị xem xét. Nếu là người khác, hãy chọn đảng viên ấy trong danh sách."
WITHHELD = "Đồng chí này không tham gia tổ kiểm tra của hồ sơ này được. Hãy chọn người khác."
RELATED = (
    "Trùng họ tên với một người thân mà người bị xem xét đã khai. Người thân không tham gia tổ kiểm tra; nếu là người "
    "khác, hãy ghi rõ ở ghi chú."
)


def refusal_of(case, full_name, member=None):
    """Why somebody cannot be of the team at all, in words that give away no denouncer; empty where he can."""
    name = fold(full_name)
    if member is not None and member.pk == case.member_id:
        return ACCUSED
    if member is None and case.member is not None and name == fold(case.member.full_name):
        return NAMESAKE
    if any(name == fold(each) for each in _denouncers(case)):
        return WITHHELD
    return ""


def is_related(case, full_name, member=None):
    """Whether a name stands among the family of the accused, or the accused among the family of the person."""
    if case.member is None:
        return False
    if _stands(fold(full_name), case.member_id):
        return True
    return member is not None and _stands(fold(case.member.full_name), member.pk)


def _denouncers(case):
    """Names that are compared and never shown."""
    return Denouncer.objects.filter(denunciation__case=case).values_list("full_name", flat=True)


def _stands(name, member_id):
    family = FamilyMember.objects.standing().filter(member=member_id).values_list("full_name", flat=True)
    return any(name == fold(each) for each in family)
