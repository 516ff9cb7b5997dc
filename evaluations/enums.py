"""Slugs of the yearly rating that are stored in the database."""

from django.db import models


class SeasonState(models.TextChoices):
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã đóng"


class SheetState(models.TextChoices):
    """Where the sheet of a cell stands; which body holds it is its `station` in the chain."""

    DRAFT = "draft", "chi bộ đang lập"
    SENT = "sent", "đã gửi"
    OPENED = "opened", "cấp trên đang xem"
    RETURNED = "returned", "trả lại chi bộ"
    DECIDED = "decided", "đã quyết định"


# The cell may write.
WITH_CELL = [SheetState.DRAFT, SheetState.RETURNED]
# A body above holds the sheet.
WITH_STATION = [SheetState.SENT, SheetState.OPENED]


class CapEnforcement(models.TextChoices):
    """What happens when a deciding body is over the cap on HTXSNV."""

    WARN = "warn", "Cảnh báo, phải nêu lý do mới quyết định được"
    BLOCK = "block", "Không cho quyết định"
    OFF = "off", "Không kiểm tra"


class Outcome(models.TextChoices):
    """Whether a member takes part in the review of the year (366-QĐ/TW, Điều 5)."""

    RATE = "rate", "Kiểm điểm và xếp loại"
    REVIEW_ONLY = "review_only", "Chỉ kiểm điểm, không xếp loại"
    OUTSIDE = "outside", "Không thuộc đối tượng"
    NEEDS_HUMAN = "needs_human", "Chưa rõ, cần người quyết định"


class NotRated(models.TextChoices):
    """Not a level in any rule set: a state with a reason."""

    EXEMPT = "exempt", "Được miễn công tác và sinh hoạt đảng"
    SUSPENDED = "suspended", "Bị đình chỉ sinh hoạt đảng"
    NEW = "new_under_6_months", "Kết nạp chưa đủ 6 tháng"
    ILL = "ill", "Ốm đau"
    AWAY = "away", "Đi công tác, học tập xa"
    CASE_OPEN = "disciplinary_case_open", "Chưa đánh giá"  # what it means is for inspection officers
    OTHER = "other", "Lý do khác"


class FormGroup(models.TextChoices):
    """Whose form a member writes; the letter of the form is the rule set's (43-HD/BTCTW)."""

    LEADER = "leader", "Lãnh đạo, quản lý"
    NON_LEADER = "non_leader", "Không giữ chức vụ lãnh đạo, quản lý"
    OUTSIDE_SYSTEM = "outside_system", "Không công tác trong hệ thống chính trị"


class WrittenState(models.TextChoices):
    """Where the written self-review of a member stands."""

    DRAFT = "draft", "đang viết"
    HANDED_IN = "handed_in", "đã nộp"


class CommentOf(models.TextChoices):
    """Whose comment on a member is asked for before the review (366-QĐ/TW, Điều 17; 43-HD/BTCTW, 7.6)."""

    RESIDENCE = "residence", "Cấp ủy nơi cư trú"
    TEMPORARY_CELL = "temporary_cell", "Nơi sinh hoạt tạm thời"
    OLD_CELL = "old_cell", "Chi bộ cũ"


class Excuse(models.TextChoices):
    """Why no comment from the place of residence is asked for (33-HD/BTCTW, 2020)."""

    BARRACKS = "barracks", "Ở doanh trại"
    STUDY = "study_12_months", "Đi học từ 12 tháng trở lên"
    STUDENT = "students_away", "Học sinh, sinh viên ở xa gia đình"


class Appendix(models.TextChoices):
    """The appendices of 366-QĐ/TW after which points are given; for whom each is stands in the rule set."""

    PL1 = "pl1", "Phụ lục 1"
    PL2 = "pl2", "Phụ lục 2"
    PL3 = "pl3", "Phụ lục 3"
    PL4 = "pl4", "Phụ lục 4"
    PL5 = "pl5", "Phụ lục 5"


# PL1 is for collectives
OF_PERSONS = [Appendix.PL2, Appendix.PL3, Appendix.PL4, Appendix.PL5]


class FrameState(models.TextChoices):
    DRAFT = "draft", "đang soạn"
    ISSUED = "issued", "đã ban hành"


class PointSet(models.TextChoices):
    """Who gave points: separate sets on the same frame (classification.md, section 9)."""

    OWN = "own", "Tự chấm"
    APPRAISED = "appraised", "Thẩm định"
    DECIDED = "decided", "Cấp quyết định"


class OrganisationGroup(models.TextChoices):
    """Organisations of similar position, role and tasks: each group is counted, and capped, by itself."""

    CELL = "cell", "Chi bộ"
    PART = "part", "Đảng bộ bộ phận"
    BASE = "base", "Tổ chức cơ sở đảng"
    ABOVE = "above", "Đảng bộ cấp trên trực tiếp của cơ sở"


class OrganisationState(models.TextChoices):
    """Where the own rating of an organisation stands."""

    DRAFT = "draft", "đang tự kiểm điểm, tự xếp loại"
    SENT = "sent", "đã gửi, chờ quyết định"
    RETURNED = "returned", "được trả lại"
    DECIDED = "decided", "đã quyết định"


# The organisation may write.
WITH_ORGANISATION = [OrganisationState.DRAFT, OrganisationState.RETURNED]


class OrganisationNotRated(models.TextChoices):
    """Why an organisation has no level; never a level itself."""

    NEW = "new", "Mới thành lập"
    OTHER = "other", "Lý do khác"


class QuarterNotRated(models.TextChoices):
    """Why somebody has no level in a quarter. `AUTHORITY` says no more, whatever the authority knows."""

    TRAINING = "training", "Đi học, bồi dưỡng dài ngày"
    FIRST_APPOINTED = "first_appointed", "Mới giữ chức vụ lần đầu"
    LEAVE = "leave", "Nghỉ ốm, thai sản dài ngày"
    AUTHORITY = "authority", "Theo ý kiến của cấp có thẩm quyền"
    OTHER = "other", "Lý do khác"


# Nothing more is asked for these.
NEEDS_NO_NOTE = [QuarterNotRated.AUTHORITY]
