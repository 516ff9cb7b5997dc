"""What every page shows around its content."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cells.permissions import Permission
from config.desk.waiting import waiting_count

ACCOUNTS = (Permission.ACCOUNTS_MANAGE, Permission.INSPECTION_GRANT)
ROOMS = [
    ("Bàn làm việc", "desk", "house", None),
    ("Đảng viên", "members:list", "people", (Permission.MEMBERS_VIEW,)),
    ("Chuyển sinh hoạt", "members:transfers", "send", (Permission.TRANSFERS_VIEW,)),
    ("Nền nếp sinh hoạt", "members:choose_life", "calendar-event", (Permission.REPORTS_VIEW,)),
    ("Tổ chức", "cells:tree", "diagram-3", (Permission.ORGANISATIONS_VIEW,)),
    ("Xếp loại", "evaluations:seasons", "clipboard-check", (Permission.REPORTS_VIEW,)),
    ("Kết nạp", "admissions:candidates", "person-plus", (Permission.ADMISSIONS_VIEW,)),
    ("Kiểm tra, kỷ luật", "discipline:cases", "lock", (Permission.CASES_REPORT,)),
    ("Thống kê", "members:statistics", "bar-chart", (Permission.REPORTS_VIEW,)),
    ("Báo cáo", "cells:documents", "file-earmark-text", (Permission.DOCUMENTS_VIEW,)),
    ("Nhập – xuất", "members:imports", "arrow-left-right", (Permission.MEMBERS_IMPORT,)),
    ("Quy tắc", "cells:rules", "book", (Permission.RULES_VIEW,)),
    ("Tài khoản", "cells:accounts", "person-gear", ACCOUNTS),
    ("Nhật ký", "log", "journal-text", (Permission.LOG_VIEW, *ACCOUNTS)),
]


def frame(request):
    """Rooms open to the person, the organisations acted for, and whether the data are demo data."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo_ribbon": settings.DEMO_DATA}
    return {
        "demo_ribbon": settings.DEMO_DATA,
        "rooms": _rooms(user, request.path),
        "waiting_count": SimpleLazyObject(lambda: waiting_count(user)),  # asked only by pages that have the bar
        "switch_url": reverse("cells:choose_acting") if len(user.all_roles_today) > 1 else "",
        "acting_for": [assignment.organisation for assignment in user.roles_today],
    }


def _rooms(user, path):
    """The rooms open to the person; the one whose address is the longest beginning of `path` is the one they are in."""
    rooms = [
        {"title": title, "url": reverse(name), "icon": icon, "active": False}
        for title, name, icon, permissions in ROOMS
        if permissions is None or any(user.holds(permission) for permission in permissions)
    ]
    here = [room for room in rooms if path.startswith(room["url"]) and (room["url"] != "/" or path == "/")]
    if here:
        max(here, key=lambda room: len(room["url"]))["active"] = True
    return rooms
