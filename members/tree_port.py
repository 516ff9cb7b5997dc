"""What a change of the tree does to members: memberships and open moves follow their body, posts end with it.

A membership that ends with its body has the reason `tree`, and so has the one that begins in its place on the same day:
the books cancel the two at the body above both. Whoever leaves with a unit that is handed over has moved out. A member
on the road stands in a committee, and goes to its heir; a slip keeps the number of the body that issued it.
"""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from cells.changes.plan import NewBody
from cells.changes.rows import end_rows, reopen_rows, void_rows
from cells.changes.undoing import new_ids
from cells.loading import kind_entries
from cells.models import OrganisationVersion
from cells.ports import Person, Touched, TreePort
from members.bodies import issuing_body
from members.enums import EndReason, MembershipKind, OutsideArea, StartReason, TransferState
from members.models import Ending, Handover, Member, Membership, Post, Transfer

CHUNK = 800
VOIDED = "hoàn tác thay đổi tổ chức đảng"
ENDS = ("from_organisation", "to_organisation", "common")


def touched(organisation_ids, on):
    """Members, posts and unfinished moves of some organisations on a day."""
    people = Membership.objects.on(on).filter(organisation__in=organisation_ids)
    moves = Transfer.objects.unsettled().filter(_of_transfers(organisation_ids))
    return [
        Touched(people.official().count(), "đảng viên"),
        Touched(people.filter(kind=MembershipKind.TEMPORARY).count(), "đảng viên sinh hoạt tạm thời"),
        Touched(Post.objects.on(on).filter(organisation__in=organisation_ids).count(), "chức vụ đảng đang giữ"),
        Touched(moves.count(), "lần chuyển sinh hoạt chưa xong"),
    ]


def _of_transfers(organisation_ids):
    return Q(from_organisation__in=organisation_ids) | Q(to_organisation__in=organisation_ids)


def movable(organisation_id, on):
    """Everybody who is in the organisation on the day, in the order of names."""
    rows = Membership.objects.on(on).filter(organisation=organisation_id).select_related("member")
    return [Person(str(row.member_id), _label(row)) for row in rows.order_by("member__sort_key", "member_id", "-kind")]


def _label(row):
    born = f", sinh năm {row.member.born_on.year}" if row.member.born_on else ""
    guest = ", sinh hoạt tạm thời" if row.kind == MembershipKind.TEMPORARY else ""
    return f"{row.member.full_name}{born}{guest}"


# --- what stands against a change


def refusals(change):
    """Members must all have somewhere to go, and nothing about them may be dated after the change."""
    rows = _leaving(change.source_ids, change.effective_on)
    yield from _dated_later(change)
    yield from _no_longer_cells(change)
    if change.went_to:
        yield from _unfinished(change)
        return
    for organisation in change.ended:
        if change.act == "split":
            left = rows.filter(organisation=organisation).exclude(member__in=list(change.persons))
        else:
            left = rows.filter(organisation=organisation) if organisation.pk not in change.bodies else rows.none()
        if number := _in_cells(left, change.effective_on).values("member").distinct().count():
            yield (
                f"{organisation.name} còn {number} đảng viên chưa được phân về đâu. "
                "Hãy chọn chi bộ tiếp nhận cho tất cả."
            )
    yield from _not_cells(change, rows)


def _leaving(organisation_ids, day):
    """Standing memberships in organisations that hold on the day or begin later."""
    return Membership.objects.standing().overlapping(day, None).filter(organisation__in=organisation_ids)


def _in_cells(rows, day):
    """Of these, memberships of bodies that take members; who is on the road stands in a committee."""
    return rows.filter(organisation__in=_cells(day))


def _cells(day):
    kinds = [code for code, kind in kind_entries().items() if kind["is_cell"]]
    return OrganisationVersion.objects.on(day).filter(kind__in=kinds).values("organisation")


def _dated_later(change):
    day = change.effective_on
    rows = Membership.objects.standing().filter(organisation__in=change.source_ids)
    if change.divided and change.divided not in change.ended:
        rows = rows.filter(member__in=list(change.persons))
    later = rows.filter(Q(started_on__gte=day) | Q(ended_on__gt=day, kind=MembershipKind.OFFICIAL))
    for row in later.select_related("member", "organisation").order_by("-started_on")[:1]:
        moved_on = row.started_on if row.started_on >= day else row.ended_on
        yield (
            f"Không ghi lùi ngày được: đồng chí {row.member} vào hoặc ra khỏi {row.organisation.name} ngày "
            f"{moved_on:%d/%m/%Y}, không trước ngày có hiệu lực {day:%d/%m/%Y}. Hãy chọn ngày có hiệu lực muộn hơn."
        )


def _no_longer_cells(change):
    """Members do not stay in a body that takes members no longer."""
    kinds = kind_entries()
    for each in change.revised:
        if "kind" not in each.values or kinds[each.values["kind"]]["is_cell"]:
            continue
        rows = _in_cells(_leaving([each.organisation.pk], change.effective_on), change.effective_on)
        if number := rows.values("member").distinct().count():
            yield (
                f"{each.organisation.name} còn {number} đảng viên sinh hoạt trực tiếp; loại hình "
                f"“{kinds[each.values['kind']]['name']}” chỉ gồm các chi bộ. Hãy chia tách thành chi bộ trước."
            )


def _unfinished(change):
    moves = Transfer.objects.not_over().filter(_of_transfers(change.ended_ids))
    if number := moves.count():
        yield (
            f"Còn {number} lần chuyển sinh hoạt chưa xong, hoặc sinh hoạt tạm thời chưa trở về, đi từ hoặc đến tổ chức "
            "chuyển giao. Hãy tiếp nhận, ghi trở về hoặc rút lại trước khi chuyển giao."
        )


def _not_cells(change, rows):
    """Members go to cells alone."""
    if not rows.filter(organisation__in=_cells(change.effective_on)).exists():
        return
    cells = set(_cells(change.effective_on).values_list("organisation", flat=True))
    kinds = kind_entries()
    targets = [*change.persons.values(), *(change.bodies[key] for key in change.bodies if key in cells)]
    for body in dict.fromkeys(targets):
        is_cell = kinds[body.entry.kind]["is_cell"] if isinstance(body, NewBody) else body.pk in cells
        if not is_cell:
            yield f"{body} không có đảng viên sinh hoạt trực tiếp. Hãy chọn một chi bộ tiếp nhận đảng viên."


# --- carrying it out


def carry_out(event, moves, *, on, by):
    """End and begin memberships, end posts, give unfinished moves to the successors; answers what undo needs."""
    rows = list(_leaving(moves.sources, event.effective_on).select_related("member").order_by("pk"))
    if moves.went_to:
        planned = _end(rows, event, _outward, went_to=moves.went_to)
    else:
        going = [(row, target) for row in rows if (target := _target(row, moves, event))]
        planned = _end([row for row, _ in going], event, _by_tree)
        Membership.objects.bulk_create([_next(row, target, event, planned, by) for row, target in going], CHUNK)
        if event.effective_on <= on:
            _take_home(going)
    return {"memberships": planned, "posts": _end_posts(event, moves, by), "transfers": _hand_over(event, moves)}


def _target(row, moves, event):
    """Where a membership goes: where the member was sent, where the body's go, else to the heir; None: it stays."""
    target = moves.persons.get(str(row.member_id)) or moves.bodies.get(row.organisation_id)
    if target or row.organisation_id not in moves.ended:
        return target
    return event.heir_id


def _by_tree(row):
    return EndReason.TREE


def _outward(row):
    return EndReason.MOVED_OUT if row.kind == MembershipKind.OFFICIAL else EndReason.TEMPORARY


def _end(rows, event, reason, went_to=""):
    """End memberships on the day of the event; answers the ends that were planned for them."""
    by_reason = defaultdict(list)
    for row in rows:
        by_reason[reason(row)].append(row.pk)
    for code, keys in by_reason.items():
        outside = went_to if code == EndReason.MOVED_OUT else ""
        for start in range(0, len(keys), CHUNK):
            Membership.objects.filter(pk__in=keys[start : start + CHUNK]).update(
                ended_on=event.effective_on, end_reason=code, went_to=outside, closed_by=event
            )
    return {str(row.pk): [row.ended_on.isoformat(), row.end_reason, row.went_to] for row in rows if row.ended_on}


def _next(row, target, event, planned, by):
    """The membership that begins where another ended; a planned end is kept."""
    ended_on, end_reason, went_to = planned.get(str(row.pk), (None, "", ""))
    return Membership(
        member_id=row.member_id,
        organisation_id=target,
        kind=row.kind,
        started_on=event.effective_on,
        start_reason=StartReason.TREE,
        ended_on=ended_on and date.fromisoformat(ended_on),
        end_reason=end_reason,
        went_to=went_to,
        transfer_id=row.transfer_id,
        decision=f"{event.decision}, ngày {event.decided_on:%d/%m/%Y}",
        opened_by=event,
        recorded_by=by,
    )


def _take_home(going):
    homes = defaultdict(list)
    for row, target in going:
        if row.kind == MembershipKind.OFFICIAL:
            homes[target].append(row.member_id)
    _write_homes(homes)


def _write_homes(homes):
    for home, people in homes.items():
        for start in range(0, len(people), CHUNK):
            Member.objects.filter(pk__in=people[start : start + CHUNK]).update(home_id=home)


def _end_posts(event, moves, by):
    """Posts of a body end with it; those in a body that goes on, of whoever leaves it for a new one."""
    own = Q(organisation__in=moves.ended)
    left = Q(organisation__in=set(moves.sources) - set(moves.ended), member__in=list(moves.persons))
    return end_rows(Post.objects.filter(own | left), event, by)


def _hand_over(event, moves):
    """Point the ends of unfinished moves at where the member, or the members of the body, went.

    Where no slip is issued yet, the body that will issue it is found anew; a slip on the road keeps its sender. A
    guest is where his host went, and returns to where his cell went. A slip keeps its number and whoever issued it.
    """
    former = {}
    concerned = _of_transfers(moves.sources) | Q(common__in=moves.ended)
    for move in Transfer.objects.not_over().filter(concerned).select_related("from_organisation", "to_organisation"):
        before = {f"{name}_id": getattr(move, f"{name}_id") for name in ENDS}
        own = move.from_organisation_id in moves.sources and moves.persons.get(str(move.member_id))
        guest = move.to_organisation_id in moves.sources and moves.persons.get(str(move.member_id))
        move.to_organisation_id = guest or _successor(move.to_organisation_id, moves, event)
        if move.state in (TransferState.REQUESTED, TransferState.RECEIVED):
            move.from_organisation_id = own or _successor(move.from_organisation_id, moves, event)
            if move.from_organisation and move.state == TransferState.REQUESTED:
                move.common = issuing_body(move.kind, move.from_organisation, move.to_organisation)
        after = {f"{name}_id": getattr(move, f"{name}_id") for name in ENDS}
        if after != before:
            move.save(update_fields=list(ENDS))
            former[str(move.pk)] = before
    return former


def _successor(place, moves, event):
    return moves.bodies.get(place) or event.heir_id if place in moves.ended else place


# --- taking it back


def depends(event):
    """What was written about the members since."""
    changed = Q(voided_at__isnull=False) | Q(closed_by__isnull=False) | Q(ended_on__isnull=False)
    opened = Membership.objects.filter(changed, opened_by=event)
    if number := opened.exclude(pk__in=_as_planned(event)).count():
        yield f"{number} đảng viên đã chuyển đi, ra khỏi danh sách hoặc được sửa sinh hoạt đảng sau thay đổi này."
    closed = Membership.objects.filter(closed_by=event)
    again = Membership.objects.standing().exclude(opened_by=event).filter(member__in=closed.values("member"))
    if number := again.filter(started_on__gte=event.effective_on).values("member").distinct().count():
        yield f"{number} đảng viên đã có sinh hoạt đảng ở nơi khác từ ngày thay đổi."
    yield from _written_on(new_ids(event), event)
    yield from _moved_since(event)


def _as_planned(event):
    """Memberships that began with the end that the one before them had planned, and still have it."""
    planned = event.kept.get("members", {}).get("memberships", {}).values()
    ends = {(ended_on, reason) for ended_on, reason, _ in planned}
    rows = Membership.objects.standing().filter(opened_by=event, closed_by=None, ended_on__isnull=False)
    return [row.pk for row in rows if (row.ended_on.isoformat(), row.end_reason) in ends]


def _written_on(new, event):
    rows = Membership.objects.standing().filter(organisation__in=new).exclude(opened_by=event)
    if number := rows.count():
        yield f"Tổ chức mới đã có {number} đảng viên vào sau. Hãy chuyển đi trước."
    if number := Post.objects.standing().filter(organisation__in=new).exclude(opened_by=event).count():
        yield f"Tổ chức mới đã ghi {number} chức vụ đảng."
    if number := Handover.objects.filter(voided_at__isnull=True, organisation__in=new).count():
        yield f"Tổ chức mới đã có {number} lần bàn giao chi bộ."
    if number := Ending.objects.standing().filter(membership__organisation__in=new).count():
        yield f"Tổ chức mới đã có {number} trường hợp ra khỏi Đảng hoặc từ trần."


def _moved_since(event):
    former = event.kept.get("members", {}).get("transfers", {})
    moves = Transfer.objects.filter(pk__in=former)
    if moves.exclude(pk__in=Transfer.objects.not_over().values("pk")).exists():
        yield "Lần chuyển sinh hoạt đang dở khi thay đổi nay đã xong."
    began = Transfer.objects.filter(_of_transfers(new_ids(event))).exclude(pk__in=former)
    if number := began.count():
        yield f"Tổ chức mới đã có {number} lần chuyển sinh hoạt."


def undo(event, kept, *, on, by):
    """Void the memberships that the event began, open those that it ended, and bring everybody home."""
    opened = Membership.objects.standing().filter(opened_by=event)
    people = set(Membership.objects.filter(closed_by=event).official().values_list("member_id", flat=True))
    void_rows(opened, by, VOIDED)
    _reopen(event, kept.get("memberships", {}))
    reopen_rows(Post, event, kept.get("posts", {}))
    for key, ends in kept.get("transfers", {}).items():
        Transfer.objects.filter(pk=key).update(**ends)
    _bring_home(people, on)


def _reopen(event, planned):
    rows = Membership.objects.filter(closed_by=event)
    kept = [row for row in rows if str(row.pk) in planned]
    rows.exclude(pk__in=[row.pk for row in kept]).update(ended_on=None, end_reason="", went_to="", closed_by=None)
    for row in kept:
        ended_on, row.end_reason, row.went_to = planned[str(row.pk)]
        row.ended_on, row.closed_by = date.fromisoformat(ended_on), None
        row.save(update_fields=["ended_on", "end_reason", "went_to", "closed_by"])


def _bring_home(people, on):
    rows = Membership.objects.standing().official().filter(started_on__lte=on).order_by("started_on", "pk")
    homes, ids = defaultdict(list), sorted(people)
    for start in range(0, len(ids), CHUNK):
        some = rows.filter(member__in=ids[start : start + CHUNK]).values_list("member_id", "organisation_id")
        for member, home in dict(some).items():
            homes[home].append(member)
    _write_homes(homes)


MEMBERS_IN_THE_TREE = TreePort(
    name="members",
    touched=touched,
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
    movable=movable,
    areas=tuple(OutsideArea.choices),
)
