"""Handing a cell over to a new secretary in one step, and taking that back while nothing followed from it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.actions.accounts import end_role, grant_role
from cells.audit import record
from cells.models import RoleAssignment, Term, User
from cells.permissions import INSPECTION_ROLES, Role
from cells.permissions import Permission as P
from members.actions.facts import add_post, end_fact, void_fact
from members.enums import PostTitle
from members.models import Handover, Member, Membership, Post
from members.ports import open_work
from members.posts import post_rules
from members.rules.posts import NewSecretary, cannot_take_over

CHANGED = "Chức vụ bí thư của chi bộ vừa được người khác thay đổi. Hãy tải lại trang rồi làm tiếp."
NOT_TO_ONESELF = (
    "Không ai tự giao vai trò cho tài khoản của chính mình. Hãy để trống; người quản trị tài khoản giao vai trò sau."
)
NO_SUCH_ACCOUNT = (
    "Không có tài khoản nào dùng được với tên đăng nhập này cho chức vụ bí thư chi bộ. "
    "Hãy hỏi người quản trị tài khoản."
)


@dataclass(frozen=True)
class HandoverEntry:
    """To whom and from which day, on the strength of what; which role ends, and the user name that gets the next."""

    to_member: Member
    handed_on: date
    manner: str
    decision: str = ""
    old_role: RoleAssignment | None = None
    username: str = ""


@transaction.atomic
def hand_over_cell(cell, entry, *, on, by):
    """End the old secretary's post and role, open the new ones, freeze what is open; all or nothing.

    Roles change on `on`, today: an account is never given rights in the past, nor denied them.
    """
    former = _secretary(cell)
    _lock_people({entry.to_member.pk, *([former.member_id] if former else ())})
    if _secretary(cell) != former:
        raise ValidationError(CHANGED)
    _refuse_unfit(cell, entry, former)
    account = _account(entry, by)
    inventory = _inventory(cell, entry.handed_on)
    if former:
        former = end_fact(former, ended_on=entry.handed_on, paper=entry.decision, by=by)
    post = add_post(entry.to_member, _post_values(cell, entry), by=by)
    _end_old_role(cell, entry, account, on, by)
    handover = Handover.objects.create(
        organisation=cell, from_member=former and former.member, to_member=entry.to_member, handed_on=entry.handed_on,
        decision=entry.decision, inventory=inventory, recorded_by=by, from_post=former, to_post=post,
        from_role=entry.old_role, to_role=_give_role(cell, account, on, by),
    )  # fmt: skip
    data = {
        "to": str(entry.to_member),
        "from": str(former.member) if former else "khuyết",
        "on": str(entry.handed_on),
        "account": account.username if account else "chưa có",
        "inventory": inventory,
    }
    record("members.hand_over_cell", cell, by=by, data=data)
    return handover


@transaction.atomic
def undo_handover(handover, *, reason, on, by):
    """Take a hand-over back: its post is voided, the post and the role before it hold again.

    Refused once something followed from it.
    """
    _lock_people({handover.to_member_id, *([handover.from_member_id] if handover.from_member_id else ())})
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    _refuse_followed(handover)
    cell, former = handover.organisation, handover.from_post
    void_fact(handover.to_post, reason=reason, by=by)
    if former:
        former.ended_on = None
        former.save(update_fields=["ended_on"])
    _give_back_roles(handover, on, by)
    handover.voided_at, handover.voided_by, handover.void_reason = timezone.now(), by, reason
    handover.save(update_fields=["voided_at", "voided_by", "void_reason"])
    data = {"to": str(handover.to_member), "on": str(handover.handed_on), "reason": reason}
    record("members.undo_handover", cell, by=by, data=data)


def _secretary(cell):
    """The post of the cell's present secretary; None when there is none."""
    heads = Post.objects.standing().open().filter(organisation=cell, title=PostTitle.SECRETARY)
    found = list(heads.select_related("member__home")[:2])
    if len(found) > 1:
        names = ", ".join(str(post.member) for post in found)
        raise ValidationError(f"Chi bộ đang ghi nhiều bí thư cùng lúc: {names}. Hãy ghi thôi cho đúng rồi bàn giao.")
    return found[0] if found else None


def _refuse_unfit(cell, entry, former):
    if former and entry.handed_on <= former.started_on:
        raise ValidationError(
            {"handed_on": f"Đồng chí {former.member} là bí thư từ {former.started_on:%d/%m/%Y}; "
             "ngày bàn giao phải sau ngày đó."}
        )  # fmt: skip
    to_member, day = entry.to_member, entry.handed_on
    new = NewSecretary(
        person=str(to_member),
        holds_it_already=bool(former and former.member_id == to_member.pk),
        in_the_cell=Membership.objects.official().on(day).filter(member=to_member, organisation=cell).exists(),
        official=to_member.official_on is not None and to_member.official_on <= day,
    )
    if reason := cannot_take_over(post_rules(cell, day), new):
        raise ValidationError({"to_member": reason})


def _post_values(cell, entry):
    return {
        "organisation": cell, "title": PostTitle.SECRETARY, "started_on": entry.handed_on, "ended_on": None,
        "term": Term.objects.on(entry.handed_on).filter(organisation=cell).first(), "manner": entry.manner,
        "decision": entry.decision,
    }  # fmt: skip


def _account(entry, by):
    """The account that gets the role: the one named, else the one that is linked to the member, else none.

    One answer for every account that cannot be taken: nobody learns here which accounts exist. Nobody gives a role to
    himself; an account linked to the member that cannot be taken gets none.
    """
    if not entry.username:
        linked = entry.to_member.user
        return linked if linked and linked.is_active and linked != by and not _stands_apart(linked) else None
    account = User.objects.filter(username__iexact=entry.username, is_active=True, is_system=False).first()
    if account == by:
        raise ValidationError({"username": NOT_TO_ONESELF})
    if account is None or _stands_apart(account) or not _is_free_for(account, entry.to_member, by):
        raise ValidationError({"username": NO_SUCH_ACCOUNT})
    return account


def _stands_apart(account):
    """Inspection accounts and those that run accounts do not keep a cell."""
    return account.role_assignments.filter(role__in=[*INSPECTION_ROLES, Role.ADMINISTRATOR]).exists()


def _is_free_for(account, member, by):
    """Linked to that member; or to nobody, and with roles on bodies alone whose posts `by` keeps."""
    if member.user_id == account.pk:
        return True
    return not Member.objects.filter(user=account).exists() and by.reaches(account, P.POSTS_MANAGE)


def _end_old_role(cell, entry, account, on, by):
    old = entry.old_role
    if old is None:
        return
    if old.role != Role.CELL_SECRETARY or old.organisation_id != cell.pk:
        raise ValidationError({"old_role": "Chỉ thôi được vai trò bí thư của chính chi bộ này."})
    if account and account.pk == old.user_id:
        raise ValidationError(
            {"username": "Đây là tài khoản của bí thư cũ; mỗi người một tài khoản. Hãy chọn tài khoản của người nhận."}
        )
    end_role(old, ended_on=on, by=by)


def _give_role(cell, account, on, by):
    """The role of secretary of that cell; None when there is no account, or it has that role already."""
    if account is None:
        return None
    held = RoleAssignment.objects.lasting(on).filter(user=account, organisation=cell, role=Role.CELL_SECRETARY)
    if held.exists():
        return None
    return grant_role(account, Role.CELL_SECRETARY, organisation=cell, started_on=on, by=by)


def _give_back_roles(handover, on, by):
    standing = RoleAssignment.objects.lasting(on).filter(organisation=handover.organisation)
    if given := standing.filter(pk=handover.to_role_id).first():
        end_role(given, ended_on=on, by=by)
    ended = handover.from_role
    if ended and ended.user.is_active and not standing.filter(user=ended.user, role=ended.role).exists():
        grant_role(ended.user, ended.role, organisation=handover.organisation, started_on=on, by=by)


def _refuse_followed(handover):
    if handover.voided_at:
        raise ValidationError("Lần bàn giao này đã được hủy trước đó.")
    later = Handover.objects.standing().filter(organisation=handover.organisation, pk__gt=handover.pk)
    new, former = handover.to_post, handover.from_post
    unchanged = new.voided_at is None and new.ended_on is None
    ended_by_it = former is None or (former.voided_at is None and former.ended_on == handover.handed_on)
    if later.exists() or not unchanged or not ended_by_it:
        raise ValidationError(
            "Sau lần bàn giao này chức vụ bí thư đã có thay đổi khác, nên không hủy được nữa. "
            "Hãy hủy các thay đổi sau trước, hoặc lập lần bàn giao mới."
        )


def _inventory(cell, day):
    """What is handed over, in words and numbers that stay as they are: the roll first, then what is open."""
    members = Membership.objects.official().on(day).filter(organisation=cell).count()
    work = [{"noun": each.noun, "number": each.number} for each in open_work(cell, day)]
    return [{"noun": "đảng viên trong danh sách chi bộ", "number": members}, *work]


def _lock_people(members):
    """In one order, before the body: two who hand over one cell do not wait for each other."""
    list(Member.objects.standing().select_for_update(of=("self",)).filter(pk__in=members).order_by("pk"))
