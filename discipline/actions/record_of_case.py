"""A case whose member's record was taken back, pointed at the record under which the person stands now."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.enums import JournalKind
from discipline.journal import record
from discipline.models import CaseDecision, CaseReader, Denunciation, TeamMember
from discipline.steps import locked
from members.models import Member

STANDS = "Hồ sơ đảng viên của vụ việc này vẫn còn trong danh sách; không đổi sang hồ sơ khác."
NOBODY = "Hồ sơ này xem xét một tổ chức đảng, không phải đảng viên."
WITHDRAWN = "Hồ sơ đảng viên này cũng đã hủy. Hãy chọn hồ sơ còn trong danh sách."
ON_IT = "Đồng chí này đang được xem hồ sơ hoặc ở trong tổ kiểm tra. Hãy thôi cho xem, đưa ra khỏi tổ trước."
ANNOUNCED = (
    "Quyết định kỷ luật đã công bố và ghi vào hồ sơ đảng viên cũ. Hãy ghi kỷ luật ấy từ giấy tờ ở hồ sơ đảng viên mới; "
    "vụ việc này giữ hồ sơ cũ."
)


@transaction.atomic
def point_to_record(case, member, *, reason, by):
    """The case is about the same person under another record; the journal keeps from which to which, and why."""
    found = locked(case)
    before = found.member
    if before is None:
        raise NotAllowed(NOBODY)
    if before.voided_at is None:
        raise NotAllowed(STANDS)
    after = Member.objects.standing().filter(pk=member.pk).first()
    if after is None:
        raise ValidationError({"member": WITHDRAWN})
    if CaseDecision.objects.standing().filter(case=found, sanction__isnull=False).exists():
        raise NotAllowed(ANNOUNCED)
    if _is_on(found, after):
        raise ValidationError({"member": ON_IT})
    found.member, found.revision = after, found.revision + 1
    found.save(update_fields=["member", "revision"])
    Denunciation.objects.standing().filter(case=found, member=before).update(member=after)
    said = {"from": str(before.pk), "to": str(after.pk), "who": after.full_name}
    record("point_to_record", found, by=by, kind=JournalKind.SEAL, reason=reason, data=said)
    return found


def _is_on(case, member):
    """Whether a person reads the case, or is of its team: nobody does that of himself."""
    if TeamMember.objects.standing().filter(case=case, member=member).exists():
        return True
    return member.user_id is not None and CaseReader.objects.open().filter(case=case, user=member.user_id).exists()
