"""What a case of discipline is and where it stands; groupings of states beside them."""

from django.db import models


class State(models.TextChoices):
    """Where a case stands (discipline.md, section 11)."""

    SIGNAL = "signal", "Đã tiếp nhận dấu hiệu vi phạm"
    TRIAGE = "triage", "Đang phân loại"
    PLANNED = "planned", "Đã có quyết định, kế hoạch kiểm tra"
    SELF_REVIEW = "self_review", "Chờ bản tự kiểm điểm"
    VERIFYING = "verifying", "Đang thẩm tra, xác minh"
    CELL_MEETING = "cell_meeting", "Chờ hội nghị chi bộ"
    DECIDED_CELL = "decided_cell", "Chi bộ đã quyết định kỷ luật"
    PROPOSED = "proposed", "Đã đề nghị cấp trên"
    UPPER_VERIFY = "upper_verify", "Cấp trên đang thẩm tra đề nghị"
    UPPER_VOTE = "upper_vote", "Chờ cấp trên biểu quyết"
    DECIDED_UPPER = "decided_upper", "Cấp trên đã quyết định kỷ luật"
    ANNOUNCED = "announced", "Đã công bố quyết định"
    NOTIFIED = "notified", "Đã thông báo kết quả"
    IN_FORCE = "in_force", "Đang chấp hành kỷ luật"
    APPEALED = "appealed", "Đang giải quyết khiếu nại"
    APPEAL_DECIDED = "appeal_decided", "Đã có quyết định giải quyết khiếu nại"
    EXPIRED = "expired", "Đã chấm dứt hiệu lực"
    EXIT = "exit", "Đã khai trừ, ra khỏi Đảng"
    CLOSED_NO_VIOLATION = "closed_no_violation", "Kết thúc: không vi phạm"
    CLOSED_FAULT_ONLY = "closed_fault_only", "Kết thúc: có khuyết điểm, không kỷ luật"
    TIME_BARRED = "time_barred", "Kết thúc: hết thời hiệu"
    POSTPONED = "postponed", "Chưa xem xét, tạm hoãn"
    EXEMPT = "exempt", "Kết thúc: miễn kỷ luật"
    TRANSFERRED = "transferred", "Đã chuyển cấp khác"
    ANNULLED_WRONGFUL = "annulled_wrongful", "Đã hủy: kỷ luật oan, sai"


ENDED_STATES = frozenset(
    {
        State.EXPIRED,
        State.CLOSED_NO_VIOLATION,
        State.CLOSED_FAULT_ONLY,
        State.TIME_BARRED,
        State.EXEMPT,
        State.TRANSFERRED,
        State.ANNULLED_WRONGFUL,
    }
)
# Ended because nothing was found that deserves discipline.
DECIDED_WITHOUT = (State.CLOSED_NO_VIOLATION, State.CLOSED_FAULT_ONLY, State.TIME_BARRED, State.EXEMPT)
# From the announcement on the decision itself is known outside the case.
AFTER_ANNOUNCEMENT = (
    State.ANNOUNCED,
    State.NOTIFIED,
    State.IN_FORCE,
    State.APPEALED,
    State.APPEAL_DECIDED,
    State.EXPIRED,
    State.EXIT,
    State.ANNULLED_WRONGFUL,
)
OPEN_BEFORE_DECISION = (
    State.SIGNAL,
    State.TRIAGE,
    State.PLANNED,
    State.SELF_REVIEW,
    State.VERIFYING,
    State.CELL_MEETING,
    State.PROPOSED,
    State.UPPER_VERIFY,
    State.UPPER_VOTE,
    State.POSTPONED,
)


class Part(models.TextChoices):
    """As what somebody is named on a case; it says which steps are his (`discipline.sealing`)."""

    OFFICER = "officer", "Cán bộ kiểm tra được phân công"
    CELL = "cell", "Bí thư, chi ủy chi bộ"
    TEAM = "team", "Thành viên tổ kiểm tra"
    BODY = "body", "Cán bộ của cấp quyết định"


class Handler(models.TextChoices):
    """Who runs the inspection."""

    CELL = "cell", "Chi bộ"
    COMMITTEE = "committee", "Cấp ủy"
    COMMISSION = "commission", "Ủy ban Kiểm tra"


class TriageChoice(models.TextChoices):
    """What is to be done with a sign of a violation; the step that does it stays open to all three."""

    INSPECT = "inspect", "Kiểm tra khi có dấu hiệu vi phạm"
    TRANSFER = "transfer", "Chuyển cấp có thẩm quyền"
    FILE = "file", "Lưu, không kiểm tra"
    SENTENCE = "sentence", "Báo cáo bản án có hiệu lực, không qua kiểm tra"


class Competence(models.TextChoices):
    """Whether a matter is for the body that runs the case."""

    OURS = "ours", "Thuộc thẩm quyền xem xét ở đây"
    OTHERS = "others", "Không thuộc thẩm quyền ở đây"


class Duplicate(models.TextChoices):
    """Whether the same matter is known already."""

    NONE = "none", "Chưa có hồ sơ, kết luận về cùng việc này"
    KNOWN = "known", "Đã có, ghi rõ ở ghi chú"


class TransferReason(models.TextChoices):
    """Why a case goes to another body."""

    NOT_COMPETENT = "not_competent", "Không thuộc thẩm quyền"
    MOVED = "moved", "Đảng viên đã chuyển sinh hoạt"


class InspectionKind(models.TextChoices):
    """What kind of inspection it is; the time that a cell has for it depends on that."""

    SIGNS = "signs", "Kiểm tra khi có dấu hiệu vi phạm"
    PLANNED = "planned", "Kiểm tra theo chương trình, kế hoạch"
    THEMATIC = "thematic", "Giám sát chuyên đề"


class SelfReviewOutcome(models.TextChoices):
    """What came of the request for a self-review."""

    RECEIVED = "received", "Đã nhận bản tự kiểm điểm"
    REFUSED = "refused", "Từ chối, không viết"


class SecrecyGrade(models.TextChoices):
    """Grades of State secrets (law 117/2025/QH15); a paper that bears one is pointed at, never kept."""

    SECRET = "secret", "Mật"
    TOP = "top_secret", "Tối mật"
    UTMOST = "utmost_secret", "Tuyệt mật"


class Subject(models.TextChoices):
    """Whom a case is about, as the rule sets name it: the forms depend on it."""

    OFFICIAL = "official", "Đảng viên chính thức"
    PROBATIONARY = "probationary", "Đảng viên dự bị"
    ORGANISATION = "organisation", "Tổ chức đảng"


class Source(models.TextChoices):
    """How a sign of a violation came to light."""

    OWN_REPORT = "own_report", "Đảng viên tự báo cáo"
    SUPERVISION = "supervision", "Giám sát"
    INSPECTION = "inspection", "Kiểm tra"
    AUDIT = "audit", "Thanh tra, kiểm toán"
    STATE_DISCIPLINE = "state_discipline", "Kỷ luật của chính quyền, đoàn thể"
    COURT_NOTICE = "court_notice", "Thông báo của công an, viện kiểm sát, tòa án"
    DENUNCIATION = "denunciation", "Đơn tố cáo"
    LETTER = "letter", "Đơn, thư phản ánh"
    PRESS = "press", "Báo chí, dư luận"


# What a cell finds by itself: the indicator of discipline.md, section 15.
OWN_FINDINGS = (Source.OWN_REPORT, Source.SUPERVISION, Source.INSPECTION)


class Scope(models.TextChoices):
    """On what the violation was: a cell decides on its own matters only (Charter 36)."""

    OWN = "own", "Phẩm chất, lối sống, sinh hoạt đảng, nhiệm vụ do chi bộ giao"
    ASSIGNED = "assigned", "Nhiệm vụ do cấp trên giao"


class Form(models.TextChoices):
    """Forms of discipline by the codes of the rule sets, light to heavy (Charter 35)."""

    REPRIMAND = "KT", "Khiển trách"
    WARNING = "CC", "Cảnh cáo"
    REMOVAL = "CCH", "Cách chức"
    EXPULSION = "KTR", "Khai trừ"
    DISSOLUTION = "GT", "Giải tán"


class Content(models.TextChoices):
    """Contents of a violation as inspection statistics name them (discipline.md, section 14)."""

    V01 = "V01", "Nguyên tắc tập trung dân chủ"
    V02 = "V02", "Phẩm chất đạo đức, lối sống"
    V03 = "V03", "Đoàn kết nội bộ"
    V04 = "V04", "Những điều đảng viên không được làm"
    V05 = "V05", "Chính sách dân số – KHHGĐ"
    V06 = "V06", "Tham nhũng, cố ý làm trái"
    V07 = "V07", "Thiếu trách nhiệm, buông lỏng lãnh đạo"
    V08 = "V08", "Đất đai, tài nguyên, khoáng sản"
    V09 = "V09", "Tài chính, ngân hàng, đầu tư, XDCB"
    V10 = "V10", "Kê khai tài sản, thu nhập"
    V99 = "V99", "Khác"


class Consequence(models.TextChoices):
    """How serious the consequence is."""

    LESS = "less", "Ít nghiêm trọng"
    SERIOUS = "serious", "Nghiêm trọng"
    VERY = "very", "Rất nghiêm trọng"
    EXTREME = "extreme", "Đặc biệt nghiêm trọng"


class UnlimitedKind(models.TextChoices):
    """Violations without limitation (69-QĐ/TW, Điều 4)."""

    POLITICS = "internal_politics", "Chính trị nội bộ"
    DEFENCE = "defence_security_foreign", "Quốc phòng, an ninh, đối ngoại xâm hại lợi ích quốc gia"
    DIPLOMA = "unlawful_diploma", "Văn bằng, chứng chỉ không hợp pháp"


class PostThen(models.TextChoices):
    """The post held at the time of the violation, as the rows of the discipline table ask for it."""

    PROVINCIAL = "provincial", "Tỉnh ủy viên"
    DISTRICT = "district", "Huyện ủy viên"
    COMMITTEE = "committee", "Đảng ủy viên"
    CELL_COMMITTEE = "cell_committee", "Chi ủy viên"
    STATE_POST = "state_post", "Chức danh chính quyền, đoàn thể"
    NONE = "none", "Không giữ chức vụ"


class LegalHandling(models.TextChoices):
    """Whether the matter was handled by law as well."""

    NONE = "none", "Không"
    PRISON = "prison", "Phạt tù, kể cả án treo"
    OTHER = "other", "Xử lý pháp luật khác"


class PostponementKind(models.TextChoices):
    """Why discipline is not yet considered (69-QĐ/TW, Điều 2, khoản 14)."""

    MATERNITY = "maternity", "Mang thai, nghỉ thai sản, nuôi con dưới 12 tháng tuổi"
    HOSPITAL = "hospital", "Mắc bệnh nghiêm trọng, đang điều trị nội trú"
    MISSING = "missing", "Đã có tuyên bố mất tích"


class ExemptionKind(models.TextChoices):
    """Why a case ends without discipline although there was a violation (as above; 14-KL/TW)."""

    DECEASED = "deceased", "Đã từ trần: kết luận, không quyết định kỷ luật"
    INNOVATION = "innovation", "Đổi mới, sáng tạo được phép, động cơ trong sáng, vì lợi ích chung"
    OBEYED = "obeyed", "Chấp hành quyết định sai của cấp trên sau khi đã báo cáo hoặc bảo lưu ý kiến"


class AppealOutcome(models.TextChoices):
    """How an appeal ended."""

    UPHELD = "upheld", "Giữ nguyên hình thức kỷ luật"
    CHANGED = "changed", "Thay đổi hình thức kỷ luật"
    ANNULLED = "annulled", "Xóa bỏ hình thức kỷ luật"
    NOT_ACCEPTED = "not_accepted", "Không nhận giải quyết"


class Sentence(models.TextChoices):
    """What a court decided, lightest first, as `rules.forms.SENTENCES` orders it."""

    EXEMPT = "exempt", "Miễn trách nhiệm hình sự, miễn hình phạt"
    WARNING = "warning", "Cảnh cáo (hình sự)"
    FINE = "fine", "Phạt tiền"
    NON_CUSTODIAL = "non_custodial_reform", "Cải tạo không giam giữ"
    SUSPENDED = "suspended", "Phạt tù cho hưởng án treo"
    PRISON = "prison", "Phạt tù"
    DEATH = "death", "Chung thân, tử hình"


class EvidenceKind(models.TextChoices):
    """What the inspection has gathered; never a paper with a mark of secrecy, only where it is kept."""

    DOCUMENT = "document", "Tài liệu, chứng cứ"
    TALK = "talk", "Buổi làm việc"
    STATEMENT = "statement", "Giải trình, tường trình"
    OPINION = "opinion", "Ý kiến của tổ chức, cá nhân"
    POINTER = "pointer", "Chỉ dẫn nơi giữ tài liệu có dấu mật"


class JournalKind(models.TextChoices):
    """What a line of the journal of a case is about."""

    READ = "read", "Mở hồ sơ"
    ACT = "act", "Thực hiện"
    SEAL = "seal", "Niêm phong, mở niêm phong"
    PRINT = "print", "In giấy tờ"
