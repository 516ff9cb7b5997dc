"""What the menu of a member's page offers, by the rights of the reader and by what the member is today."""

from django.urls import reverse

from cells.permissions import Permission as P
from members.answers import mid_sentence
from members.enums import Status, Topic
from members.views.rights import ending_right, suspends

DECISIONS = (
    ("remove_name", "Ghi xóa tên"),
    ("let_leave", "Ghi cho ra khỏi Đảng theo đơn"),
    ("expel", "Ghi khai trừ"),
    ("cancel_admission", "Ghi hủy quyết định kết nạp"),
)
WAYS_BACK = (
    ("restore_rights", "Ghi khôi phục quyền đảng viên"),
    ("resume_activity", "Ghi nối lại sinh hoạt đảng"),
    ("readmit", "Ghi kết nạp lại"),
)


def offered_moves(member, user):
    """Away from a cell of one's own; back into one for who has left."""
    if member.status == Status.ENDED:
        receives = user.may(P.TRANSFERS_RECEIVE, member)
        return [("Tiếp nhận trở lại", reverse("members:receive_former_member", args=[member.pk]))] if receives else []
    if member.open_move:
        seen = user.may(P.TRANSFERS_VIEW, member)
        return [("Lần chuyển sinh hoạt đang mở", reverse("members:transfer", args=[member.open_move]))] if seen else []
    requests = member.home.is_cell and user.may(P.TRANSFERS_REQUEST, member)
    return [("Chuyển sinh hoạt", reverse("members:request_transfer", args=[member.pk]))] if requests else []


def offered_changes(member, user):
    """(words, address) of the dated changes that may be entered; `member` knows its status of today."""
    is_in = member.status != Status.ENDED
    missing = member.papers_missing
    offered = [("enter_ending_papers", "Ghi giấy tờ rời Đảng")] if _may_enter(missing, member, user) else []
    offered += [*(_edits(member, user, is_in) if user.may(P.MEMBERS_EDIT, member) else ())]
    if is_in and suspends(user, member):
        offered.append(("suspend_member", "Ghi đình chỉ sinh hoạt"))
    if user.may(P.ENDINGS_RECORD, member):
        offered += DECISIONS if is_in else WAYS_BACK
    if user.may(P.SANCTIONS_RECORD, member):
        offered.append(("show_inspection", "Kỷ luật, tố tụng"))
    links = [(words, reverse(f"members:{name}", args=[member.pk])) for name, words in offered]
    return [*links, *(_topics(member, user) if user.may(P.MEMBERS_EDIT, member) else ())]


def _may_enter(missing, member, user):
    return missing is not None and user.may(ending_right(missing), member)


def _edits(member, user, is_in):
    yield "change_name", "Đổi họ tên"
    yield "take_over_supplement", "Phiếu bổ sung hồ sơ"
    if user.may(P.POSTS_MANAGE, member):
        yield "add_post", "Thêm chức vụ"
    if is_in:
        yield "exempt_member", "Ghi miễn công tác và sinh hoạt"
    yield "add_overlay", "Ghi gián đoạn sinh hoạt, đình chỉ cấp ủy"
    if is_in:
        yield "record_death", "Ghi từ trần"


def _topics(member, user):
    topics = [Topic.OCCUPATION, Topic.DEGREE, Topic.THEORY]
    if user.may(P.MEMBERS_SENSITIVE, member):
        topics.append(Topic.RELIGION)
    return [
        (f"Thay đổi {mid_sentence(topic.label)}", reverse("members:change_particular", args=[member.pk, topic]))
        for topic in topics
    ]
