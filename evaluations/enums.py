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


class RoundHalf(models.IntegerChoices):
    """Which part of a year a screening round is about (28-CT/TW: yearly or half-yearly)."""

    YEAR = 0, "Cả năm"
    FIRST = 1, "6 tháng đầu năm"
    SECOND = 2, "6 tháng cuối năm"


class RoundState(models.TextChoices):
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã đóng"


class FlagCode(models.TextChoices):
    """Grounds of removal (X) and criteria of the assistance list (B): screening.md, sections 2 and 3."""

    X1 = "X1", "Bỏ sinh hoạt đảng"
    X1T = "X1t", "Chuyển sinh hoạt mà không đến nơi mới"
    X2 = "X2", "Không đóng đảng phí"
    X3 = "X3", "Trả lại thẻ hoặc tự hủy thẻ đảng viên"
    X4 = "X4", "Giảm sút ý chí, được giáo dục đủ thời gian mà không tiến bộ"
    X5 = "X5", "Hai năm liền vi phạm tư cách đảng viên"
    X6 = "X6", "Không bảo đảm tiêu chuẩn chính trị"
    X7 = "X7", "Đảng viên dự bị không còn đủ tư cách"
    B1 = "B1", "Hai năm liền không hoàn thành nhiệm vụ"
    B2 = "B2", "Đang chấp hành kỷ luật mà vi phạm tiếp"
    B3 = "B3", "Được kết luận suy thoái hoặc vi phạm đạo đức, lối sống"
    B4 = "B4", "Vi phạm nêu gương hoặc những điều đảng viên không được làm"
    B5 = "B5", "Uy tín thấp, né tránh nhiệm vụ, chuyển sinh hoạt không đúng"


REMOVAL_CODES = [code for code in FlagCode if code.value.startswith("X")]
ENTERED_CODES = [FlagCode.B2, FlagCode.B3, FlagCode.B4, FlagCode.B5, FlagCode.X3, FlagCode.X6, FlagCode.X7]
# Grounds that go to removal without the assistance list (screening.md, section 5).
STRAIGHT_CODES = [code for code in REMOVAL_CODES if code != FlagCode.X4]


class FlagStatus(models.TextChoices):
    """What a rule, or a person with evidence, says of one criterion."""

    MET = "met", "Đủ căn cứ"
    NEEDS_HUMAN = "needs_human", "Cần xem xét"
    ASK_HOST = "ask_host", "Hỏi nơi sinh hoạt tạm thời"
    ENTERED = "entered", "Chi bộ nêu"


COUNTED_FLAGS = [FlagStatus.MET, FlagStatus.NEEDS_HUMAN, FlagStatus.ENTERED]


class ScreeningState(models.TextChoices):
    """Where one person stands; a flag alone is no state (screening.md, section 5)."""

    CANDIDATE = "candidate", "chi bộ đang xem xét"
    DISMISSED = "dismissed", "không đưa vào danh sách"
    SUPERIOR_CONSULTED = "superior_consulted", "đã xin ý kiến cấp trên, chờ biểu quyết"
    NOT_LISTED = "not_listed", "không đủ phiếu đưa vào danh sách"
    ASSISTING = "assisting", "đang giáo dục, giúp đỡ"
    PROGRESS_REVIEW = "progress_review", "đã xét tiến bộ, chờ đảng ủy cơ sở"
    RECOGNISED = "recognised", "được công nhận tiến bộ"
    REMOVAL_PROPOSED = "removal_proposed", "chi bộ đề nghị xóa tên"


# Known to the cell alone (screening.md, section 9).
OWN_CELL_STATES = [ScreeningState.CANDIDATE, ScreeningState.DISMISSED]
ON_THE_LIST = [ScreeningState.ASSISTING, ScreeningState.PROGRESS_REVIEW]
CARRIED_STATES = [ScreeningState.SUPERIOR_CONSULTED, *ON_THE_LIST]


class ScreeningNoteKind(models.TextChoices):
    """What the cell enters from paper about one member of a round."""

    STATEMENT = "statement", "Ý kiến, chứng cứ của đảng viên"
    CONTACT = "contact", "Mất liên lạc: các bước đã liên hệ"
