"""Slugs of the member's record that are stored in the database; their printed names beside them."""

from django.db import models


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"
    UNKNOWN = "unknown", "Chưa rõ"


class Topic(models.TextChoices):
    """What an official form counts and what can change: each is a dated row of the member."""

    OCCUPATION = "occupation", "Nghề nghiệp"
    GENERAL_EDUCATION = "general_education", "Trình độ giáo dục phổ thông"
    DEGREE = "degree", "Trình độ chuyên môn"
    ACADEMIC_TITLE = "academic_title", "Chức danh khoa học"
    THEORY = "theory", "Trình độ lý luận chính trị"
    RELIGION = "religion", "Tôn giáo"
    YOUTH_UNION = "youth_union", "Đoàn viên TNCS Hồ Chí Minh"
    ENTERPRISE_OWNER = "enterprise_owner", "Chủ doanh nghiệp tư nhân"
    FOREIGN_MARRIAGE = "foreign_marriage", "Có quan hệ hôn nhân với người nước ngoài"
    POPULATION_POLICY = "population_policy", "Vi phạm chính sách dân số"
    FAMILY_CLASS = "family_class", "Thành phần gia đình"
    SCIENCE = "science", "Trình độ khoa học và công nghệ"
    ACADEMIC_DEGREE = "academic_degree", "Học vị"
    FOREIGN_LANGUAGE = "foreign_language", "Ngoại ngữ"
    COMPUTING = "computing", "Tin học"
    MINORITY_LANGUAGE = "minority_language", "Tiếng dân tộc thiểu số"
    HEALTH = "health", "Sức khỏe"
    WAR_INVALID = "war_invalid", "Thương binh loại"
    MARTYR_FAMILY = "martyr_family", "Gia đình liệt sĩ"
    MERIT_FAMILY = "merit_family", "Gia đình có công với cách mạng"


# Religion, health, family: seen by staff and by the own secretary alone.
SENSITIVE_TOPICS = frozenset(
    {
        Topic.RELIGION,
        Topic.FOREIGN_MARRIAGE,
        Topic.POPULATION_POLICY,
        Topic.FAMILY_CLASS,
        Topic.HEALTH,
        Topic.WAR_INVALID,
        Topic.MARTYR_FAMILY,
        Topic.MERIT_FAMILY,
    }
)

UNKNOWN = "unknown"


class GeneralEducation(models.TextChoices):
    LITERATE = "literate", "Biết đọc, biết viết"
    PRIMARY = "primary", "Tiểu học"
    LOWER_SECONDARY = "lower_secondary", "Trung học cơ sở"
    UPPER_SECONDARY = "upper_secondary", "Trung học phổ thông"
    UNKNOWN = "unknown", "Chưa rõ"


class Degree(models.TextChoices):
    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    COLLEGE = "college", "Cao đẳng"
    BACHELOR = "bachelor", "Đại học"
    MASTER = "master", "Thạc sĩ"
    DOCTOR = "doctor", "Tiến sĩ"
    NONE = "none", "Không có"
    UNKNOWN = "unknown", "Chưa rõ"


class AcademicTitle(models.TextChoices):
    ASSOCIATE_PROFESSOR = "associate_professor", "Phó giáo sư"
    PROFESSOR = "professor", "Giáo sư"
    NONE = "none", "Không có"
    UNKNOWN = "unknown", "Chưa rõ"


class Theory(models.TextChoices):
    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp"
    BACHELOR = "bachelor", "Cử nhân"
    NONE = "none", "Chưa qua đào tạo"
    UNKNOWN = "unknown", "Chưa rõ"


class YesNo(models.TextChoices):
    YES = "yes", "Có"
    NO = "no", "Không"
    UNKNOWN = "unknown", "Chưa rõ"


class Status(models.TextChoices):
    """What a member is on a day; it follows from dated facts and is never typed in."""

    PROBATIONARY = "probationary", "Dự bị"
    OFFICIAL = "official", "Chính thức"
    EXEMPT = "exempt", "Miễn công tác và sinh hoạt"
    TEMPORARY_OUT = "temporary_out", "Sinh hoạt tạm thời nơi khác"
    IN_TRANSIT = "in_transit", "Đang chuyển sinh hoạt"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt"
    INTERRUPTED = "interrupted", "Gián đoạn sinh hoạt"
    ENDED = "ended", "Không còn trong danh sách"


class MembershipKind(models.TextChoices):
    OFFICIAL = "official", "Sinh hoạt chính thức"
    TEMPORARY = "temporary", "Sinh hoạt tạm thời"


class StartReason(models.TextChoices):
    """Why a membership begins; `opening` comes from a first list and is counted in A, never in B."""

    OPENING = "opening", "Có trong danh sách khi bắt đầu quản lý"
    ADMITTED = "admitted", "Kết nạp"
    READMITTED = "readmitted", "Kết nạp lại"
    MOVED_IN = "moved_in", "Chuyển đến"
    RESTORED = "restored", "Phục hồi đảng tịch"
    TEMPORARY = "temporary", "Sinh hoạt tạm thời đến"
    TREE = "tree", "Thay đổi tổ chức"


class EndReason(models.TextChoices):
    MOVED_OUT = "moved_out", "Chuyển đi"
    DIED = "died", "Từ trần"
    EXPELLED = "expelled", "Khai trừ"
    NAME_REMOVED = "name_removed", "Xóa tên"
    LEFT = "left", "Xin ra khỏi Đảng"
    CANCELLED = "cancelled_admission", "Hủy quyết định kết nạp"
    TEMPORARY = "temporary_ended", "Hết thời hạn sinh hoạt tạm thời"
    TREE = "tree", "Thay đổi tổ chức"
    UNKNOWN = "unknown", "Không rõ lý do"
    UNSTATED = "left_unstated", "Rời khỏi Đảng, chưa rõ hình thức"


# Endings by a decision, each with papers of its own.
DECIDED_ENDINGS = [EndReason.NAME_REMOVED, EndReason.LEFT, EndReason.EXPELLED, EndReason.CANCELLED]
# Endings after which a person is no longer a member; a list says that somebody left and not how (member-file.md, 14).
FINAL_ENDINGS = [
    EndReason.DIED,
    EndReason.EXPELLED,
    EndReason.NAME_REMOVED,
    EndReason.LEFT,
    EndReason.CANCELLED,
    EndReason.UNSTATED,
]


class ExitGround(models.TextChoices):
    """Why somebody left, as codes of the topic `removal`; the strictest of them decides about readmission."""

    OWN_WILL = "left_by_own_will", "Bỏ sinh hoạt đảng, không nộp giấy chuyển sinh hoạt"
    FEES = "removed_x2", "Không đóng đảng phí"
    CARD = "removed_x3", "Trả lại thẻ hoặc tự hủy thẻ đảng viên"
    WILL = "removed_x4", "Giảm sút ý chí phấn đấu, được giáo dục mà không tiến bộ"
    CONDUCT = "removed_x5", "Vi phạm tư cách đảng viên hai năm liền"
    POLITICAL = "removed_x6", "Không bảo đảm tiêu chuẩn chính trị"
    PROBATIONARY = "removed_x7", "Đảng viên dự bị không đủ tư cách"
    APPLICATION = "left_on_application", "Tự xin ra khỏi Đảng"
    HARDSHIP = "special_family_hardship", "Xin ra vì gia đình đặc biệt khó khăn"
    EXPELLED = "expelled", "Bị khai trừ"
    DISUNITY = "caused_serious_disunity", "Gây mất đoàn kết nội bộ nghiêm trọng"
    CORRUPTION = "convicted_corruption", "Bị kết án vì tham nhũng"
    WASTE = "convicted_waste_negative", "Bị kết án vì lãng phí, tiêu cực"
    SERIOUS_CRIME = "convicted_serious", "Bị kết án vì tội nghiêm trọng trở lên"


GROUNDS_BY_ENDING = {
    EndReason.NAME_REMOVED: [
        ExitGround.OWN_WILL,
        ExitGround.FEES,
        ExitGround.CARD,
        ExitGround.WILL,
        ExitGround.CONDUCT,
        ExitGround.POLITICAL,
        ExitGround.PROBATIONARY,
    ],
    EndReason.LEFT: [ExitGround.APPLICATION, ExitGround.HARDSHIP],
    EndReason.EXPELLED: [
        ExitGround.EXPELLED,
        ExitGround.DISUNITY,
        ExitGround.CORRUPTION,
        ExitGround.WASTE,
        ExitGround.SERIOUS_CRIME,
    ],
}
# What the grounds of every one of these endings contain, whatever else was decided.
GROUND_OF_ENDING = {EndReason.LEFT: ExitGround.APPLICATION, EndReason.EXPELLED: ExitGround.EXPELLED}


class OutsideArea(models.TextChoices):
    """Where a member came from or went to beyond the organisations kept here (Biểu 1, rows B2 and C5)."""

    OTHER_PROVINCE = "other_province", "Tỉnh, thành phố khác"
    SAME_PROVINCE = "same_province", "Đảng bộ khác trong tỉnh"
    ABROAD = "abroad", "Ngoài nước"


class OverlayKind(models.TextChoices):
    """Dated states that lie over a membership and change voting and counting."""

    EXEMPT = "exempt", "Miễn công tác và sinh hoạt"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt đảng"
    COMMITTEE_SUSPENDED = "committee_suspended", "Đình chỉ sinh hoạt cấp ủy"
    INTERRUPTED = "interrupted", "Gián đoạn sinh hoạt"
    PROSECUTED = "prosecuted", "Bị khởi tố, truy tố hoặc tạm giam"


class ExemptionGround(models.TextChoices):
    """Why a member is exempt from work and activity (294-QĐ/TW, khoản 7.1; 06-HD/TW, điểm 10.3)."""

    AGE_HEALTH = "age_health", "Tuổi cao, sức yếu"
    TREATMENT = "treatment", "Điều trị bệnh dài ngày, ở xa"
    SOLE_ABROAD = "sole_abroad", "Công tác, việc riêng ở ngoài nước một mình"
    REMOTE_WORK = "remote_work", "Làm việc lưu động, ở xa, không ổn định dưới 12 tháng"
    RETIRING = "retiring", "Nghỉ chờ hưu"
    MATERNITY = "maternity", "Nghỉ thai sản"


class PostTitle(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    STANDING_DEPUTY = "standing_deputy", "Phó Bí thư Thường trực"
    DEPUTY = "deputy", "Phó Bí thư"
    STANDING_MEMBER = "standing_member", "Ủy viên Ban Thường vụ"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    INSPECTION_HEAD = "inspection_head", "Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_DEPUTY = "inspection_deputy", "Phó Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_MEMBER = "inspection_member", "Ủy viên Ủy ban Kiểm tra"
    GROUP_HEAD = "group_head", "Tổ trưởng tổ đảng"


# Who sits in the elected committee of a body (cấp ủy viên), and who in its inspection commission.
COMMITTEE_TITLES = frozenset(
    {
        PostTitle.SECRETARY,
        PostTitle.STANDING_DEPUTY,
        PostTitle.DEPUTY,
        PostTitle.STANDING_MEMBER,
        PostTitle.COMMITTEE_MEMBER,
    }
)
INSPECTION_TITLES = frozenset({PostTitle.INSPECTION_HEAD, PostTitle.INSPECTION_DEPUTY, PostTitle.INSPECTION_MEMBER})
CELL_TITLES = COMMITTEE_TITLES - {PostTitle.STANDING_MEMBER} | {PostTitle.GROUP_HEAD}


class PostManner(models.TextChoices):
    """How a post was come by (organisation.md, section 8)."""

    ELECTED = "elected", "Bầu"
    APPOINTED = "appointed", "Chỉ định"
    ACTING = "acting", "Phụ trách, quyền"
    UNKNOWN = "unknown", "Chưa rõ"


class SanctionForm(models.TextChoices):
    """Forms of party discipline against a member, lightest first (Điều lệ Đảng, Điều 35)."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    REMOVAL_FROM_POST = "removal_from_post", "Cách chức"
    EXPULSION = "expulsion", "Khai trừ"


# Why a year was not rated, as `evaluations` writes it: to everybody else the year is "chưa đánh giá".
CASE_WAS_OPEN = "disciplinary_case_open"


class ProceedingStage(models.TextChoices):
    """Stages of legal proceedings against a member, as far as party papers name them."""

    CHARGED = "charged", "Khởi tố"
    DETAINED = "detained", "Tạm giữ, tạm giam"
    PROSECUTED = "prosecuted", "Truy tố"
    TRIED = "tried", "Xét xử"
    SENTENCED = "sentenced", "Có bản án có hiệu lực"
    CLOSED = "closed", "Đình chỉ, không có tội"


# Stages in which somebody leaves the voting base (294-QĐ/TW, 9.3.2): all but the closed one.
WEIGHING_STAGES = [stage for stage in ProceedingStage if stage != ProceedingStage.CLOSED]


class TransferKind(models.TextChoices):
    """Kinds of moves (member-file.md, section 8)."""

    OFFICIAL = "official", "Chuyển sinh hoạt đảng chính thức"
    INTERNAL = "internal", "Chuyển sinh hoạt đảng nội bộ"
    TEMPORARY = "temporary", "Chuyển sinh hoạt đảng tạm thời"
    ABROAD_OFFICIAL = "abroad_official", "Chuyển sinh hoạt đảng ra ngoài nước chính thức"
    ABROAD_TEMPORARY = "abroad_temporary", "Chuyển sinh hoạt đảng ra ngoài nước tạm thời"


# A member on these stays in the headcount of the home cell.
TEMPORARY_KINDS = [TransferKind.TEMPORARY, TransferKind.ABROAD_TEMPORARY]


# Moves after which the sender no longer counts the member.
LASTING_KINDS = [TransferKind.OFFICIAL, TransferKind.INTERNAL, TransferKind.ABROAD_OFFICIAL]


class Paper(models.TextChoices):
    """What a member takes along (member-file.md, section 8)."""

    ORDER = "order", "Quyết định điều động, thay đổi công tác hoặc nơi cư trú"
    SELF_REVIEW = "self_review", "Bản tự kiểm điểm có nhận xét của chi bộ, cấp ủy cơ sở"
    CARD = "card", "Thẻ đảng viên"
    FILE = "file", "Hồ sơ đảng viên niêm phong"
    MEMBER_SHEET = "member_sheet", "Phiếu đảng viên (khi ra khỏi cấp ủy cấp trên trực tiếp)"


# What must come with the slip; of temporary moves no list is known.
PAPERS_OF = {
    TransferKind.OFFICIAL: list(Paper),
    TransferKind.INTERNAL: [Paper.ORDER, Paper.SELF_REVIEW, Paper.CARD, Paper.FILE],
}


class TransferState(models.TextChoices):
    REQUESTED = "requested", "chi bộ đã giới thiệu, chờ cấp giấy"
    ISSUED = "issued", "đã cấp giấy, đang chuyển"
    PRESENTED = "presented", "đã nộp giấy, chờ tiếp nhận"
    REFUSED = "refused", "nơi đến chưa tiếp nhận"
    RECEIVED = "received", "đã tiếp nhận"
    RETURNED = "returned", "đã trở về nơi sinh hoạt chính thức"
    WITHDRAWN = "withdrawn", "đã rút, không chuyển"


ON_THE_ROAD = [TransferState.ISSUED, TransferState.PRESENTED, TransferState.REFUSED]
AWAY_STATES = [TransferState.RECEIVED, TransferState.RETURNED]  # of a temporary move
UNSETTLED_TRANSFERS = [TransferState.REQUESTED, *ON_THE_ROAD]


class RestorationKind(models.TextChoices):
    """How somebody who was out comes back (294-QĐ/TW, khoản 4.5; 5.1)."""

    RIGHTS = "rights", "Khôi phục quyền đảng viên (bị xử lý oan, sai)"
    RESUMED = "resumed", "Nối lại sinh hoạt đảng"
    READMITTED = "readmitted", "Kết nạp lại"


class BatchState(models.TextChoices):
    CHECKING = "checking", "đang kiểm tra"
    PREVIEW = "preview", "chờ ghi"
    COMMITTED = "committed", "đã ghi"
    UNDONE = "undone", "đã hoàn tác"
    DISCARDED = "discarded", "đã bỏ, không ghi"
    FAILED = "failed", "không đọc được"


class BatchKind(models.TextChoices):
    MEMBERS = "members", "Danh sách đảng viên"
    GRADES = "grades", "Kết quả xếp loại"
    ORGANISATIONS = "organisations", "Danh mục tổ chức đảng"


class OfficialSource(models.TextChoices):
    """Where a file in the official layout came from."""

    WRITTEN = "written", "xuất từ phần mềm"
    BROUGHT = "brought", "tải lên"
