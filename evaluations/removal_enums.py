"""How somebody leaves by screening: kinds of matter, grounds, where a matter stands; groupings beside them."""

from django.db import models


class RemovalKind(models.TextChoices):
    """What the bodies are asked for (screening.md, section 7)."""

    REMOVAL = "removal", "Xóa tên trong danh sách đảng viên"
    LEAVING = "leaving", "Cho ra khỏi Đảng theo đơn"


class RemovalGround(models.TextChoices):
    """Grounds of removal (screening.md, section 2)."""

    X1 = "X1", "Bỏ sinh hoạt đảng từ ba tháng trong năm không có lý do chính đáng"
    X1T = "X1t", "Quá hạn nộp giấy chuyển sinh hoạt đảng không có lý do chính đáng"
    X2 = "X2", "Không đóng đảng phí từ ba tháng trong năm không có lý do chính đáng"
    X3 = "X3", "Tự ý trả lại hoặc hủy thẻ đảng viên"
    X4 = "X4", "Giảm sút ý chí phấn đấu, chi bộ đã giáo dục đủ thời gian mà không tiến bộ"
    X5 = "X5", "Hai năm liền vi phạm tư cách đảng viên"
    X6 = "X6", "Không bảo đảm tiêu chuẩn chính trị theo quy định của Bộ Chính trị"
    X7 = "X7", "Đảng viên dự bị không đủ tư cách"


OF_PROBATIONARY = (RemovalGround.X1, RemovalGround.X1T, RemovalGround.X2, RemovalGround.X3, RemovalGround.X6,
                   RemovalGround.X7)  # fmt: skip
OF_OFFICIAL = tuple(ground for ground in RemovalGround if ground != RemovalGround.X7)
# X4 comes of the assistance list alone, with its dates (screening.md, sections 2 and 5).
STARTED_BY_HAND = tuple(ground for ground in RemovalGround if ground != RemovalGround.X4)
# The code under which an ending is kept, as a proposal for whoever writes the decision down.
EXIT_CODES = {
    RemovalGround.X1: "left_by_own_will",
    RemovalGround.X1T: "left_by_own_will",
    RemovalGround.X2: "removed_x2",
    RemovalGround.X3: "removed_x3",
    RemovalGround.X4: "removed_x4",
    RemovalGround.X5: "removed_x5",
    RemovalGround.X6: "removed_x6",
    RemovalGround.X7: "removed_x7",
}


class RemovalState(models.TextChoices):
    """Where a matter stands."""

    OPENED = "opened", "Mới lập, chưa yêu cầu tự kiểm điểm"
    SELF_REVIEW = "self_review", "Đang chờ bản tự kiểm điểm"
    READY = "ready", "Chờ chi bộ biểu quyết"
    CELL_CARRIED = "cell_carried", "Chi bộ đề nghị"
    CELL_NOT_CARRIED = "cell_not_carried", "Chi bộ không đủ phiếu"
    APPRAISED = "appraised", "Đảng ủy bộ phận đã xem xét"
    BASE_CARRIED = "base_carried", "Đảng ủy cơ sở đề nghị"
    BASE_NOT_CARRIED = "base_not_carried", "Đảng ủy cơ sở không đủ phiếu"
    UNDER_DECISION = "under_decision", "Cấp có thẩm quyền đang xem xét"
    REMOVED = "removed", "Đã có quyết định ra khỏi Đảng"
    KEPT = "kept", "Không ra khỏi Đảng"
    WITHDRAWN = "withdrawn", "Đã rút, thôi xét"
    ANNULLED = "annulled", "Quyết định đã bị hủy, khôi phục quyền đảng viên"


WITH_CELL_STATES = (RemovalState.OPENED, RemovalState.SELF_REVIEW, RemovalState.READY)
CELL_VOTED = (RemovalState.CELL_CARRIED, RemovalState.CELL_NOT_CARRIED)
BASE_VOTED = (RemovalState.BASE_CARRIED, RemovalState.BASE_NOT_CARRIED)
ABOVE_STATES = (*CELL_VOTED, RemovalState.APPRAISED, *BASE_VOTED, RemovalState.UNDER_DECISION)
OPEN_STATES = (*WITH_CELL_STATES, *ABOVE_STATES)
ENDED_STATES = (RemovalState.REMOVED, RemovalState.KEPT, RemovalState.WITHDRAWN, RemovalState.ANNULLED)


class VoteMethod(models.TextChoices):
    SECRET = "secret", "bỏ phiếu kín"
    OPEN = "open", "giơ tay"


class RemovalPaperKind(models.TextChoices):
    """What the member wrote, entered from paper."""

    SELF_REVIEW = "self_review", "Bản tự kiểm điểm"
    STATEMENT = "statement", "Ý kiến của đảng viên"
    APPLICATION = "application", "Đơn xin ra khỏi Đảng"


class ComplaintLevel(models.TextChoices):
    """Who answers: the time to do so differs (294-QĐ/TW, 8.2.2)."""

    PROVINCE = "province", "Cấp tỉnh, cấp trên cơ sở"
    CENTRE = "centre", "Cơ quan Trung ương"


class ComplaintOutcome(models.TextChoices):
    STANDS = "stands", "Giữ nguyên quyết định"
    ANNULLED = "annulled", "Hủy quyết định, khôi phục quyền đảng viên"
