"""What matters of leaving say to the lower floors: what merging two records does to them, what a cell leaves open."""

from django.urls import reverse

from evaluations.models import Removal
from evaluations.removal_enums import WITH_CELL_STATES
from members.ports import MergePort, OpenWork


def refusals(survivor, merged):
    """A matter under way keeps both records apart until it is ended."""
    rows = Removal.objects.standing().open().filter(member__in=(survivor, merged)).select_related("member")
    return [
        f"Đang có hồ sơ xóa tên, cho ra khỏi Đảng đối với {each.member}. Hãy để hồ sơ kết thúc rồi mới gộp."
        for each in rows
    ]


def carry_out(survivor, merged):
    """Ended matters go to the record that stays."""
    moving = list(Removal.objects.filter(member=merged).values_list("pk", flat=True))
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
    rows = Removal.objects.standing().filter(member__home=organisation, state__in=WITH_CELL_STATES)
    return [OpenWork("hồ sơ xóa tên, cho ra khỏi Đảng chờ chi bộ", rows.count(), reverse("evaluations:removals"))]


REMOVALS_IN_A_MERGE = MergePort(
    name="removals",
    tables=frozenset({"evaluations.removal"}),
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
