"""Slugs of admission that are stored in the database; the regulations' words beside them."""

from django.db import models


class State(models.TextChoices):
    """Where a person is on the way from outstanding outsider to official member (topic of every step)."""

    LISTED = "listed", "Quần chúng ưu tú"
    SYMPATHISER = "sympathiser", "Cảm tình Đảng"
    CLASS_SENT = "class_sent", "Đã cử học lớp nhận thức về Đảng"
    CLASS_DONE = "class_done", "Đã có giấy chứng nhận lớp nhận thức về Đảng"
    CLEARED = "cleared", "Được làm thủ tục kết nạp"
    DROPPED = "dropped", "Đưa ra khỏi danh sách"
    APPLYING = "applying", "Đã nộp đơn, kê khai lý lịch"
    SEALED = "sealed", "Lý lịch đã giáp lai"
    VERIFYING = "verifying", "Đang thẩm tra lý lịch"
    CERTIFIED = "certified", "Lý lịch đã được chứng nhận"
    COMPLETE = "complete", "Hồ sơ đủ, chờ chi bộ xét"
    CELL_ADOPTED = "cell_adopted", "Chi bộ tán thành"
    CELL_NOT_ADOPTED = "cell_not_adopted", "Chi bộ không đủ phiếu tán thành"
    APPRAISED = "appraised", "Đảng ủy bộ phận đã thẩm định"
    BASE_ADOPTED = "base_adopted", "Đảng ủy cơ sở tán thành"
    BASE_NOT_ADOPTED = "base_not_adopted", "Đảng ủy cơ sở không đủ phiếu tán thành"
    UNDER_DECISION = "under_decision", "Chờ cấp có thẩm quyền quyết định"
    APPROVED = "approved", "Có quyết định kết nạp, chờ lễ"
    REFUSED = "refused", "Cấp có thẩm quyền không kết nạp"
    WITHDRAWN = "withdrawn", "Rút, thôi xét"
    PROBATION = "probation", "Đảng viên dự bị"
    RECOGNITION_DUE = "recognition_due", "Hết dự bị, chờ chi bộ xét công nhận"
    REC_CELL_ADOPTED = "rec_cell_adopted", "Chi bộ đề nghị công nhận chính thức"
    REC_CELL_NOT_ADOPTED = "rec_cell_not_adopted", "Công nhận: chi bộ không đủ phiếu"
    REC_APPRAISED = "rec_appraised", "Công nhận: đảng ủy bộ phận đã thẩm định"
    REC_BASE_ADOPTED = "rec_base_adopted", "Đảng ủy cơ sở đề nghị công nhận chính thức"
    REC_BASE_NOT_ADOPTED = "rec_base_not_adopted", "Công nhận: đảng ủy cơ sở không đủ phiếu"
    REC_UNDER_DECISION = "rec_under_decision", "Chờ quyết định công nhận chính thức"
    ESCALATED = "escalated", "Ba lần không đủ phiếu, chờ cấp trên xem xét"
    OFFICIAL = "official", "Đảng viên chính thức"
    REM_CELL_ADOPTED = "rem_cell_adopted", "Chi bộ đề nghị xóa tên đảng viên dự bị"
    REM_CELL_NOT_ADOPTED = "rem_cell_not_adopted", "Xóa tên: chi bộ không đủ phiếu"
    REM_BASE_ADOPTED = "rem_base_adopted", "Đảng ủy cơ sở đề nghị xóa tên đảng viên dự bị"
    REM_BASE_NOT_ADOPTED = "rem_base_not_adopted", "Xóa tên: đảng ủy cơ sở không đủ phiếu"
    STRUCK_OFF = "struck_off", "Đã xóa tên đảng viên dự bị"
    CANCELLED = "cancelled", "Quyết định kết nạp đã hủy"


SOURCE_STATES = (State.LISTED, State.SYMPATHISER, State.CLASS_SENT, State.CLASS_DONE, State.CLEARED)
DOSSIER_STATES = (State.APPLYING, State.SEALED, State.VERIFYING, State.CERTIFIED, State.COMPLETE)
RESOLVED_STATES = (
    State.CELL_ADOPTED,
    State.CELL_NOT_ADOPTED,
    State.APPRAISED,
    State.BASE_ADOPTED,
    State.BASE_NOT_ADOPTED,
    State.UNDER_DECISION,
)
BEFORE_PROBATION = (*SOURCE_STATES, *DOSSIER_STATES, *RESOLVED_STATES, State.APPROVED, State.REFUSED)
RECOGNITION_STATES = (
    State.RECOGNITION_DUE,
    State.REC_CELL_ADOPTED,
    State.REC_CELL_NOT_ADOPTED,
    State.REC_APPRAISED,
    State.REC_BASE_ADOPTED,
    State.REC_BASE_NOT_ADOPTED,
    State.REC_UNDER_DECISION,
    State.ESCALATED,
)
REMOVAL_STATES = (
    State.REM_CELL_ADOPTED,
    State.REM_CELL_NOT_ADOPTED,
    State.REM_BASE_ADOPTED,
    State.REM_BASE_NOT_ADOPTED,
)
ON_PROBATION = (State.PROBATION, *RECOGNITION_STATES, *REMOVAL_STATES)
ENDED_STATES = (State.DROPPED, State.WITHDRAWN, State.OFFICIAL, State.STRUCK_OFF, State.CANCELLED)
MEMBER_STATES = (*ON_PROBATION, State.OFFICIAL, State.STRUCK_OFF, State.CANCELLED)
OUT_OF_PARTY = (State.STRUCK_OFF, State.CANCELLED)


class Purpose(models.TextChoices):
    """What a body votes and decides on."""

    ADMISSION = "admission", "kết nạp"
    RECOGNITION = "recognition", "công nhận đảng viên chính thức"
    REMOVAL = "removal", "xóa tên đảng viên dự bị"
    CANCELLATION = "cancellation", "hủy quyết định kết nạp"
    REPAIR = "repair", "làm lại quyết định, xác định lại ngày"


class FoundBy(models.TextChoices):
    """Who found the person."""

    YOUTH_UNION = "youth_union", "Đoàn TNCS Hồ Chí Minh giới thiệu"
    TRADE_UNION = "trade_union", "Công đoàn giới thiệu"
    FRONT = "front", "Mặt trận, đoàn thể khác giới thiệu"
    CELL = "cell", "Chi bộ phát hiện"


class Method(models.TextChoices):
    """How a meeting votes; who voted how is never recorded."""

    SECRET = "secret", "bỏ phiếu kín"
    CARD = "card", "biểu quyết giơ thẻ"


class PaperKind(models.TextChoices):
    """Papers and findings of a dossier."""

    APPLICATION = "application", "Đơn xin vào Đảng (1-KNĐ)"
    CV = "cv", "Lý lịch của người xin vào Đảng (2-KNĐ)"
    CV_SEAL = "cv_seal", "Giáp lai lý lịch"
    CELL_REMARK = "cell_remark", "Nhận xét của chi ủy, chi bộ trong lý lịch (mục 25)"
    BASE_CERTIFICATE = "base_certificate", "Chứng nhận của cấp ủy cơ sở trong lý lịch (mục 26)"
    INTRODUCTION = "introduction", "Giấy giới thiệu người vào Đảng (3-KNĐ)"
    UNION_RESOLUTION = "union_resolution", "Nghị quyết giới thiệu đoàn viên (4-KNĐ, 4a-KNĐ)"
    MASS_OPINION = "mass_opinion", "Ý kiến của đoàn thể"
    RESIDENCE_OPINION = "residence_opinion", "Ý kiến chi ủy nơi cư trú"
    OPINIONS_SUMMARY = "opinions_summary", "Tổng hợp ý kiến nhận xét (5-KNĐ)"
    EXEMPTION = "exemption", "Văn bản cho miễn lấy ý kiến"
    CONSENT = "consent", "Văn bản đồng ý của cấp có thẩm quyền"
    POLITICAL = "political", "Kết luận về tiêu chuẩn chính trị"
    RELATIVE_CONFIRMED = "relative_confirmed", "Xác nhận lý lịch của người thân là đảng viên"
    FINDING = "finding", "Kết luận có chữ ký về một điều kiện"
    CHECKED = "checked", "Điểm đã xét trong danh mục riêng của cấp ủy"
    HOST_REMARK = "host_remark", "Nhận xét của nơi sinh hoạt, công tác tạm thời"
    SELF_REVIEW = "self_review", "Bản tự kiểm điểm của đảng viên dự bị (10-KNĐ)"
    HELPER_REMARK = "helper_remark", "Nhận xét của người giúp đỡ (11-KNĐ)"
    RECOGNITION_SUMMARY = "recognition_summary", "Tổng hợp ý kiến đối với đảng viên dự bị (12-KNĐ)"
    LATE_ACCOUNT = "late_account", "Báo cáo lý do chậm"
    SUPPLEMENT = "supplement", "Thẩm tra bổ sung, hoặc xác nhận lý lịch không thay đổi"


class CertificateKind(models.TextChoices):
    AWARENESS = "awareness", "Lớp bồi dưỡng nhận thức về Đảng"
    NEW_MEMBER = "new_member", "Lớp bồi dưỡng đảng viên mới"


class Kinship(models.TextChoices):
    """Persons of the circle of verification (06-HD/TW, 3.4a)."""

    PARENT = "parent", "Cha, mẹ hoặc người nuôi dưỡng"
    PARENT_IN_LAW = "parent_in_law", "Cha, mẹ vợ hoặc chồng"
    SPOUSE = "spouse", "Vợ hoặc chồng"
    SPOUSE_CARER = "spouse_carer", "Người nuôi dưỡng vợ hoặc chồng"
    CHILD = "child", "Con"
    SIBLING = "sibling", "Anh, chị, em"


class VerificationTopic(models.TextChoices):
    HISTORY = "lich_su_chinh_tri", "Lịch sử chính trị"
    PRESENT = "chinh_tri_hien_nay", "Chính trị hiện nay"


class VerificationMethod(models.TextChoices):
    EXEMPT = "exempt", "miễn thẩm tra"
    MATCH = "match", "đối khớp lý lịch"
    CONFIRM = "confirm", "gửi văn bản xác nhận"
    VISIT = "visit", "cử người đi thẩm tra"


class VerificationResult(models.TextChoices):
    OPEN = "open", "chưa có kết quả"
    DONE = "done", "đã rõ"
    ADVERSE = "adverse", "có vấn đề"


class LineChange(models.TextChoices):
    """What a monthly resolution of a cell says of a person on its list."""

    ADDED = "added", "Đưa vào danh sách"
    KEPT = "kept", "Tiếp tục giúp đỡ"
    DROPPED = "dropped", "Đưa ra khỏi danh sách"


class Group(models.TextChoices):
    """Priority groups of the report of 2013; a person may be in several."""

    WORKERS = "workers", "Công nhân"
    YOUTH = "youth", "Thanh niên"
    INTELLECTUALS = "intellectuals", "Trí thức, cán bộ khoa học kỹ thuật"
    TEACHERS = "teachers", "Giáo viên"
    STUDENTS = "students", "Sinh viên, học sinh"
    WOMEN = "women", "Phụ nữ"
    MINORITIES = "minorities", "Người dân tộc thiểu số"
    STATE_ENTERPRISE = "state_enterprise", "Doanh nghiệp Nhà nước"
    STATE_SHARE = "state_share", "Doanh nghiệp cổ phần có vốn Nhà nước"
    PRIVATE_ENTERPRISE = "private_enterprise", "Doanh nghiệp không có vốn Nhà nước"


class EnterpriseType(models.TextChoices):
    NONE = "none", "Không làm việc ở doanh nghiệp"
    STATE = "state", "Doanh nghiệp Nhà nước"
    JOINT_STOCK = "joint_stock", "Công ty cổ phần"
    LIMITED = "limited", "Công ty trách nhiệm hữu hạn"
    PRIVATE = "private", "Doanh nghiệp tư nhân"
    FOREIGN = "foreign", "Doanh nghiệp có vốn đầu tư nước ngoài"
    COOPERATIVE = "cooperative", "Hợp tác xã"


class WorkerKind(models.TextChoices):
    NONE = "none", "Không phải công nhân"
    PRODUCTION = "production", "Công nhân trực tiếp sản xuất công nghiệp"
    PROCESSING = "processing", "Công nhân chế biến"
    TECHNICAL = "technical", "Công nhân kỹ thuật"


class Schooling(models.TextChoices):
    """General schooling as the conditions ask for it: a completed programme is not yet a diploma."""

    NONE = "none", "Chưa biết đọc, viết chữ quốc ngữ"
    LITERATE = "literate", "Biết đọc, biết viết chữ quốc ngữ"
    PRIMARY = "primary_completed", "Hoàn thành chương trình tiểu học"
    SECONDARY = "lower_secondary_completed", "Hoàn thành chương trình THCS (chưa có bằng)"
    DIPLOMA = "lower_secondary_diploma", "Có bằng tốt nghiệp THCS"
    UPPER = "upper_secondary", "Tốt nghiệp THPT"


class ReligionStanding(models.TextChoices):
    NONE = "none", "Không theo tôn giáo"
    RECOGNISED = "recognised", "Theo tôn giáo được Nhà nước công nhận"
    NOT_RECOGNISED = "not_recognised", "Theo tổ chức tôn giáo chưa được công nhận"


class UnionBody(models.TextChoices):
    """Which body of the youth union there is where the applicant works or lives."""

    BASE = "base", "Có tổ chức Đoàn cơ sở"
    COMMUNE = "commune", "Sinh hoạt Đoàn tại xã, phường"
    NONE = "none", "Không có tổ chức Đoàn"


class Situation(models.TextChoices):
    """Where somebody studies or works, which says who considers him (06-HD/TW, 6.2)."""

    STUDY = "study", "Học tập trung, biệt phái"
    WAITING = "waiting", "Chờ quyết định tốt nghiệp"
    GRADUATED = "graduated", "Đã tốt nghiệp, về địa phương chờ việc"
    CONTRACT = "contract", "Làm việc theo hợp đồng"


class MoveStage(models.TextChoices):
    """How far the procedure was when the candidate moved (06-HD/TW, 3.9)."""

    HELPED = "helped", "đang được giúp đỡ"
    RESOLVED = "resolved", "đã có nghị quyết, chưa gửi cấp có thẩm quyền"
    AT_DECIDER = "at_decider", "hồ sơ ở cấp có thẩm quyền, chưa quyết định"
    DECIDED = "decided", "đã có quyết định, chưa tổ chức lễ"


class MoveOutcome(models.TextChoices):
    CERTIFIED = "certified", "cấp giấy chứng nhận người được giúp đỡ"
    FORWARDED = "forward", "chuyển hồ sơ đến nơi mới"
    REDIRECTED = "redirect", "chuyển quyết định, lễ kết nạp ở nơi mới"
    CANCELLED = "cancel", "hủy quyết định, chuyển hồ sơ"


# What a resolution says of the person, in the order of 6-KNĐ; other keys follow under no heading of their own.
RESOLUTION_REMARKS = {
    "background": "Về lý lịch",
    "awareness": "Về giác ngộ chính trị",
    "character": "Về phẩm chất chính trị, đạo đức, lối sống",
    "ability": "Về năng lực công tác",
    "masses": "Về quan hệ quần chúng",
    "standards": "Đối chiếu tiêu chuẩn",
    "disagreed_reason": "Lý do không tán thành",
}
