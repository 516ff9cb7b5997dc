"""What stands against the opening of a season, and whether it takes long."""

from cells.permissions import Permission
from config.lib.workflow import NotAllowed
from evaluations.models import Season
from members.models import Member

AT_ONCE = 4000  # members whose sheets are made within two seconds


def refuse_second_season(organisation, year):
    """NotAllowed for a single cell, and where a body above or below has a season of that year."""
    if organisation.is_cell:
        raise NotAllowed("Đợt xếp loại do cấp ủy mở cho các chi bộ trực thuộc. Hãy chọn đảng bộ, không chọn chi bộ.")
    for other in Season.objects.touching(organisation, year):
        raise NotAllowed(f"Năm {year} đã có đợt xếp loại của {other.organisation}. Hãy dùng đợt đó.")


def takes_long(organisation, user, permission=Permission.SEASONS_MANAGE):
    """Whether so many members belong to the organisation that opening takes longer than somebody waits for a page."""
    return Member.objects.visible_to(user, permission).below(organisation).count() > AT_ONCE
