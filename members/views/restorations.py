"""Coming back after an ending: rights restored, activity resumed, readmission."""

from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import restorations as acts
from members.enums import RestorationKind
from members.forms.facts import VoidForm
from members.forms.restorations import RestorationForm
from members.views.facts import form_page
from members.views.record import find_member


@requires(P.ENDINGS_RECORD)
def restore_rights(request, member_id):
    """Somebody who was wronged."""
    return _page(request, member_id, RestorationKind.RIGHTS, acts.restore_rights, {
        "title": "Ghi khôi phục quyền đảng viên",
        "lead": "Người bị xử lý oan, sai: coi như chưa từng ra khỏi Đảng, truy đóng đảng phí của thời gian đó.",
    })  # fmt: skip


@requires(P.ENDINGS_RECORD)
def resume_activity(request, member_id):
    """An interruption that was not the member's fault."""
    return _page(request, member_id, RestorationKind.RESUMED, acts.resume_activity, {
        "title": "Ghi nối lại sinh hoạt đảng",
        "lead": "Gián đoạn không do lỗi của đảng viên: trở lại từ ngày ghi dưới đây, thời gian gián đoạn giữ nguyên.",
    })  # fmt: skip


@requires(P.ENDINGS_RECORD)
def readmit(request, member_id):
    """A new membership with a new probation."""
    return _page(request, member_id, RestorationKind.READMITTED, acts.readmit, {
        "title": "Ghi kết nạp lại",
        "lead": "Thành đảng viên dự bị, thời gian dự bị mới. Ngày quyết định kết nạp và ngày vào Đảng lần đầu được giữ "
        "trong hồ sơ để tính tuổi đảng.",
    })  # fmt: skip


@requires(P.ENDINGS_RECORD)
def void_restoration(request, member_id, restoration_id):
    """A restoration that never was."""
    member = find_member(request, member_id)
    check(request.user, P.ENDINGS_RECORD, member)
    row = find(member.restorations.standing().select_related("member__home"), pk=restoration_id)
    form = VoidForm(request.POST or None)
    context = {
        "title": "Hủy mục trở lại sinh hoạt ghi sai",
        "lead": f"{row.get_kind_display()}, từ {row.back_on:%d/%m/%Y}. Người này lại ở ngoài danh sách như trước.",
    }

    def act():
        acts.void_restoration(row, reason=form.cleaned_data["reason"], by=request.user)

    return form_page(request, member, form, act, context)


def _page(request, member_id, kind, action, context):
    member = find_member(request, member_id)
    check(request.user, P.ENDINGS_RECORD, member)
    cell = member.home if member.home.is_cell and member.home.is_open else None
    form = RestorationForm(
        request.POST or None, kind=kind, user=request.user, today=timezone.localdate(), initial={"organisation": cell}
    )

    def act():
        action(member, acts.RestorationEntry(**form.values), by=request.user)

    return form_page(request, member, form, act, context)
