"""What stands beside the cases: suspensions, papers of proceedings, denunciations, plans of inspection."""

from django.db import models


class SuspensionGround(models.TextChoices):
    """Why somebody is suspended (discipline.md, section 9)."""

    OBSTRUCTION = "obstruction", "Có dấu hiệu vi phạm nghiêm trọng và cố tình cản trở (đình chỉ sinh hoạt đảng)"
    DETAINED = "detained", "Bị truy tố hoặc bị tạm giam (đình chỉ sinh hoạt đảng)"
    INVESTIGATED = "investigated", "Cấp ủy viên bị khởi tố (chỉ đình chỉ sinh hoạt cấp ủy)"


class SuspensionEnd(models.TextChoices):
    """Why a suspension ended before its last day."""

    NO_DISCIPLINE = "no_discipline", "Kết luận không kỷ luật"
    DISCIPLINED = "disciplined", "Đã có quyết định kỷ luật"
    GROUND_GONE = "ground_gone", "Không còn căn cứ đình chỉ"
    PROCEEDING_ENDED = "proceeding_ended", "Cơ quan tố tụng đình chỉ vụ án, hủy tạm giam"
    OTHER = "other", "Lý do khác"


class LegalPaper(models.TextChoices):
    """Papers of police, procuracy and court about a member, as the register of proceedings keeps them."""

    REPORT = "report", "Thông báo về tin báo, tố giác tội phạm"
    CHARGE = "charge", "Quyết định khởi tố bị can"
    DETENTION = "detention", "Lệnh, quyết định tạm giữ, tạm giam"
    WANTED = "wanted", "Quyết định truy nã"
    INDICTMENT = "indictment", "Cáo trạng, quyết định truy tố"
    TRIAL = "trial", "Quyết định đưa vụ án ra xét xử"
    JUDGMENT = "judgment", "Bản án"
    DISMISSAL = "dismissal", "Quyết định đình chỉ vụ án"
    NOTICE = "notice", "Thông báo khác của cơ quan tố tụng"


class DenunciationState(models.TextChoices):
    """Where a denunciation stands (discipline.md, section 12)."""

    RECEIVED = "received", "Đã tiếp nhận, đang phân loại"
    HANDLING = "handling", "Đang giải quyết"
    REFUSED = "refused", "Không giải quyết như đơn tố cáo"
    INFORMATION = "information", "Dùng làm thông tin để kiểm tra"
    CONCLUDED = "concluded", "Đã kết luận từng nội dung"


class NotHandled(models.TextChoices):
    """Why a letter is not handled as a denunciation."""

    NO_CAPACITY = "no_capacity", "Người gửi không có năng lực hành vi"
    ANONYMOUS = "anonymous", "Không ghi tên người gửi"
    FALSE_NAME = "false_name", "Mạo tên người gửi"


class ContentResult(models.TextChoices):
    """How one content of a denunciation ends."""

    WRONG = "wrong", "Sai"
    UNFOUNDED = "unfounded", "Không có cơ sở, không đủ căn cứ"
    FAULT = "fault", "Đúng, có khuyết điểm"
    VIOLATION = "violation", "Đúng, có vi phạm"


class PlanKeeper(models.TextChoices):
    """Of which body a plan of inspection and supervision is."""

    CELL = "cell", "Chi bộ"
    COMMITTEE = "committee", "Cấp ủy"
    COMMISSION = "commission", "Ủy ban Kiểm tra"


class InspectionKind(models.TextChoices):
    """What is planned."""

    COMPLIANCE = "compliance", "Kiểm tra chấp hành"
    SIGNS = "signs", "Kiểm tra khi có dấu hiệu vi phạm"
    THEMATIC = "thematic", "Giám sát chuyên đề"
    REGULAR = "regular", "Giám sát thường xuyên"
    DUTY = "duty", "Kiểm tra thực hiện nhiệm vụ kiểm tra, giám sát, thi hành kỷ luật"
    BUDGET = "budget", "Kiểm tra tài chính đảng: thu, chi ngân sách, sản xuất, kinh doanh"
    FEES = "fees", "Kiểm tra tài chính đảng: thu, nộp, quản lý, sử dụng đảng phí"


# By a theme and of persons or organisations named beforehand: what the coverage of the members of a cell counts.
BY_THEME = (InspectionKind.COMPLIANCE, InspectionKind.THEMATIC)


class Finding(models.TextChoices):
    """The conclusion of an inspection or supervision."""

    GOOD = "good", "Thực hiện tốt"
    NOT_GOOD = "not_good", "Thực hiện chưa tốt"
    VIOLATION = "violation", "Có vi phạm"
