"""The groups of similar positions of one deciding body: set up, filled, taken back while nobody in them is decided."""

from django.db import transaction
from django.db.models import Q

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.cap_groups import CELL, SIMILAR
from evaluations.enums import SheetState
from evaluations.models import CapGroup, Review, Season
from evaluations.season_rules import rule_book


@transaction.atomic
def found_cap_group(season, organisation, *, name, by):
    """Set up a group among the members whom `organisation` decides (366-QĐ/TW, Điều 11)."""
    season = _open(season)
    cap = rule_book(season).rules.cap
    if cap.cap_group != SIMILAR:
        source = cap.cite("cap_group")
        raise NotAllowed(f"Bộ quy tắc của đợt này không tính tỷ lệ theo nhóm vị trí tương đồng ({source}).")
    if cap.cap_checked_at == CELL:
        raise NotAllowed("Cấp ủy đã chọn kiểm tra tỷ lệ trong từng chi bộ nên không lập nhóm khác.")
    if not season.sheets.filter(decider=organisation).exists():
        raise NotAllowed(f"{organisation} không quyết định xếp loại chi bộ nào trong đợt này.")
    if CapGroup.objects.of_body(season, organisation).filter(name__iexact=name).exists():
        raise NotAllowed(f"Đã có nhóm “{name}”. Hãy đặt tên khác.")
    group = CapGroup.objects.create(season=season, organisation=organisation, name=name, recorded_by=by)
    record("evaluations.found_cap_group", group, by=by, organisation=organisation, data={"name": name})
    return group


@transaction.atomic
def place_in_group(season, organisation, *, group, reviews, by):
    """Put reviews (ids) into `group`, or with None back among the rest; who is decided stays where he was counted."""
    season = _open(season)
    if group is not None and not CapGroup.objects.of_body(season, organisation).filter(pk=group.pk).exists():
        raise NotAllowed("Nhóm này đã được hủy. Hãy tải lại trang.")
    among = Review.objects.to_be_grouped(season, organisation).filter(pk__in=reviews)
    elsewhere = ~Q(cap_group=group) | Q(cap_group=None) if group else Q(cap_group__isnull=False)
    found = list(among.filter(elsewhere).only("pk", "member_id", "cap_group_id"))
    if not found:
        raise NotAllowed("Không có ai để xếp: những người đã chọn đã ở nhóm này, hoặc đã có quyết định xếp loại.")
    Review.objects.filter(pk__in=[review.pk for review in found]).update(cap_group=group)
    data = {"number": len(found), "rows": _moved(found, group)}
    if group:
        data["name"] = group.name
        record("evaluations.place_in_group", season, by=by, organisation=organisation, data=data)
    else:
        record("evaluations.take_out_of_groups", season, by=by, organisation=organisation, data=data)
    return len(found)


def _moved(reviews, group):
    """Who went from which group to which, as ids; None: the rest."""
    to = group.pk if group else None
    return [{"member": str(review.member_id), "from": review.cap_group_id, "to": to} for review in reviews]


@transaction.atomic
def void_cap_group(group, *, reason, by):
    """Take a group back: its members are among the rest again. Refused once somebody in it is decided."""
    season = _open(group.season)
    row = CapGroup.objects.standing().select_related("organisation").filter(pk=group.pk).first()
    if row is None:
        raise NotAllowed("Nhóm này đã được hủy trước đó.")
    if row.reviews.filter(sheet__state=SheetState.DECIDED).exists():
        raise NotAllowed("Trong nhóm đã có đảng viên được quyết định xếp loại nên không hủy nhóm được nữa.")
    rows = _moved(row.reviews.only("pk", "member_id", "cap_group_id"), None)
    row.reviews.update(cap_group=None)
    row.void(reason, by)
    data = {"name": row.name, "reason": reason, "year": season.year, "rows": rows}
    record("evaluations.void_cap_group", row, by=by, organisation=row.organisation, data=data)
    return row


def _open(season):
    season = Season.objects.select_for_update().get(pk=season.pk)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không đổi nhóm được nữa.")
    return season
