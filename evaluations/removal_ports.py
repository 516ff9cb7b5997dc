"""What matters of leaving say to the lower floors: what merging two records does to them, what a cell leaves open."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluations.models import Removal
from evaluations.querysets_removals import stands_in
from evaluations.removal_enums import WITH_CELL_STATES
from members.ports import MergePort, OpenWork

BOTH = "Cả hai hồ sơ đều có hồ sơ xóa tên, cho ra khỏi Đảng đang xét. Hãy để một hồ sơ kết thúc rồi mới gộp."


def refusals(survivor, merged):
    """None that the page of the pair has to ask for: two matters under way at once are refused when they would meet."""
    return []


def carry_out(survivor, merged):
    """Matters go to the record that stays; ValidationError where both have one under way."""
    rows = list(Removal.objects.filter(member__in=(survivor, merged)).select_related("member"))
    under_way = [row for row in rows if row.is_open and row.voided_at is None]
    if len(under_way) > 1:
        raise ValidationError(BOTH)
    moving = [row.pk for row in rows if row.member_id == merged.pk]
    Removal.objects.filter(pk__in=moving).update(member=survivor)
    return {"removals": [str(pk) for pk in moving]}


def depends(merge, kept):
    """Matters that went on since: an ended one is only annulled or voided by a new act."""
    rows = Removal.objects.filter(pk__in=kept["removals"], steps__recorded_at__gt=merge.recorded_at).distinct()
    return [f"Hồ sơ ra khỏi Đảng của {each} đã được ghi tiếp sau khi gộp." for each in rows.select_related("member")]


def undo(merge, kept):
    """Give the matters back."""
    Removal.objects.filter(pk__in=kept["removals"]).update(member=merge.merged)


def open_removals(organisation, day):
    """Matters of the cell that wait for it."""
    rows = Removal.objects.standing().filter(stands_in([organisation.pk]), state__in=WITH_CELL_STATES)
    return [OpenWork("hồ sơ xóa tên, cho ra khỏi Đảng chờ chi bộ", rows.count(), reverse("evaluations:removals"))]


REMOVALS_IN_A_MERGE = MergePort(
    name="removals",
    tables=frozenset({"evaluations.removal"}),
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
