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


# Religion, health, family: seen by staff and by the own secretary alone.
SENSITIVE_TOPICS = frozenset({Topic.RELIGION, Topic.FOREIGN_MARRIAGE, Topic.POPULATION_POLICY})

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


# Endings after which a person is no longer a member.
FINAL_ENDINGS = [EndReason.DIED, EndReason.EXPELLED, EndReason.NAME_REMOVED, EndReason.LEFT, EndReason.CANCELLED]


class OverlayKind(models.TextChoices):
    """Dated states that lie over a membership and change voting and counting."""

    EXEMPT = "exempt", "Miễn công tác và sinh hoạt"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt đảng"
    COMMITTEE_SUSPENDED = "committee_suspended", "Đình chỉ sinh hoạt cấp ủy"
    INTERRUPTED = "interrupted", "Gián đoạn sinh hoạt"
    PROSECUTED = "prosecuted", "Bị khởi tố, truy tố hoặc tạm giam"


class PostTitle(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó Bí thư"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    STANDING_MEMBER = "standing_member", "Ủy viên Ban Thường vụ"
    INSPECTION_MEMBER = "inspection_member", "Ủy viên Ủy ban Kiểm tra"
    GROUP_HEAD = "group_head", "Tổ trưởng tổ đảng"


class SanctionForm(models.TextChoices):
    """Forms of party discipline against a member, lightest first (Điều lệ Đảng, Điều 35)."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    REMOVAL_FROM_POST = "removal_from_post", "Cách chức"
    EXPULSION = "expulsion", "Khai trừ"


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
